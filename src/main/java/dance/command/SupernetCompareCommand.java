package dance.command;

import dance.check.Rules;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.ComparisonRows;
import dance.report.CsvText;
import dance.report.JsonText;
import dance.search.Budget;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.ExhaustiveOptimum;
import dance.search.FromSupernet;
import dance.search.SearchMethod;
import dance.search.SearchMethods;
import dance.search.SearchProblem;
import dance.search.SupernetWeights;
import dance.search.TabularTask;
import dance.search.ValidatedNetworks;
import dance.search.train.SupernetFile;
import dance.search.train.TrainedSupernet;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance supernet compare}: every method from the same trained weights. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Compare search methods that see accuracies only through one trained supernet, at an equal"
          + " number of validation images.",
      "What they find is scored by accuracies of networks trained from scratch; the time in all is"
          + " that of the supernet's training, which all share, of the search and of an evaluator's"
          + " training. A gradient passes"
          + " each image through every operation of a block, and back; other methods validate"
          + " networks one by one, and their results are read from the CSV."
    })
final class SupernetCompareCommand implements Runnable {
  private static final String COMPARE = "compare";

  private final Console console;

  @Parameters(paramLabel = "FILE", description = "The supernet.")
  private Path file;

  @Option(
      names = "--validated",
      required = true,
      paramLabel = "CSV",
      description = "All its networks, as supernet validate writes them.")
  private Path validated;

