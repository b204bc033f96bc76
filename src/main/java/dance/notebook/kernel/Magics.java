package dance.notebook.kernel;

import dance.check.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;

/** The magics of cells, and their positions in a cell. */
final class Magics {
  static final List<Magic> ALL =
      List.of(new ClassPathMagic("classpath"), new ClassPathMagic("jars"), new MavenMagic());

  private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*(%{1,2}\\w*)(?:[ \\t]+(.*))?$");

  /** Words; those with blanks are quoted. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private Magics() {}

  /**
   * A line with a magic.
   *
   * @param word with its percent sign
   * @param start of the line in the code
   * @param end of the line, without its line break
   */
  record Line(String word, List<String> arguments, int start, int end) {
    /**
     * The magic itself.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    Magic magic() {
      Optional<Magic> known = known(word);
      return known.orElseThrow(() -> new IllegalArgumentException(unknown()));
    }

    private String unknown() {
      List<String> names = ALL.stream().map(m -> "%" + m.name()).toList();
      String maybe = Nearest.maybe(word, names);
      return word
          + " is not one of the magics of this kernel: "
          + ALL.stream().map(Magic::example).collect(Collectors.joining(", "))
          + "."
          + maybe;
    }
  }

  /**
   * The first magic of a text that begins with a snippet. Its line begins where a snippet could
   * begin; after an expression without a semicolon, it must have a known name and arguments, as a
   * percent sign is an operator too.
   */
  static Optional<Line> first(String code, SourceCodeAnalysis analysis) {
    Matcher line = LINE.matcher(code);
    while (line.find()) {
      String before = code.substring(0, line.start());
      boolean named = known(line.group(1)).isPresent() && line.group(2) != null;
      if (before.isBlank() || (named && ends(before, analysis))) {
        return Optional.of(new Line(line.group(1), words(line.group(2)), line.start(), line.end()));
      }
    }
    return Optional.empty();
  }

  private static boolean ends(String code, SourceCodeAnalysis analysis) {
    String rest = code;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        return true;
      }
      if (!info.completeness().isComplete()) {
        return false;
      }
      rest = info.remaining();
    }
    return true;
  }

  /** The code with blanks in place of its magics, for consumers of plain Java. */
  static String blanked(String code, SourceCodeAnalysis analysis) {
    StringBuilder blanked = new StringBuilder(code);
    int from = 0;
    for (Optional<Line> line = first(code, analysis);
        line.isPresent();
        line = first(code.substring(from), analysis)) {
      int end = from + line.get().end();
      for (int i = from + line.get().start(); i < end; i++) {
        blanked.setCharAt(i, ' ');
      }
      from = end;
    }
    return blanked.toString();
  }

  /** The names of magics at the beginning of a line; empty elsewhere. */
  static Optional<Suggestions> complete(String code, int at) {
    int start = code.lastIndexOf('\n', at - 1) + 1;
    String begun = code.substring(start, at);
    List<String> names = ALL.stream().map(magic -> "%" + magic.name() + " ").toList();
    return begun.matches("%\\w*")
        ? Optional.of(
            new Suggestions(names.stream().filter(n -> n.startsWith(begun)).toList(), start, at))
        : Optional.empty();
  }

  private static Optional<Magic> known(String word) {
    return ALL.stream().filter(magic -> word.equals("%" + magic.name())).findFirst();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text == null ? "" : text);
    while (word.find()) {
      for (int group = 1; group <= word.groupCount(); group++) {
        if (word.group(group) != null) {
          words.add(word.group(group));
        }
      }
    }
    return words;
  }
}
