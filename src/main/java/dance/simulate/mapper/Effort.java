package dance.simulate.mapper;

import dance.check.Rules;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Limit of a search for a mapping. By default it counts steps, so that the answer is the same on
 * every machine; a time limit is an option. Bounding half a mapping of a buffer and an array is one
 * step, some microseconds, of which {@value #QUICK} fit if no tiles slide; bounding a partial
 * mapping of more levels is {@value #PARTIAL}, evaluating a mapping exactly {@value #EXACT}.
 *
 * <p>A search always returns a mapping if a feasible one exists: it ends at its limit, or at the
 * first mapping found after it.
 *
 * @param steps after which the best mapping found is returned; {@link Long#MAX_VALUE} for no limit
 * @param seconds after which the best mapping found is returned; infinite for no limit
 */
public record Effort(long steps, double seconds) {
  /** Halves of mappings without sliding tiles that are bounded in one step. */
  static final int QUICK = 32;

  /** Steps to bound a partial mapping in the general search. */
  static final int PARTIAL = 4;

  /** Steps to evaluate a mapping exactly. */
  static final int EXACT = 8;

  /** Steps after which a narrower space without a mapping is given up as infeasible. */
  private static final long HOPELESS = 4_000_000;

  /** No limit: the search ends when the best mapping is proven optimal. */
  public static final Effort PROOF = new Effort(Long.MAX_VALUE, Double.POSITIVE_INFINITY);

  /**
   * 16,000,000 steps, the same mapping on every machine: enough to prove the best mapping of nearly
   * every layer of the zoo on the presets, most in less than a second, few in ten.
   */
  public static final Effort DEFAULT = steps(16_000_000);

  /** Steps at most in a narrower space whose best mapping only starts another search. */
  static final long STARTING = 2_000_000;

  /**
   * @throws IllegalArgumentException if steps or seconds are not positive
   */
  public Effort {
    new Rules()
        .require(steps >= 1, "effort (%d steps) must be at least 1", steps)
        .require(seconds > 0, "effort (%s s) must be positive", seconds)
        .check();
  }

  /** A limit of steps, independent of the clock. */
  public static Effort steps(long steps) {
    return new Effort(steps, Double.POSITIVE_INFINITY);
  }

  /** A limit of seconds: the result depends on the machine. */
  public static Effort seconds(double seconds) {
    return new Effort(Long.MAX_VALUE, seconds);
  }

  /** Whether only a proof ends the search. */
  boolean isUnlimited() {
    return equals(PROOF);
  }

  /** Such as "2,000,000 steps". */
  @Override
  public String toString() {
    if (isUnlimited()) {
      return "until proven";
    }
    String count = steps == Long.MAX_VALUE ? "" : String.format(Locale.ROOT, "%,d steps", steps);
    String time =
        seconds == Double.POSITIVE_INFINITY ? "" : String.format(Locale.ROOT, "%s s", seconds);
    return count.isEmpty() ? time : time.isEmpty() ? count : count + ", " + time;
  }

  /** A clock that starts now: whether the time is over. */
  BooleanSupplier clock() {
    if (seconds == Double.POSITIVE_INFINITY) {
      return () -> false;
    }
    long end = System.nanoTime() + (long) Math.min(seconds * 1e9, Long.MAX_VALUE / 4.0);
    return () -> System.nanoTime() > end;
  }

  /** Effort used by one search. */
  static final class Meter {
    private final long most;
    private final BooleanSupplier clock;
    private long used;
    private long mappings;

    Meter(long most, BooleanSupplier clock) {
      this.most = most;
      this.clock = clock;
    }

    /** Counts a partial or complete mapping that took these steps to bound or evaluate. */
    void look(int steps) {
      used += steps;
      mappings++;
    }

    /** Partial and complete mappings that were considered. */
    long mappings() {
      return mappings;
    }

    /** Whether the search gives up without any mapping: the space is most likely infeasible. */
    boolean isHopeless() {
      return used >= Math.max(most, HOPELESS) || clock.getAsBoolean();
    }

    /** Fraction of the effort that is used. */
    double fraction() {
      return (double) used / most;
    }

    /** Whether this fraction of the effort is used up. */
    boolean isOver(double fraction) {
      return used >= fraction * most || clock.getAsBoolean();
    }
  }
}
