package dance.evaluate;

import dance.check.Rules;
import dance.cost.Objective;

/**
 * What is asked of an oracle.
 *
 * @param objective what the best designs have least of, within its limits
 * @param top how many of the best; all, if there are fewer
 */
public record OracleOptions(Objective objective, int top) {
  public OracleOptions {
    new Rules()
        .require(objective != null, "an oracle needs an objective")
        .require(top >= 1, "number of designs (%d) must be at least 1", top)
        .check();
  }

  /** The ten of least energy × latency × area. */
  public static OracleOptions defaults() {
    return new OracleOptions(Objective.EDAP, 10);
  }

  /** With another objective. */
  public OracleOptions objective(Objective other) {
    return new OracleOptions(other, top);
  }

  /** With so many designs. */
  public OracleOptions top(int designs) {
    return new OracleOptions(objective, designs);
  }
}
