package dance.workload;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One axis of a tensor: an affine sum of dimensions, such as {@code 2·P + R} for the rows of an
 * input under stride 2.
 *
 * @param terms the summands; no dimension twice
 */
public record Axis(List<Term> terms) {

  /**
   * A summand.
   *
   * @param dimension name of a dimension of the einsum
   * @param coefficient positive factor (a stride or a dilation)
   */
  public record Term(String dimension, int coefficient) {
    /**
     * @throws IllegalArgumentException if the coefficient is below 1
     */
    public Term {
      new Rules()
          .require(
              coefficient >= 1, "coefficient of %s (%d) must be at least 1", dimension, coefficient)
          .check();
    }

    @Override
    public String toString() {
      return coefficient == 1 ? dimension : coefficient + "·" + dimension;
    }
  }

  /**
   * @throws IllegalArgumentException if there is no term, or two have one dimension
   */
  public Axis {
    terms = List.copyOf(terms);
    Rules rules = new Rules().require(!terms.isEmpty(), "an axis needs at least one dimension");
    long distinct = terms.stream().map(Term::dimension).distinct().count();
    rules.require(distinct == terms.size(), "axis %s names a dimension twice", terms).check();
  }

  /** The axis that is one dimension. */
  public static Axis of(String dimension) {
    return new Axis(List.of(new Term(dimension, 1)));
  }

  /** The axis {@code coefficient·dimension}. */
  public static Axis of(String dimension, int coefficient) {
    return new Axis(List.of(new Term(dimension, coefficient)));
  }

  /** This axis with one more summand. */
  public Axis plus(String dimension, int coefficient) {
    List<Term> sum = new ArrayList<>(terms);
    sum.add(new Term(dimension, coefficient));
    return new Axis(sum);
  }

  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining("+"));
  }
}
