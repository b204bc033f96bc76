package dance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Options, output formats, messages and exit codes, with made-up results behind them. */
class CommandLineTest {
  @TempDir private Path folder;

  private final FakeEngine engine = new FakeEngine();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String arch;
  private String problem;
  private String mapping;

  @BeforeEach
  void files() throws IOException {
    arch = Files.writeString(folder.resolve("arch.yaml"), "a: 1").toString();
    problem = Files.writeString(folder.resolve("problem.yaml"), "b: 1").toString();
    mapping = Files.writeString(folder.resolve("mapping.yaml"), "c: 1").toString();
  }

  private int dance(String... args) {
    out.reset();
    err.reset();
    return Main.run(
        warnings -> {
          warnings.accept("mesh is not used");
          return engine;
        },
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Map<?, ?> json() {
    // JSON is a part of YAML 1.2
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(out());
  }

  @Test
  void timeloopPrintsTheKeysOfTheReferenceInnermostLevelFirst() {
    assertThat(dance("timeloop", arch, problem, mapping, "--json")).isZero();
    assertThat(engine.asked).hasToString("[arch.yaml, problem.yaml, mapping.yaml, EXACT]");
    assertThat(json())
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
    assertThat(dance("timeloop", arch, problem, mapping, "--accounting", "timeloop")).isZero();
    assertThat(engine.asked.toString()).endsWith("TIMELOOP]");
    assertThat(out())
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
    assertThat(err()).isEqualTo("warning: mesh is not used" + System.lineSeparator());
  }

  @Test
  void mapPrintsTheMappingAsAFileWithItsFiguresAsComments() {
    assertThat(dance("map", arch, problem)).isZero();
    assertThat(engine.asked).hasToString("[Optional.empty, EDP, EXACT, OptionalDouble.empty]");
    assertThat(out())
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
    engine.optimal = false;
    assertThat(
            dance(
                "map",
                arch,
                problem,
                mapping,
                "--objective=energy",
                "--budget=2.5",
                "--out",
                mapping,
                "--json"))
        .isZero();
    assertThat(engine.asked)
        .hasToString("[Optional[mapping.yaml], ENERGY, EXACT, OptionalDouble[2.5]]");
    assertThat(Files.readString(Path.of(mapping))).isEqualTo(FakeEngine.MAPPING);
    assertThat(json())
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
    assertThat(dance("simulate", "--network", "n", "--accelerator", "a", "--dataflow=RS", "--json"))
        .isZero();
    assertThat(engine.asked).hasToString("[n, a, Optional[ROW_STATIONARY]]");
    Map<?, ?> top = json();
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
                Map.of("DRAM", 0.375, "RF", 0.125)));
  }

