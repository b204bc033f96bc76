package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.Dance;
import dance.notebook.Notebook;
import dance.notebook.Renderers;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.Coupling;
import dance.search.LimitGrid;
import dance.search.LimitTrials;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where some accuracies are predicted, nothing is shown without the predictor's held-out error. */
class PartialAccuraciesTest {
  static final String COLUMNS = "network=genotype,accuracy=accuracy";
  static final String SHOWN = "held-out error|accuracy_error";

  @TempDir private Path folder;

  private final Shell shell = new Shell();
  private Path file;

  /** Four of five networks of the smallest space, with accuracies that depend on their blocks. */
  static Path accuracies(Path folder) throws IOException {
    return accuracies(folder, i -> i % 5 != 1);
  }

  private static Path accuracies(Path folder, IntPredicate known) throws IOException {
    NetworkSpace space = NetworkSpace.mini();
    List<Genotype> all = space.genotypes().toList();
    return Files.writeString(
        folder.resolve("some-accuracies-of-mine-with-a-name-as-long-as-names-of-files-are.csv"),
        IntStream.range(0, all.size())
            .filter(known)
            .mapToObj(
                i ->
                    "\"%s\",%s"
                        .formatted(
                            all.get(i), 0.8 + IntStream.of(space.choice(all.get(i))).sum() / 100.0))
            .collect(Collectors.joining("\n", "genotype,accuracy\n", "\n")));
  }

  @BeforeEach
  void write() throws IOException {
    file = accuracies(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explore --beside=accuracy,random",
        "compare --methods=exact,random --seeds=2 --budget=30_evaluations",
        "compare --random-limits=1",
        "compare --methods=random --seeds=2 --objective=edap --objective=latency --budget=9_evaluations",
        "fronts --methods=exact,random --seeds=2 --lambdas=0.1,1 --budget=20_evaluations",
        "coupling --lambdas=0.1,1",
        "coupling --latencies=0.01,0.02 --areas=7,9",
      })
  void everyOutputOfACommandHasTheError(String command) throws IOException {
    for (String form : List.of("", " --json")) {
      Path out = folder.resolve("out" + form.strip());
      String line = command + form + " --task=tabular:" + file + " --columns=" + COLUMNS;
      Object[] words =
          Stream.concat(Stream.of(line.split(" ")), Stream.of("--out=" + out))
              .map(word -> word.replace("30_", "30 ").replace("20_", "20 ").replace("9_", "9 "))
              .toArray();
      assertThat(shell.dance(words)).as(shell.err()).isZero();
      assertThat(shell.out()).as(command + form).containsPattern(SHOWN);
      List<Path> texts = texts(out);
      assertThat(texts).isNotEmpty();
      for (Path text : texts) {
        assertThat(Files.readString(text)).as(command + ": " + text).containsPattern(SHOWN);
      }
    }
  }

  private static List<Path> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().matches(".*\\.(csv|json|svg|txt)")).toList();
    }
  }

  @Test
  void everyTableAndTextOfANotebookHasTheError() {
    TabularTask task = Dance.accuracies(file, "mini", COLUMNS);
    SearchResult found = Dance.explore(task, o -> o.epochs(2));
    Comparison compared = Dance.compare(task, 1, Budget.evaluations(20), "random");
    Coupling coupling = Dance.coupling(task);
    SearchProblem problem = compared.problem();
    LimitGrid grid = LimitGrid.of(problem, new double[] {0.02}, new double[] {9});
    LimitTrials limits =
        LimitTrials.run(
            problem,
            CoExplorer.exact(CoExplorerOptions.usual(false)),
            1,
            1,
            Budget.evaluations(20),
            1);
    for (Object shown :
        List.of(
            found,
            compared,
            coupling,
            Dance.coupling(task, 0.1, 1),
            compared.truth().orElseThrow().front(),
            grid,
            limits)) {
      String kind = shown.getClass().getSimpleName();
      assertThat(Renderers.render(shown).toString()).as(kind).containsPattern(SHOWN);
      assertThat(Notebook.table(shown).columnNames().toString()).as(kind).containsPattern(SHOWN);
    }
    for (Object text : List.of(found, compared, coupling, found.found(), task)) {
      assertThat(text.toString()).containsPattern(SHOWN);
    }
  }

  /** Of the bundled accuracies, of a file of all, and of networks that are trained. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--task=mini",
        "--columns=" + COLUMNS + " --task=tabular:",
        "--images=100,40 --epochs=1"
      })
  void whereAllAreMeasuredNothingIsSaidOfAnError(String task) throws IOException {
    Path out = folder.resolve("out");
    String given = task.endsWith(":") ? task + accuracies(folder, all -> true) : task;
    Object[] words =
        Stream.of("explore " + given + " --out=" + out)
            .flatMap(w -> Stream.of(w.split(" ")))
            .toArray();
    assertThat(shell.dance(words)).as(shell.err()).isZero();
    assertThat(shell.out()).doesNotContainPattern(SHOWN);
    List<Path> texts = texts(out);
    assertThat(texts).contains(out.resolve("explore.json"));
    assertThat(texts.contains(out.resolve("front.csv"))).isEqualTo(!task.contains("images"));
    for (Path text : texts) {
      assertThat(Files.readString(text)).as("" + text).doesNotContainPattern(SHOWN);
    }
  }
}
