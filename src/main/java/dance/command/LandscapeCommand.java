package dance.command;

import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import dance.evaluate.Landscape;
import dance.report.JsonText;
import dance.report.LandscapeRows;
import dance.report.TextTable;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchProblem;
import dance.space.Genotype;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance space landscape}: how much designs differ. */
@Command(
    name = "landscape",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Survey the designs of a table: how many ever win, what one for all networks loses, and which"
          + " parameters matter.",
      "Of random networks, or with --accuracies of those on the front of accuracy and cost, where a"
          + " search lives."
    })
final class LandscapeCommand implements Runnable {
  private final Console console;

  @Mixin private TableOptions from;

  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "300",
      description = "Number of random networks (default: ${DEFAULT-VALUE}).")
  private int networks;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the random networks (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--accuracies",
      paramLabel = "NAME",
      description =
          "Survey the networks on the front instead, by these accuracies: nasbench201:FILE.csv,"
              + " nasbench-macro:FILE.json, tabular:FILE.csv or mini.")
  private String accuracies;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  LandscapeCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules = new Rules().require(networks >= 1, "networks (%d) must be at least 1", networks);
    Objective goal = objectives.one(rules);
    CostTable table = rules.tried(from::read);
    rules.check();
    Landscape landscape =
        accuracies == null
            ? Landscape.of(table, goal, networks, seed)
            : Landscape.of(table, goal, front(table, goal), "networks on the front");
    console.print(json ? JsonText.of(LandscapeRows.object(landscape)) : text(landscape));
  }

  private List<Genotype> front(CostTable table, Objective goal) {
    SearchProblem problem =
        SearchProblem.of(
            SearchOptions.accuracies(accuracies, table.networkSpace()).means(), table, goal, 0);
    return ExhaustiveOptimum.of(problem).front().stream()
        .map(Design::network)
        .map(Genotype::parse)
        .toList();
  }

  private static String text(Landscape landscape) {
    Landscape.Single single = landscape.single();
    return LandscapeRows.title(landscape)
        + "\ncosts "
        + landscape.table().accelerator(0).costs()
        + "\n\nmedian design: %s × the best, worst design: %s ×%n"
            .formatted(
                SignificantDigits.measure(landscape.median()),
                SignificantDigits.measure(landscape.worst()))
        + "one design for all: %s, loses %s %% on average, %s %% at worst%n%n"
            .formatted(
                single.design(),
                SignificantDigits.measure(100 * single.mean()),
                SignificantDigits.measure(100 * single.worst()))
        + TextTable.of(LandscapeRows.winners(landscape))
        + "\n"
        + TextTable.of(LandscapeRows.axes(landscape));
  }
}
