package dance.command;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.evaluate.neural.NeuralEvaluator;
import dance.notebook.Notebook;
import dance.report.CsvText;
import dance.report.FrontRows;
import dance.report.JsonText;
import dance.report.Rows;
import dance.report.TextTable;
import dance.search.Budget;
import dance.search.CoExplorerOptions;
import dance.search.FrontSurvey;
import dance.search.Information;
import dance.search.SearchMethod;
import dance.search.SearchMethods;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance fronts}: what search methods find over many weights of the cost. */
@Command(
    name = "fronts",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Compare the fronts of search methods: each searches at every weight of the cost, and the "
          + "fraction of the true front's hypervolume that its results dominate is its score, in "
          + "accuracy and the logarithm of the cost, with a 95 %% interval over seeds.",
      "With --objective latency --at-most area=A: accuracy against latency within an area."
    })
final class FrontsCommand implements Runnable {
  private final Console console;

  @Mixin private SearchOptions search;

  @Mixin private RunOptions run;

  @Mixin
  private final ComparedOptions compared =
      new ComparedOptions(
          "exact,straight-through,alternating,accuracy,single,eyeriss,eyeriss-only,flops,macs,"
              + "hill,nsga2,reinforce,random",
          "5",
          "250 evaluations");

  @Option(
      names = "--shown",
      split = ",",
      paramLabel = "NAME",
      converter = WordOption.OfMethod.class,
      defaultValue = "exact,accuracy,eyeriss-only,hill",
      description = "Those of the methods that are drawn (default: ${DEFAULT-VALUE}).")
  private List<SearchMethods> shown;

  @Option(
      names = "--lambdas",
      split = ",",
      paramLabel = "X",
      description = "Weights of the normalized cost (default: 0.0005 to 2, six a decade).")
  private double[] lambdas = FrontSurvey.lambdas();

  FrontsCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules =
        new Rules()
            .require(
                !search.trains(SearchOptions.MINI),
                "fronts are of a table of accuracies: --task is of images");
    List<SearchMethods> methods = compared.methods(rules);
    long[] seeds = compared.seeds(run.seed(), rules);
    Budget each = compared.budget(rules);
    for (double lambda : lambdas) {
      rules.require(
          lambda >= 0 && Double.isFinite(lambda),
          "lambda (%s) must be finite and not negative",
          lambda);
    }
    CoExplorerOptions usual = CoExplorerOptions.usual(false);
    CoExplorerOptions options = rules.tried(() -> run.epochs(usual, usual.stepsPerEpoch()));
    ResultFolder out = run.folder("fronts", rules);
    SearchProblem problem = search.problem(SearchOptions.MINI, rules);
    problem.checkLimits();
    List<NeuralEvaluator> trained = new ArrayList<>();
    try {
      List<SearchMethod> ways = new ArrayList<>();
      Map<String, String> drawn = new LinkedHashMap<>();
      for (SearchMethods method : methods) {
        SearchMethod way =
            method.with(
                options,
                () -> {
                  boolean forwarding = method == SearchMethods.NEURAL;
                  trained.add(search.neural(problem, forwarding, null, console));
                  return trained.get(trained.size() - 1);
                });
        ways.add(way);
        if (shown.contains(method)) {
          drawn.put(way.name(), method == SearchMethods.ACCURACY ? "network first" : way.name());
        }
      }
      FrontSurvey fronts = FrontSurvey.of(problem, ways, seeds, lambdas, each, search.threads());
      report(fronts, drawn, each, out);
    } finally {
      trained.forEach(NeuralEvaluator::close);
    }
  }

  private void report(
      FrontSurvey fronts, Map<String, String> drawn, Budget each, ResultFolder out) {
    String json = JsonText.of(FrontRows.object(fronts));
    // print first: the disk may be full
    console.print(run.json() ? json : text(fronts, each));
    out.make();
    out.write("fronts.json", json + "\n");
    out.write("fronts.csv", CsvText.of(FrontRows.points(fronts)));
    out.write("true-front.csv", CsvText.of(FrontRows.truth(fronts)));
    if (!drawn.isEmpty()) {
      out.path()
          .ifPresent(f -> Notebook.save(Notebook.fronts(fronts, drawn), f.resolve("fronts.svg")));
    }
  }

  private String text(FrontSurvey fronts, Budget each) {
    List<List<SearchResult>> seeds = fronts.found().values().iterator().next();
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s, every λ of %s, budget %s each, seeds %d to %d%ncosts %s%n"
            .formatted(
                fronts.problem().name(),
                Arrays.toString(lambdas),
                each,
                run.seed(),
                run.seed() + seeds.size() - 1,
                fronts.problem().costs()));
    for (Information group : Information.values()) {
      Rows<String> rows = FrontRows.methods(fronts, group).known();
      if (!rows.results().isEmpty()) {
        parts.add(CompareReport.heading(group) + TextTable.of(rows));
      }
    }
    parts.add(
        "the optimum at each λ: %s of the true front's hypervolume%n"
            .formatted(SignificantDigits.measure(fronts.hypervolumeOfOptima())));
    return String.join("\n", parts);
  }
}
