package dance.search;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import java.util.Locale;

/**
 * Budget of a search. A search that has exhausted it returns the best design found.
 *
 * @param unit what is counted
 * @param amount number of units; infinite for the default effort of the method
 */
public record Budget(Unit unit, double amount) {

  /** What a budget counts. */
  public enum Unit {
    /**
     * Evaluations of accuracy, as {@link SearchCost#evaluations} counts them. It limits nothing for
     * a search with {@link Information#FULL} information, which has them all from its first step,
     * and for a supernet, which has none.
     */
    EVALUATIONS,
    /** Steps of a gradient method; designs compared for other methods. */
    STEPS,
    /**
     * Validation images passed through networks of a trained supernet, for {@link FromSupernet}
     * alone.
     */
    IMAGES,
    /** Time: the result then depends on the machine. */
    SECONDS
  }

  /**
   * @throws IllegalArgumentException if the amount is not positive
   */
  public Budget {
    new Rules().require(amount > 0, "budget (%s) must be positive", amount).check();
  }

  /** The default effort of the method. */
  public static Budget unlimited() {
    return new Budget(Unit.EVALUATIONS, Double.POSITIVE_INFINITY);
  }

  /** This number of accuracy evaluations. */
  public static Budget evaluations(long count) {
    return new Budget(Unit.EVALUATIONS, count);
  }

  /** This number of steps. */
  public static Budget steps(long count) {
    return new Budget(Unit.STEPS, count);
  }

  /** This number of validation images. */
  public static Budget images(long count) {
    return new Budget(Unit.IMAGES, count);
  }

  /** This number of seconds. */
  public static Budget seconds(double seconds) {
    return new Budget(Unit.SECONDS, seconds);
  }

  /** Refuses images for a search that has none to validate. */
  void refuseImages(String method) {
    new Rules()
        .require(
            unit != Unit.IMAGES,
            "budget of %s: a budget of images is for searches from a trained supernet. Maybe in"
                + " evaluations, steps or seconds.",
            method)
        .check();
  }

  /** Whether there is no limit. */
  public boolean endless() {
    return Double.isInfinite(amount);
  }

  /**
   * Parses {@code 1000 evaluations}, {@code 300 steps}, {@code 5000 images} or {@code 2.5 seconds};
   * a number alone counts evaluations.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Budget parse(String text) {
    String[] words = text.strip().split("\\s+");
    try {
      double amount = Double.parseDouble(words[0]);
      if (words.length == 1) {
        return new Budget(Unit.EVALUATIONS, amount);
      }
      if (words.length == 2) {
        return new Budget(Unit.valueOf(words[1].toUpperCase(Locale.ROOT)), amount);
      }
    } catch (NumberFormatException none) {
      // reported below
    } catch (IllegalArgumentException unknown) {
      if (unknown.getMessage().startsWith("budget")) {
        throw unknown;
      }
    }
    throw new IllegalArgumentException(
        "budget "
            + text
            + " must be a number and evaluations, steps, images or seconds: 1000 evaluations");
  }

  @Override
  public String toString() {
    String number =
        amount == Math.rint(amount) ? SignificantDigits.count((long) amount) : "" + amount;
    return endless() ? "unlimited" : number + " " + unit.name().toLowerCase(Locale.ROOT);
  }
}
