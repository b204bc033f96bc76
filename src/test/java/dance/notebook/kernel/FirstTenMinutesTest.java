package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** What a researcher tries first, each a line that has to work, in JShell and in the kernel. */
class FirstTenMinutesTest {
  private static final String MINE =
      "\"DRAM: C=4 | GLB: K=8 P=6 Q=6; Y: R=3; keeps Inputs, Outputs | RF: S=3\"";

  /** A line, and the text that its value begins with or has in it. */
  private record Line(String cell, String shows) {}

  private static final List<Line> LINES =
      List.of(
          new Line("network(\"AlexNet\").name()", "AlexNet"),
          new Line("accelerator(\"Eyeriss\").level(\"GLB\").capacityWords()", "55296"),
          new Line(
              "var twice = accelerator(\"eyeriss\").level(\"GLB\", b -> b.capacityBytes(216 *"
                  + " 1024))",
              "GLB 110,592 words"),
          new Line("twice.clockMhz(250).array(12, 10).clockMhz()", "250"),
          new Line("twice.level(\"GLB\").bandwidth(16, 8).readWordsPerCycle()", "16"),
          new Line("accelerator(\"template:8x8:rf16:ws\").wordBits(8).mac().macPj()", ""),
          new Line(
              "var own = Chip.named(\"own\").sram(\"GLB\", 65536).array(4, 4)"
                  + ".registers(\"RF\", 16).clockMhz(500)",
              "own"),
          new Line("accelerator(own).name()", "own"),
          new Line(
              "Template.of(8, 8, 16, Dataflow.ROW_STATIONARY).bufferBytes(65536).name()",
              "template:8x8:rf16:rs:glb64k"),
          new Line("var layer = Layer.conv(\"conv\", 4, 8).kernel(3).output(6)", ""),
          new Line("var best = map(layer, own)", ""),
          new Line("map(layer.einsum(), own, o -> o.objective(Objective.LATENCY)).value()", ""),
          new Line("var mine = evaluate(layer, own, " + MINE + ")", ""),
          new Line("Mapping.parse(best.mapping().toString()).equals(best.mapping())", "true"),
          new Line("compare(mine, best)", ""),
          new Line("table(compare(mine, best)).columnNames()", "dram [words]"),
          new Line("nest(mine)", ""),
          new Line("energy(mine, best)", ""),
          new Line("table(mine).rowCount()", ""),
          new Line("explain(mine).text()", "EDP = "),
          new Line("explain(best, \"clock and control\").text()", "operations clocked"),
          new Line("explain(best, \"utilisation\").text()", "utilization = "),
          new Line("explain(best, \"GLB inputs\").text()", "GLB.energy.reads.Inputs"),
          new Line(
              "var ran = simulate(layer, \"template:4x4:rf16:rs\","
                  + " o -> o.objective(Objective.EDAP).threads(1))",
              ""),
          new Line("Metric.EDP.of(ran) > 0 && Metric.EDP.of(best) > 0", "true"),
          new Line("explain(ran, \"RF weights\").text()", "conv"),
          new Line("explain(ran, \"conv\", \"cycles\").text()", "cycles = "),
          new Line(
              "sweep(layer, List.of(\"template:4x4:rf16:rs\", \"template:4x4:rf16:rs:glb64k\"))"
                  + ".size()",
              "2"),
          new Line(
              "table(sweep(layer, List.of(\"template:4x4:rf16:rs\","
                  + " \"template:4x4:rf16:rs:glb64k\"))).columnNames()",
              "GLB [KB]"),
          new Line("table(sweep(layer, List.of(\"eyeriss\", twice))).columnNames()", "GLB [KB]"),
          new Line("oracle(\"mini\", \"mb3e1,zero,mb3e6,mb5e3\", o -> o.top(3)).size()", "3"),
          new Line("explore(\"mini\", o -> o.epochs(2).restarts(1)).method()", ""),
          new Line(
              "timeloop(\"src/test/resources/timeloop/cases/g02-gemm-ws\").workload().name()", ""));

  @Test
  void everyLineWorksInJShell() {
    try (JShell shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build()) {
      StartUp.imports().lines().forEach(shell::eval);
      for (Line line : LINES) {
        for (SnippetEvent event : shell.eval(line.cell() + ";")) {
          assertThat(event.exception()).as(line.cell()).isNull();
          assertThat(event.status())
              .as(
                  line.cell()
                      + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList())
              .isEqualTo(Status.VALID);
          assertThat(event.value()).as(line.cell()).contains(line.shows());
        }
      }
    }
  }

  @Test
  void everyLineWorksInTheKernel() {
    try (CellEvaluator cells = new CellEvaluator(StartUp.imports())) {
      for (Line line : LINES) {
        CellResult result = cells.evaluate(line.cell(), 1);
        if (!line.shows().isEmpty() && result.isShown()) {
          assertThat(String.valueOf(result.value())).as(line.cell()).contains(line.shows());
        }
      }
    }
  }
}