  @Test
  void simulatePrintsCsvAndATable() {
    assertThat(dance("simulate", "--network=n", "--accelerator=a", "--csv")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            name,repeats,macs,cycles,latency_ms,energy_mj,utilization,area_mm2,edap,energy_mj.DRAM,energy_mj.RF
            "conv1, ""first""\",1,1000000,200000,1.0,0.5,0.3,,,0.375,0.125
            conv2,2,3000000,400000,2.0,1.0,0.45,,,0.75,0.25
            total,1,4000000,600000,3.0,1.5,0.4,12.25,55.125,1.125,0.375
            """);
    assertThat(dance("simulate", "--network=n", "--accelerator=a")).isZero();
    assertThat(out())
        .startsWith(
            """
            n on a, dataflow own

            layer           repeats       MACs   cycles  latency [ms]  energy [mJ]  utilisation [%]  DRAM [mJ]  RF [mJ]
            conv1, "first"        1  1,000,000  200,000         1.000       0.5000            30.00     0.3750   0.1250
            conv2                 2  3,000,000  400,000         2.000        1.000            45.00     0.7500   0.2500
            total                    4,000,000  600,000         3.000        1.500            40.00      1.125   0.3750
            """)
        .contains("EDAP [mJ·ms·mm²]  55.13");
  }

  @Test
  void withoutACommandThreeDataflowsAreCompared() {
    assertThat(dance()).isZero();
    assertThat(out())
        .isEqualTo(
            """
            mobilenetv2 on eyeriss

            dataflow           latency [ms]  energy [mJ]  area [mm²]  EDAP [mJ·ms·mm²]  utilisation [%]
            weight-stationary         3.000        1.500       12.25             55.13            40.00
            output-stationary         3.000        1.500       12.25             55.13            40.00
            row-stationary            3.000        1.500       12.25             55.13            40.00

            energy by level [mJ]
            dataflow            DRAM      RF
            weight-stationary  1.125  0.3750
            output-stationary  1.125  0.3750
            row-stationary     1.125  0.3750
            """);
    assertThat(engine.asked)
        .hasToString(
            "[mobilenetv2, eyeriss, Optional[WEIGHT_STATIONARY]]"
                + "[mobilenetv2, eyeriss, Optional[OUTPUT_STATIONARY]]"
                + "[mobilenetv2, eyeriss, Optional[ROW_STATIONARY]]");
  }

  @Test
  void benchPrintsItsTwoFigures() {
    assertThat(dance("bench", "mappings", "--json")).isZero();
    assertThat(json())
        .isEqualTo(Map.of("mappings_per_second", 1_234_567.5, "mobilenetv2_seconds", 0.75));
    assertThat(dance("bench", "mappings")).isZero();
    assertThat(out()).isEqualTo("mappings [1/s]   1,235,000\nMobileNetV2 [s]  0.7500\n");
  }

  @Test
  void allMissingFilesAndFoldersAreNamedAtOnce() {
    String none = folder.resolve("none.yaml").toString();
    assertThat(dance("timeloop", none, folder.toString(), mapping)).isEqualTo(2);
    assertThat(err())
        .isEqualToNormalizingNewlines(
            none
                + ": no such file (ARCH.yaml)\n"
                + folder
                + ": is a directory, not a file (PROBLEM.yaml)\n");
    assertThat(dance("map", none, none, none, "--out", none + "/x/y")).isEqualTo(2);
    assertThat(err().lines()).hasSize(4).last().asString().contains("does not exist (--out)");
    assertThat(engine.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeloop",
        "map",
        "simulate",
        "bench",
        "nonsense",
        "--nonsense",
        "map --budget=0",
        "map --budget=-1",
        "map --budget=NaN",
        "map --budget=soon",
        "map --objective=area",
        "map --accounting=none",
        "simulate --network=n --accelerator=a --json --csv",
        "simulate --network=n --accelerator=a --dataflow=free",
        "bench speed",
        "timeloop --out=x"
      })
  void wrongOptionsAreAnsweredWithoutAStackTrace(String command) {
    String[] words = command.split(" ");
    if (words[0].equals("map") && words.length > 1) {
      words = new String[] {"map", arch, problem, words[1]};
    }
    assertThat(dance(words)).isEqualTo(2);
    assertThat(err()).isNotBlank().doesNotContain("\tat ", "Exception");
    assertThat(out()).isEmpty();
    assertThat(engine.asked).isEmpty();
  }

  @Test
  void aWordThatIsNotAmongTheChoicesIsAnsweredWithThem() {
    assertThat(dance("map", arch, problem, "--objective=area")).isEqualTo(2);
    assertThat(err()).contains("'area' is not one of edp, energy, latency");
  }

  @Test
  void badInputIsToldInItsOwnWords() {
    engine.failure = new IllegalArgumentException("arch.yaml:3: depht is unknown. Maybe depth?");
    assertThat(dance("timeloop", arch, problem, mapping)).isEqualTo(2);
    assertThat(err()).endsWithIgnoringCase("Maybe depth?" + System.lineSeparator());
    assertThat(err()).doesNotContain("\tat ");
    engine.failure = new UncheckedIOException(new NoSuchFileException("net.onnx"));
    assertThat(dance("simulate", "--network=net.onnx", "--accelerator=a")).isEqualTo(2);
    assertThat(err()).contains("net.onnx: no such file").doesNotContain("\tat ");
  }

  @Test
  void aFaultOfOursShowsItsOriginOnlyWhenAsked() {
    engine.failure = new IllegalStateException("lost a tile");
    assertThat(dance("timeloop", arch, problem, mapping)).isEqualTo(1);
    assertThat(err()).contains("unexpected IllegalStateException: lost a tile", "--stacktrace");
    assertThat(err()).doesNotContain("\tat ");
    assertThat(dance("timeloop", arch, problem, mapping, "--stacktrace")).isEqualTo(1);
    assertThat(err()).contains("\tat ");
  }

  @Test
  void everyCommandHasHelpAndTheVersion() {
    for (String command :
        List.of("", "timeloop ", "map ", "simulate ", "bench ", "bench mappings ")) {
      assertThat(dance((command + "--help").split(" "))).isZero();
      assertThat(out()).startsWith("Usage: dance " + command.strip()).doesNotContain("stacktrace");
      assertThat(dance((command + "--version").split(" "))).isZero();
      assertThat(out()).matches("dance \\d+\\.\\d+\\.\\d+\\R");
    }
    assertThat(engine.asked).isEmpty();
  }
}
