package dance.simulate.eyeriss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.EyerissSilicon;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.accelerator.Technology;
import dance.accelerator.ZeroSavings;
import dance.cost.Ledger;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.junit.jupiter.api.Test;

/**
 * The fit behind {@link EyerissSilicon}: what MAC, pads, and clock and control take on the chip.
 *
 * <p>Measured: power and processing latency of AlexNet CONV1–5, batch 4 (JSSC'17, Table V). Counts:
 * the chip's own mapping (Table III), executed by the loop nest; a zero input costs its read from
 * the pad and a gated MAC, as the simulator has it ({@link ZeroSavings#EYERISS}). Stated, for CONV1
 * (Section VI-A): ALUs less than 10 %, pads, buffer and networks up to 45 %; each is one more
 * equation at its bound. All equations are relative and weigh the same.
 */
class EnergyCalibrationTest {
  private static final double CLOCK = 200e3; // cycles per ms
  private static final Technology TABLE = Technology.eyeriss65nm();
  private static final EyerissChip CHIP = EyerissChip.jssc2017();

  /** A layer, as measured; energies of its parts by the table, pJ. */
  private record Measured(
      Layer layer, double mw, double ms, double zeros, double trafficPj, double leakPj) {

    double chipPj() {
      return mw * ms * 1e6;
    }

    double macs() {
      return layer.macs() * (1 - zeros * (1 - ZeroSavings.EYERISS.gating().mac()));
    }

    double padsPj() {
      double filter = TABLE.registers().accessPj().at(224);
      double input = TABLE.registers().accessPj().at(12);
      double psum = TABLE.registers().accessPj().at(24);
      return layer.macs() * ((1 - zeros) * (filter + 2 * psum) + input);
    }

    /** Clock and control in PE-array cycles, those of working PEs at their part. */
    double cycles() {
      double working = layer.macs() / 168.0;
      return (1 - EyerissSilicon.GATED) * ms * CLOCK + EyerissSilicon.GATED * working;
    }

    double modelPj(double[] x) {
      return macs() * x[0] + padsPj() * x[1] + cycles() * x[2] + trafficPj + leakPj;
    }

    double share(double pj) {
      return pj / chipPj();
    }
  }

  private static Measured measured(
      Layer layer, RowStationaryParameters mapping, double mw, double ms, double zeros) {
    Layer batch = layer.batch(4);
    MemoryLevel buffer =
        TABLE
            .sram("GlobalBuffer", 108 * 1024, 16, 4)
            .keeps(Operand.INPUT, Operand.OUTPUT)
            .fanout(14, 12)
            // a hop over a PE costs what it costs in the table
            .interconnect(TABLE.network(16, 1.5 * 5668.5));
    List<MemoryLevel> levels = CHIP.accelerator().levels();
    Accelerator table =
        new Accelerator(
            "chip at the table's costs",
            List.of(levels.get(0), buffer, levels.get(2)),
            TABLE.mac(16),
            200,
            Dataflow.ROW_STATIONARY,
            TABLE.label(),
            Overheads.NONE);
    double traffic =
        Analysis.of(batch.einsum(), table)
            .evaluate(RowStationaryMapping.of(batch, mapping, CHIP), Accounting.EXACT)
            .ledger()
            .entries()
            .stream()
            .filter(e -> e.level().equals(buffer.name()) && e.action() != Ledger.Action.LEAK)
            .mapToDouble(Ledger.Entry::energyPj)
            .sum();
    double leak = TABLE.mac().leakPjPerCycle() * 168 + buffer.leakPjPerCycle();
    for (int words : new int[] {224, 12, 24}) {
      leak += TABLE.registers().leakPjPerCycle().at(words) * 168;
    }
    return new Measured(batch, mw, ms, zeros, traffic, leak * ms * CLOCK);
  }

