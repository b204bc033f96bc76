package dance;

import static org.assertj.core.api.Assertions.assertThat;

import dance.notebook.NotebookFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The prose uses the field's words (trained, validated, fraction, bundled, resumes, minimises), and
 * identifiers and output have one spelling. Comments, Javadoc, help texts and messages, the README,
 * the Markdown of notebooks and data, and the comments of cells are read as text.
 */
class LanguageTest {
  /** Comments, text blocks, strings and characters of a source, in this order of precedence. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\\n"
              + "]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n"
              + "])*\"|'(?:\\\\.|[^'\\\\])+'");

  /** Phrases and, for the message, the field's word. */
  private static final List<Phrase> AVOIDED =
      List.of(
          new Phrase("teach(es)?|taught", "train, trained"),
          new Phrase("learnt", "trained"),
          new Phrase("judge[ds]?", "validate, evaluate"),
          new Phrase("parts? of one", "fraction"),
          new Phrase("(has|have|of) least of|least of both", "minimum, minimises"),
          new Phrase("go(es)? on( from)?", "resumes, continues"),
          new Phrase("comes? with the program", "bundled"),
          new Phrase("(is|are) told", "listener, reports"),
          new Phrase("as well as can be", "optimally"),
          new Phrase("so many|so few", "n, this number of"),
          new Phrase("as can be|if need be", "optimally, if missing"),
          new Phrase("told", "reports, receives, distinguishes"),
          new Phrase("rightly", "correctly"),
          new Phrase("held against|holds? against", "validated against, compared with"),
          new Phrase("tells? nobody|telling nobody", "no progress reporting"),
          new Phrase("somebody", "a user"),
          new Phrase("likewise", "what differs"),
          new Phrase("an ordinary network", "the reference network"));

  /** Texts in the headers of bundled data, which stay. */
  private static final Set<String> KEYS =
      Set.of(
          "\"learnt\"", "\"part of the test images that are named rightly after the last epoch\"");

  /** What a user of other tools types, and is answered with ours. */
  private static final String ALIAS = "\"utilisation\"";

  private static final Pattern OTHER_SPELLING =
      Pattern.compile("\\w*(?:[cC]olour|[uU]tilisation|[nN]ormalis[ei]|[nN]ormalisation)\\w*");

  private record Phrase(Pattern pattern, String word) {
    Phrase(String regex, String word) {
      this(Pattern.compile("\\b(?:" + regex + ")\\b", Pattern.CASE_INSENSITIVE), word);
    }
  }

  @Test
  void commentsHelpAndMessagesUseTheWordsOfTheField() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      TOKEN
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .filter(token -> !KEYS.contains(token))
          .forEach(token -> check(file, token, found));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void documentsUseTheWordsOfTheField() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("notebooks", "data", "jshell-scripts", ".github")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.filter(f -> f.toString().matches(".*\\.(md|jsh)")).toList()) {
          check(file, Files.readString(file), found);
        }
      }
    }
    check(Path.of("README.md"), Files.readString(Path.of("README.md")), found);
    for (Path file : files("src/main/resources", "")) {
      check(file, Files.readString(file), found);
    }
    for (Path file : files("notebooks", ".ipynb")) {
      for (NotebookFile.Cell cell : NotebookFile.read(file).cells()) {
        check(file, cell.isCode() ? comments(cell.source()) : cell.source(), found);
      }
    }
    assertThat(found).isEmpty();
  }

  private static String comments(String code) {
    return TOKEN.matcher(code).results().map(MatchResult::group).collect(Collectors.joining("\n"));
  }

  /** A pointer to the overload says what differs; "Likewise" says nothing. */
  @Test
  void javadocIsNotLikewise() throws IOException {
    Pattern likewise = Pattern.compile("/\\*\\*[\\s*]*(?:Likewise|As above)\\b");
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      if (likewise.matcher(Files.readString(file)).find()) {
        found.add(file.toString());
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void identifiersHaveOneSpelling() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      String code = TOKEN.matcher(Files.readString(file)).replaceAll(" ");
      OTHER_SPELLING.matcher(code).results().forEach(m -> found.add(file + ": " + m.group()));
    }
    assertThat(found).as("color, utilization, normaliz-").isEmpty();
  }

  /** What users read: headings, keys, help texts and messages; provenance of files stays. */
  @Test
  void outputHasTheSpellingOfIdentifiers() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files("src/main/java", ".java")) {
      TOKEN
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .filter(token -> token.startsWith("\"") && !token.equals(ALIAS))
          .filter(token -> !file.startsWith("src/main/java/dance/search/train"))
          .flatMap(text -> OTHER_SPELLING.matcher(text).results())
          .forEach(m -> found.add(file + ": " + m.group()));
    }
    assertThat(found).as("color, utilization, normaliz-").isEmpty();
  }

  private static void check(Path file, String text, List<String> found) {
    String prose = text.replaceAll("\\s*\\n\\s*(?:\\*|//)?\\s*", " ");
    for (Phrase phrase : AVOIDED) {
      Matcher matcher = phrase.pattern.matcher(prose);
      while (matcher.find()) {
        String near =
            prose.substring(
                Math.max(0, matcher.start() - 30), Math.min(prose.length(), matcher.end() + 30));
        found.add(file + ": \"" + near + "\". Maybe " + phrase.word);
      }
    }
  }

  /** Of main, tests, benchmarks and the build; not this file, which has all that is avoided. */
  private static List<Path> sources() throws IOException {
    return files("src", ".java").stream().filter(f -> !f.endsWith("LanguageTest.java")).toList();
  }

  private static List<Path> files(String folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }
}
