package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dance.Dance;
import dance.OtherProgram;
import dance.accelerator.Accelerators;
import dance.notebook.Notebook;
import dance.space.NetworkSpace;
import dance.workload.Networks;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tab and Shift-Tab: Javadoc, values in a line, names within texts. */
class CompletionTest {
  private static final int BUDGET_BYTES = 400_000;

  private static Javadocs docs;
  private static long indexBytes;
  private static CellEvaluator cells;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path index = folder.resolve("javadoc.index");
    OtherProgram.Ended made =
        OtherProgram.java("src/build/java/JavadocIndex.java", "src/main/java", index.toString())
            .run();
    assertThat(made.exitCode()).as(made.toString()).isZero();
    indexBytes = Files.size(index);
    try (InputStream text = Files.newInputStream(index)) {
      docs = Javadocs.read(text);
    }
    cells = new CellEvaluator(StartUp.imports(), docs);
    cells.evaluate(
        """
        var conv = Layer.conv("conv3", 8, 8).kernel(3).output(4);
        var best = map(conv, Accelerators.eyeriss());
        var net = Network.of("net", conv);
        var whole = simulate(net, Accelerators.eyeriss());
        var rows = table(List.of(conv));
        """,
        1);
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  private static List<String> names(String code) {
    return cells.completion().complete(code, code.length()).texts();
  }

  @Test
  void withinATextTabOffersTheNamesOfTheCatalogues() {
    assertThat(names("Accelerators.byName(\"")).isEqualTo(Accelerators.names());
    assertThat(names("var a = accelerator(\"")).isEqualTo(Accelerators.names());
    assertThat(names("simulate(\"")).isEqualTo(Networks.names());
    assertThat(names("simulate(\"AlexNet\", \"")).isEqualTo(Accelerators.names());
    assertThat(names("int a = 3;\nvar e = simulate(network(\"res")).contains("ResNet-18");
    assertThat(names("simulate(\"alexnet\", \"EYE")).containsExactly("eyeriss", "eyeriss45");
    assertThat(names("NetworkSpace.byName(\"")).isEqualTo(NetworkSpace.names());
    assertThat(names("map(\"alex")).containsExactly("AlexNet/");
    assertThat(names("map(\"alexnet/conv3\", \"sim")).containsExactly("simba");
    assertThat(names("map(\"alexnet/conv")).contains("alexnet/conv3").hasSize(5);
    assertThat(names("oracle(\"")).contains("mini", "cifar", "imagenet").doesNotContain("alexnet");
    assertThat(names("explore(\"")).containsExactly("mini");
  }

  @Test
  void withinATextTabOffersWhatAValueHas() {
    assertThat(names("explain(best, \""))
        .isEqualTo(cells.evaluate("Explainer.of(best.evaluation()).names()", 2).value())
        .contains("cycles");
    assertThat(names("explain(best.evaluation(), \"cyc")).contains("cycles");
    assertThat(names("show(explain(whole, \"")).containsExactly("conv3", "energy", "cycles");
    assertThat(names("show(explain(whole, \"conv3\", \"cyc")).contains("cycles");
    assertThat(names("rows.sortOn(\"")).contains("layer", "MACs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain(map(conv, Accelerators.eyeriss()), \"", // that would run code
        "explain(nothing, \"",
        "System.out.println(\"",
        "simulate(\"AlexNet\" + \"",
        "\"",
        "var t = \"",
      })
  void whereNothingIsKnownNothingIsOffered(String code) {
    assertThat(names(code)).hasSize(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "f(\"a | f | 0 | a",
        "x.g(1, h(2, 3), \"b, ( | x.g | 2 | b, (",
        "g(\"a\", \"(\", \" | g | 2 | ~~",
        "g('\"', \"x | g | 1 | x",
        "g(\"a\\\"b\", \"c | g | 1 | c",
        "// \"no;g(\"x | g | 0 | x",
      })
  void theCallAroundAnOpenTextIsFound(String code, String method, int before, String begun) {
    OpenText open = OpenText.atEndOf(code.replace(';', '\n')).orElseThrow();
    assertThat(open.method()).isEqualTo(method);
    assertThat(open.arguments()).hasSize(before);
    assertThat(open.begun()).isEqualTo(begun);
  }

  private static String told(String code) {
    return cells.completion().inspect(code, code.length(), true);
  }

  @Test
  void shiftTabShowsJavadocOfTheToolkitAndOfTheJdk() {
    assertThat(told("simulate("))
        .contains("simulate(Object network, Object accelerator)")
        .contains("latency, energy and area of one inference.")
        .contains("\n  accelerator: as accelerator takes it");
    assertThat(told("oracle(")).contains("\n  network: ");
    assertThat(told("Layer")).contains("A layer of a network").contains("\n  name: as tables");
    assertThat(told("conv.kernel(")).contains("kernel(int rows, int columns)");
    assertThat(told("Sweep.of(")).contains("Progress");
  }

  @Test
  void everyVerbAndEveryChartHasItsText() {
    for (Method method :
        Stream.of(Dance.class, Notebook.class)
            .flatMap(c -> Arrays.stream(c.getMethods()))
            .toList()) {
      if (Modifier.isStatic(method.getModifiers())) {
        String signature =
            method.getDeclaringClass().getName()
                + "."
                + method.getName()
                + Arrays.stream(method.getParameters())
                    .map(p -> written(p.getType(), p.isVarArgs()) + " " + p.getName())
                    .collect(Collectors.joining(", ", "(", ")"));
        assertThat(docs.of("Answer " + signature)).as(signature).isPresent();
      }
    }
  }

  private static String written(Class<?> type, boolean many) {
    return many ? type.getComponentType().getName() + "..." : type.getTypeName();
  }

  @Test
  void theIndexIsSmall() {
    assertThat(indexBytes).isBetween(50_000L, (long) BUDGET_BYTES); // a quarter of it in a jar
  }

  @Test
  void aValueIsOneLine() {
    assertThat(told("best")).startsWith("MappingResult best = ").doesNotContain("\n");
    assertThat(told("rows")).startsWith("Table rows = ").doesNotContain("\n").hasSizeLessThan(240);
    assertThat(told("conv")).startsWith("Layer conv = ").doesNotContain("\n");
  }
}
