package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the search leaves out as a mirror image costs the same as what it keeps. */
class MirroredDimensionsTest {
  private static final int MAPPINGS = 300;

  /** Exchanges height and width: N, G, K, C, P, Q, R, S. */
  private static final int[] MIRROR = {0, 1, 2, 3, 5, 4, 7, 6};

  private static MappingCosts problem(int kernel, int height, int width, Dataflow dataflow) {
    Layer layer =
        Layer.conv("conv", 4, 4).kernel(kernel).output(height, width).stride(kernel > 1 ? 2 : 1);
    Accelerator accelerator = Accelerators.eyeriss().dataflow(dataflow);
    MapSpace space = Dataflows.space(layer.einsum(), accelerator);
    return new MappingCosts(space, Objective.EDP, Accounting.EXACT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void unrollingsLeftOutCostWhatTheirImagesCost(int kernel) {
    MappingCosts problem = problem(kernel, 8, 8, Dataflow.UNCONSTRAINED);
    MirroredDimensions mirrored = new MirroredDimensions(problem);
    List<Spatial.Unrolling> all =
        Spatial.of(problem.space, ArrayGrid.BUFFER, problem.bounds).choices();
    List<Spatial.Unrolling> first = mirrored.first(all, new HopCosts(problem, Accounting.EXACT));
    assertThat(first.size()).isLessThan((int) (0.7 * all.size()));
    Set<Spatial.Unrolling> kept = new HashSet<>(first);
    List<Spatial.Unrolling> leftOut = all.stream().filter(u -> !kept.contains(u)).toList();
    RandomGenerator random = new SplittableRandom(kernel);
    for (int i = 0; i < MAPPINGS; i++) {
      Spatial.Unrolling unrolled = leftOut.get(random.nextInt(leftOut.size()));
      Spatial.Unrolling image = image(unrolled);
      assertThat(first).anyMatch(u -> isSame(u, image));
      assertSameCost(problem, unrolled, image, random);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void tilesLeftOutCostWhatTheirImagesCost(int kernel) {
    MappingCosts problem = problem(kernel, 8, 8, Dataflow.UNCONSTRAINED);
    MirroredDimensions mirrored = new MirroredDimensions(problem);
    List<Spatial.Unrolling> own =
        Spatial.of(problem.space, ArrayGrid.BUFFER, problem.bounds).choices().stream()
            .filter(mirrored::isOwn)
            .toList();
    RandomGenerator random = new SplittableRandom(kernel);
    for (int i = 0; i < MAPPINGS; i++) {
      Spatial.Unrolling unrolled = own.get(random.nextInt(own.size()));
      assertSameCost(problem, unrolled, unrolled, random);
    }
  }

  @Test
  void dimensionsOfDifferentBoundsOrConstraintsStayWhereTheyAre() {
    assertThat(exist(problem(3, 8, 8, Dataflow.UNCONSTRAINED))).isTrue();
    assertThat(exist(problem(3, 8, 4, Dataflow.UNCONSTRAINED))).isFalse();
    assertThat(exist(problem(3, 8, 8, Dataflow.ROW_STATIONARY))).isFalse();
  }

  private static boolean exist(MappingCosts problem) {
    return new MirroredDimensions(problem).exist();
  }

  private static boolean isSame(Spatial.Unrolling unrolled, Spatial.Unrolling other) {
    return Arrays.equals(unrolled.x(), other.x()) && Arrays.equals(unrolled.y(), other.y());
  }

  private static int[] image(int[] factors) {
    return Arrays.stream(MIRROR).map(d -> factors[d]).toArray();
  }

  private static Spatial.Unrolling image(Spatial.Unrolling unrolled) {
    return new Spatial.Unrolling(
        image(unrolled.x()),
        image(unrolled.y()),
        image(unrolled.factor()),
        unrolled.product(),
        unrolled.whole());
  }

  /** Random tiles of registers and buffer with an unrolling, and their images with another. */
  private static void assertSameCost(
      MappingCosts problem,
      Spatial.Unrolling unrolled,
      Spatial.Unrolling other,
      RandomGenerator random) {
    int[][] temporal = new int[problem.levels][problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      temporal[2][d] = divisor(problem.bounds[d], random);
      int left =
          Spatial.remaining(problem.bounds[d] / temporal[2][d], unrolled.x()[d], unrolled.y()[d]);
      temporal[1][d] = divisor(left, random);
      temporal[0][d] = left / temporal[1][d];
    }
    int[][] images =
        Arrays.stream(temporal).map(MirroredDimensionsTest::image).toArray(int[][]::new);
    int[][] order = new int[problem.levels][];
    int[][] orderOfImage = new int[problem.levels][];
    for (int l = 0; l < problem.levels; l++) {
      int level = l;
      int[] loops = random.ints(0, problem.dims).distinct().limit(problem.dims).toArray();
      order[l] = Arrays.stream(loops).filter(d -> temporal[level][d] > 1).toArray();
      orderOfImage[l] = Arrays.stream(order[l]).map(d -> MIRROR[d]).toArray();
    }
    TensorSet[] keeps = new TensorSet[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      List<TensorSet> choices = problem.space.levels[l].keepChoices();
      keeps[l] = l == 0 ? choices.get(0) : choices.get(random.nextInt(choices.size()));
    }
    Pricing pricing = new Pricing(problem.shape, problem.accelerator);
    CompiledMapping nest = new CompiledMapping(problem.dims, problem.levels);
    CompleteMapping.ofThree(keeps, temporal, unrolled).order(order).into(nest);
    pricing.price(nest, Accounting.EXACT);
    double energyPj = pricing.totalPj;
    long cycles = pricing.cycles;
    CompleteMapping.ofThree(keeps, images, other).order(orderOfImage).into(nest);
    pricing.price(nest, Accounting.EXACT);
    assertThat(pricing.totalPj).isCloseTo(energyPj, within(1e-12 * energyPj));
    assertThat(pricing.cycles).isEqualTo(cycles);
  }

  private static int divisor(int n, RandomGenerator random) {
    int[] divisors = Spatial.divisorsOf(n);
    return divisors[random.nextInt(divisors.length)];
  }
}
