package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerators;
import dance.cost.Objective;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fraction that decided loops move at least, against every nest around them, executed. */
class MovedFractionTest {
  private static final int CASES = 60;
  private static final int INPUTS = 1;

  @Test
  void noNestAroundTheLoopsOfALevelFetchesLess() {
    Random random = new Random(3);
    int tight = 0;
    for (int i = 0; i < CASES; i++) {
      int stride = 1 + random.nextInt(2);
      int dilation = 1 + random.nextInt(2);
      MappingCosts problem =
          new MappingCosts(
              MapSpace.free(
                  Layer.conv("conv", 1, 2)
                      .kernel(4, 2)
                      .stride(stride)
                      .dilation(dilation)
                      .output(4, 2)
                      .einsum(),
                  Accelerators.byName("nvdla")),
              Objective.EDP,
              Accounting.EXACT);
      tight += isTight(problem, random) ? 1 : 0;
    }
    assertThat(tight).as("bounds that some nest attains").isPositive();
  }

  private static boolean isTight(MappingCosts problem, Random random) {
    PartialMapping partial =
        new PartialMapping(problem.dims, problem.tensors, 1, problem.levels, 0);
    List<NestFractionsTest.Loop> loops = new ArrayList<>();
    for (int d = 0; d < problem.dims; d++) {
      partial.extent[d] = problem.bounds[d];
      partial.count[d] = 1;
      if (problem.bounds[d] > 1 && loops.size() < 4 && random.nextInt(4) > 0) {
        partial.extent[d] /= 2;
        partial.count[d] = 2;
        loops.add(new NestFractionsTest.Loop(d, 2));
      }
    }
    Collections.shuffle(loops, random);
    int decided = 1 + random.nextInt(Math.max(1, loops.size()));
    if (loops.isEmpty() || problem.shape.axisOf[INPUTS][loops.get(0).dimension()] < 0) {
      return false; // its visits are of the same tile
    }
    int[] order =
        loops.subList(0, decided).stream().mapToInt(NestFractionsTest.Loop::dimension).toArray();
    int[] factor = new int[problem.dims];
    Arrays.fill(factor, 1);
    for (int d : order) {
      factor[d] = 2;
    }
    int[] tile = partial.extent.clone();
    double any = problem.tiles.leastNew(INPUTS, tile, tile, partial.count);
    MovedFraction fraction = new MovedFraction(problem);
    double bound =
        fraction.least(partial, INPUTS, tile, order, order.length, factor, DimensionSet.NONE, any);
    double inAnyOrder =
        fraction.least(partial, INPUTS, tile, order, 0, factor, DimensionSet.NONE, any);
    assertThat(inAnyOrder).isLessThanOrEqualTo(bound + 1e-9);
    double least = 1;
    for (int[] rest : Permutations.of(loops.size() - decided)) {
      List<NestFractionsTest.Loop> nest = new ArrayList<>(loops.subList(0, decided));
      for (int i : rest) {
        nest.add(loops.get(decided + i));
      }
      least = Math.min(least, NestFractionsTest.fraction(problem, INPUTS, tile, nest));
    }
    assertThat(bound)
        .as("%s decided of %s, tile %s", decided, loops, Arrays.toString(tile))
        .isLessThanOrEqualTo(least + 1e-9);
    return bound < 1 && bound > least - 1e-9;
  }
}
