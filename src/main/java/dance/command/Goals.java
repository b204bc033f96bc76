package dance.command;

import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Objective;
import java.util.ArrayList;
import java.util.List;

/** Objectives with constraints from options. */
final class Goals {
  private Goals() {}

  /**
   * An objective with constraints.
   *
   * @param rules problems are added to them
   * @param limits such as {@code latency=1.5}
   * @return null if something is invalid
   */
  static Objective of(Rules rules, String objective, List<String> limits) {
    return of(rules, List.of(objective), limits).get(0);
  }

  /** Several objectives with the same constraints; nulls if something is invalid. */
  static List<Objective> of(Rules rules, List<String> objectives, List<String> limits) {
    List<Constraint> kept = new ArrayList<>();
    limits.forEach(limit -> kept.add(rules.tried(() -> Constraint.parse(limit))));
    List<Objective> goals = new ArrayList<>();
    for (String objective : objectives) {
      Objective goal = rules.tried(() -> Objective.byName(objective));
      for (Constraint limit : kept) {
        goal = goal == null || limit == null ? null : goal.atMost(limit.metric(), limit.limit());
      }
      goals.add(goal);
    }
    return goals;
  }
}
