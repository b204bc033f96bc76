package dance.command;

import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Objective;
import dance.interchange.ObjectiveFile;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for objectives with constraints. */
final class ObjectiveOptions {
  @Option(
      names = "--objective",
      paramLabel = "NAME|FILE",
      defaultValue = "edap",
      description =
          "edap, edp, latency, energy, area, weights of ms, mJ, mm² as linear:1,2,0.5, or a YAML"
              + " file, also with limits (default: ${DEFAULT-VALUE}); compare takes several.")
  private List<String> objectives;

  @Option(
      names = "--at-most",
      paramLabel = "METRIC=LIMIT",
      description = "An upper limit, such as latency=1.5; may be repeated.")
  private List<String> limits = new ArrayList<>();

  /** How many objectives are named. */
  int count() {
    return objectives.size();
  }

  /**
   * The only objective, with the constraints.
   *
   * @param rules problems are added to them
   * @return null if something is invalid
   */
  Objective one(Rules rules) {
    requireOne(rules);
    return all(rules).get(0);
  }

  /** Adds the problem of several objectives where one is meant. */
  void requireOne(Rules rules) {
    rules.require(count() == 1, "objective must be one, not %s", objectives);
  }

  /** All objectives, with the same constraints; nulls if something is invalid. */
  List<Objective> all(Rules rules) {
    List<Constraint> kept = new ArrayList<>();
    limits.forEach(limit -> kept.add(rules.tried(() -> Constraint.parse(limit))));
    List<Objective> all = new ArrayList<>();
    for (String name : objectives) {
      Objective objective = rules.tried(() -> byName(name));
      for (Constraint limit : kept) {
        objective =
            objective == null || limit == null
                ? null
                : objective.atMost(limit.metric(), limit.limit());
      }
      all.add(objective);
    }
    return all;
  }

  private static Objective byName(String name) {
    return NamedFile.of(
            "--objective", name, "objectives are read from YAML", List.of(".yaml", ".yml"))
        .map(ObjectiveFile::read)
        .orElseGet(() -> Objective.byName(name));
  }
}
