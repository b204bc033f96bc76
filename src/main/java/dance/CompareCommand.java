package dance;

import dance.check.WholeFile;
import dance.cost.Figures;
import dance.evaluate.NeuralEvaluator;
import dance.search.AccuracyOnly;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.Evolutionary;
import dance.search.FlopsPenalty;
import dance.search.HillClimbing;
import dance.search.Interval;
import dance.search.LimitTrials;
import dance.search.RandomSearch;
import dance.search.Reinforce;
import dance.search.SearchMethod;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance compare}: methods on the same problem with the same seeds and budget. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Compare ways to search: mean and 95 %% interval over seeds, and regret where the truth is"
          + " known.",
      "A gradient step with probabilities counts as one evaluation for each operation of a block."
    })
final class CompareCommand implements Runnable {
  private final Console console;

  @Mixin private SearchOptions search;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "exact,accuracy,flops,reinforce,nsga2,random,hill",
      converter = Choice.OfMethod.class,
      description =
          "Of exact, neural, neural-noff, accuracy, flops, reinforce, nsga2, random, hill (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Method> methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Searches of each (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the first search; the others have those after it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of an attempt of a gradient search (default: what serves tables).")
  private Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of an epoch (default: what serves tables).")
  private Integer steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of a gradient search (default: what serves tables).")
  private Double learningRate;

  @Option(
      names = "--random-limits",
      paramLabel = "N",
      description =
          "Instead of methods: on how many of N random limits on latency, energy and area, each kept"
              + " by some design, does DANCE with exact costs keep them by lambda alone, and told to?")
  private Integer limits;

  @Option(
      names = "--budget",
      paramLabel = "\"N UNIT\"",
      defaultValue = "1000 evaluations",
      description = "Of each search: evaluations, steps or seconds (default: ${DEFAULT-VALUE}).")
  private String budget;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/compare",
      description = "Where everything is written (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  CompareCommand(Console console) {
    this.console = console;
  }

  /** Ways to search, as options name them. */
  enum Method {
    EXACT,
    NEURAL,
    NEURAL_NOFF,
    ACCURACY,
    FLOPS,
    REINFORCE,
    NSGA2,
    RANDOM,
    HILL
  }

  @Override
  public void run() {
    SearchProblem problem = search.problem(SearchOptions.MINI);
    Budget each = Budget.parse(budget);
    if (limits != null) {
      limits(problem, each);
      return;
    }
    List<NeuralEvaluator> trained = new ArrayList<>();
    try {
      List<SearchMethod> list = new ArrayList<>();
      methods.forEach(m -> list.add(method(m, problem, trained)));
      long[] numbers = LongStream.range(seed, seed + seeds).toArray();
      Comparison comparison = Comparison.run(problem, list, numbers, each, search.threads());
      write(comparison);
      console.print(json ? Json.of(structure(comparison)) : text(comparison));
    } finally {
      trained.forEach(NeuralEvaluator::close);
    }
  }

  private CoExplorerOptions options() {
    CoExplorerOptions usual = CoExplorerOptions.defaults();
    return usual
        .epochs(
            epochs == null ? usual.epochs() : epochs, steps == null ? usual.stepsPerEpoch() : steps)
        .learningRate(learningRate == null ? usual.learningRate() : learningRate);
  }

  private void limits(SearchProblem problem, Budget each) {
    CompareLimits found =
        new CompareLimits(
            LimitTrials.run(
                problem, CoExplorer.exact(options()), limits, seed, each, search.threads()));
    write("limits", found.structure(), found.rows());
    console.print(json ? Json.of(found.structure()) : found.toString());
  }

  private SearchMethod method(Method method, SearchProblem problem, List<NeuralEvaluator> trained) {
    CoExplorerOptions options = options();
    return switch (method) {
      case EXACT -> CoExplorer.exact(options);
      case NEURAL, NEURAL_NOFF -> {
        trained.add(search.neural(problem, method == Method.NEURAL, console));
        yield CoExplorer.neural(trained.get(trained.size() - 1), options);
      }
      case ACCURACY -> new AccuracyOnly(options);
      case FLOPS -> new FlopsPenalty(options);
      case REINFORCE -> Reinforce.defaults();
      case NSGA2 -> Evolutionary.defaults();
      case RANDOM -> RandomSearch.defaults();
      case HILL -> HillClimbing.defaults();
    };
  }

  private static String text(Comparison comparison) {
    List<String> headings = new ArrayList<>();
    String first = comparison.results().keySet().iterator().next();
    headings.addAll(comparison.row(first).keySet());
    headings.addAll(List.of("within 1 %", "evaluations to 1 %", "hypervolume"));
    TextTable table = new TextTable(List.of("method"), headings);
    for (String method : comparison.results().keySet()) {
      List<String> cells = new ArrayList<>(List.of(method));
      comparison.row(method).values().forEach(i -> cells.add(i.toString()));
      int searches = comparison.results().get(method).size();
      boolean known = comparison.truth().isPresent();
      cells.add(known ? comparison.near(method) + " of " + searches : "unknown");
      cells.add(known ? to(comparison, method) : "unknown");
      cells.add(Figures.measure(comparison.hypervolume(method)));
      table.row(cells);
    }
    return comparison.problem()
        + ", budget "
        + comparison.budget()
        + "\n\n"
        + table
        + comparison
            .truth()
            .map(
                t ->
                    "\noptimum of "
                        + Figures.count(t.pairs())
                        + " designs: "
                        + t.genotype()
                        + " on "
                        + t.best().accelerator().name()
                        + ", value "
                        + Figures.measure(t.value())
                        + "\n")
            .orElse("\n");
  }

  /** The median, which exists where fewer than half of the searches never came so near. */
  private static String to(Comparison comparison, String method) {
    double median = comparison.medianTo(Comparison.NEAR, method, Trace.Epoch::evaluations);
    return Double.isFinite(median) ? Figures.count(Math.round(median)) : "not reached";
  }

  private static Map<String, Object> structure(Comparison comparison) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", comparison.problem().toString());
    top.put("budget", comparison.budget().toString());
    comparison.truth().ifPresent(t -> top.put("optimum_value", t.value()));
    Map<String, Object> methods = new LinkedHashMap<>();
    for (String method : comparison.results().keySet()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      for (Map.Entry<String, Interval> figure : comparison.row(method).entrySet()) {
        Map<String, Object> interval = new LinkedHashMap<>();
        interval.put("mean", figure.getValue().mean());
        interval.put("margin", figure.getValue().margin());
        figures.put(figure.getKey(), interval);
      }
      figures.put("within_one_percent", comparison.near(method));
      if (comparison.truth().isPresent()) {
        figures.put(
            "median_evaluations_to_one_percent",
            comparison.medianTo(Comparison.NEAR, method, Trace.Epoch::evaluations));
      }
      figures.put("keeps_limits", comparison.feasible(method));
      figures.put("hypervolume", comparison.hypervolume(method));
      figures.put("searches", searches(comparison, method));
      methods.put(method, figures);
    }
    top.put("methods", methods);
    return top;
  }

  private static List<Map<String, Object>> searches(Comparison comparison, String method) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (SearchResult result : comparison.results().get(method)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("method", method);
      row.put("seed", result.seed());
      row.put("network", result.genotype().toString());
      row.put("accelerator", result.accelerator().name());
      row.put("accuracy", result.accuracy());
      row.putAll(ExploreReport.metrics(result.metrics()));
      row.put("value", result.value());
      row.put("regret", comparison.regret(result));
      row.put("keeps_limits", result.feasible());
      row.put("evaluations", result.searchCost().evaluations());
      row.put("cost_model_calls", result.searchCost().costModelCalls());
      row.put("seconds", result.searchCost().seconds());
      boolean known = comparison.truth().isPresent();
      row.put(
          "evaluations_to_one_percent",
          known
              ? comparison.costTo(Comparison.NEAR, result, Trace.Epoch::evaluations)
              : Double.NaN);
      rows.add(row);
    }
    return rows;
  }

  private void write(String name, Object structure, List<Map<String, Object>> rows) {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(out + ": cannot be made: " + e, e));
    }
    WholeFile.write(out.resolve(name + ".json"), Json.of(structure) + "\n");
    WholeFile.write(out.resolve(name + ".csv"), CsvText.of(rows));
  }

  private void write(Comparison comparison) {
    List<Map<String, Object>> rows = new ArrayList<>();
    comparison.results().keySet().forEach(m -> rows.addAll(searches(comparison, m)));
    write("compare", structure(comparison), rows);
    try {
      SearchCharts.compare(comparison, out);
    } catch (LinkageError absent) {
      console
          .err()
          .println("warning: no charts, as lib/dance-notebook.jar or its libraries are absent");
    }
  }
}