  @Option(
      names = "--accuracies",
      paramLabel = "NAME",
      defaultValue = SearchOptions.MINI,
      description =
          "Accuracies of networks trained from scratch: nasbench-macro:FILE.json, tabular:FILE.csv"
              + " or mini; the mean over trainings (default: ${DEFAULT-VALUE}).")
  private String accuracies;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "A cost table (default: the bundled one).")
  private Path table;

  @Mixin private SupernetImages images;

  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--lambda",
      paramLabel = "X",
      defaultValue = "0.1",
      description = "Weight of the normalized cost (default: ${DEFAULT-VALUE}).")
  private double lambda;

  /** Images are counted once for each pass through a network. */
  @Mixin
  private final ComparedOptions compared =
      new ComparedOptions(
          "accuracy,flops,neural-noff,neural,exact,reinforce,nsga2,hill,random",
          "3",
          "20736 images");

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Validation images in a step of a gradient (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--each",
      split = ",",
      paramLabel = "N",
      description =
          "On how many images a method without gradients validates each network: of those that the"
              + " CSV has (default: the fewest).")
  private List<Integer> each;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Learning rate of a gradient search (default: 0.1).")
  private Double learningRate;

  @Mixin private OutputOptions output;

  SupernetCompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Rules rules = new Rules();
    List<SearchMethods> methods = compared.methods(rules);
    long[] seeds = compared.seeds(output.seed(), rules);
    Budget budget = compared.images(rules);
    rules.tried(() -> new FileChecks().input("FILE", file).input("--validated", validated).done());
    objectives.requireOne(rules);
    List<Objective> goals = objectives.all(rules);
    ResultFolder out = output.folder("supernet-compare", rules);
    for (SearchMethods method : methods) {
      rules.require(
          method.looksOneByOne() || gradient(method),
          "method %s does not search from a supernet",
          method.word());
      rules.require(
          method != SearchMethods.STRAIGHT_THROUGH,
          "method straight-through reads tables; from a supernet every gradient is of that kind");
    }
    rules.check();
    NetworkSpace space = images.networks(SupernetFile.read(file).spaceName());
    ValidatedNetworks networks = ValidatedNetworks.read(validated, space);
    TabularTask scratch = SearchOptions.accuracies(accuracies, space).means();
    SearchProblem problem = SearchProblem.of(scratch, costs(space), goals.get(0), lambda);
    problem.checkLimits();
    out.make();
    List<NeuralEvaluator> evaluators = new ArrayList<>();
    try (TrainedSupernet net =
        new TrainedSupernet(file, space, images.data(), images.device(), images.threads())) {
      checkSame(net, networks);
      SupernetWeights weights = net.weights(batch);
      List<SearchMethod> ways = new ArrayList<>();
      for (SearchMethods method : methods) {
        ways.addAll(
            method.looksOneByOne()
                ? validating(method, networks)
                : List.of(descending(method, problem, weights, budget, evaluators, out)));
      }
      print(Comparison.run(problem, ways, seeds, budget, 1), net, networks, scratch, out);
    } finally {
      evaluators.forEach(NeuralEvaluator::close);
    }
  }

  /** Whether a method descends a gradient of accuracy. */
  private static boolean gradient(SearchMethods method) {
    return switch (method) {
      case ACCURACY, FLOPS, MACS, NEURAL, NEURAL_NOFF, EXACT -> true;
      default -> false;
    };
  }

  private CostTable costs(NetworkSpace space) {
    if (table == null) {
      return CostTable.bundled(space, AcceleratorSpace.dance());
    }
    new FileChecks().input("--table", table).check();
    return SpaceOptions.read(table);
  }

  private void checkSame(TrainedSupernet net, ValidatedNetworks networks) {
    String of = networks.provenance().getOrDefault("supernet", "");
    new Rules()
        .require(
            of.endsWith("sha256 " + net.file().sha256()),
            "%s was validated with another supernet than %s: %s",
            validated,
            file,
            of)
        .check();
  }

  /** A method that validates networks one by one: on each number of images. */
  private List<SearchMethod> validating(SearchMethods method, ValidatedNetworks networks) {
    List<Integer> counts = each == null ? networks.images().subList(0, 1) : each;
    SearchMethod search = method.with(CoExplorerOptions.supernet());
    return counts.stream()
        .<SearchMethod>map(count -> FromSupernet.blackBox(search, networks, count))
        .toList();
  }

  /** A method with a gradient, in as many epochs as the budget has images for. */
  private SearchMethod descending(
      SearchMethods method,
      SearchProblem problem,
      SupernetWeights weights,
      Budget budget,
      List<NeuralEvaluator> evaluators,
      ResultFolder out) {
    CoExplorerOptions usual = CoExplorerOptions.supernet();
    long steps = (long) budget.amount() / weights.imagesPerStep();
    CoExplorerOptions options =
        usual
            .epochs((int) Math.max(1, steps / usual.stepsPerEpoch()))
            .learningRate(learningRate == null ? usual.learningRate() : learningRate);
    SearchMethod way =
        method.with(
            options,
            () -> {
              NeuralEvaluator trained =
                  new SearchOptions()
                      .neural(problem, method == SearchMethods.NEURAL, out.resolve(""), console);
              evaluators.add(trained);
              return trained;
            });
    return FromSupernet.gradient(way, weights);
  }

  private void print(
      Comparison compared,
      TrainedSupernet net,
      ValidatedNetworks networks,
      TabularTask scratch,
      ResultFolder out) {
    List<ValidatedNetworks.Ranks> ranks = networks.ranks(scratch);
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("supernet", net.file().summary());
    top.put(
        "ranks",
        ranks.stream()
            .map(
                r -> Map.of("images", r.images(), "spearman", r.spearman(), "kendall", r.kendall()))
            .toList());
    top.put("supernet_seconds", net.file().seconds());
    top.putAll(ComparisonRows.object(compared, net.file().seconds()));
    String structure = JsonText.of(top);
    StringBuilder text =
        new StringBuilder(
            "supernet: " + net.file().summary() + ", trained once for all searches\n");
    for (ValidatedNetworks.Ranks rank : ranks) {
      text.append(
          "its ranks on %s images against trainings from scratch: Spearman %.3f, Kendall %.3f%n"
              .formatted(SignificantDigits.count(rank.images()), rank.spearman(), rank.kendall()));
    }
    text.append(
        "\n"
            + CompareReport.text(compared, net.file().seconds())
            + byTheSupernet(compared, networks));
    console.print(output.json() ? structure : text.toString());
    out.write(COMPARE + ".json", structure + "\n");
    out.write(
        COMPARE + ".csv", CsvText.of(ComparisonRows.searches(compared, net.file().seconds())));
  }

  /** What limits all methods: the optimum that the supernet's accuracies have. */
  private static String byTheSupernet(Comparison compared, ValidatedNetworks networks) {
    SearchProblem problem = compared.problem();
    SearchProblem seen =
        new SearchProblem(
            networks.task(networks.mostImages()),
            problem.table(),
            problem.objective(),
            problem.lambda(),
            problem.reference());
    ExhaustiveOptimum best = ExhaustiveOptimum.of(seen);
    double accuracy = problem.task().accuracy(best.genotype(), 1);
    double value = problem.value(accuracy, problem.objective().cost(best.best().metrics()));
    return "optimum by the supernet, all networks validated: %s on %s, accuracy %s %%, value %s, regret %s %%%n"
        .formatted(
            best.genotype(),
            best.best().accelerator().name(),
            SignificantDigits.measure(100 * accuracy),
            SignificantDigits.measure(value),
            SignificantDigits.measure(100 * compared.truth().orElseThrow().regret(value, true)));
  }
}
