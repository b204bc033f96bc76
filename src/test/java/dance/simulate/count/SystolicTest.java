package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.Interconnect.Systolic;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.cost.Objective;
import dance.simulate.Simulator;
import dance.simulate.explain.Explainer;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fill, preload and drain of systolic arrays, charged in every pass. */
class SystolicTest {
  /** Products [m × k] · [k × n]. */
  private static final int[][] PRODUCTS = {
    {1, 1, 1}, {4, 4, 4}, {17, 9, 20}, {5, 33, 64}, {100, 8, 8}, {3, 70, 2},
    {64, 27, 16}, {49, 64, 32}, {196, 16, 24}, {2, 5, 130}, {31, 31, 31}, {784, 9, 6}
  };

  private static final int[][] ARRAYS = {{4, 4}, {8, 4}, {4, 16}, {16, 16}, {32, 8}};

  private record Point(Operand stationary, int rows, int columns, int m, int k, int n) {
    /** Which dimension runs over rows, over columns, and in time. */
    private String[] dimensions() {
      return switch (stationary) {
        case WEIGHT -> new String[] {"C", "K", "P"};
        case INPUT -> new String[] {"C", "P", "K"};
        case OUTPUT -> new String[] {"P", "K", "C"};
      };
    }

    private int size(String dimension) {
      return switch (dimension) {
        case "P" -> m;
        case "C" -> k;
        default -> n;
      };
    }

    Evaluation evaluate(Systolic systolic) {
      Einsum einsum = Layer.fullyConnected("product", k, n).output(m, 1).einsum();
      Accelerator array = array(rows, columns, stationary, systolic);
      String[] d = dimensions();
      String text =
          "DRAM: %s=%d %s=%d %s=%d; Y: %s=%d; X: %s=%d \n PE: "
              .formatted(
                  d[0],
                  ceil(size(d[0]), rows),
                  d[1],
                  ceil(size(d[1]), columns),
                  d[2],
                  size(d[2]),
                  d[0],
                  Math.min(rows, size(d[0])),
                  d[1],
                  Math.min(columns, size(d[1])));
      return Analysis.of(einsum, array)
          .evaluate(Mapping.parse(text, einsum, array), Accounting.EXACT);
    }

