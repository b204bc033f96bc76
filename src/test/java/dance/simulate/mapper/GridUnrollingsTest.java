package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Template;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unrollings over the arrays of a grid: their regions bound them, and serve what is alike. */
class GridUnrollingsTest {
  private static final Einsum CONV = Layer.conv("conv", 2, 4).kernel(3, 1).output(4, 1).einsum();
  private static final int[] COLUMNS = {2, 4};
  private static final int[] ROWS = {2, 3, 6};

  private static ArrayGrid grid(Accelerator any) {
    List<Accelerator> alike = new ArrayList<>();
    for (int x : COLUMNS) {
      for (int y : ROWS) {
        alike.add(any.array(x, y));
      }
    }
    return new ArrayGrid(alike);
  }

  private static MappingCosts problem(Einsum einsum, ArrayGrid grid) {
    MapSpace space = Dataflows.space(einsum, grid.largest());
    return new MappingCosts(space, Objective.EDP, Accounting.EXACT);
  }

  private static GridUnrollings of(Einsum einsum, Accelerator any) {
    ArrayGrid grid = grid(any);
    return new GridUnrollings(problem(einsum, grid), grid);
  }

  /** Everything that a search reads of them. */
  private static List<String> values(GridUnrollings unrollings, int dims) {
    List<String> values = new ArrayList<>(List.of(Arrays.toString(unrollings.mostShared)));
    int[] steps = new int[dims];
    for (ArrayRegion region : unrollings.regions) {
      values.add(region.home() + " " + region.fewestCycles());
      values.add(Arrays.toString(region.spread().mostShared()) + region.spread().fewestWorking());
      values.add(Arrays.deepToString(region.morePjPerWord()));
      for (ArrayUnrolling unrolling : region.unrollings) {
        values.add(Arrays.toString(unrolling.unrolled.x()) + unrolling.home());
        values.add(Arrays.toString(unrolling.unrolled.y()) + unrolling.fewestCycles());
        for (int step = 1; step <= 2; step++) {
          Arrays.fill(steps, step);
          values.add(Arrays.toString(unrolling.pjPerWord(steps)));
          values.add(Arrays.deepToString(unrolling.morePjPerWord(steps)));
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(
      value = Dataflow.class,
      names = {"WEIGHT_STATIONARY", "ROW_STATIONARY", "OUTPUT_STATIONARY"})
  void serveWhatHasTheSameAndNothingElse(Dataflow dataflow) {
    Template template = Template.of(4, 6, 16, dataflow);
    Accelerator any = template.accelerator();
    GridUnrollings unrollings = of(CONV, any);
    List<String> values = values(unrollings, CONV.dimensions().size());
    for (Accelerator alike :
        List.of(
            template.bufferBytes(1 << 14).accelerator(),
            template.bufferBandwidth(2, 4).accelerator(),
            template.dram(template.offChip().kind(), 64).accelerator())) {
      ArrayGrid grid = grid(alike);
      MappingCosts problem = problem(CONV, grid);
      assertThat(unrollings.serve(problem, grid)).as(alike.name()).isTrue();
      assertThat(values(new GridUnrollings(problem, grid), problem.dims))
          .as(alike.name())
          .isEqualTo(values);
    }
    Dataflow next = dataflow == Dataflow.WEIGHT_STATIONARY ? Dataflow.ROW_STATIONARY : dataflow;
    next = next == dataflow ? Dataflow.WEIGHT_STATIONARY : next;
    for (Accelerator other :
        List.of(
            template.rfWords(64).accelerator(), // larger PEs, and so longer wires
            template.wordBits(8).accelerator(),
            template.dataflow(next).accelerator(),
            any.level(any.levels().get(1).name(), buffer -> delayed(buffer, 7)))) {
      ArrayGrid grid = grid(other);
      MappingCosts problem = problem(CONV, grid);
      assertThat(unrollings.serve(problem, grid)).as(other.toString()).isFalse();
      assertThat(values(new GridUnrollings(problem, grid), problem.dims))
          .as(other.toString())
          .isNotEqualTo(values);
    }
    ArrayGrid smaller = new ArrayGrid(List.of(any.array(2, 2), any.array(4, 6)));
    assertThat(unrollings.serve(problem(CONV, smaller), smaller)).as("other rows").isFalse();
    Einsum wider = Layer.conv("wider", 2, 8).kernel(3, 1).output(4, 1).einsum();
    ArrayGrid grid = grid(any);
    assertThat(unrollings.serve(problem(wider, grid), grid)).as("another layer").isFalse();
  }

  private static MemoryLevel delayed(MemoryLevel buffer, long cycles) {
    return buffer.interconnect(buffer.interconnect().latency(cycles, 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Dataflow.class,
      names = {"WEIGHT_STATIONARY", "ROW_STATIONARY", "OUTPUT_STATIONARY"})
  void aRegionBoundsEachOfItsUnrollingsAndTheirTiles(Dataflow dataflow) {
    Accelerator any = Template.of(4, 6, 16, dataflow).accelerator();
    ArrayGrid grid = grid(any);
    MappingCosts problem = problem(CONV, grid);
    GridUnrollings unrollings = new GridUnrollings(problem, grid);
    int members = 0;
    int[] tile = new int[problem.dims];
    for (ArrayRegion region : unrollings.regions) {
      Spatial.Unrolling first = region.unrollings.get(0).unrolled;
      members += region.unrollings.size();
      Least least = new Least(problem.tensors);
      for (ArrayUnrolling member : region.unrollings) {
        assertThat(member.unrolled.columns()).isEqualTo(first.columns());
        assertThat(member.unrolled.rows()).isEqualTo(first.rows());
        ofTiles(problem, member, 0, tile, least);
        double[] pj = member.pjPerWord();
        for (int t = 0; t < problem.tensors; t++) {
          if (region.pjPerWord() != null) {
            assertThat(region.pjPerWord()[t]).isLessThanOrEqualTo(pj[t]);
          }
          least.pj[t] = pj == null ? 0 : Math.min(least.pj[t], pj[t]);
        }
      }
      assertThat(region.fewestCycles()).as("cycles").isLessThanOrEqualTo(least.cycles);
      assertThat(region.spread().fewestWorking()).isLessThanOrEqualTo(least.working);
      for (int t = 0; t < problem.tensors; t++) {
        assertThat(region.spread().mostShared()[t] * (1 + 1e-9))
            .isGreaterThanOrEqualTo(least.shared[t]);
        if (region.pjPerWord() != null) {
          assertThat(region.pjPerWord()[t]).isCloseTo(least.pj[t], within(1e-9 * least.pj[t]));
        }
      }
      least.tight(region);
    }
    int all = Spatial.of(problem.space, ArrayGrid.BUFFER, problem.bounds).choices().size();
    assertThat(members).as("every unrolling is in one region").isEqualTo(all);
  }

  /** Extremes over all tiles and unrollings of a region, found one by one. */
  private static final class Least {
    double cycles = Double.POSITIVE_INFINITY;
    double working = Double.POSITIVE_INFINITY;
    final double[] shared;
    final double[] pj;

    Least(int tensors) {
      shared = new double[tensors];
      pj = new double[tensors];
      Arrays.fill(pj, Double.POSITIVE_INFINITY);
    }

    /** Where tiles have the fewest cycles of each dimension at once, the bound is a cost. */
    void tight(ArrayRegion region) {
      assertThat(cycles).isCloseTo(region.fewestCycles(), within(1e-6 * cycles));
    }
  }

  private static void ofTiles(
      MappingCosts problem, ArrayUnrolling member, int d, int[] tile, Least least) {
    if (d < problem.dims) {
      for (int extent : Spatial.divisorsOf(problem.bounds[d])) {
        tile[d] = extent;
        if (member.unrolled.fits(d, problem.bounds[d] / extent, true)) {
          ofTiles(problem, member, d + 1, tile, least);
        }
      }
      return;
    }
    NeededWords words = new NeededWords(problem.shape, tile, member.unrolled.factor());
    double cycles = problem.latency + rounds(problem, member.unrolled, tile);
    least.cycles = Math.min(least.cycles, cycles);
    least.working = Math.min(least.working, words.instances);
    for (int t = 0; t < problem.tensors; t++) {
      least.shared[t] = Math.max(least.shared[t], words.each[t] / words.together[t]);
    }
  }

  /** Operations of the instance that works in every round, one in a cycle. */
  private static double rounds(MappingCosts problem, Spatial.Unrolling unrolled, int[] tile) {
    double rounds = 1;
    for (int d = 0; d < problem.dims; d++) {
      int tiles = problem.bounds[d] / tile[d];
      int left = 0;
      for (int done = 0; done < tiles; done += unrolled.factor()[d]) {
        left++;
      }
      rounds *= (double) left * tile[d];
    }
    return rounds;
  }

  @Test
  void anUnrollingWithoutRoomHasNoHome() {
    Accelerator any = Template.of(4, 6, 16, Dataflow.WEIGHT_STATIONARY).accelerator();
    Einsum wide = Layer.conv("wide", 16, 16).output(2, 1).einsum();
    GridUnrollings unrollings = of(wide, any);
    MapSpace larger = Dataflows.space(wide, any.array(4, 16));
    int[] bounds = wide.dimensions().stream().mapToInt(Einsum.Loop::bound).toArray();
    int without = 0;
    for (Spatial.Unrolling choice : Spatial.of(larger, ArrayGrid.BUFFER, bounds).choices()) {
      boolean room = choice.columns() <= 4 && choice.rows() <= 6;
      assertThat(unrollings.of(choice).home() >= 0).isEqualTo(room);
      without += room ? 0 : 1;
    }
    assertThat(without).isPositive();
  }
}
