package dance.notebook.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The string literal around a cursor, and the call of which it is an argument: {@code explain(best,
 * "cyc} is within the second argument of {@code explain}, whose typed part is {@code cyc}.
 *
 * @param method its name, qualified if written so: {@code Networks.byName}; empty if the literal is
 *     not an argument, or only a fragment of one
 * @param arguments the arguments before it, as written
 * @param begun the typed part
 */
record OpenText(String method, List<String> arguments, String begun) {
  private static final Pattern METHOD = Pattern.compile("[\\w.]*$");

  /** Tokens other than brackets and commas, which may contain some; an open literal comes last. */
  private static final Pattern SKIPPED =
      Pattern.compile(
          "(?s)\"\"\".*?(?:\"\"\"|$)|//[^\\n]*|/\\*.*?(?:\\*/|$)|'(?:\\\\.|[^'\\\\\\n])*'"
              + "|\"(?:\\\\.|[^\"\\\\\\n])*(?<open>\"|\\n|$)");

  /** An open bracket: start positions of its arguments. */
  private record Bracket(int at, List<Integer> starts) {}

  /** The open literal at the end of some code; empty if it does not end within one. */
  static Optional<OpenText> atEndOf(String code) {
    Deque<Bracket> open = new ArrayDeque<>();
    Matcher skipped = SKIPPED.matcher(code);
    int i = 0;
    while (i < code.length()) {
      if (skipped.region(i, code.length()).lookingAt()) {
        if ("".equals(skipped.group("open"))) {
          return Optional.of(of(code, i, open.peek()));
        }
        i = skipped.end();
        continue;
      }
      switch (code.charAt(i)) {
        case '(', '[', '{' -> open.push(new Bracket(i, new ArrayList<>(List.of(i + 1))));
        case ')', ']', '}' -> open.poll();
        case ',' -> {
          if (!open.isEmpty()) {
            open.peek().starts().add(i + 1);
          }
        }
        default -> {
          // a fragment of a word
        }
      }
      i++;
    }
    return Optional.empty();
  }

  private static OpenText of(String code, int quote, Bracket within) {
    String begun = code.substring(quote + 1);
    OpenText none = new OpenText("", List.of(), begun);
    if (within == null || code.charAt(within.at()) != '(') {
      return none;
    }
    List<Integer> starts = within.starts();
    int last = starts.size() - 1;
    if (!code.substring(starts.get(last), quote).isBlank()) {
      return none; // a concatenation, or the like
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      arguments.add(code.substring(starts.get(i), starts.get(i + 1) - 1).strip());
    }
    Matcher method = METHOD.matcher(code.substring(0, within.at()).stripTrailing());
    return new OpenText(method.find() ? method.group() : "", arguments, begun);
  }
}
