package dance.simulate.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An {@link Explanation} as text: each number, then its meaning. */
final class ExplanationText {
  private static final int COLUMNS = 100;
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private final StringBuilder text = new StringBuilder();
  private final Set<String> told = new HashSet<>();

  private ExplanationText() {}

  static String of(Explanation explanation) {
    ExplanationText writer = new ExplanationText();
    writer.write(explanation, 0);
    return writer.text.toString();
  }

  private void write(Explanation e, int indent) {
    boolean known = !told.add(e.subject());
    String value = number(e.value()) + unit(e);
    line(indent, 4, e.subject() + " = " + value + (known ? " (see above)" : ""));
    if (known) {
      return;
    }
    int inside = indent + 2;
    if (e.how() == Explanation.How.CONSTANT) {
      line(inside, 0, e.reason());
      return;
    }
    if (!e.formula().equals(number(e.value()))) {
      line(inside, 2, e.formula());
    }
    if (!e.substitution().isEmpty() && !e.substitution().equals(number(e.value()))) {
      line(inside, 2, "= " + e.substitution());
    }
    if (!e.reason().isEmpty()) {
      line(inside, 0, e.reason());
    }
    int width = e.terms().stream().mapToInt(t -> number(t.value()).length()).max().orElse(0);
    for (Explanation.Term term : e.terms()) {
      if (e.how() == Explanation.How.SUM || explained(e, term).isEmpty()) {
        String amount = " ".repeat(width - number(term.value()).length()) + number(term.value());
        line(inside + 2, width + 4, amount + "  " + describe(e, term));
      }
    }
    for (Explanation part : e.basis()) {
      write(part, inside);
    }
  }

  private static String unit(Explanation e) {
    boolean one = e.value() instanceof Long && e.value().longValue() == 1;
    String unit = one && e.unit().endsWith("s") ? e.unit().replaceAll("s$", "") : e.unit();
    return unit.isEmpty() ? "" : " " + unit;
  }

  private static Optional<Explanation> explained(Explanation e, Explanation.Term term) {
    return e.basis().stream().filter(b -> b.subject().equals(term.part())).findFirst();
  }

  private static String describe(Explanation e, Explanation.Term term) {
    if (term instanceof Explanation.Moves moves) {
      return String.format(
          Locale.ROOT,
          "%s: %,d × (%,d − %,d), %s",
          moves.part(),
          moves.times(),
          moves.words(),
          moves.overlap(),
          moves.move());
    }
    if (term instanceof Explanation.PartialMoves moves) {
      return String.format(
          Locale.ROOT,
          moves.times() == 1
              ? "%s: %,d advance; its tiles have %,d words, %,d of them held before"
              : "%s: %,d advances; their tiles have %,d words, %,d of them held before",
          moves.part(),
          moves.times(),
          moves.words(),
          moves.overlap());
    }
    boolean shares = e.unit().equals("pJ") && e.how() == Explanation.How.SUM;
    return shares ? term.part() + share(term.value(), e.value()) : term.part();
  }

  private static String share(Number part, Number whole) {
    double percent = 100 * part.doubleValue() / whole.doubleValue();
    return percent < 0.05 ? " (under 0.1 %)" : String.format(Locale.ROOT, " (%.1f %%)", percent);
  }

  /** Adds a paragraph, broken at spaces; later lines are indented further by {@code hang}. */
  private void line(int indent, int hang, String paragraph) {
    for (String piece : List.of(paragraph.split("\n"))) {
      String rest = piece;
      int margin = indent;
      while (rest.length() > COLUMNS - margin) {
        int end = rest.lastIndexOf(' ', COLUMNS - margin);
        if (end <= 0) {
          end = COLUMNS - margin;
        }
        add(margin, rest.substring(0, end));
        rest = rest.substring(end).stripLeading();
        margin = indent + hang;
      }
      add(margin, rest);
    }
  }

  private void add(int margin, String line) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(" ".repeat(margin)).append(line);
  }

  /** Whole numbers in full, others to six significant digits. */
  static String number(Number value) {
    double number = value.doubleValue();
    if (value instanceof Long) {
      return String.format(Locale.ROOT, "%,d", value.longValue()).replace('-', '−');
    }
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "unknown" : "∞";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) number);
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    if (Math.abs(number) < 1e-4 || Math.abs(number) >= 1e15) {
      return rounded.toString();
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }
}
