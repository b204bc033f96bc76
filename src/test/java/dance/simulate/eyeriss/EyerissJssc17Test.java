package dance.simulate.eyeriss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.simulate.count.Analysis;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chen et al., JSSC 2017: Table V, AlexNet, batch 4, mapped by Table III. */
class EyerissJssc17Test {
  private record Row(
      Layer layer,
      RowStationaryParameters mapping,
      double latencyMs,
      double bufferMb,
      int activePes) {}

  private static final int BATCH = 4;
  private static final EyerissChip CHIP = EyerissChip.jssc2017();

  private static Row row(
      Layer layer, RowStationaryParameters mapping, double ms, double mb, int pes) {
    return new Row(layer.batch(BATCH), mapping, ms, mb, pes);
  }

  private static final List<Row> TABLE =
      List.of(
          row(
              Layer.conv("CONV1", 3, 96).kernel(11).output(55).stride(4),
              new RowStationaryParameters(96, 1, 7, 16, 1, 1, 2),
              16.5,
              18.5,
              154),
          row(
              Layer.conv("CONV2", 96, 256).kernel(5).output(27).groups(2),
              new RowStationaryParameters(64, 1, 27, 16, 2, 1, 1),
              39.2,
              77.6,
              135),
          row(
              Layer.conv("CONV3", 256, 384).kernel(3).output(13),
              new RowStationaryParameters(64, 4, 13, 16, 4, 1, 4),
              21.8,
              50.2,
              156),
          row(
              Layer.conv("CONV4", 384, 384).kernel(3).output(13).groups(2),
              new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2),
              16.0,
              37.4,
              156),
          row(
              Layer.conv("CONV5", 384, 256).kernel(3).output(13).groups(2),
              new RowStationaryParameters(64, 4, 13, 16, 3, 2, 2),
              10.0,
              24.9,
              156));

  private static List<Row> table() {
    return TABLE;
  }

  @ParameterizedTest
  @MethodSource("table")
  void processingLatencyOfEachLayerIsWithinTenPercent(Row row) {
    double ms = CHIP.processing(row.layer, row.mapping).latencyMs();
    assertThat(ms).as(row.layer.name()).isCloseTo(row.latencyMs, within(0.10 * row.latencyMs));
  }

  @ParameterizedTest
  @MethodSource("table")
  void activePesAreThoseOfTheTable(Row row) {
    assertThat(CHIP.processing(row.layer, row.mapping).activePes()).isEqualTo(row.activePes);
  }

  @Test
  void totalsAreWithinFiveAndFifteenPercent() {
    double ms = 0;
    double silicon = 0;
    double mb = 0;
    double siliconMb = 0;
    StringBuilder lines = new StringBuilder();
    lines.append(
        line("layer", "silicon ms", "model ms", "%", "silicon MB", "model MB", "%", "PEs"));
    for (Row row : TABLE) {
      EyerissProcessing x = CHIP.processing(row.layer, row.mapping);
      lines.append(
          row(
              row.layer.name(),
              row.latencyMs,
              x.latencyMs(),
              row.bufferMb,
              x.globalBufferMb(),
              row.activePes + "/" + x.activePes()));
      ms += x.latencyMs();
      silicon += row.latencyMs;
      mb += x.globalBufferMb();
      siliconMb += row.bufferMb;
    }
    lines.append(row("total", silicon, ms, siliconMb, mb, ""));
    System.out.print(lines);
    assertThat(ms).isCloseTo(silicon, within(0.05 * silicon));
    assertThat(mb).isCloseTo(siliconMb, within(0.15 * siliconMb));
  }

  private static String row(
      String name, double ms, double modelMs, double mb, double modelMb, String pes) {
    return line(
        name,
        number(ms),
        number(modelMs),
        percent(ms, modelMs),
        number(mb),
        number(modelMb),
        percent(mb, modelMb),
        pes);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String percent(double silicon, double model) {
    return String.format(Locale.ROOT, "%+.1f", 100 * (model / silicon - 1));
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-6s %10s %9s %6s %11s %9s %6s %8s%n", cells);
  }

  /**
   * CONV3 is compared with the mapping of CONV4: Table III gives it q·r = 4, hence 64 reads and
   * writes of each partial sum, 66 MB without any inputs; 50.2 MB are those of q·r = 6.
   */
  @ParameterizedTest
  @MethodSource("table")
  void globalBufferTrafficOfEachLayerIsWithinOnePercentOfTheMappingThatMovedIt(Row row) {
    boolean conv3 = row.layer.name().equals("CONV3");
    RowStationaryParameters mapping = conv3 ? TABLE.get(3).mapping : row.mapping;
    double mb = CHIP.processing(row.layer, mapping).globalBufferMb();
    assertThat(mb).as(row.layer.name()).isCloseTo(row.bufferMb, within(0.01 * row.bufferMb));
  }

  @Test
  void conv3UnderItsPublishedMappingCannotMoveAsLittleAsMeasured() {
    Row row = TABLE.get(2);
    EyerissProcessing published = CHIP.processing(row.layer, row.mapping);
    EyerissProcessing likeConv4 = CHIP.processing(row.layer, TABLE.get(3).mapping);
    double psumMb = 2 * (published.psumReadWords() + published.psumWriteWords()) / 1e6;
    assertThat(psumMb).isGreaterThan(1.3 * row.bufferMb);
    assertThat(likeConv4.latencyMs()).isCloseTo(row.latencyMs, within(0.05 * row.latencyMs));
  }

  @ParameterizedTest
  @MethodSource("table")
  void chosenParametersAreThoseOfTableIII(Row row) {
    assertThat(CHIP.processing(row.layer).parameters()).isEqualTo(row.mapping);
  }

  /** JSSC'17, Table VI: VGG-16, batch 3, processing latency; no mapping is published. */
  @ParameterizedTest
  @CsvSource({"64, 64, 224, 810.6", "256, 256, 56, 408.1", "512, 512, 28, 210.0"})
  void chosenParametersPredictVggWithinEightPercent(int c, int k, int output, double ms) {
    Layer layer = Layer.conv("vgg", c, k).kernel(3).output(output).batch(3);
    EyerissProcessing x = CHIP.processing(layer);
    assertThat(x.latencyMs()).as(x.parameters().toString()).isCloseTo(ms, within(0.08 * ms));
  }

  private static void assertPassesEqualLoopNest(Layer layer, RowStationaryParameters mapping) {
    EyerissProcessing passes = CHIP.processing(layer, mapping);
    AccessCounts counts =
        Analysis.of(layer.einsum(), CHIP.accelerator())
            .count(RowStationaryMapping.of(layer, mapping, CHIP), Accounting.EXACT);
    AccessCounts.Tensor inputs = counts.levels().get(1).tensors().get(0);
    AccessCounts.Tensor outputs = counts.levels().get(1).tensors().get(1);
    Layer.Shape x = layer.shape();
    long drained = (long) x.n() * x.k() * x.p() * x.q();
    assertThat(inputs.tileWords() + outputs.tileWords())
        .as("words in the global buffer")
        .isLessThanOrEqualTo(CHIP.globalBufferWords());
    assertThat(inputs.reads()).as("%s %s", layer, mapping).isEqualTo(passes.ifmapReadWords());
    assertThat(outputs.updates()).isEqualTo(passes.psumWriteWords());
    assertThat(outputs.reads() + drained).isEqualTo(passes.psumReadWords());
    assertThat(counts.levels().get(2).utilizedInstances()).isEqualTo(passes.activePes());
    assertThat(counts.computes()).isEqualTo(layer.macs());
  }

  @ParameterizedTest
  @MethodSource("table")
  void passesOfTheTableCountWhatTheLoopNestCounts(Row row) {
    assertPassesEqualLoopNest(row.layer, row.mapping);
  }

  private static List<Layer> randomLayers() {
    RandomGenerator random = new SplittableRandom(17);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int kernel = 1 + 2 * random.nextInt(4);
      layers.add(
          Layer.conv("random" + i, 1 + random.nextInt(40), 1 + random.nextInt(40))
              .kernel(kernel)
              .output(4 + random.nextInt(50))
              .stride(1 + random.nextInt(kernel))
              .batch(1 + random.nextInt(4)));
    }
    return layers;
  }

  @ParameterizedTest
  @MethodSource("randomLayers")
  void passesUnderDefaultParametersCountWhatTheLoopNestCounts(Layer layer) {
    assertPassesEqualLoopNest(layer, CHIP.processing(layer).parameters());
  }

  private static List<Layer> vgg16() {
    int[][] shapes = {
      {3, 64, 224},
      {64, 64, 224},
      {64, 128, 112},
      {128, 128, 112},
      {128, 256, 56},
      {256, 256, 56},
      {256, 512, 28},
      {512, 512, 28},
      {512, 512, 14}
    };
    List<Layer> layers = new ArrayList<>();
    for (int[] x : shapes) {
      layers.add(Layer.conv("vgg16 " + x[2], x[0], x[1]).kernel(3).output(x[2]).batch(3));
    }
    return layers;
  }

  @ParameterizedTest
  @MethodSource("vgg16")
  void otherNetworksRunWithoutGivenParameters(Layer layer) {
    assertPassesEqualLoopNest(layer, CHIP.processing(layer).parameters());
  }

  @ParameterizedTest
  @MethodSource("randomLayers")
  void streamIsNeverShorterThanArithmeticOrPartialSums(Layer layer) {
    EyerissProcessing x = CHIP.processing(layer);
    assertThat(x.streamCycles())
        .isGreaterThanOrEqualTo(Math.max(x.computeCycles(), x.psumCycles()));
    assertThat(x.computeCycles() * x.activePes()).isGreaterThanOrEqualTo(layer.macs());
  }

  @Test
  void parametersThatDoNotFitAreAllNamedAtOnce() {
    Layer layer = TABLE.get(1).layer;
    RowStationaryParameters wrong = new RowStationaryParameters(128, 4, 27, 25, 3, 2, 6);
    assertThatThrownBy(() -> CHIP.processing(layer, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 PE sets (r = 2, t = 6) of CONV2")
        .hasMessageContaining("p·t = 150")
        .hasMessageContaining("q·S = 15 words")
        .hasMessageContaining("p·q·S = 375 words")
        .hasMessageContaining("p = 25 words")
        .hasMessageContaining("words too many");
    assertThatThrownBy(() -> new RowStationaryParameters(0, 1, 1, -1, 1, 1, 1))
        .hasMessageContaining("parameter m (0)")
        .hasMessageContaining("parameter p (-1)");
    assertThatThrownBy(() -> CHIP.processing(Layer.pool("pool", 8).kernel(3).output(8)))
        .hasMessageContaining("pool");
    assertThatThrownBy(() -> CHIP.processing(Layer.conv("wide", 8, 8).kernel(13).output(8)))
        .hasMessageContaining("13 rows");
  }
}
