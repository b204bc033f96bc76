package dance.notebook.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jshell.Diag;
import jdk.jshell.JShellException;

/** Positions of snippets in cells, and messages with them. */
final class Sources {
  /**
   * Maximum number of snippets with known positions; older ones only run through their
   * declarations.
   */
  private static final int REMEMBERED = 1000;

  /** Number of calls shown, innermost first. */
  private static final int CALLS = 8;

  /**
   * Start of a snippet.
   *
   * @param cell its number
   * @param text of the whole cell
   * @param start characters of the cell before it
   */
  record Place(int cell, String text, int start) {
    /** The line in the cell, from 1, at a character of the snippet. */
    int lineAt(int offset) {
      int end = Math.min(text.length(), start + offset);
      return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /** The text of a line of the cell, from 1. */
    String line(int number) {
      List<String> lines = text.lines().toList();
      return number <= lines.size() ? lines.get(number - 1) : "";
    }
  }

  private final Map<String, Place> places =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > REMEMBERED;
        }
      };

  void add(String snippet, Place place) {
    places.put(snippet, place);
  }

  /** The line at a character of a snippet, for a message. */
  String line(Place place, int offset) {
    int first = place.start() + offset;
    while (first < place.text().length() && Character.isWhitespace(place.text().charAt(first))) {
      first++;
    }
    return where(place, place.lineAt(first - place.start()));
  }

  private static String where(Place place, int line) {
    return String.format(
        Locale.ROOT, "cell %d, line %d: %s", place.cell(), line, place.line(line).strip());
  }

  /** All errors of a snippet, each with its line and the error underlined. */
  CompileError compileError(List<Diag> diagnostics, Place place) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag diagnostic : diagnostics) {
      if (diagnostic.isError()) {
        String message = diagnostic.getMessage(Locale.ROOT).strip();
        first = first.isEmpty() ? message : first;
        lines.addAll(message.lines().toList());
        long at = Math.max(0, diagnostic.getStartPosition());
        int number = place.lineAt((int) at);
        lines.add(String.format(Locale.ROOT, "cell %d, line %d:", place.cell(), number));
        lines.add("  " + place.line(number));
        lines.add("  " + underline(place, diagnostic));
        MissingName.maybe(message).ifPresent(lines::add);
      }
    }
    return new CompileError(first, lines);
  }

  private static String underline(Place place, Diag diagnostic) {
    int from = place.start() + (int) Math.max(0, diagnostic.getStartPosition());
    int to = place.start() + (int) Math.max(from - place.start() + 1, diagnostic.getEndPosition());
    String before = place.text().substring(0, Math.min(from, place.text().length()));
    int column = before.length() - 1 - before.lastIndexOf('\n');
    int lineEnd = place.text().indexOf('\n', from);
    int end = Math.min(to, lineEnd < 0 ? Math.max(from + 1, place.text().length()) : lineEnd);
    return " ".repeat(column) + "^".repeat(Math.max(1, end - from));
  }

  /**
   * An exception of a snippet: for invalid input the message suffices, with the line; for
   * everything else the calls that led there are added.
   */
  JavaError failure(Throwable thrown, JShellException told, List<String> unresolved) {
    Throwable failure = thrown == null ? told : thrown;
    if (isBadInput(failure) && failure instanceof UncheckedIOException) {
      failure = failure.getCause(); // a wrapper, because cells declare no exceptions
    }
    List<String> lines = new ArrayList<>();
    if (!unresolved.isEmpty()) {
      lines.add("what is called needs a declaration: " + String.join(", ", unresolved));
    } else {
      String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
      lines.addAll((failure.getClass().getSimpleName() + message).lines().toList());
    }
    Set<String> calls = new LinkedHashSet<>();
    Set<Place> whole = new HashSet<>();
    for (StackTraceElement call : told.getStackTrace()) {
      Place place = place(call);
      if (place != null && (!isWhole(call) || whole.add(place))) {
        int line = place.lineAt(0) + leadingLines(place) + call.getLineNumber() - 1;
        calls.add("in " + where(place, line));
      } else if (place == null && calls.isEmpty() && !isBadInput(failure)) {
        calls.add("at " + call);
      }
    }
    calls.stream().limit(CALLS).forEach(lines::add);
    if (calls.size() > CALLS) {
      lines.add("and " + (calls.size() - CALLS) + " calls before");
    }
    Throwable first = isBadInput(failure) ? null : failure.getCause();
    for (Throwable cause = first; cause != null; cause = cause.getCause()) {
      lines.add("caused by " + cause);
    }
    return new JavaError(thrown == null ? told : thrown, lines);
  }

  /** An exception of a magic. */
  JavaError failure(Throwable thrown, Place place) {
    String message =
        isBadInput(thrown) || thrown instanceof IllegalStateException
            ? thrown.getMessage()
            : thrown.toString();
    return new JavaError(thrown, List.of(message, "in " + line(place, 0)));
  }

  /** Whether this toolkit rejected its input or a file: then the message suffices. */
  private static boolean isBadInput(Throwable failure) {
    StackTraceElement[] calls = failure.getStackTrace();
    return (failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException
            || failure instanceof IOException)
        && calls.length > 0
        && calls[0].getClassName().startsWith("dance.");
  }

  /** Whether a call is the snippet itself, not a method that it declares. */
  private static boolean isWhole(StackTraceElement call) {
    return call.getMethodName().isEmpty() || call.getMethodName().startsWith("do_it$");
  }

  /** JShell counts a snippet's lines from its first non-blank one. */
  private static int leadingLines(Place place) {
    String snippet = place.text().substring(place.start());
    String blank = snippet.substring(0, snippet.length() - snippet.stripLeading().length());
    return (int) blank.chars().filter(c -> c == '\n').count();
  }

  private Place place(StackTraceElement call) {
    String file = call.getFileName();
    return file != null && file.startsWith("#") ? places.get(file.substring(1)) : null;
  }
}
