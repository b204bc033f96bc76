package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command prints, with made-up results behind it. */
class CommandOutputTest {
  @TempDir private Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  @Test
  void timeloopPrintsTheKeysOfTheReferenceInnermostLevelFirst() {
    assertThat(
            terminal.dance("timeloop", terminal.arch, terminal.problem, terminal.mapping, "--json"))
        .isZero();
    assertThat(terminal.engine.asked).hasToString("[arch.yaml, problem.yaml, mapping.yaml, EXACT]");
    assertThat(terminal.json())
        .isEqualTo(
            Map.of(
                "cycles",
                24,
                "utilization_pct",
                50.0,
                "computes",
                48,
                "energy_total_pJ",
                2243.75,
                "levels",
                List.of(
                    Map.of("name", "MAC", "utilized_instances", 4, "energy_total_pJ", 24.0),
                    Map.of(
                        "name",
                        "RF",
                        "utilized_instances",
                        4,
                        "energy_total_pJ",
                        212.25,
                        "tensors",
                        Map.of(
                            "Weights", tensor(12, 2.5, 0, 68.0),
                            "Outputs", tensor(8, 0, 12, 144.0))),
                    Map.of(
                        "name",
                        "DRAM",
                        "utilized_instances",
                        1,
                        "energy_total_pJ",
                        2007.5,
                        "tensors",
                        Map.of("Weights", tensor(10, 0, 0, 2000.5))))));
  }

  private static Map<String, Number> tensor(Number reads, Number fills, Number updates, double pJ) {
    return Map.of("reads", reads, "fills", fills, "updates", updates, "energy_total_pJ", pJ);
  }

  @Test
  void timeloopPrintsATable() {
    assertThat(
            terminal.dance(
                "timeloop",
                terminal.arch,
                terminal.problem,
                terminal.mapping,
                "--accounting",
                "timeloop"))
        .isZero();
    assertThat(terminal.engine.asked.toString()).endsWith("TIMELOOP]");
    assertThat(terminal.out())
        .isEqualTo(
            """
            cycles           24
            utilisation [%]  50.00
            computes         48
            energy [pJ]      2,244

            words accessed, all instances together
            level  tensor   instances  reads  fills  updates  energy [pJ]
            DRAM                    1                               2,008
                   Weights                10      0        0        2,001
            RF                      4                               212.3
                   Weights                48     10        0        68.00
                   Outputs                32      0       48        144.0
            MAC                     4                               24.00
            """);
    assertThat(terminal.err()).isEqualTo("warning: mesh is not used" + System.lineSeparator());
  }

  @Test
  void mapPrintsTheMappingAsAFileWithItsFiguresAsComments() {
    assertThat(terminal.dance("map", terminal.arch, terminal.problem)).isZero();
    assertThat(terminal.engine.asked).hasToString("[[], EDP, EXACT, 8,000,000 steps, false]");
    assertThat(terminal.out())
        .isEqualTo(
            """
            # cycles                   1,000
            # energy [pJ]              2,000,000
            # EDP [pJ·cycles]          2,000,000,000
            # mappings                 123,456
            # optimal                  yes, proven
            # lower bound [pJ·cycles]  2,000,000,000
            """
                + FakeEngine.MAPPING);
  }

