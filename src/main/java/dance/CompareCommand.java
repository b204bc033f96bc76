package dance;

import dance.check.WholeFile;
import dance.evaluate.NeuralEvaluator;
import dance.search.AccuracyOnly;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.Evolutionary;
import dance.search.FlopsPenalty;
import dance.search.HillClimbing;
import dance.search.KeptMethod;
import dance.search.LimitTrials;
import dance.search.RandomSearch;
import dance.search.Reinforce;
import dance.search.SearchMethod;
import dance.search.SearchProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
      "A gradient step with probabilities counts as one evaluation for each operation of a block.",
      "Searches on images take minutes or hours: each is kept in --out as soon as it is finished,"
          + " and after an interruption the same command goes on."
    })
final class CompareCommand implements Runnable {
  private static final String CSV = "compare.csv";
  private static final int FEW = 3;
  private static final int MANY = 20;
  private static final int THOUSAND = 1000;

  private final Console console;

  /** All searches so far. */
  private final List<Map<String, Object>> rows = new ArrayList<>();

  @Mixin private SearchOptions search;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      converter = Choice.OfMethod.class,
      description =
          "Of exact, neural, neural-noff, accuracy, flops, reinforce, nsga2, random, hill (default:"
              + " the paper's rows accuracy,flops,neural-noff,neural,exact for images; otherwise"
              + " exact,accuracy,flops,reinforce,nsga2,random,hill).")
  private List<Method> methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Searches of each (default: 3 for images, otherwise 20).")
  private Integer seeds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the first search; the others have those after it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of an epoch (default: what serves the task best).")
  private Integer steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of a gradient search (default: what serves the task best).")
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
      description =
          "Of each search: evaluations, steps or seconds (default: 1000 evaluations; for images all"
              + " epochs).")
  private String budget;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of an attempt (default: what serves the task best).")
  private Integer epochs;

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

  @Override
  public void run() {
    List<SearchProblem> problems = search.problems(SearchOptions.MINI);
    boolean trains = problems.get(0).task().trains();
    Budget each =
        budget != null
            ? Budget.parse(budget)
            : trains ? Budget.unlimited() : Budget.evaluations(THOUSAND);
    long[] numbers =
        LongStream.range(seed, seed + (seeds != null ? seeds : trains ? FEW : MANY)).toArray();
    folder();
    if (limits != null) {
      limits(problems.get(0), each);
      return;
    }
    List<NeuralEvaluator> trained = new ArrayList<>();
    List<CompareReport> reports = new ArrayList<>();
    try {
      for (SearchProblem problem : problems) {
        List<SearchMethod> list = new ArrayList<>();
        for (Method method : methods(trains)) {
          SearchMethod way = method(method, problem, trained);
          list.add(trains ? kept(way, problem) : way);
        }
        Comparison comparison = Comparison.run(problem, list, numbers, each, search.threads());
        reports.add(new CompareReport(comparison));
        charts(comparison, problems.size() == 1 ? out : out.resolve(folderOf(problem)));
      }
    } finally {
      trained.forEach(NeuralEvaluator::close);
    }
    List<Map<String, Object>> all = reports.stream().map(CompareReport::structure).toList();
    String structure = Json.of(all.size() == 1 ? all.get(0) : Map.of("comparisons", all));
    WholeFile.write(out.resolve("compare.json"), structure + "\n");
    rows.clear();
    reports.forEach(r -> rows.addAll(r.rows()));
    WholeFile.write(out.resolve(CSV), CsvText.of(rows));
    console.print(
        json ? structure : String.join("\n", reports.stream().map(CompareReport::text).toList()));
  }

  /** An objective's name as a folder that every file system takes. */
  private static String folderOf(SearchProblem problem) {
    return problem.objective().name().replaceAll("[^\\w.]+", "-");
  }

  private List<Method> methods(boolean trains) {
    if (methods != null) {
      return methods;
    }
    return trains
        ? List.of(Method.ACCURACY, Method.FLOPS, Method.NEURAL_NOFF, Method.NEURAL, Method.EXACT)
        : List.of(
            Method.EXACT,
            Method.ACCURACY,
            Method.FLOPS,
            Method.REINFORCE,
            Method.NSGA2,
            Method.RANDOM,
            Method.HILL);
  }

  /** A method whose searches are kept, and written to the table as soon as they are finished. */
  private SearchMethod kept(SearchMethod method, SearchProblem problem) {
    return new KeptMethod(
        method,
        out.resolve("searches"),
        result -> {
          rows.add(CompareReport.row(problem, result));
          WholeFile.write(out.resolve(CSV), CsvText.of(rows));
        });
  }

  private SearchMethod method(Method method, SearchProblem problem, List<NeuralEvaluator> trained) {
    boolean trains = problem.task().trains();
    CoExplorerOptions options = options(trains);
    return switch (method) {
      case EXACT -> CoExplorer.exact(options);
      case NEURAL, NEURAL_NOFF -> {
        boolean forwarding = method == Method.NEURAL;
        trained.add(search.neural(problem, forwarding, trains ? out : null, console));
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

  private CoExplorerOptions options(boolean trains) {
    CoExplorerOptions usual = trains ? CoExplorerOptions.training() : CoExplorerOptions.defaults();
    return usual
        .epochs(
            epochs == null ? usual.epochs() : epochs, steps == null ? usual.stepsPerEpoch() : steps)
        .learningRate(learningRate == null ? usual.learningRate() : learningRate);
  }

  private void limits(SearchProblem problem, Budget each) {
    CompareLimits found =
        new CompareLimits(
            LimitTrials.run(
                problem,
                CoExplorer.exact(options(problem.task().trains())),
                limits,
                seed,
                each,
                search.threads()));
    WholeFile.write(out.resolve("limits.json"), Json.of(found.structure()) + "\n");
    WholeFile.write(out.resolve("limits.csv"), CsvText.of(found.rows()));
    console.print(json ? Json.of(found.structure()) : found.toString());
  }

  private void folder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(out + ": cannot be made: " + e, e));
    }
  }

  private void charts(Comparison comparison, Path place) {
    try {
      Files.createDirectories(place);
      SearchCharts.compare(comparison, place);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(place + ": cannot be made: " + e, e));
    } catch (LinkageError absent) {
      console
          .err()
          .println("warning: no charts, as lib/dance-notebook.jar or its libraries are absent");
    }
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
}
