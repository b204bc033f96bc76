package dance.simulate.eyeriss;

import dance.check.Rules;
import java.util.Locale;

/**
 * How the row-stationary dataflow cuts a layer into processing passes.
 *
 * <p>A PE set of R rows by {@code e} columns computes {@code e} output rows of one filter and one
 * channel. Chen et al., JSSC 2017, Table III gives these seven numbers for AlexNet, in this order.
 *
 * @param m output channels whose partial sums sit in the global buffer
 * @param n images whose partial sums sit in the global buffer
 * @param e output rows of a PE set: its width
 * @param p filters interleaved in one PE
 * @param q channels interleaved in one PE
 * @param r PE sets side by side on different channels
 * @param t PE sets side by side on different filters
 */
public record RowStationaryParameters(int m, int n, int e, int p, int q, int r, int t) {

  public RowStationaryParameters {
    int[] values = {m, n, e, p, q, r, t};
    String names = "mnepqrt";
    Rules rules = new Rules();
    for (int i = 0; i < values.length; i++) {
      rules.require(
          values[i] >= 1,
          "row-stationary parameter %s (%d) must be at least 1",
          names.charAt(i),
          values[i]);
    }
    rules.check();
  }

  /** Filters of one pass: all sets, all interleaved filters. */
  public int filtersPerPass() {
    return Math.multiplyExact(p, t);
  }

  /** Channels of one pass. */
  public int channelsPerPass() {
    return Math.multiplyExact(q, r);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "m=%d n=%d e=%d p=%d q=%d r=%d t=%d", m, n, e, p, q, r, t);
  }
}