  @Test
  void mapWritesTheMappingAndSaysHowFarItIsFromTheBound() throws IOException {
    terminal.engine.optimal = false;
    assertThat(
            terminal.dance(
                "map",
                terminal.arch,
                terminal.problem,
                terminal.mapping,
                "--objective=energy",
                "--budget=2.5",
                "--out",
                terminal.mapping,
                "--json"))
        .isZero();
    assertThat(terminal.engine.asked).hasToString("[[mapping.yaml], ENERGY, EXACT, 2.5 s, false]");
    assertThat(Files.readString(Path.of(terminal.mapping))).isEqualTo(FakeEngine.MAPPING);
    assertThat(terminal.json())
        .isEqualTo(
            Map.of(
                "cycles",
                1000,
                "energy_total_pJ",
                2e6,
                "objective",
                "energy",
                "objective_value",
                2e9,
                "mappings",
                123456,
                "optimal",
                false,
                "lower_bound",
                1.5e9,
                "gap",
                0.25,
                "mapping",
                FakeEngine.MAPPING));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void simulatePrintsTheKeysOfTheContract() {
    assertThat(
            terminal.dance(
                "simulate", "--network", "n", "--accelerator", "a", "--dataflow=RS", "--json"))
        .isZero();
    assertThat(terminal.engine.asked)
        .hasToString("[n, a, Optional[ROW_STATIONARY], 2,000,000 steps]");
    Map<?, ?> top = terminal.json();
    assertThat(top.get("network")).isEqualTo("n");
    assertThat(top.get("accelerator")).isEqualTo("a");
    assertThat(top.get("total"))
        .isEqualTo(
            Map.of(
                "latency_ms", 3.0,
                "energy_mj", 1.5,
                "area_mm2", 12.25,
                "edap", 55.125,
                "utilization", 0.4,
                "macs", 4_000_000,
                "cycles", 600_000,
                "energy_by_level", Map.of("DRAM", 1.125, "RF", 0.375)));
    assertThat(top.get("layers"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .first()
        .isEqualTo(
            Map.of(
                "name",
                "conv1, \"first\"",
                "repeats",
                1,
                "macs",
                1_000_000,
                "cycles",
                200_000,
                "latency_ms",
                1.0,
                "energy_mj",
                0.5,
                "utilization",
                0.3,
                "energy_by_level",
                Map.of("DRAM", 0.375, "RF", 0.125),
                "gap",
                0.0));
  }

  @Test
  void simulatePrintsCsvAndATable() {
    assertThat(terminal.dance("simulate", "--network=n", "--accelerator=a", "--csv")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            name,repeats,macs,cycles,latency_ms,energy_mj,utilization,area_mm2,edap,energy_mj.DRAM,energy_mj.RF
            "conv1, ""first""\",1,1000000,200000,1.0,0.5,0.3,,,0.375,0.125
            conv2,2,3000000,400000,2.0,1.0,0.45,,,0.75,0.25
            total,1,4000000,600000,3.0,1.5,0.4,12.25,55.125,1.125,0.375
            """);
    assertThat(terminal.dance("simulate", "--network=n", "--accelerator=a")).isZero();
    assertThat(terminal.out())
        .startsWith(
            """
            n on a, dataflow own

            layer           repeats       MACs   cycles  latency [ms]  energy [mJ]  utilisation [%]  DRAM [mJ]  RF [mJ]
            conv1, "first"        1  1,000,000  200,000         1.000       0.5000            30.00     0.3750   0.1250
            conv2                 2  3,000,000  400,000         2.000        1.000            45.00     0.7500   0.2500
            total                    4,000,000  600,000         3.000        1.500            40.00      1.125   0.3750
            """)
        .contains("EDAP [mJ·ms·mm²]  55.13")
        .endsWith(
            "proven optimal    1 of 2 mappings, gap at most 5.000 %, effort reached: 2,000,000 steps a layer\n");
  }

  @Test
  void anOptionWithoutACommandIsToldWhatIsMissing() {
    assertThat(terminal.dance("--stacktrace")).isEqualTo(2);
    assertThat(terminal.err()).contains("a command is missing");
  }

  @Test
  void benchPrintsItsTwoFigures() {
    assertThat(terminal.dance("bench", "mappings", "--json")).isZero();
    assertThat(terminal.json())
        .isEqualTo(Map.of("mappings_per_second", 1_234_567.5, "mobilenetv2_seconds", 0.75));
    assertThat(terminal.dance("bench", "mappings")).isZero();
    assertThat(terminal.out()).isEqualTo("mappings [1/s]   1,235,000\nMobileNetV2 [s]  0.7500\n");
  }
}
