package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.InterconnectEnergy;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No unrolling shares more, sends for less or leaks less than the choices that stand for all. */
class SharingChoicesTest {
  private static final int BLOCKS = 4;
  private static final int CASES = 25;

  /** What a search pays for words, random; and what it pays for instances. */
  private record Prices(double[] pjPerWord, double leakPj) {
    static Prices next(RandomGenerator random, int tensors) {
      double[] pj = random.doubles(tensors).map(p -> p < 0.2 ? 0 : 8 * p).toArray();
      return new Prices(pj, random.nextBoolean() ? 0 : 20 * random.nextDouble());
    }

    double of(NeededWords words, double[] hopPj) {
      double pj = leakPj * words.instances;
      for (int t = 0; t < hopPj.length; t++) {
        pj += words.together[t] * (pjPerWord[t] + hopPj[t]);
      }
      return pj;
    }

    double bound(SharingChoices.Choice choice, double[] words) {
      double pj = leakPj * choice.instances();
      for (int t = 0; t < words.length; t++) {
        pj += words[t] * (pjPerWord[t] / choice.share()[t] + choice.hopPj()[t]);
      }
      return pj;
    }

    double bound(List<SharingChoices.Choice> choices, double[] words) {
      return choices.stream().mapToDouble(c -> bound(c, words)).min().orElseThrow();
    }
  }

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void noUnrollingOfASmallSpaceCostsLess(int block) {
    int tight = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = 31_000L + 100 * block + i;
      tight += enumerated(RandomMapSpaces.of(seed, 3000), new SplittableRandom(seed));
    }
    assertThat(tight).as("arrays for which the bound is a cost").isPositive();
  }

  /** Number of arrays of which some unrolling must cost just the bound. */
  private static int enumerated(MapCase c, RandomGenerator random) {
    MapSpace space = MapSpace.of(c.einsum(), c.accelerator(), c.constraints());
    space = c.spatialRemainders() ? space : space.withPerfectFactors();
    for (int l = 0; l < c.arrays().size(); l++) {
      MapCase.Array array = c.arrays().get(l);
      space = array == null ? space : space.spatial(l, array.alongX(), array.alongY());
    }
    MappingCosts problem = new MappingCosts(space, Objective.EDP, c.accounting());
    HopCosts hops = new HopCosts(problem, c.accounting());
    SharingChoices[] sharing = SharingChoices.of(problem, spatial(problem), hops);
    boolean plain =
        c.accounting() == Accounting.EXACT
            && !c.spatialRemainders()
            && !problem.tiles.slide()
            && c.constraints().equals(MapConstraints.free(problem.levels));
    int tight = 0;
    for (int l = 0; l < problem.levels; l++) {
      assertThat(sharing[l] != null).isEqualTo(problem.fanout[l] > 1);
      if (sharing[l] == null) {
        continue;
      }
      Prices prices = Prices.next(random, problem.tensors);
      double least = Double.POSITIVE_INFINITY;
      double bound = 0;
      for (List<List<Integer>> unrolling : unrollings(c, l)) {
        int[] x = array(unrolling.get(0));
        int[] y = array(unrolling.get(1));
        int[] extent = array(unrolling.get(2));
        int[] factor = IntStream.range(0, x.length).map(d -> x[d] * y[d]).toArray();
        NeededWords words = new NeededWords(problem.shape, extent, factor);
        double[] hopPj = hopPj(problem, l, x, y, extent, c.accounting());
        double cost = prices.of(words, hopPj);
        bound = prices.bound(sharing[l].choices, words.each);
        assertThat(bound).as("%s at level %d of %s", words, l, c).isLessThanOrEqualTo(up(cost));
        Prices free = new Prices(prices.pjPerWord(), 0);
        assertThat(free.bound(sharing[l].shares, words.each))
            .as("%s at level %d of %s", words, l, c)
            .isLessThanOrEqualTo(up(free.of(words, new double[problem.tensors])));
        least = Math.min(least, Arrays.stream(extent).allMatch(e -> e == 1) ? cost : least);
      }
      if (plain) {
        // With tiles of one word each, all instances have one in every round.
        double[] points = new double[problem.tensors];
        Arrays.fill(points, c.einsum().points());
        bound = prices.bound(sharing[l].choices, points);
        assertThat(least).as("level %d of %s", l, c).isCloseTo(bound, within(1e-9 * least + 1e-9));
        tight++;
      }
    }
    return tight;
  }

  @Test
  void aJoinedChoiceStandsForEachOfItsUnrollings() {
    Einsum einsum = Layer.conv("conv", 6, 8).kernel(3).stride(2).output(6).groups(2).einsum();
    SplittableRandom random = new SplittableRandom(5);
    int joined = 0;
    for (Dataflow dataflow : Dataflow.values()) {
      Accelerator accelerator = Accelerators.template(12, 14, 64, dataflow);
      MapSpace space = Dataflows.space(einsum, accelerator);
      MappingCosts problem = new MappingCosts(space, Objective.EDP, Accounting.EXACT);
      Spatial[] spatial = spatial(problem);
      List<Spatial.Unrolling> all = spatial[1].choices();
      SharingChoices sharing =
          SharingChoices.of(problem, spatial, new HopCosts(problem, Accounting.EXACT))[1];
      joined += sharing.joins() ? 1 : 0;
      int[] extent = new int[problem.dims];
      for (int i = 0; i < 60; i++) {
        Spatial.Unrolling unrolling = all.get(random.nextInt(all.size()));
        for (int d = 0; d < extent.length; d++) {
          int[] divisors = Spatial.divisorsOf(problem.bounds[d]);
          extent[d] = divisors[random.nextInt(divisors.length)];
        }
        NeededWords words = new NeededWords(problem.shape, extent, unrolling.factor());
        double[] hopPj = hopPj(problem, 1, unrolling.x(), unrolling.y(), extent, Accounting.EXACT);
        SharingChoices.Choice choice = sharing.of(unrolling);
        for (int t = 0; t < problem.tensors; t++) {
          double shared = words.each[t] / words.together[t];
          assertThat(shared).as("%s of %s", words, dataflow).isLessThanOrEqualTo(choice.share()[t]);
          assertThat(choice.hopPj()[t]).as("%s", words).isLessThanOrEqualTo(up(hopPj[t] / shared));
        }
        assertThat(choice.most()).isGreaterThanOrEqualTo(unrolling.product());
        assertThat(choice.instances()).isLessThanOrEqualTo(unrolling.product());
      }
    }
    assertThat(joined)
        .as("dataflows with thousands of unrollings, of which similar ones are joined")
        .isPositive();
  }

  private static Spatial[] spatial(MappingCosts problem) {
    Spatial[] spatial = new Spatial[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      spatial[l] = Spatial.of(problem.space, l, problem.bounds);
    }
    return spatial;
  }

  /** All unrollings of an array: factors along X and Y, and the tile of an instance. */
  private static Set<List<List<Integer>>> unrollings(MapCase c, int level) {
    Set<List<List<Integer>>> found = new HashSet<>();
    MapEnumeration.Filter filter =
        new MapEnumeration.Filter() {
          @Override
          public void begin(int[][] split) {
            Integer[] x = new Integer[split.length];
            Integer[] y = new Integer[split.length];
            Integer[] extent = new Integer[split.length];
            for (int d = 0; d < split.length; d++) {
              x[d] = split[d][level * 3 + CompiledMapping.SPATIAL_X];
              y[d] = split[d][level * 3 + CompiledMapping.SPATIAL_Y];
              extent[d] = Arrays.stream(split[d]).skip(level * 3 + 3L).reduce(1, (a, b) -> a * b);
            }
            found.add(List.of(List.of(x), List.of(y), List.of(extent)));
          }

          @Override
          public boolean wants(TensorSet[] keeps) {
            return false;
          }
        };
    new MapEnumeration(c, false).forEach(filter, nest -> {});
    return found;
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** What the evaluation charges for a word of each tensor on the network below a level. */
  private static double[] hopPj(
      MappingCosts problem, int level, int[] x, int[] y, int[] extent, Accounting accounting) {
    CompiledMapping nest = new CompiledMapping(problem.dims, problem.levels);
    nest.clear();
    for (int l = 0; l < problem.levels; l++) {
      nest.beginLevel(l);
      for (int d = 0; d < problem.dims; d++) {
        nest.add(d, l == level + 1 ? extent[d] : 1, CompiledMapping.TEMPORAL);
      }
      for (int d = 0; d < problem.dims; d++) {
        nest.add(d, l == level ? y[d] : 1, CompiledMapping.SPATIAL_Y);
      }
      for (int d = 0; d < problem.dims; d++) {
        nest.add(d, l == level ? x[d] : 1, CompiledMapping.SPATIAL_X);
      }
    }
    nest.finish();
    Einsum einsum = problem.space.einsum;
    Mapping mapping = nest.mapping(einsum);
    double[] pj = new double[problem.tensors];
    for (int t = 0; t < pj.length; t++) {
      pj[t] =
          InterconnectEnergy.pjPerWord(
              einsum.tensors().get(t),
              mapping,
              level,
              problem.accelerator.levels().get(level),
              accounting);
    }
    return pj;
  }

  private static double up(double pj) {
    return pj * (1 + 1e-9) + 1e-9;
  }
}
