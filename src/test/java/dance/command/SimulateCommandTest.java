package dance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.interchange.NetworkFile;
import dance.interchange.ReferenceCases;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dance simulate}, and the comparison of dataflows, from a file to what is printed. */
class SimulateCommandTest {
  @TempDir private Path folder;

  private final Shell shell = new Shell();
  private Path network;

  @BeforeEach
  void write() throws IOException {
    network =
        Files.writeString(
            folder.resolve("tiny.csv"),
            """
            name, kind,      c, k, p, r, repeats
            stem, conv,      2, 4, 6, 1, 1
            dw,   depthwise, 4,  , 4, 2, 3
            fc,   fc,        4, 10,  ,  , 1
            """);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  @Test
  void aPresetSaysWhatItWasValidatedAgainst() {
    Map<String, String> expected =
        Map.of(
            "eyeriss", "the chip (JSSC'17, AlexNet CONV1-5, batch 4)",
            "tpu", "none against silicon; cycles of the systolic array",
            "nvdla", "none against silicon; the structure is as published",
            "eyeriss:published", "none against silicon; counts are exact",
            "template:4x3:rf8:os", "none against silicon; counts as in an executed nest");
    expected.forEach(
        (name, said) -> {
          assertThat(shell.dance("simulate", "--network=" + network, "--accelerator=" + name))
              .isZero();
          assertThat(shell.out()).as(name).contains("\nvalidation: " + said);
        });
    assertThat(shell.dance("simulate", "--network=" + network, "--accelerator=eyeriss", "--json"))
        .isZero();
    assertThat((String) shell.json().get("validation")).startsWith("the chip (JSSC'17");
  }

  @Test
  void printsWhatTheSimulatorSaysUnderTheDataflowAskedFor() {
    assertThat(
            shell.dance(
                "simulate",
                "--network=" + network,
                "--accelerator=template:4x3:rf8:os",
                "--dataflow=rs",
                "--json"))
        .isZero();
    NetworkEvaluation expected =
        new Simulator()
            .evaluate(
                NetworkFile.read(network),
                Accelerators.template(4, 3, 8, Dataflow.OUTPUT_STATIONARY)
                    .dataflow(Dataflow.ROW_STATIONARY));
    Map<String, Object> top = shell.json();
    assertThat(top)
        .containsEntry("network", "tiny")
        .containsEntry("accelerator", "template:4x3:rf8:os")
        .containsEntry("dataflow", "rs");
    Map<?, ?> total = (Map<?, ?>) top.get("total");
    Metrics metrics = expected.metrics();
    assertThat(number(total.get("latency_ms"))).isEqualTo(metrics.latencyMs());
    assertThat(number(total.get("energy_mj"))).isEqualTo(metrics.energyMj());
    assertThat(number(total.get("area_mm2"))).isEqualTo(metrics.areaMm2());
    assertThat(number(total.get("edap"))).isEqualTo(Metric.EDAP.of(metrics));
    assertThat(number(total.get("utilization"))).isEqualTo(metrics.utilization());
    double energyMj = 0;
    double cycles = 0;
    for (Object layer : (List<?>) top.get("layers")) {
      Map<?, ?> figures = (Map<?, ?>) layer;
      energyMj += number(figures.get("energy_mj"));
      cycles += number(figures.get("cycles"));
      double parts =
          ((Map<?, ?>) figures.get("energy_by_level"))
              .values().stream().mapToDouble(SimulateCommandTest::number).sum();
      assertThat(parts).isCloseTo(number(figures.get("energy_mj")), within(1e-12));
    }
    assertThat(energyMj).isCloseTo(metrics.energyMj(), within(1e-12));
    assertThat(cycles).isEqualTo(expected.cycles());
  }

  @Test
  void eachObjectiveIsMinimisedLayerByLayer() {
    Map<String, Map<?, ?>> totals = new HashMap<>();
    for (String objective : new String[] {"energy", "latency", "edp"}) {
      assertThat(
              shell.dance(
                  "simulate",
                  "--network=" + network,
                  "--accelerator=template:4x3:rf8:ws",
                  "--objective=" + objective,
                  "--json"))
          .isZero();
      totals.put(objective, (Map<?, ?>) shell.json().get("total"));
    }
    double leastEnergy = number(totals.get("energy").get("energy_mj"));
    double leastCycles = number(totals.get("latency").get("cycles"));
    assertThat(totals.values())
        .allSatisfy(
            total -> assertThat(number(total.get("energy_mj"))).isGreaterThanOrEqualTo(leastEnergy))
        .allSatisfy(
            total -> assertThat(number(total.get("cycles"))).isGreaterThanOrEqualTo(leastCycles));
    assertThat(number(totals.get("latency").get("energy_mj"))).isGreaterThan(leastEnergy);
  }

  @Test
  void layersCarryTheFiguresOfAllTheirRepeats() {
    assertThat(
            shell.dance(
                "simulate", "--network=" + network, "--accelerator=template:4x3:rf8:ws", "--json"))
        .isZero();
    Map<?, ?> depthwise = (Map<?, ?>) ((List<?>) shell.json().get("layers")).get(1);
    assertThat(depthwise.get("name")).isEqualTo("dw");
    assertThat(depthwise.get("repeats")).isEqualTo(3);
    assertThat(depthwise.get("macs")).isEqualTo(3 * 4 * 4 * 4 * 2 * 2);
    double perSecond = 200e6;
    assertThat(number(depthwise.get("latency_ms")))
        .isCloseTo(1e3 * number(depthwise.get("cycles")) / perSecond, within(1e-12));
    assertThat(number(depthwise.get("utilization")))
        .isCloseTo(
            number(depthwise.get("macs")) / (12 * number(depthwise.get("cycles"))), within(1e-9));
  }

  @Test
  void anArchitectureFileIsAnAcceleratorWithoutADataflow() {
    Path arch = ReferenceCases.named("s12-imperfect-spatial").file("arch.yaml");
    assertThat(
            shell.dance(
                "simulate", "--network", network.toString(), "--accelerator", arch, "--csv"))
        .isZero();
    List<String> lines = shell.out().lines().toList();
    assertThat(lines.get(0)).startsWith("name,repeats,macs,cycles,latency_ms,energy_mj");
    assertThat(lines).hasSize(5);
    assertThat(shell.dance("simulate", "--network", network, "--accelerator", arch)).isZero();
    assertThat(shell.out())
        .startsWith("tiny on ")
        .contains("dataflow free")
        .contains(" of 3 mappings");
  }

  /** A file is a file, whatever its ending: what is missing is a reader, not a preset. */
  @Test
  void filesOfOtherKindsAreNamedAsFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("layers.txt"), "conv1 64");
    assertThat(shell.dance("simulate", "--network=" + text, "--accelerator=design.json"))
        .isEqualTo(2);
    assertThat(shell.err())
        .contains("layers.txt has no supported format")
        .contains("CSV of layers: its first line does not name the columns")
        .contains(
            "design.json: accelerators are read from YAML of Timeloop, AccelForge or ZigZag (.yaml, .yml)")
        .doesNotContain("is not one of")
        .doesNotContain("is not known");
  }

  @Test
  void unknownNamesAndMissingFilesAreReportedTogether() {
    assertThat(shell.dance("simulate", "--network=alexnot", "--accelerator=nowhere/arch.yaml"))
        .isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err())
        .contains("network alexnot is not one of", "Maybe AlexNet was meant")
        .contains("arch.yaml: no such file (--accelerator)")
        .doesNotContain("\tat ");
  }
}
