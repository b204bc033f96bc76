package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.cost.Objective;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one unrolling of the outermost of two arrays determines, against all tiles, listed. */
class OuterArrayTest {
  private static final double ROUNDING = 1 + 1e-9;

  private final MappingCosts problem =
      new MappingCosts(
          MapSpace.free(
              Layer.conv("conv", 2, 3).kernel(2, 1).output(5, 1).einsum(),
              new Accelerator(
                  "two arrays",
                  List.of(
                      MemoryLevel.unbounded("L0").fanout(3, 2),
                      MemoryLevel.of("L1", 100).fanout(2, 1),
                      MemoryLevel.of("L2", 10)),
                  new MacUnit("mac", 1, 1, 0, 0),
                  1000,
                  Dataflow.UNCONSTRAINED,
                  "none",
                  Overheads.NONE)),
          Objective.EDP,
          Accounting.EXACT);

  private int tight;

  @Test
  void boundsAllTilesOfAnUnrolling() {
    int level = OuterArray.levelOf(problem);
    assertThat(level).isZero();
    Spatial[] spatial = new Spatial[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      spatial[l] = Spatial.of(problem.space, l, problem.bounds);
    }
    HopCosts hops = new HopCosts(problem, Accounting.EXACT);
    SharingChoices sharing = SharingChoices.of(problem, spatial, level, hops);
    for (Spatial.Unrolling unrolling : spatial[level].choices()) {
      OuterArray array = new OuterArray(problem, level, unrolling, sharing);
      check(array, unrolling, 0, new int[problem.dims], new int[problem.dims]);
    }
    assertThat(tight).as("copies that are as many as the bound").isPositive();
  }

  private void check(
      OuterArray array, Spatial.Unrolling unrolling, int d, int[] extent, int[] count) {
    if (d < problem.dims) {
      for (int n = 1; n <= problem.bounds[d]; n++) {
        extent[d] = Spatial.ceil(problem.bounds[d], n);
        count[d] = n;
        if (Spatial.ceil(problem.bounds[d], extent[d]) == n) {
          check(array, unrolling, d + 1, extent, count);
        }
      }
      return;
    }
    if (!array.fits(count)) {
      return;
    }
    NeededWords words = new NeededWords(problem.shape, extent, unrolling.factor());
    assertThat(array.instances()).isLessThanOrEqualTo(words.instances);
    double rounds = 1;
    for (int e = 0; e < problem.dims; e++) {
      int left = 0;
      for (int done = 0; done < count[e]; done += unrolling.factor()[e]) {
        left++;
      }
      assertThat(array.remaining(count)[e]).isEqualTo(left);
      rounds *= left;
    }
    assertThat(array.rounds(count)).isEqualTo(rounds);
    for (int t = 0; t < problem.tensors; t++) {
      double shared = words.each[t] / words.together[t];
      assertThat(shared).isLessThanOrEqualTo(array.share(t) * ROUNDING);
      int copies = copies(t, unrolling.factor(), count);
      assertThat(array.copies(t)).as("tensor %s of %s", t, unrolling).isLessThanOrEqualTo(copies);
      tight += copies > 1 && copies == array.copies(t) ? 1 : 0;
    }
  }

  /** Instances that have a tile over the dimensions that do not move a tensor. */
  private int copies(int t, int[] factor, int[] count) {
    int copies = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (problem.shape.axisOf[t][d] < 0) {
        BitSet used = new BitSet();
        for (int tile = 0; tile < count[d]; tile++) {
          used.set(tile % factor[d]);
        }
        copies *= used.cardinality();
      }
    }
    return copies;
  }
}