    /** SCALE-Sim's total cycles, which it counts from 0. */
    long scaleSim() {
      String[] d = dimensions();
      long folds = (long) ceil(size(d[0]), rows) * ceil(size(d[1]), columns);
      long preload = stationary == Operand.OUTPUT ? 0 : rows;
      return folds * (size(d[2]) + preload + rows + columns - 2) - 1;
    }
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static Accelerator array(int rows, int columns, Operand stationary, Systolic systolic) {
    return new Accelerator(
        "systolic",
        List.of(
            MemoryLevel.unbounded("DRAM")
                .fanout(columns, rows)
                .interconnect(Interconnect.IDEAL.systolic(systolic)),
            MemoryLevel.of("PE", 1).keeps(stationary)),
        new MacUnit("MAC", 1, 1, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "none",
        Overheads.NONE);
  }

  private static Systolic systolic(Operand stationary) {
    return new Systolic(stationary, stationary != Operand.OUTPUT);
  }

  static Stream<Point> points() {
    return Stream.of(Operand.values())
        .flatMap(
            stationary ->
                Stream.of(ARRAYS)
                    .flatMap(
                        a ->
                            Stream.of(PRODUCTS)
                                .map(p -> new Point(stationary, a[0], a[1], p[0], p[1], p[2]))));
  }

  /**
   * SCALE-Sim itself, run with its own Python, printed the value of {@link Point#scaleSim} for the
   * 27 points of products 3 to 5 on arrays 1 to 3.
   */
  @Test
  void cyclesAreThoseOfScaleSimOnAll180Points() {
    assertThat(points()).hasSize(180);
    points()
        .forEach(
            point -> {
              long cycles = point.evaluate(systolic(point.stationary)).cycles();
              assertThat(cycles - 1).as(point.toString()).isEqualTo(point.scaleSim());
            });
  }

  @Test
  void cyclesAreThoseOfAnArrayThatIsClocked() {
    points()
        .filter(p -> p.stationary != Operand.INPUT && (long) p.m * p.k * p.n < 20_000)
        .forEach(
            p -> {
              SystolicExecution array = new SystolicExecution(p.rows, p.columns);
              long executed =
                  p.stationary == Operand.WEIGHT
                      ? array.stationaryWeights(p.m, p.k, p.n)
                      : array.stationaryOutputs(p.m, p.k, p.n);
              assertThat(p.evaluate(systolic(p.stationary)).cycles())
                  .as(p.toString())
                  .isEqualTo(executed);
            });
  }

  @Test
  void whereTransfersOverlapNothingIsAdded() {
    Point point = new Point(Operand.WEIGHT, 4, 16, 17, 9, 20);
    assertThat(point.evaluate(null).cycles()).isEqualTo(3 * 2 * 17);
    Systolic hidden = new Systolic(Operand.WEIGHT, false);
    assertThat(point.evaluate(hidden).cycles()).isEqualTo(3 * 2 * (17 + 18));
  }

  @Test
  void fourByFourOutputsOfFourStepsTakeTenCycles() {
    Point point = new Point(Operand.OUTPUT, 4, 4, 4, 4, 4);
    assertThat(point.evaluate(Systolic.OUTPUTS).cycles()).isEqualTo(10);
    assertThat(new SystolicExecution(4, 4).stationaryOutputs(4, 4, 4)).isEqualTo(10);
  }

  @Test
  void explanationsCountThePasses() {
    Point point = new Point(Operand.WEIGHT, 4, 16, 17, 9, 20);
    String text = Explainer.of(point.evaluate(systolic(Operand.WEIGHT))).explain("cycles").text();
    assertThat(text)
        .contains("cycles = 234 cycles")
        .contains("fill and drain below DRAM = 132 cycles")
        .contains("= 6 · (4 + 18)")
        .contains("passes below DRAM = 6")
        .contains("while the tile of Weights stays in the array");
  }

  static IntStream blocks() {
    return IntStream.range(0, 10);
  }

  /** Passes are the steps at which an executed nest has another tile in the array. */
  @ParameterizedTest
  @MethodSource("blocks")
  void passesAreTheTilesOfAnExecutedNest(int block) {
    for (long seed = 1000L * block; seed < 1000L * block + 60; seed++) {
      RandomCases.Case c = RandomCases.of(seed, 500);
      CompiledEinsum shape = new CompiledEinsum(c.einsum());
      CompiledMapping nest = CompiledMapping.of(c.mapping(), c.einsum(), c.accelerator());
      if (!nest.isPerfect(shape.bounds)) {
        continue; // a loop with one iteration left in a partial tile counts as one that moves it
      }
      for (int t = 0; t < shape.tensors; t++) {
        Operand role = c.einsum().tensors().get(t).role();
        for (int l = 0; l + 1 < nest.levels && shape.plain[t]; l++) {
          MemoryLevel level = c.accelerator().levels().get(l);
          Systolic systolic = new Systolic(role, false);
          Accelerator array =
              c.accelerator().level(level.interconnect(level.interconnect().systolic(systolic)));
          Passes passes = new Passes(shape, array);
          boolean first = passes.stationary[0] == t;
          int inner = first ? passes.holder(0, nest.keeps) : nest.levels;
          if (inner < nest.levels) {
            assertThat(passes.passes(0, nest, -1))
                .as("%s, %s in level %d below %d", c, role, inner, l)
                .isEqualTo(executed(nest, shape, t, inner));
          }
        }
      }
    }
  }

  /** Runs the temporal loops outside a level and counts the changes of all tiles inside. */
  private static long executed(CompiledMapping nest, CompiledEinsum shape, int t, int inner) {
    List<Integer> before = List.of();
    long changes = 0;
    int[] index = new int[nest.size];
    boolean more = true;
    while (more) {
      List<Integer> tile = new ArrayList<>(List.of(-1));
      for (int i = 0; i < nest.start[inner]; i++) {
        boolean moves = shape.axisOf[t][nest.dimension[i]] >= 0;
        if (nest.kind[i] == CompiledMapping.TEMPORAL && moves) {
          tile.add(index[i]);
        }
      }
      changes += tile.equals(before) ? 0 : 1;
      before = tile;
      more = false;
      for (int i = nest.start[inner] - 1; i >= 0 && !more; i--) {
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          more = ++index[i] < nest.bound[i];
          index[i] = more ? index[i] : 0;
        }
      }
    }
    return changes;
  }

  @Test
  void theTpuLikePresetFillsAndDrainsItsArray() {
    // with weights at hand: from the chip's DDR3 a tile takes longer than its pass
    Accelerator tpu =
        Accelerators.tpuLike().level("DRAM", l -> l.sharedBandwidth(Double.POSITIVE_INFINITY));
    Network small = Network.of("small", Layer.fullyConnected("fc", 256, 256).output(8, 1));
    Accelerator without =
        tpu.level("accumulators", l -> l.interconnect(l.interconnect().systolic(null)));
    Simulator simulator = new Simulator(Simulator.Options.proven().objective(Objective.LATENCY));
    long cycles = simulator.evaluate(small, tpu).cycles();
    long before = simulator.evaluate(small, without).cycles();
    // a pass takes 256 + 510 cycles beside its 8 steps; without, the weights come in meanwhile
    assertThat(cycles).isGreaterThanOrEqualTo(256 + 510 + 8);
    assertThat(cycles).isGreaterThan(before);
  }

  @Test
  void outputsHaveNothingToPreload() {
    assertThatThrownBy(() -> new Systolic(Operand.OUTPUT, true))
        .hasMessageContaining("nothing to preload");
  }
}
