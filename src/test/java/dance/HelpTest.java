package dance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.notebook.Notebook;
import dance.notebook.Renderers;
import dance.notebook.Show;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.CellResult;
import dance.notebook.kernel.StartUp;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code help} prints is all that there is, and its examples run. */
class HelpTest {
  private static final String CASE = "src/test/resources/timeloop/cases/g02-gemm-ws";

  private static CellEvaluator cells;

  @BeforeAll
  static void start() {
    cells = new CellEvaluator(StartUp.imports());
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  @Test
  void everyVerbHasAnEntryWithAnExampleOfItself() {
    Set<String> there = new TreeSet<>();
    for (Class<?> owner : List.of(Dance.class, Notebook.class, Show.class)) {
      for (Method method : owner.getMethods()) {
        if (Modifier.isStatic(method.getModifiers())) {
          there.add(method.getName());
        }
      }
    }
    Set<String> told = Help.entries().stream().map(Help.Entry::name).collect(Collectors.toSet());
    assertThat(told).as("names that dance.Help lists").containsExactlyInAnyOrderElementsOf(there);
    for (Help.Entry entry : Help.entries()) {
      assertThat(entry.example()).startsWith(entry.name() + "(");
      assertThat(Help.all()).contains(entry.name(), entry.purpose(), entry.example());
    }
  }

  static List<Help.Entry> entries() {
    return Help.entries();
  }

  /** In a folder of the test's own, and on one layer where a whole network would take seconds. */
  @ParameterizedTest
  @MethodSource("entries")
  void anExampleRuns(Help.Entry entry, @TempDir Path folder) {
    String layer = "Layer.conv(\"c\", 4, 4).kernel(3).output(4)";
    String code =
        entry
            .example()
            .replace("\"arch.yaml\", \"problem.yaml\"", "\"" + CASE + "\"")
            .replace("\"found", "\"" + folder.resolve("found"))
            .replace("eyeriss.svg", folder.resolve("eyeriss.svg").toString())
            .replace(
                "simulate(\"alexnet\", \"eyeriss\")",
                "simulate(Network.of(\"one\", " + layer + "), Accelerators.eyeriss())");
    CellResult result = cells.evaluate(code, 1);
    if (result.isShown()) {
      assertThat(Renderers.render(result.value()).get("text/plain")).isNotBlank();
    }
  }

  @Test
  void helpOnANameShowsHowItCanBeCalled() {
    assertThat(Help.of("explain"))
        .startsWith("explain: why a number has its value")
        .contains("For example:")
        .contains("explain(Object result, String... path) → Explanation");
    assertThat(Help.of("pareto(")).contains("pareto(Comparison comparison) → XYChart");
    assertThatThrownBy(() -> Help.of("explian"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no help on explian")
        .hasMessageEndingWith("Maybe explain was meant.");
  }
}
