package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.Dance;
import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Bandwidth;
import dance.accelerator.MemoryLevel;
import dance.command.Terminal;
import dance.cost.Ledger;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings as files of other tools: what is written is read and counts the same. */
class ExportTest {
  private static final List<Layer> LAYERS =
      List.of(
          Layer.conv("conv", 16, 24).kernel(3).stride(2).output(13),
          Layer.depthwise("dw", 32).kernel(5).output(7),
          Layer.fullyConnected("fc", 120, 84));

  @TempDir Path folder;

  static Evaluation best(Layer layer, Accelerator accelerator) {
    return Mapper.best(
            Dataflows.space(layer.einsum(), accelerator).withDimensionsAlongOneSide(),
            Objective.EDP,
            Accounting.EXACT,
            Effort.steps(2_000))
        .evaluation();
  }

  private void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** Energy by level, operand and action, of what formats of others hold. */
  private static Map<String, Double> ledger(Evaluation evaluation, Set<Ledger.Action> without) {
    Map<String, Double> sums = new LinkedHashMap<>();
    String mac = evaluation.accelerator().mac().name();
    for (Ledger.Entry entry : evaluation.ledger().entries()) {
      boolean leaksMac = entry.level().equals(mac) && entry.action() == Ledger.Action.LEAK;
      if (!without.contains(entry.action()) && !leaksMac && entry.energyPj() > 0) {
        boolean transfer = entry.action() == Ledger.Action.TRANSFER;
        String key = (transfer ? "" : entry.level()) + entry.operand() + entry.action();
        sums.merge(key, entry.energyPj(), Double::sum);
      }
    }
    return sums;
  }

