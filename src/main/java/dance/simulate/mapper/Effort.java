package dance.simulate.mapper;

import dance.check.Rules;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What a search for a mapping may take. By default it is counted in mappings that are looked at, so
 * that the answer is the same on every machine; a time limit is for those who ask for one.
 *
 * <p>A search always returns a mapping if there is one: effort ends it once the first is found.
 *
 * @param mappings partial and complete mappings that a search looks at before the best so far is
 *     good enough; {@link Long#MAX_VALUE} for as many as a proof takes
 * @param seconds time after which the best so far is good enough; infinite for no clock
 */
public record Effort(long mappings, double seconds) {
  /** Until the best mapping is proven, however long it takes. */
  public static final Effort PROOF = new Effort(Long.MAX_VALUE, Double.POSITIVE_INFINITY);

  /** Some seconds a layer, on any machine the same mapping. */
  public static final Effort DEFAULT = mappings(1_000_000);

  public Effort {
    new Rules()
        .require(mappings >= 1, "effort (%d mappings) must be at least 1", mappings)
        .require(seconds > 0, "effort (%s s) must be positive", seconds)
        .check();
  }

  /** So many mappings, partial ones included, whatever time it takes. */
  public static Effort mappings(long mappings) {
    return new Effort(mappings, Double.POSITIVE_INFINITY);
  }

  /** So many seconds; what is found depends on the machine. */
  public static Effort seconds(double seconds) {
    return new Effort(Long.MAX_VALUE, seconds);
  }

  /** Whether only a proof ends the search. */
  boolean isUnlimited() {
    return equals(PROOF);
  }

  /** Such as "1,000,000 mappings". */
  @Override
  public String toString() {
    if (isUnlimited()) {
      return "until proven";
    }
    String count = mappings == Long.MAX_VALUE ? "" : String.format(Locale.ROOT, "%,d", mappings);
    String time = seconds == Double.POSITIVE_INFINITY ? "" : String.format(Locale.ROOT, "%s s", seconds);
    return count.isEmpty() ? time : time.isEmpty() ? count + " mappings" : count + ", " + time;
  }

  /** Whether a clock that begins now has run out. */
  BooleanSupplier clock() {
    if (seconds == Double.POSITIVE_INFINITY) {
      return () -> false;
    }
    long end = System.nanoTime() + (long) Math.min(seconds * 1e9, Long.MAX_VALUE / 4.0);
    return () -> System.nanoTime() > end;
  }

  /** What one search has used of its effort. */
  static final class Meter {
    private final long most;
    private final BooleanSupplier clock;
    private long used;

    Meter(long most, BooleanSupplier clock) {
      this.most = most;
      this.clock = clock;
    }

    /** Notes that a partial or complete mapping was looked at. */
    void look() {
      used++;
    }

    long used() {
      return used;
    }

    boolean isOver() {
      return used >= most || clock.getAsBoolean();
    }

    /** Whether this fraction of the effort is used up. */
    boolean isOver(double fraction) {
      return used >= fraction * most || clock.getAsBoolean();
    }
  }
}
