package dance;

import static org.assertj.core.api.Assertions.assertThat;

import dance.command.Terminal;
import dance.notebook.Renderers;
import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.CellResult;
import dance.notebook.kernel.StartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells a reader to type does what it says. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern PICTURE = Pattern.compile("!\\[[^\\]]+]\\(([^)]+)\\)");
  private static final Pattern LINK = Pattern.compile("]\\(([^):]+)\\)");
  private static final Pattern SAVED = Pattern.compile("`(save\\(.*, \")([^\"]+)(\"\\))`");
  private static final String DANCE = "java -jar target/dance.jar ";

  @TempDir private Path folder;

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  /** Blocks of code in their order. */
  private static List<MatchResult> blocks() throws IOException {
    return BLOCK.matcher(readme()).results().toList();
  }

  private static List<String> commands() throws IOException {
    return blocks().stream()
        .filter(b -> b.group(1).equals("sh"))
        .flatMap(b -> b.group(2).lines())
        .map(line -> line.replaceFirst("\\s+#.*", ""))
        .toList();
  }

  @Test
  void cellsRunAndShowWhatIsPrintedBelowThem() throws Exception {
    List<MatchResult> blocks = blocks();
    int compared = 0;
    try (CellEvaluator cells = new CellEvaluator(StartUp.imports())) {
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i).group(1).equals("java")) {
          String shown = run(cells, blocks.get(i).group(2));
          if (blocks.get(i + 1).group(1).equals("text")) {
            assertThat(shown.strip()).isEqualTo(blocks.get(i + 1).group(2).strip());
            compared++;
          }
        }
      }
      pictureIsWhatACellSaves(cells);
    }
    assertThat(compared).isPositive();
  }

  /** The text of the value that each line with an expression ends with. */
  private static String run(CellEvaluator cells, String block) {
    List<String> shown = new ArrayList<>();
    for (String line : block.lines().toList()) {
      CellResult result = cells.evaluate(line, 1);
      if (result.isShown()) {
        Map<String, String> forms = Renderers.render(result.value());
        assertThat(forms.get("text/plain")).as(line).isNotBlank();
        shown.add(forms.get("text/plain"));
      }
    }
    return String.join("\n", shown);
  }

  private void pictureIsWhatACellSaves(CellEvaluator cells) throws Exception {
    MatchResult saved = SAVED.matcher(readme()).results().toList().get(0);
    MatchResult picture =
        PICTURE
            .matcher(readme())
            .results()
            .filter(p -> p.group(1).endsWith("/" + saved.group(2)))
            .findFirst()
            .orElseThrow();
    Path file = folder.resolve(saved.group(2));
    cells.evaluate(saved.group(1) + file.toString().replace("\\", "/") + saved.group(3) + ";", 1);
    assertThat(Files.readString(file)).isEqualTo(Files.readString(Path.of(picture.group(1))));
  }

  @Test
  void commandsAndTheirOptionsExist() throws IOException {
    List<String> ours = commands().stream().filter(line -> line.startsWith(DANCE)).toList();
    assertThat(ours).isNotEmpty();
    for (String line : ours) {
      Terminal terminal = new Terminal(folder);
      List<String> words = List.of(line.substring(DANCE.length()).split("\\s+"));
      List<String> asked = new ArrayList<>(words.subList(0, 1));
      asked.addAll(words.stream().skip(1).limit(1).filter(w -> w.matches("[a-z]+")).toList());
      asked.add("--help");
      assertThat(terminal.dance(asked.toArray(String[]::new))).as(line).isZero();
      words.stream()
          .filter(word -> word.startsWith("--"))
          .forEach(option -> assertThat(terminal.out()).as(line).contains(option));
    }
  }

  @Test
  void filesThatItNamesExist() throws IOException {
    for (MatchResult link : LINK.matcher(readme()).results().toList()) {
      String[] parts = link.group(1).split("#", 2);
      Path file = Path.of(parts[0].isEmpty() ? "README.md" : parts[0]);
      assertThat(file).exists();
      if (parts.length == 2) {
        assertThat(anchors(file)).as(link.group(1)).contains(parts[1]);
      }
    }
    for (String line : commands()) {
      Pattern.compile("jshell-scripts/\\S+")
          .matcher(line)
          .results()
          .forEach(file -> assertThat(Path.of(file.group())).exists());
    }
  }

  /** What links to headings of a page of Markdown end in. */
  private static List<String> anchors(Path file) throws IOException {
    return Files.readString(file)
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
        .toList();
  }
}
