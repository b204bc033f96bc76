package dance.evaluate;

import dance.check.Rules;
import dance.cost.Objective;

/**
 * Options of an oracle.
 *
 * @param objective minimised by the best designs, within its constraints
 * @param top number of designs; all, if there are fewer
 */
public record OracleOptions(Objective objective, int top) {
  /**
   * @throws IllegalArgumentException if the objective is missing or no design is asked for
   */
  public OracleOptions {
    new Rules()
        .require(objective != null, "an oracle needs an objective")
        .require(top >= 1, "number of designs (%d) must be at least 1", top)
        .check();
  }

  /** Defaults: the ten designs of minimum energy × latency × area. */
  public static OracleOptions defaults() {
    return new OracleOptions(Objective.EDAP, 10);
  }

  /** With another objective. */
  public OracleOptions objective(Objective other) {
    return new OracleOptions(other, top);
  }

  /** With this number of designs. */
  public OracleOptions top(int designs) {
    return new OracleOptions(objective, designs);
  }
}
