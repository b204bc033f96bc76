package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerators;
import dance.cost.Objective;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The least fraction of new words against every nest of loops, executed. */
class NestFractionsTest {
  private static final int K = 2;
  private static final int P = 4;
  private static final int Q = 5;
  private static final int R = 6;
  private static final int S = 7;

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  /** One loop of a nest. */
  record Loop(int dimension, int iterations) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void noNestFetchesLess(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int stride = random.nextInt(1, 4);
    int dilation = random.nextInt(1, 3);
    Layer layer = Layer.conv("conv", 1, 2).kernel(4).stride(stride).dilation(dilation).output(4);
    MappingCosts problem =
        new MappingCosts(
            MapSpace.free(layer.einsum(), Accelerators.byName("nvdla")),
            Objective.EDP,
            Accounting.EXACT);
    int inputs = 1;
    assertThat(problem.shape.plain[inputs]).isFalse();
    int[] tile = problem.bounds.clone();
    int[] count = new int[problem.dims];
    List<Loop> loops = new ArrayList<>();
    for (int d = 0; d < problem.dims; d++) {
      boolean slides = d == P || d == R || d == Q || d == S;
      tile[d] = slides ? 1 << random.nextInt(3) : tile[d];
      count[d] = problem.bounds[d] / tile[d];
      for (int n = count[d]; n > 1 && slides; n /= 2) {
        loops.add(new Loop(d, 2));
      }
    }
    boolean others = random.nextBoolean();
    tile[K] = others ? 1 : 2;
    count[K] = others ? 2 : 1;
    if (others) {
      loops.add(new Loop(K, 2));
    }
    while (loops.size() > 5) {
      // Few enough to try all nests: part of the loops is inside of the tile.
      Loop inside = loops.remove(0);
      tile[inside.dimension()] *= 2;
      count[inside.dimension()] /= 2;
    }
    double bound = new NestFractions(problem).of(inputs, tile, tile.clone(), count).least();
    double least = least(problem, inputs, tile, loops, new ArrayList<>());
    assertThat(bound).isLessThanOrEqualTo(least + 1e-9);
    if (!others) {
      assertThat(bound).isEqualTo(least, within(1e-9));
    }
  }

  /** The least over all nests whose innermost loops are these, innermost first. */
  private static double least(
      MappingCosts problem, int t, int[] tile, List<Loop> left, List<Loop> nest) {
    if (left.isEmpty()) {
      return fraction(problem, t, tile, nest);
    }
    double least = 1;
    for (int i = 0; i < left.size(); i++) {
      boolean stays = problem.shape.axisOf[t][left.get(i).dimension()] < 0;
      if (stays && nest.isEmpty() && left.size() > 1) {
        continue; // its visits are of the same tile
      }
      List<Loop> rest = new ArrayList<>(left);
      List<Loop> longer = new ArrayList<>(nest);
      longer.add(rest.remove(i));
      least = Math.min(least, least(problem, t, tile, rest, longer));
    }
    return least;
  }

  /** The fraction of the words of all tiles that are not in the tile before. */
  static double fraction(MappingCosts problem, int t, int[] tile, List<Loop> nest) {
    int visits = 1;
    for (Loop loop : nest) {
      visits *= loop.iterations();
    }
    double fetched = 0;
    double all = 0;
    Set<List<Integer>> before = Set.of();
    for (int visit = 0; visit < visits; visit++) {
      int[] at = new int[problem.dims];
      int[] step = tile.clone();
      int left = visit;
      for (Loop loop : nest) {
        at[loop.dimension()] += left % loop.iterations() * step[loop.dimension()];
        step[loop.dimension()] *= loop.iterations();
        left /= loop.iterations();
      }
      Set<List<Integer>> words = words(problem, t, tile, at);
      all += words.size();
      for (List<Integer> word : words) {
        fetched += before.contains(word) ? 0 : 1;
      }
      before = words;
    }
    return fetched / all;
  }

  /** Rows and columns of the inputs of a tile. */
  private static Set<List<Integer>> words(MappingCosts problem, int t, int[] tile, int[] at) {
    int[] c = problem.shape.coefficientOf[t];
    Set<List<Integer>> words = new HashSet<>();
    for (int p = at[P]; p < at[P] + tile[P]; p++) {
      for (int r = at[R]; r < at[R] + tile[R]; r++) {
        for (int q = at[Q]; q < at[Q] + tile[Q]; q++) {
          for (int s = at[S]; s < at[S] + tile[S]; s++) {
            words.add(List.of(c[P] * p + c[R] * r, c[Q] * q + c[S] * s));
          }
        }
      }
    }
    return words;
  }
}
