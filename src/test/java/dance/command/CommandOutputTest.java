package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.bench.MappingSpeed;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command prints, on problems small enough to follow by hand. */
class CommandOutputTest {
  @TempDir private Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder);
  }

  /** Three taps over 16 outputs: 48 MACs, one a cycle; an access costs 100, 30 and 1 or 2 pJ. */
  @Test
  void timeloopPrintsTheKeysOfTheReferenceInnermostLevelFirst() {
    assertThat(
            terminal.dance("timeloop", terminal.arch, terminal.problem, terminal.mapping, "--json"))
        .isZero();
    Map<?, ?> top = terminal.json();
    assertThat(top.keySet().toArray())
        .containsExactly(
            "cycles", "utilization_pct", "computes", "energy_total_pJ", "technology", "levels");
    assertThat(top.get("cycles")).isEqualTo(48);
    assertThat(top.get("utilization_pct")).isEqualTo(100.0);
    List<?> levels = (List<?>) top.get("levels");
    assertThat(levels.stream().map(level -> ((Map<?, ?>) level).get("name")))
        .map(Object::toString)
        .containsExactly("mac", "RF", "GLB", "DRAM");
    assertThat(levels.get(0))
        .isEqualTo(Map.of("name", "mac", "utilized_instances", 1, "energy_total_pJ", 24.0));
    assertThat(levels.get(3))
        .isEqualTo(
            Map.of(
                "name",
                "DRAM",
                "utilized_instances",
                1,
                "energy_total_pJ",
                6900.0,
                "tensors",
                Map.of(
                    "Weights", tensor(3, 0, 0, 300.0),
                    "Inputs", tensor(18, 0, 0, 1800.0),
                    "Outputs", tensor(0, 0, 16, 4800.0))));
  }

  private static Map<String, Number> tensor(Number reads, Number fills, Number updates, double pJ) {
    return Map.of("reads", reads, "fills", fills, "updates", updates, "energy_total_pJ", pJ);
  }

  @Test
  void timeloopPrintsATable() {
    assertThat(terminal.dance("timeloop", terminal.arch, terminal.problem, terminal.mapping))
        .isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            cycles           48
            utilization [%]  100.0
            computes         48
            energy [pJ]      8,348
            technology       tables of arch.yaml

            words accessed, all instances together
            level  tensor   instances  reads  fills  updates  energy [pJ]
            DRAM                    1                            6,900.00
                   Weights                 3      0        0       300.00
                   Inputs                 18      0        0     1,800.00
                   Outputs                 0      0       16     4,800.00
            GLB                     1                            1,110.00
                   Weights                 3      3        0        90.00
                   Inputs                 18     18        0       540.00
                   Outputs                 0      0       16       480.00
            RF                      1                              314.00
                   Weights                48      3        0        54.00
                   Inputs                 48     18        0        84.00
                   Outputs                32      0       48       176.00
            mac                     1                               24.00
            """);
  }

  @Test
  void mapPrintsTheMappingAsAFileWithItsFiguresAsComments() {
    assertThat(terminal.dance("map", terminal.arch, terminal.problem)).isZero();
    assertThat(terminal.out())
        .startsWith(
            """
            # cycles                   48
            # energy [pJ]              7,238
            # technology               tables of arch.yaml
            # EDP [pJ·cycles]          347,400
            # mappings                 \
            """)
        .contains(
            """
            # optimal                  yes, proven
            # lower bound [pJ·cycles]  347,400
            mapping:
            - {target: RF, type: datatype, keep: [Weights, Inputs, Outputs], bypass: []}
            """);
  }

  @Test
  void mapWritesTheMappingAndPrintsItsFigures() throws IOException {
    String written = folder.resolve("best.yaml").toString();
    String[] line = {"map", terminal.arch, terminal.problem, "--objective=energy", "--out"};
    assertThat(
            terminal.dance(
                Stream.concat(Stream.of(line), Stream.of(written)).toArray(String[]::new)))
        .isZero();
    assertThat(terminal.out())
        .startsWith("cycles ")
        .contains("\nlower bound [pJ]  7,238\n")
        .doesNotContain("EDP", "gap", "#", "target");
    assertThat(
            terminal.dance("map", terminal.arch, terminal.problem, "--objective=energy", "--json"))
        .isZero();
    Map<?, ?> top = terminal.json();
    assertThat(top.keySet().toArray())
        .containsExactly(
            "cycles",
            "energy_total_pJ",
            "technology",
            "objective",
            "objective_value",
            "mappings",
            "optimal",
            "lower_bound",
            "gap",
            "mapping");
    assertThat(top.get("objective")).isEqualTo("energy");
    assertThat(top.get("objective_value"))
        .isEqualTo(7238.0)
        .isEqualTo(top.get("energy_total_pJ"))
        .isEqualTo(top.get("lower_bound"));
    assertThat(top.get("optimal")).isEqualTo(true);
    assertThat(top.get("gap")).isEqualTo(0.0);
    assertThat(top.get("mapping")).isEqualTo(Files.readString(Path.of(written)));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(4);
    }
  }

  private String[] simulate(String format) throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("n.csv"),
            """
            name, kind, c, k, p, r, repeats
            "conv1, ""first\""", conv, 2, 4, 6, 1, 1
            fc, fc, 4, 10, , , 2
            """);
    String[] line = {
      "simulate", "--network=" + network, "--accelerator=template:8x8:rf4:ws", format
    };
    return Stream.of(line).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  @Test
  void simulatePrintsTheKeysOfTheContract() throws IOException {
    assertThat(terminal.dance(simulate("--json"))).isZero();
    Map<?, ?> top = terminal.json();
    assertThat(top.keySet().toArray())
        .containsExactly(
            "network", "accelerator", "dataflow", "technology", "validation", "total", "layers");
    assertThat(top.get("dataflow")).isEqualTo("ws");
    assertThat(((Map<?, ?>) top.get("total")).keySet().toArray())
        .containsExactly(
            "latency_ms",
            "energy_mj",
            "area_mm2",
            "edap",
            "utilization",
            "macs",
            "cycles",
            "energy_by_level",
            "area_by_part");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) top.get("layers")).get(0);
    assertThat(first.keySet().toArray())
        .containsExactly(
            "name",
            "repeats",
            "macs",
            "cycles",
            "latency_ms",
            "energy_mj",
            "utilization",
            "energy_by_level",
            "gap");
    assertThat(first.get("name")).isEqualTo("conv1, \"first\"");
    assertThat(first.get("macs")).isEqualTo(2 * 4 * 6 * 6);
    assertThat(((Map<?, ?>) first.get("energy_by_level")).keySet().toArray())
        .startsWith("DRAM", "GLB", "RF");
  }

  @Test
  void simulatePrintsCsvAndATable() throws IOException {
    assertThat(terminal.dance(simulate("--csv"))).isZero();
    List<String> lines = terminal.out().lines().toList();
    assertThat(lines.get(0))
        .startsWith(
            "name,repeats,macs,cycles,latency_ms,energy_mj,utilization,area_mm2,edap,"
                + "energy_mj.DRAM,energy_mj.GLB,energy_mj.RF");
    assertThat(lines.get(1)).startsWith("\"conv1, \"\"first\"\"\",1,288,").contains(",,,");
    assertThat(lines.get(3)).startsWith("total,1,368,").doesNotContain(",,");
    assertThat(terminal.dance(simulate(""))).isZero();
    assertThat(terminal.out())
        .startsWith(
            """
            n on template:8x8:rf4:ws, dataflow ws, costs Eyeriss 65 nm (chip)
            validation: none against silicon; counts as in an executed nest, costs by kind as fitted to \
            Eyeriss

            layer           repeats  MACs  cycles  latency [ms]  energy [mJ]  utilization [%]  \
            """)
        .containsPattern("\ntotal +1 +368 ")
        .contains("EDAP [mJ·ms·mm²]  ")
        .contains("area by part [mm²]  GLB 2.333, ")
        .endsWith("proven optimal      2 of 2 mappings\n");
  }

  @Test
  void anOptionWithoutACommandNamesWhatIsMissing() {
    assertThat(terminal.dance("--stacktrace")).isEqualTo(2);
    assertThat(terminal.err()).contains("a command is missing");
  }

  @Test
  void benchPrintsItsTwoFigures() {
    MappingSpeed speed = new MappingSpeed(1_234_567.5, 0.75);
    assertThat(JsonText.of(Rows.object(BenchCommand.MAPPINGS, speed)))
        .isEqualTo(
            """
            {
              "mappings_per_second": 1234567.5,
              "mobilenetv2_seconds": 0.75
            }\
            """);
    assertThat(TextTable.pairs(BenchCommand.MAPPINGS, speed))
        .isEqualTo("mappings [1/s]   1,235,000\nMobileNetV2 [s]  0.7500\n");
  }

  @Test
  void benchMapperCountsWhatIsProven() {
    String[] bench = {
      "bench", "mapper", "--network", "alexnet", "--accelerator", "eyeriss", "--json"
    };
    assertThat(terminal.dance(bench)).isZero();
    assertThat(terminal.out())
        .contains("\"network\": \"AlexNet\"", "\"shapes\": 11", "\"unproven\": 0")
        .contains("\"calibration_per_second\": ");
  }
}
