package dance.command;

import dance.cost.SignificantDigits;
import dance.report.ComparisonRows;
import dance.report.LimitRows;
import dance.report.Rows;
import dance.report.TextTable;
import dance.report.Worded;
import dance.search.Comparison;
import dance.search.Information;
import dance.search.LimitTrials;
import java.util.List;
import java.util.TreeSet;

/** The text of a comparison. */
final class CompareReport {
  private CompareReport() {}

  /** A table of the known quantities; those that no method has are omitted. */
  static String text(Comparison comparison) {
    return text(comparison, Double.NaN);
  }

  /**
   * As {@link #text(Comparison)}.
   *
   * @param supernetSeconds of the training that all searches share; NaN without a supernet
   */
  static String text(Comparison comparison, double supernetSeconds) {
    List<String> groups =
        comparison.groups().stream()
            .map(g -> heading(g) + table(comparison.only(g), supernetSeconds))
            .toList();
    return comparison.problem()
        + ", budget "
        + comparison.budget()
        + ", seeds "
        + seeds(comparison)
        + "\ncosts "
        + comparison.problem().costs()
        + "\n\n"
        + String.join("\n", groups)
        + optimum(comparison);
  }

  /** What the methods of a table have in common; tables are not to be ranked as one. */
  static String heading(Information group) {
    return switch (group) {
      case FULL -> "Full information: the gradient of the whole table; its cost is time only\n";
      case EVALUATIONS -> "By evaluations: each different network counts once\n";
      case SUPERNET -> "Supernet: its cost is its own training\n";
    };
  }

  private static String table(Comparison group, double supernetSeconds) {
    Rows<String> methods =
        ComparisonRows.methods(group, supernetSeconds).known().without("information", "steps");
    return TextTable.of(
        group.truth().isPresent()
            ? methods.without("keeps_limits")
            : methods.without("within_one_percent", "keeps_limits"));
  }

  private static String seeds(Comparison comparison) {
    TreeSet<Long> seeds = new TreeSet<>();
    comparison.results().values().forEach(all -> all.forEach(r -> seeds.add(r.seed())));
    return seeds.first() + " to " + seeds.last();
  }

  private static String optimum(Comparison comparison) {
    return comparison
        .truth()
        .map(
            t ->
                "\noptimum of %s designs: %s on %s, value %s\n"
                    .formatted(
                        SignificantDigits.count(t.pairs()),
                        t.genotype(),
                        t.best().accelerator().name(),
                        SignificantDigits.measure(t.value())))
        .orElse("\n");
  }

  /** The text of {@code compare --random-limits}. */
  static String text(LimitTrials trials) {
    int all = trials.each().size();
    StringBuilder text = new StringBuilder(trials.free() + "\n\n");
    text.append(
        TextTable.of(
            LimitRows.of(trials)
                .only(
                    "limits",
                    "exceeded_by_optimum_without_limits",
                    "method",
                    "keeps_limits",
                    "regret")));
    text.append("\nexceeded by the optimum without limits: ")
        .append(Worded.share(trials.binding(), all) + "\n");
    for (String method : LimitRows.METHODS) {
      text.append("kept, " + method + ": " + Worded.share(trials.kept(method), all))
          .append(
              ", their regret "
                  + SignificantDigits.measure(100 * trials.regret(method).mean())
                  + " %\n");
    }
    return text.toString();
  }
}