  /** CONV3 by the mapping of CONV4, which moved the published words: see EyerissJssc17Test. */
  private static final RowStationaryParameters CONV3TO5 =
      new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2);

  private static final List<Measured> LAYERS =
      List.of(
          measured(
              Layer.conv("CONV1", 3, 96).kernel(11).output(55).stride(4),
              new RowStationaryParameters(96, 1, 7, 16, 1, 1, 2),
              332,
              16.5,
              0.0001),
          measured(
              Layer.conv("CONV2", 96, 256).kernel(5).output(27).groups(2),
              new RowStationaryParameters(64, 1, 27, 16, 2, 1, 1),
              288,
              39.2,
              0.387),
          measured(Layer.conv("CONV3", 256, 384).kernel(3).output(13), CONV3TO5, 266, 21.8, 0.725),
          measured(
              Layer.conv("CONV4", 384, 384).kernel(3).output(13).groups(2),
              CONV3TO5,
              235,
              16.0,
              0.793),
          measured(
              Layer.conv("CONV5", 384, 256).kernel(3).output(13).groups(2),
              CONV3TO5,
              236,
              10.0,
              0.776));

  /** MAC [pJ], factor on the pads, clock and control [pJ/cycle]. */
  private static double[] fit() {
    return solve(false);
  }

  /** With the energy of a MAC's clock as a fourth unknown, or at its part of all [pJ]. */
  private static double[] solve(boolean free) {
    List<double[]> rows = new ArrayList<>();
    List<Double> right = new ArrayList<>();
    for (Measured m : LAYERS) {
      double[] row = {m.share(m.macs()), m.share(m.padsPj()), m.share(m.cycles())};
      rows.add(free ? with(row, m.share(m.layer().macs())) : row);
      right.add(1 - m.share(m.trafficPj() + m.leakPj()));
    }
    Measured conv1 = LAYERS.get(0);
    rows.add(with(new double[] {conv1.share(conv1.macs()), 0, 0}, 0));
    right.add(0.10);
    rows.add(with(new double[] {0, conv1.share(conv1.padsPj()), 0}, 0));
    right.add(0.45 - conv1.share(conv1.trafficPj()));
    int unknowns = free ? 4 : 3;
    double[][] left =
        rows.stream().map(row -> Arrays.copyOf(row, unknowns)).toArray(double[][]::new);
    return new QRDecomposition(new Array2DRowRealMatrix(left))
        .getSolver()
        .solve(new ArrayRealVector(right.stream().mapToDouble(d -> d).toArray()))
        .toArray();
  }

  private static double[] with(double[] row, double last) {
    double[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = last;
    return longer;
  }

  private static final double[] CONSTANTS = {
    EyerissSilicon.MAC_PJ_65NM, EyerissSilicon.PADS_FACTOR, EyerissSilicon.CLOCK_PJ_65NM
  };

  @Test
  void theConstantsAreTheFitToTheirDigits() {
    double[] fit = fit();
    System.out.printf(
        Locale.ROOT, "fit: MAC %.4f pJ, pads × %.4f, clock %.2f pJ%n", fit[0], fit[1], fit[2]);
    assertThat(EyerissSilicon.MAC_PJ_65NM).isCloseTo(fit[0], within(5e-4)).isLessThan(1.3);
    assertThat(EyerissSilicon.PADS_FACTOR).isCloseTo(fit[1], within(5e-3));
    assertThat(EyerissSilicon.CLOCK_PJ_65NM).isCloseTo(fit[2], within(0.5));
  }

  @Test
  void powerOfEveryLayerIsWithinTenPercent() {
    System.out.println("layer  silicon mW  model mW      %");
    for (Measured m : LAYERS) {
      double mw = m.modelPj(CONSTANTS) / (m.ms() * 1e6);
      System.out.printf(
          Locale.ROOT,
          "%-6s %10.0f %9.0f %+6.1f%n",
          m.layer().name(),
          m.mw(),
          mw,
          100 * (mw / m.mw() - 1));
      assertThat(mw).as(m.layer().name()).isCloseTo(m.mw(), within(0.1 * m.mw()));
    }
  }

  /** Section VI-A, of CONV1 and CONV5. */
  @Test
  void sharesOfPowerAreThoseStated() {
    List<Double> pads = new ArrayList<>();
    for (Measured m : List.of(LAYERS.get(0), LAYERS.get(4))) {
      double all = m.modelPj(CONSTANTS);
      double alu = m.macs() * CONSTANTS[0] / all;
      double pad = m.padsPj() * CONSTANTS[1] / all;
      double traffic = m.trafficPj() / all;
      double clock = m.cycles() * CONSTANTS[2] / all;
      System.out.printf(
          Locale.ROOT,
          "%s: ALUs %.1f %%, pads %.1f %%, buffer and networks %.1f %%, clock and control %.1f %%%n",
          m.layer().name(),
          100 * alu,
          100 * pad,
          100 * traffic,
          100 * clock);
      assertThat(alu).isLessThan(0.10).isLessThan(pad);
      assertThat(pad + traffic).isLessThan(0.45);
      assertThat(pad).isGreaterThan(traffic).isLessThan(clock);
      pads.add(pad * all / m.ms());
    }
    // pads take much less in CONV5 than in CONV1
    assertThat(pads.get(1)).isLessThan(0.6 * pads.get(0));
  }

  /**
   * What the layers cannot say: as an unknown of its own, what flows only where PEs work comes out
   * negative, since the chip did about as many MACs a cycle in each. Its part is an assumption.
   */
  @Test
  void thePartThatFlowsOnlyWherePesWorkIsNotDeterminedByTheFiveLayers() {
    double[] free = solve(true);
    assertThat(free[3]).isNegative();
    assertThat(EyerissSilicon.GATED).isBetween(0.0, 0.5);
  }
}
