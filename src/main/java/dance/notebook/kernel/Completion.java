package dance.notebook.kernel;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Editor assistance for a notebook: Tab, Shift-Tab, and whether a cell is complete. */
public final class Completion {
  private static final int LONGEST_VALUE = 200;

  /** Whether code can run. */
  public enum State {
    /** It can run. */
    COMPLETE,
    /** A bracket, a text block or a statement is still open. */
    UNFINISHED,
    /** It has a syntax error. */
    INVALID
  }

  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  private final Javadocs docs;
  private final TextNames names;

  /**
   * @param docs the Javadoc of this toolkit
   * @param variables the value of a variable; null if there is none
   */
  Completion(JShell shell, Javadocs docs, Function<String, Object> variables) {
    this.shell = shell;
    this.docs = docs;
    names = new TextNames(variables);
    analysis = shell.sourceCodeAnalysis();
  }

  /** Completions at a character of a cell. */
  public Suggestions complete(String cell, int at) {
    Optional<Suggestions> magic = Magics.complete(cell, at);
    if (magic.isPresent()) {
      return magic.get();
    }
    String code = Magics.blanked(cell, analysis);
    int start = snippetStart(code, at);
    Optional<OpenText> open = OpenText.atEndOf(code.substring(start, at));
    if (open.isPresent()) {
      return new Suggestions(names.of(open.get()), at - open.get().begun().length(), at);
    }
    int[] anchor = new int[1];
    List<Suggestion> found =
        analysis.completionSuggestions(code.substring(start, at), at - start, anchor);
    List<String> texts =
        found.stream()
            .sorted(Comparator.comparing(suggestion -> !suggestion.matchesType()))
            .map(Suggestion::continuation)
            .distinct()
            .toList();
    return new Suggestions(texts, texts.isEmpty() ? at : start + anchor[0], at);
  }

  /**
   * Inspection of the name at a character of a cell: the value of a variable in one line, otherwise
   * signatures with their Javadoc; empty if nothing is known.
   */
  public String inspect(String cell, int at, boolean detailed) {
    String code = Magics.blanked(cell, analysis);
    int end = at;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    if (end < code.length() && code.charAt(end) == '(') {
      end++; // JShell documents a method at a position within its brackets
    }
    int start = snippetStart(code, at);
    String name = code.substring(start, end).replaceAll("(?s).*[^\\p{javaJavaIdentifierPart}]", "");
    Optional<String> value =
        shell
            .variables()
            .filter(v -> v.name().equals(name) && shell.status(v) == Status.VALID)
            .map(v -> simple(v.typeName()) + " " + name + " = " + line(shell.varValue(v)))
            .findFirst();
    if (value.isPresent()) {
      return value.get();
    }
    Set<String> told = new LinkedHashSet<>();
    for (SourceCodeAnalysis.Documentation entry :
        analysis.documentation(code.substring(start, end), end - start, detailed)) {
      String text =
          entry.javadoc() == null ? docs.of(entry.signature()).orElse("") : entry.javadoc().strip();
      told.add(entry.signature() + (text.isEmpty() ? "" : "\n" + text));
    }
    return String.join("\n\n", told);
  }

  /** Whether a cell can run as it is. */
  public State state(String cell) {
    String rest = Magics.blanked(cell, analysis);
    while (!rest.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY:
          return State.COMPLETE;
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE:
          return State.UNFINISHED;
        case UNKNOWN:
          return State.INVALID;
        default:
          rest = info.remaining();
      }
    }
    return State.COMPLETE;
  }

  /** Start of the snippet that a character of a cell belongs to. */
  private int snippetStart(String code, int at) {
    int start = 0;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(code.substring(start, at));
      if (!info.completeness().isComplete() || info.remaining().isBlank()) {
        return start;
      }
      start = at - info.remaining().length();
    }
  }

  /** A type without its packages. */
  private static String simple(String type) {
    return type.replaceAll("\\b([a-z]\\w*\\.)+", "");
  }

  /** A value in one line. */
  private static String line(String value) {
    String line = value.strip().replaceAll("\\s*\\R\\s*", " … ").replaceAll("\\s+", " ");
    return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
  }
}
