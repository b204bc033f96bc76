package dance.simulate.explain;

import dance.check.Rules;
import dance.simulate.mapping.LoopNest;
import java.util.List;

/**
 * Why a count, a time or an energy has its value.
 *
 * <p>The terms of a {@link Long} (a count, a time in cycles) give it exactly; those of a {@link
 * Double} (an energy, a ratio) up to the rounding of the order of summation.
 *
 * @param subject what is explained, such as {@code RF fills of Inputs}
 * @param value a Long for counts and cycles, a Double for energies and ratios
 * @param unit of the value; empty for a ratio
 * @param derivation the formula, its numbers and its reason
 * @param how how the terms combine to the value
 * @param terms the terms; for loops, the innermost first
 * @param basis the explanations of numbers in the substitution. A term of the same name as the
 *     subject of one of them has its value
 * @param nest of the mapping; without levels if there is none
 */
public record Explanation(
    String subject,
    Number value,
    String unit,
    Derivation derivation,
    How how,
    List<Term> terms,
    List<Explanation> basis,
    LoopNest nest) {
  private static final LoopNest NONE = new LoopNest(List.of());

  /**
   * Derivation of a value.
   *
   * @param formula in symbols
   * @param substitution the formula with the numbers filled in
   * @param reason why this formula, in a sentence or two
   */
  public record Derivation(String formula, String substitution, String reason) {}

  /** How terms combine to a value. */
  public enum How {
    /** The terms are added. */
    SUM,
    /** The terms are multiplied. */
    PRODUCT,
    /** The largest term. */
    MAXIMUM,
    /** The first over the second. */
    QUOTIENT,
    /** No terms: a given number, with its source as the reason. */
    CONSTANT
  }

  /** A term of a value. */
  public sealed interface Term {
    /** Name of the term: a loop, an axis, a count, an account. */
    String part();

    /** Value of the term. */
    Number value();
  }

  /**
   * A term that is one number.
   *
   * @param part name
   * @param value value
   */
  public record Amount(String part, Number value) implements Term {}

  /**
   * A loop whose advances move a tile, all identical.
   *
   * @param part the loop, such as {@code for P in [0:16) at GLB}
   * @param times number of advances
   * @param words words of the tile after each
   * @param overlap those of them that are not charged, as the previous tile held them
   * @param move displacement of the tile
   */
  public record Moves(String part, long times, long words, long overlap, String move)
      implements Term {
    /** Words that all advances bring in. */
    @Override
    public Long value() {
      return times * (words - overlap);
    }
  }

  /**
   * A loop whose advances move tiles of different sizes, as the last tile of an instance is
   * partial.
   *
   * @param part the loop, such as {@code for P in [0:5,3) at GLB}
   * @param times number of advances
   * @param words words of the tiles after all advances, over all instances that are charged
   * @param overlap those of them that are not charged, as the previous tile held them
   */
  public record PartialMoves(String part, long times, long words, long overlap) implements Term {
    /** Words that all advances bring in. */
    @Override
    public Long value() {
      return words - overlap;
    }
  }

  /**
   * Checks that the terms make the value: exactly for counts, to 1e-9 of the value otherwise.
   *
   * @throws IllegalArgumentException if they do not
   */
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

  /** An explanation without its nest. */
  public Explanation(
      String subject,
      Number value,
      String unit,
      Derivation derivation,
      How how,
      List<Term> terms,
      List<Explanation> basis) {
    this(subject, value, unit, derivation, how, terms, basis, NONE);
  }

  /** The same explanation with the nest that its loops are of. */
  public Explanation in(LoopNest of) {
    return new Explanation(subject, value, unit, derivation, how, terms, basis, of);
  }

  /** The loops of the nest, with what each contributes; {@code print} shows them marked. */
  public ResponsibleLoops loops() {
    return ResponsibleLoops.of(this);
  }

  /**
   * A given number without terms.
   *
   * @param source its source
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

  /**
   * The explanation as indented lines of at most 100 columns, with the explanations it is based on.
   */
  public String text() {
    return ExplanationText.of(this);
  }

  @Override
  public String toString() {
    return text();
  }
}
