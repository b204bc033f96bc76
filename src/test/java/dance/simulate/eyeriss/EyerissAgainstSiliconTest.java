package dance.simulate.eyeriss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Area;
import dance.cost.Ledger;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The Eyeriss preset beside the chip, figure by figure: Chen et al., JSSC 52(1), 2017, Section VI
 * and Tables III, V and VI. Notebook 08 shows the same figures.
 */
class EyerissAgainstSiliconTest {
  private record Row(
      Layer layer,
      RowStationaryParameters mapping,
      double mw,
      double ms,
      double bufferMb,
      double dramMb) {}

  private static Row row(
      Layer layer,
      double zeros,
      double after,
      RowStationaryParameters mapping,
      double mw,
      double ms,
      double bufferMb,
      double dramMb) {
    Layer batch = layer.batch(4).zeroInputs(zeros).zeroOutputs(after);
    return new Row(batch, mapping, mw, ms, bufferMb, dramMb);
  }

  /** CONV3 by the mapping of CONV4, which moved the published words: see EyerissJssc17Test. */
  private static final RowStationaryParameters CONV3TO5 =
      new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2);

  private static final List<Row> ALEXNET =
      List.of(
          row(
              Layer.conv("CONV1", 3, 96).kernel(11).output(55).stride(4),
              0.0001,
              0.387,
              new RowStationaryParameters(96, 1, 7, 16, 1, 1, 2),
              332,
              16.5,
              18.5,
              5.0),
          row(
              Layer.conv("CONV2", 96, 256).kernel(5).output(27).groups(2),
              0.387,
              0.725,
              new RowStationaryParameters(64, 1, 27, 16, 2, 1, 1),
              288,
              39.2,
              77.6,
              4.0),
          row(
              Layer.conv("CONV3", 256, 384).kernel(3).output(13),
              0.725,
              0.793,
              CONV3TO5,
              266,
              21.8,
              50.2,
              3.0),
          row(
              Layer.conv("CONV4", 384, 384).kernel(3).output(13).groups(2),
              0.793,
              0.776,
              CONV3TO5,
              235,
              16.0,
              37.4,
              2.1),
          row(
              Layer.conv("CONV5", 384, 256).kernel(3).output(13).groups(2),
              0.776,
              0.776,
              CONV3TO5,
              236,
              10.0,
              24.9,
              1.3));

  private static final EyerissChip CHIP = EyerissChip.jssc2017();

  /** Without the link, which processing latency and the chip's power leave out. */
  private static final Accelerator PRESET =
      Accelerators.eyeriss().level("DRAM", dram -> dram.sharedBandwidth(Double.POSITIVE_INFINITY));

  private static Evaluation published(Row row) {
    return Analysis.of(row.layer.einsum(), PRESET)
        .evaluate(RowStationaryMapping.of(row.layer, row.mapping, CHIP), Accounting.EXACT);
  }

  private static double pj(Evaluation e, Predicate<Ledger.Entry> these) {
    return e.ledger().entries().stream().filter(these).mapToDouble(Ledger.Entry::energyPj).sum();
  }

  private static double chipPj(Evaluation e) {
    return pj(e, entry -> !entry.level().equals("DRAM"));
  }

  /** Energy of the chip if what is proportional to time flows for the chip's own time. */
  private static double atChipsTimePj(Row row, Evaluation e) {
    double timed = pj(e, x -> !moves(x) && x.action() != Ledger.Action.COMPUTE);
    return chipPj(e) + timed * (row.ms / e.latencyMs() - 1);
  }

  private static boolean moves(Ledger.Entry entry) {
    return entry.action() != Ledger.Action.LEAK && entry.action() != Ledger.Action.FLOOR;
  }

  private static void print(String what, double silicon, double model) {
    System.out.printf(
        Locale.ROOT,
        "%-34s chip %9.2f  preset %9.2f  %+6.1f %%%n",
        what,
        silicon,
        model,
        100 * (model / silicon - 1));
  }

  private static void holds(String what, double silicon, double model, double part) {
    print(what, silicon, model);
    assertThat(model).as(what).isCloseTo(silicon, within(part * silicon));
  }

  @Test
  void areaOfEveryPartIsWithinFivePercent() {
    Area area = Accelerators.eyeriss().area();
    double rest = area.mm2("rest of the PEs") + area.mm2("rest of the chip");
    holds("core [mm²]", 12.25, area.totalMm2(), 0.01);
    holds("buffer [mm²]", 2.33, area.mm2("GLB"), 0.05);
    holds("pads [mm²]", 5.83, area.mm2("RF"), 0.05);
    holds("MACs [mm²]", 0.907, area.mm2(PRESET.mac().name()), 0.05);
    holds("rest [mm²]", 3.18, rest, 0.05);
  }

  @Test
  void powerOfTheFiveLayersIsWithinTenPercentAtTheChipsTime() {
    for (Row row : ALEXNET) {
      Evaluation e = published(row);
      holds(row.layer.name() + " [mW]", row.mw, atChipsTimePj(row, e) / (row.ms * 1e6), 0.10);
    }
  }

  @Test
  void sharesOfPowerAreThoseStated() {
    for (Row row : List.of(ALEXNET.get(0), ALEXNET.get(4))) {
      Evaluation e = published(row);
      double all = atChipsTimePj(row, e);
      double alus = pj(e, x -> x.action() == Ledger.Action.COMPUTE) / all;
      double pads = pj(e, x -> x.level().equals("RF") && moves(x)) / all;
      double traffic = pj(e, x -> x.level().equals("GLB") && moves(x)) / all;
      String name = row.layer.name();
      System.out.printf(
          Locale.ROOT,
          "%s: ALUs %.1f %% (chip: less than 10), pads, buffer and networks %.1f %% (up to 45), pads"
              + " over ALUs %.2f%n",
          name,
          100 * alus,
          100 * (pads + traffic),
          pads / alus);
      assertThat(alus).as(name).isLessThan(0.10).isLessThan(pads);
      assertThat(pads + traffic).as(name).isLessThanOrEqualTo(0.45);
    }
  }

  @Test
  void bufferWordsAreThoseOfTheChipUnderItsMapping() {
    for (Row row : ALEXNET) {
      List<AccessCounts.Tensor> buffer = published(row).counts().levels().get(1).tensors();
      Layer.Shape x = row.layer.shape();
      // the chip also reads the finished sums out
      double words = (double) x.n() * x.k() * x.p() * x.q();
      for (AccessCounts.Tensor tensor : buffer) {
        words += tensor.reads() + tensor.updates();
      }
      holds(row.layer.name() + " buffer [M words]", row.bufferMb / 2, words / 1e6, 0.02);
    }
  }

  @Test
  void megabytesOfTheMemoryAreWithinFifteenPercent() {
    double sum = 0;
    for (Row row : ALEXNET) {
      double mb = published(row).offChipBytes() / 1e6;
      holds(row.layer.name() + " DRAM [MB]", row.dramMb, mb, 0.15);
      sum += mb;
    }
    holds("all DRAM [MB]", 15.4, sum, 0.08);
  }

  /**
   * Table VI, batch 3, by the pass model's own choice of parameters: its time, and the preset's.
   */
  @Test
  void processingOfVggLayersIsWithinTwentyPercent() {
    Map<Layer, Double> vgg =
        Map.of(
            Layer.conv("CONV1-2", 64, 64).kernel(3).output(224), 810.6,
            Layer.conv("CONV3-2", 256, 256).kernel(3).output(56), 408.1,
            Layer.conv("CONV4-2", 512, 512).kernel(3).output(28), 210.0);
    vgg.forEach(
        (layer, ms) -> {
          EyerissProcessing passes = CHIP.processing(layer.batch(3));
          Row row = new Row(layer.batch(3), passes.parameters(), 0, ms, 0, 0);
          holds(layer.name() + " passes [ms]", ms, passes.latencyMs(), 0.20);
          holds(layer.name() + " [ms]", ms, published(row).latencyMs(), 0.20);
        });
  }

  @Test
  void processingOfAlexNetIsWithinFifteenPercentALayerAndEightInTotal() {
    double model = 0;
    double chip = 0;
    for (Row row : ALEXNET) {
      double ms = published(row).latencyMs();
      holds(row.layer.name() + " [ms]", row.ms, ms, 0.15);
      model += ms;
      chip += row.ms;
    }
    holds("AlexNet [ms]", chip, model, 0.08);
  }
}
