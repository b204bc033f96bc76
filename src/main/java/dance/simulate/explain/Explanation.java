package dance.simulate.explain;

import dance.check.Rules;
import java.util.List;

/**
 * Why a count, a time or an energy is what it is.
 *
 * <p>A value that is a {@link Long} (a count, a time in cycles) is made by its terms exactly; one
 * that is a {@link Double} (an energy, a ratio) but for the rounding of the order of summation.
 *
 * @param subject what is explained, such as {@code RF fills of Inputs}
 * @param value a Long for counts and cycles, a Double for energies and ratios
 * @param unit of the value; empty for a ratio
 * @param derivation the formula, its numbers and its reason
 * @param how how the terms make the value
 * @param terms the parts; of loops, the innermost first
 * @param basis the explanations of numbers in the substitution. A term of the same name as the
 *     subject of one of them has its value
 */
public record Explanation(
    String subject,
    Number value,
    String unit,
    Derivation derivation,
    How how,
    List<Term> terms,
    List<Explanation> basis) {

  /**
   * Where a value comes from.
   *
   * @param formula in symbols
   * @param substitution the formula with the numbers filled in
   * @param reason why this formula, in a sentence or two
   */
  public record Derivation(String formula, String substitution, String reason) {}

  /** How terms make a value. */
  public enum How {
    SUM,
    PRODUCT,
    MAXIMUM,
    /** The first over the second. */
    QUOTIENT,
    /** No terms: a number that is given, with its source as the reason. */
    CONSTANT
  }

  /** A part of a value. */
  public sealed interface Term {
    /** What contributes: a loop, an axis, a count, an account. */
    String part();

    /** What it contributes. */
    Number value();
  }

  /**
   * A part that is one number.
   *
   * @param part what contributes
   * @param value what it contributes
   */
  public record Amount(String part, Number value) implements Term {}

  /**
   * A loop whose advances move a tile, each alike.
   *
   * @param part the loop, such as {@code for P in [0:16) at GLB}
   * @param times how often it advances
   * @param words words of the tile after each
   * @param overlap those of them that are not charged, as the tile before held them
   * @param move how the tile moves
   */
  public record Moves(String part, long times, long words, long overlap, String move)
      implements Term {
    /** Words that all advances bring. */
    @Override
    public Long value() {
      return times * (words - overlap);
    }
  }

  /**
   * A loop whose advances move tiles of different size, the last of an instance being partial.
   *
   * @param part the loop, such as {@code for P in [0:5,3) at GLB}
   * @param times how often it advances
   * @param words words of the tiles after all advances, over all instances that are charged
   * @param overlap those of them that are not charged, as the tile before held them
   */
  public record PartialMoves(String part, long times, long words, long overlap) implements Term {
    /** Words that all advances bring. */
    @Override
    public Long value() {
      return words - overlap;
    }
  }

  public Explanation {
    terms = List.copyOf(terms);
    basis = List.copyOf(basis);
    boolean exact = value instanceof Long;
    boolean made =
        how == How.CONSTANT
            ? terms.isEmpty()
            : exact
                ? value.longValue() == exactly(how, terms)
                : Math.abs(value.doubleValue() - nearly(how, terms))
                    <= 1e-9 * Math.abs(value.doubleValue());
    new Rules().require(made, "%s of %s do not make %s, %s", how, terms, subject, value).check();
  }

  /**
   * A number that nothing else makes.
   *
   * @param source where it comes from
   */
  public static Explanation constant(String subject, Number value, String unit, String source) {
    return new Explanation(
        subject,
        value,
        unit,
        new Derivation("given", "", source),
        How.CONSTANT,
        List.of(),
        List.of());
  }

  /** The formula in symbols. */
  public String formula() {
    return derivation.formula;
  }

  /** The formula with the numbers filled in. */
  public String substitution() {
    return derivation.substitution;
  }

  /** Why this formula, in a sentence or two. */
  public String reason() {
    return derivation.reason;
  }

  private static long exactly(How how, List<Term> terms) {
    long result = how == How.PRODUCT ? 1 : 0;
    for (Term term : terms) {
      long value = term.value().longValue();
      result =
          switch (how) {
            case SUM -> Math.addExact(result, value);
            case PRODUCT -> Math.multiplyExact(result, value);
            case MAXIMUM -> Math.max(result, value);
            case QUOTIENT, CONSTANT ->
                throw new IllegalArgumentException(how + " does not count its terms");
          };
    }
    return result;
  }

  private static double nearly(How how, List<Term> terms) {
    if (how == How.QUOTIENT) {
      return terms.get(0).value().doubleValue() / terms.get(1).value().doubleValue();
    }
    double result = how == How.PRODUCT ? 1 : 0;
    for (Term term : terms) {
      double value = term.value().doubleValue();
      result =
          switch (how) {
            case SUM, QUOTIENT, CONSTANT -> result + value;
            case PRODUCT -> result * value;
            case MAXIMUM -> Math.max(result, value);
          };
    }
    return result;
  }

  /** The explanation as indented lines of at most 100 columns, what it rests on included. */
  public String text() {
    return ExplanationText.of(this);
  }

  @Override
  public String toString() {
    return text();
  }
}
