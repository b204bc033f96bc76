package dance;

import static org.assertj.core.api.Assertions.assertThat;

import dance.command.Terminal;
import dance.notebook.Renderers;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.CellFailure;
import dance.notebook.kernel.CellResult;
import dance.notebook.kernel.StartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples in the FAQ, in the reference's overview and in the packages do what they say. */
class DocumentedExamplesTest {
  private static final Path FAQ = Path.of("notebooks", "faq.md");
  private static final Path OVERVIEW = Path.of("src", "docs", "overview.html");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)<pre>\\{@code\\n?(.*?)\\n[ *]*}</pre>");
  private static final String DANCE = "java -jar target/dance.jar ";

  private static CellEvaluator cells;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cells = new CellEvaluator(StartUp.imports());
  }

  @AfterAll
  static void end() {
    cells.close();
  }

  @Test
  void cellsOfTheFaqPrintWhatIsBelowThem() throws IOException {
    List<MatchResult> blocks = BLOCK.matcher(Files.readString(FAQ)).results().toList();
    int compared = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).group(1).equals("java")) {
        List<String> shown = blocks.get(i).group(2).lines().flatMap(this::shown).toList();
        if (i + 1 < blocks.size() && blocks.get(i + 1).group(1).equals("text")) {
          assertThat(String.join("\n", shown)).isEqualTo(blocks.get(i + 1).group(2).strip());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(5);
  }

  /** What a line shows, or the message of the error that it ends with. */
  private Stream<String> shown(String line) {
    try {
      CellResult result = cells.evaluate(line, 1);
      return result.isShown()
          ? Stream.of(Renderers.render(result.value()).get("text/plain").strip())
          : Stream.empty();
    } catch (CellFailure error) {
      assertThat(error).hasMessageStartingWith(IllegalArgumentException.class.getName() + ": ");
      return Stream.of(error.getMessage().replaceFirst("^[\\w.]+: ", "").strip());
    } catch (Exception refused) {
      throw new AssertionError(line, refused);
    }
  }

  @Test
  void commandsOfTheFaqSucceed() throws IOException {
    List<String> commands =
        BLOCK
            .matcher(Files.readString(FAQ))
            .results()
            .filter(block -> block.group(1).equals("sh"))
            .flatMap(block -> block.group(2).lines())
            .toList();
    assertThat(commands).isNotEmpty().allMatch(line -> line.startsWith(DANCE));
    for (String line : commands) {
      Terminal terminal = new Terminal(folder);
      String[] words =
          line.substring(DANCE.length()).replaceAll("(src|data)/", absolute("$1")).split(" ");
      assertThat(terminal.dance(words)).as(line).isZero();
      assertThat(terminal.out()).isNotBlank();
    }
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath() + "/";
  }

  static List<Path> documented() throws IOException {
    List<Path> files = new ArrayList<>(List.of(OVERVIEW));
    try (Stream<Path> all = Files.walk(Path.of("src", "main", "java"))) {
      all.filter(file -> file.endsWith("package-info.java")).sorted().forEach(files::add);
    }
    files.removeIf(file -> examples(file).isEmpty());
    return files;
  }

  private static List<String> examples(Path file) {
    try {
      return EXAMPLE
          .matcher(Files.readString(file))
          .results()
          .map(match -> match.group(1).replaceAll("(?m)^ \\* ?", ""))
          .toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** Lines with a comment that begins with an arrow have the value after it. */
  @ParameterizedTest
  @MethodSource("documented")
  void examplesOfTheReferenceHaveTheValuesInTheirComments(Path file) {
    for (String example : examples(file)) {
      for (String line : example.lines().filter(l -> !l.isBlank()).toList()) {
        String[] parts = line.split(" +// → ", 2);
        String shown = String.join("\n", shown(parts[0]).toList());
        if (parts.length == 2) {
          assertThat(shown).as(line).isEqualTo(parts[1].strip());
        }
      }
    }
  }

  @Test
  void everyPackageIsInAGroupOfTheReference() throws IOException {
    String groups = Files.readString(Path.of("src", "docs", "options"));
    List<String> grouped =
        Pattern.compile("dance[\\w.]*\\*?")
            .matcher(groups)
            .results()
            .map(MatchResult::group)
            .toList();
    try (Stream<Path> all = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : all.filter(f -> f.endsWith("package-info.java")).toList()) {
        String name = Files.readString(file).replaceAll("(?s).*\\npackage ([\\w.]+);.*", "$1");
        assertThat(grouped)
            .as(name)
            .anyMatch(g -> g.endsWith("*") ? name.startsWith(g.replace("*", "")) : g.equals(name));
      }
    }
  }

  @Test
  void mostPackagesHaveAnExample() throws IOException {
    assertThat(documented()).hasSizeGreaterThan(12).contains(OVERVIEW);
  }
}