  private static void assertSame(Evaluation read, Evaluation written, Set<Ledger.Action> without) {
    for (MemoryLevel level : written.accelerator().levels()) {
      int here = written.accelerator().levels().indexOf(level);
      int there =
          read.accelerator().levels().stream()
              .map(MemoryLevel::name)
              .toList()
              .indexOf(level.name());
      assertThat(read.counts().levels().get(there).tensors().toString())
          .as(level.name())
          .isEqualTo(written.counts().levels().get(here).tensors().toString());
    }
    assertThat(read.cycles()).isEqualTo(written.cycles());
    Map<String, Double> expected = ledger(written, without);
    Map<String, Double> found = ledger(read, without);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, pj) -> assertThat(found.get(key)).as(key).isCloseTo(pj, within(1e-9 * pj)));
    assertThat(read.accelerator().clockMhz())
        .isCloseTo(written.accelerator().clockMhz(), within(1e-9));
  }

  /** What the format holds: one pool a level, and no networks of single operands. */
  private static Accelerator held(Accelerator chip) {
    Accelerator held = chip;
    for (MemoryLevel level : chip.levels()) {
      Bandwidth ports = level.bandwidth();
      held =
          held.level(
              level
                  .pooled()
                  .bandwidth(
                      new Bandwidth(
                          ports.readWordsPerCycle(),
                          ports.writeWordsPerCycle(),
                          ports.sharedWordsPerCycle())));
    }
    return held;
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "eyeriss45", "template:8x6:rf16:ws:w8"})
  void timeloopsFilesCountAndCostTheSame(String name) throws IOException {
    Accelerator chip = held(Accelerators.byName(name));
    for (Layer layer : LAYERS) {
      Evaluation written = best(layer, chip);
      write(TimeloopExport.files(written));
      TimeloopFiles files = TimeloopFiles.read(List.of(folder));
      assertThat(files.workload().points()).isEqualTo(written.einsum().points());
      assertSame(
          files.evaluation(), written, EnumSet.of(Ledger.Action.OPERATE, Ledger.Action.FLOOR));
      // and what was read is written again
      Evaluation again = files.evaluation();
      write(TimeloopExport.files(again));
      assertSame(
          TimeloopFiles.read(List.of(folder)).evaluation(),
          again,
          EnumSet.noneOf(Ledger.Action.class));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"template:14x12:rf64:os", "template:8x6:rf16:ws:w8"})
  void accelForgesFilesCountAndCostTheSame(String name) throws IOException {
    Accelerator chip = Accelerators.byName(name);
    for (Layer layer : LAYERS) {
      Evaluation written = best(layer, chip);
      write(AccelForgeExport.files(written));
      AccelForgeFiles files =
          AccelForgeFiles.read(
              List.of(
                  folder.resolve("arch.yaml"),
                  folder.resolve("workload.yaml"),
                  folder.resolve("mapping.yaml")));
      assertSame(
          files.evaluation(),
          written,
          EnumSet.of(Ledger.Action.FLOOR, Ledger.Action.OPERATE, Ledger.Action.TRANSFER));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !Memory              | !Toll          | a.yaml:3: arch.nodes[0]: a node !Toll has no counterpart here
          12 * 16              | 12 * words     | words is not known
          {fanout: 4}          | {fanout: 4}, {fanout: 2}, {fanout: 2} | fan-outs in 3 directions
          p + r                | p / r          | a sum such as 2*p + r was expected
          0 <= p < 4           | 0 < p <= 4     | a bound such as 0 <= m < 128 was expected
          """)
  void whatAccelForgesFilesHaveBeyondOurModelIsNamed(String old, String now, String message)
      throws IOException {
    String text =
        """
        arch:
          nodes:
          - !Memory {name: Main, size: inf, component_class: LPDDR4, tensors: {keep: All}}
          - !Memory {name: Spad, size: 12 * 16, component_class: RegFile, tensors: {keep: input | weight}}
          - !Container {name: PE, spatial: [{fanout: 4}]}
          - !Compute {name: MAC, enabled: len(All) == 3}
        workload:
          bits_per_value: {All: 16}
          einsums:
          - {name: e, iteration_space_shape: [0 <= p < 4, 0 <= r < 3],
             tensor_accesses: [{name: I, projection: {H: p + r}}, {name: W, projection: [r]},
               {name: O, projection: [p], output: True}]}
        """;
    Path whole = Files.writeString(folder.resolve("a.yaml"), text);
    AccelForgeFiles read = AccelForgeFiles.read(List.of(whole));
    assertThat(read.workload().orElseThrow().points()).isEqualTo(12);
    assertThat(read.accelerator().level("Spad").capacityWords()).isEqualTo(12);
    assertThat(read.accelerator().levels().get(2).fanoutX()).isEqualTo(4);
    assertThat(read.accelerator().level("Spad").isPriced()).isTrue();
    Path wrong = Files.writeString(folder.resolve("a.yaml"), text.replace(old, now));
    assertThatThrownBy(() -> AccelForgeFiles.read(List.of(wrong))).hasMessageContaining(message);
  }

  /**
   * The files of {@code explore}, in both formats, are of the network and accelerator it prints.
   */
  @Test
  void whatExploreWritesCountsAndCostsTheSame() throws IOException {
    Terminal terminal = new Terminal(folder);
    Path timeloop = folder.resolve("timeloop");
    Path accelForge = folder.resolve("accelforge");
    String command =
        "explore --json --task=mini --lambda=0.01 --export timeloop %s --export accelforge %s";
    assertThat(terminal.dance(command.formatted(timeloop, accelForge).split(" ")))
        .as(terminal.err())
        .isZero();
    Map<?, ?> found = (Map<?, ?>) terminal.json().get("found");
    Network network =
        NetworkSpace.mini().network(Genotype.parse(String.valueOf(found.get("network"))));
    Accelerator chip = Accelerators.byName(String.valueOf(found.get("accelerator")));
    int same = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      String place = "%02d-%s".formatted(i + 1, layer.name());
      if (!Files.exists(timeloop.resolve(place))) {
        assertThat(accelForge.resolve(place)).doesNotExist();
        assertThat(terminal.err()).contains(layer.name() + " only adds");
        continue;
      }
      Evaluation written =
          Mapper.best(
                  Dataflows.space(layer.einsum(), chip).withDimensionsAlongOneSide(),
                  Objective.EDP,
                  Accounting.EXACT,
                  Effort.DEFAULT)
              .evaluation();
      assertSame(
          TimeloopFiles.read(List.of(timeloop.resolve(place))).evaluation(),
          written,
          EnumSet.of(Ledger.Action.OPERATE, Ledger.Action.FLOOR));
      assertSame(
          AccelForgeFiles.read(
                  Stream.of("arch", "workload", "mapping")
                      .map(name -> accelForge.resolve(place).resolve(name + ".yaml"))
                      .toList())
              .evaluation(),
          written,
          EnumSet.of(Ledger.Action.FLOOR, Ledger.Action.OPERATE, Ledger.Action.TRANSFER));
      same++;
    }
    assertThat(same).isGreaterThanOrEqualTo(5);
  }

  @Test
  void twoFormatsNeedFoldersOfTheirOwn() {
    Terminal terminal = new Terminal(folder);
    String here = folder.resolve("both") + "";
    assertThat(
            terminal.dance(
                "explore",
                "--task=mini",
                "--export",
                "timeloop",
                here,
                "--export",
                "accelforge",
                here + "/."))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("is given twice: each format needs one of its own");
    assertThat(folder.resolve("both")).doesNotExist();
  }

  @Test
  void theVerbWritesWhatItIsGiven() throws IOException {
    Layer layer = LAYERS.get(0);
    Accelerator chip = Accelerators.byName("template:8x6:rf16:ws:w8");
    Evaluation written = best(layer, chip);
    ExportFormat.Written one = Dance.export(written, "timeloop", folder.resolve("one"));
    assertThat(one.folders()).containsExactly(folder.resolve("one"));
    assertThat(TimeloopFiles.read(one.folders()).evaluation().cycles()).isEqualTo(written.cycles());
    Network network = Network.of("n", layer, Layer.pool("pool", 8).kernel(2).stride(2).output(4));
    for (ExportFormat.Written all :
        List.of(
            Dance.export(network, "template:8x6:rf16:ws:w8", "timeloop", folder + "/all"),
            Dance.export(Dance.simulate(network, chip), "timeloop", folder + "/again"))) {
      assertThat(all.folders()).extracting(f -> f.getFileName() + "").containsExactly("01-conv");
      assertThat(all.toString()).contains("timeloop: ", "left out: pool only adds");
      assertThat(TimeloopFiles.read(all.folders()).evaluation().cycles())
          .isEqualTo(written.cycles());
    }
    assertThatThrownBy(() -> Dance.export(written, "timelop", folder))
        .hasMessageContaining("must be one of accelforge, timeloop. Maybe timeloop was meant.");
    assertThatThrownBy(() -> Dance.export("conv", "timeloop", folder))
        .hasMessageContaining("is not the result of one mapping");
  }

  /** A level of pads is a memory for each operand; nothing else of it changes. */
  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "eyeriss45"})
  void partsOfADividedLevelAreMemoriesOfTheirOwn(String name) throws IOException {
    Accelerator chip = Accelerators.byName(name);
    MemoryLevel pads = chip.level("RF");
    chip = held(chip).level(pads);
    for (Layer layer : LAYERS) {
      Evaluation written = best(layer, chip);
      write(TimeloopExport.files(written));
      Evaluation read = TimeloopFiles.read(List.of(folder)).evaluation();
      assertThat(read.accelerator().levels())
          .filteredOn(l -> l.name().startsWith("RF_"))
          .extracting(l -> l.name() + " " + l.capacityWords())
          .containsExactly("RF_weight 224", "RF_input 12", "RF_output 24");
      assertThat(read.cycles()).isEqualTo(written.cycles());
      Map<String, Double> expected = byOperand(written);
      Map<String, Double> found = byOperand(read);
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (key, pj) -> assertThat(found.get(key)).as(key).isCloseTo(pj, within(1e-9 * pj)));
      assertThat(TimeloopExport.files(written).get("arch.yaml")).doesNotContain("is divided");
    }
  }

  /** Energy by operand and action, whatever the level. */
  private static Map<String, Double> byOperand(Evaluation evaluation) {
    Map<String, Double> sums = new java.util.TreeMap<>();
    String mac = evaluation.accelerator().mac().name();
    for (Ledger.Entry entry : evaluation.ledger().entries()) {
      boolean held =
          entry.action() != Ledger.Action.OPERATE
              && entry.action() != Ledger.Action.FLOOR
              && !(entry.level().equals(mac) && entry.action() == Ledger.Action.LEAK);
      if (held && entry.energyPj() > 0) {
        String operand = entry.action() == Ledger.Action.LEAK ? "" : "" + entry.operand();
        sums.merge(operand + entry.action(), entry.energyPj(), Double::sum);
      }
    }
    return sums;
  }

  @Test
  void whatAFormatDoesNotHoldIsNamed() {
    Evaluation written = best(LAYERS.get(0), Accelerators.byName("eyeriss"));
    assertThat(TimeloopExport.files(written).get("arch.yaml"))
        .contains("# not in this format: overheads (Eyeriss JSSC'17")
        .contains("banks of GLB")
        .contains("words per cycle of the networks below GLB");
    Evaluation systolic = best(LAYERS.get(2), Accelerators.byName("tpu"));
    assertThat(TimeloopExport.files(systolic).get("arch.yaml"))
        .contains("latency of the systolic array below accumulators");
    Evaluation pool =
        best(Layer.pool("pool", 8).kernel(2).stride(2).output(4), Accelerators.byName("eyeriss"));
    assertThatThrownBy(() -> TimeloopExport.files(pool))
        .hasMessage("pool only adds: other tools' problems multiply and accumulate");
  }
}
