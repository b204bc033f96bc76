package dance.lesson;

import dance.cost.SignificantDigits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer that is a number, as it is or as text with its unit: {@code 1600}, {@code "1,600
 * words"}, {@code "1.6 k"}, {@code "62.5 %"}, {@code "3.2 µJ"}.
 *
 * @param value the right one
 * @param unit of it; empty for a ratio
 * @param tolerance relative, as the statement says
 * @param mistakes usual ones
 * @param why the reason, shown with a right answer
 */
record NumberSolution(
    double value, String unit, double tolerance, List<Mistake> mistakes, String why)
    implements Solution {
  private static final Pattern FORM =
      Pattern.compile("([-+]?[\\d,_]*\\.?\\d+(?:[eE][-+]?\\d+)?)\\s*(.*)", Pattern.DOTALL);
  private static final Map<String, Double> PREFIXES =
      Map.of("", 1.0, "k", 1e3, "M", 1e6, "G", 1e9, "m", 1e-3, "µ", 1e-6, "u", 1e-6, "n", 1e-9);
  private static final Map<String, Double> JOULES =
      Map.of("pJ", 1e-12, "nJ", 1e-9, "µJ", 1e-6, "uJ", 1e-6, "mJ", 1e-3, "J", 1.0);

  NumberSolution {
    mistakes = List.copyOf(mistakes);
  }

  @Override
  public Verdict check(Object answer) {
    double given;
    if (answer instanceof Number number) {
      given = number.doubleValue();
    } else {
      Matcher form = FORM.matcher(String.valueOf(answer).strip());
      if (!form.matches()) {
        return Verdict.wrong("not a number", answer + " is not a number, such as 1,600 " + unit);
      }
      double number = Double.parseDouble(form.group(1).replaceAll("[,_]", ""));
      String said = form.group(2).strip();
      if (unit.equals("words") && said.matches("(?i)[kMG]?i?\\s*(bytes?|B)")) {
        return Verdict.wrong("words, not bytes", "the question asks for words.");
      }
      double scale = scale(said);
      if (Double.isNaN(scale)) {
        return Verdict.wrong(
            "unit", "\"" + said + "\" is not a unit of the answer: it is asked in " + unit + ".");
      }
      given = number * scale;
    }
    if (isNear(given, value)) {
      return Verdict.right(text(value) + ". " + why);
    }
    for (Mistake mistake : mistakes) {
      if (isNear(given, mistake.value())) {
        return Verdict.wrong(mistake.name(), mistake.advice());
      }
    }
    return Verdict.wrong("", text(given) + (given < value ? " is too small." : " is too large."));
  }

  private double scale(String said) {
    if (said.isEmpty() || said.equals(unit)) {
      return 1;
    }
    if (unit.isEmpty()) {
      return said.equals("%") ? 0.01 : Double.NaN;
    }
    if (JOULES.containsKey(unit)) {
      return JOULES.getOrDefault(said, Double.NaN) / JOULES.get(unit);
    }
    String prefix = said.endsWith(unit) ? said.substring(0, said.length() - unit.length()) : said;
    return PREFIXES.getOrDefault(prefix.strip(), Double.NaN);
  }

  /** Without the answer, which a student could print. */
  @Override
  public String toString() {
    return "a number" + (unit.isEmpty() ? "" : " of " + unit);
  }

  private boolean isNear(double given, double right) {
    return Math.abs(given - right) <= Math.max(tolerance * Math.abs(right), 1e-9);
  }

  private String text(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    String digits =
        whole ? SignificantDigits.count((long) number) : SignificantDigits.measure(number);
    return String.format(Locale.ROOT, "%s %s", digits, unit).strip();
  }
}
