package dance;

import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.Constraint;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.EvaluatorOptions;
import dance.evaluate.NeuralEvaluator;
import dance.search.ImageData;
import dance.search.ImageTask;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import dance.search.Task;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a search is for, as {@code explore} and {@code compare} are told it. */
final class SearchOptions {
  private static final String TABULAR = "tabular:";

  /** Of the choice of images, as that of those that come with the program. */
  private static final long PART_SEED = 1;

  /** The benchmark that comes with the program. */
  static final String MINI = "mini";

  /** The images that come with the program. */
  static final String PART = "fashion-mnist-part";

  private static final List<String> IMAGES = List.of("fashion-mnist:", "cifar10:");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "mini (the benchmark that comes with the program); tabular:FILE.csv with accuracies of"
              + " NAS-Bench-201 or of the networks of --space; images to train on:"
              + " fashion-mnist-part (that come with the program), fashion-mnist:FOLDER or"
              + " cifar10:FOLDER (default: fashion-mnist-part to explore, mini to compare).")
  private String task;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description =
          "The networks (default: as tabular:FILE.csv says, or mini; mini-cifar for cifar10).")
  private String space;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description =
          "A cost table, with its own accelerators (default: the one that comes with the program).")
  private Path table;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      defaultValue = "edap",
      description =
          "edap, edp, latency, energy, area, or weights of ms, mJ, mm² as linear:1,2,0.5 (default:"
              + " ${DEFAULT-VALUE}); compare takes several.")
  private List<String> objectives;

  @Option(
      names = "--at-most",
      paramLabel = "METRIC=LIMIT",
      description = "A limit to keep, such as latency=1.5; may be repeated.")
  private List<String> limits = new ArrayList<>();

  @Option(
      names = "--lambda",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "Accuracy, as a part of one, that the cost of an ordinary network is worth (default:"
              + " ${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--images",
      split = ",",
      arity = "1",
      paramLabel = "N",
      description =
          "Only so many images to learn from and to be judged by, such as 5000,2000; every class"
              + " has its share (default: all).")
  private int[] images;

  @Option(
      names = "--evaluator-file",
      paramLabel = "FILE.json",
      description =
          "A trained evaluator; may be repeated: one with, one without feature forwarding (default:"
              + " the one that comes with the program; if none does, it is trained first).")
  private List<Path> evaluatorFiles = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work at once (default: one for each processor).")
  private Integer threads;

  /**
   * The problem; answers all that is wrong with it.
   *
   * @param usual the task if none is named
   */
  SearchProblem problem(String usual) {
    List<SearchProblem> problems = problems(usual);
    new Rules().require(problems.size() == 1, "objective must be one, not %s", objectives).check();
    return problems.get(0);
  }

  /** A problem for each objective. */
  List<SearchProblem> problems(String usual) {
    task = task == null ? usual : task;
    Task networks = task();
    CostTable costs = table(networks.space());
    List<SearchProblem> problems = new ArrayList<>();
    for (String objective : objectives) {
      Objective goal = Objective.byName(objective);
      for (String limit : limits) {
        Constraint constraint = Constraint.parse(limit);
        goal = goal.atMost(constraint.metric(), constraint.limit());
      }
      problems.add(SearchProblem.of(networks, costs, goal, lambda));
    }
    return problems;
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private Task task() {
    if (task.equals(MINI)) {
      return TabularTask.mini();
    }
    if (task.startsWith(TABULAR)) {
      Path file = Path.of(task.substring(TABULAR.length()));
      new GivenFiles().input("--task", file).check();
      return TabularTask.readAny(file, NetworkSpace.byName(space == null ? MINI : space));
    }
    if (task.equals(PART) && space == null && images == null) {
      return ImageTask.mini();
    }
    if (task.equals(PART) || IMAGES.stream().anyMatch(task::startsWith)) {
      String networks = space != null ? space : task.startsWith("cifar") ? "mini-cifar" : MINI;
      return ImageTask.of(NetworkSpace.byName(networks), part(ImageData.from(task)));
    }
    List<String> known = new ArrayList<>(List.of(MINI, TABULAR, PART));
    known.addAll(IMAGES);
    String maybe =
        Nearest.to(task, known)
            .map(n -> " Maybe " + n + (n.equals(TABULAR) ? "FILE.csv" : "") + " was meant.")
            .orElse("");
    throw new IllegalArgumentException(
        "task "
            + task
            + " is not one of "
            + String.join(", ", MINI, TABULAR + "FILE.csv", PART)
            + ", fashion-mnist:FOLDER, cifar10:FOLDER."
            + maybe);
  }

  /** Of the images as many as are wanted. */
  private ImageData part(ImageData all) {
    if (images == null) {
      return all;
    }
    new Rules()
        .require(
            images.length == 2,
            "images must be two numbers such as 5000,2000: to learn from and to be judged by")
        .check();
    return all.part(PART_SEED, images[0], images[1]);
  }

  /** Where all networks of a problem are known, the problem in their accuracies. */
  Optional<SearchProblem> known(SearchProblem problem) {
    if (problem.task() instanceof TabularTask) {
      return Optional.of(problem);
    }
    // the networks of the benchmark were trained like those of this task
    return task.equals(PART) && space == null && images == null
        ? Optional.of(
            SearchProblem.of(TabularTask.mini(), problem.table(), problem.objective(), lambda))
        : Optional.empty();
  }

  private CostTable table(NetworkSpace networks) {
    if (table == null) {
      return CostTable.shipped(networks, AcceleratorSpace.dance());
    }
    new GivenFiles().input("--table", table).check();
    return SpaceOptions.read(table);
  }

  /**
   * A trained evaluator for a problem; the caller closes it.
   *
   * @param folder where one that must be trained is kept, and found again; null for nowhere
   */
  NeuralEvaluator neural(
      SearchProblem problem, boolean featureForwarding, Path folder, Console console) {
    Objective goal = problem.unlimited().objective();
    if (!evaluatorFiles.isEmpty()) {
      return given(problem.table(), goal, featureForwarding);
    }
    CostTable costs = problem.table();
    Path kept =
        folder == null
            ? null
            : folder.resolve(
                (featureForwarding ? "" : "noff-")
                    + NeuralEvaluator.fileName(
                        costs.networkSpace(), costs.acceleratorSpace(), goal));
    if (kept != null && Files.exists(kept)) {
      return NeuralEvaluator.load(kept, costs, goal);
    }
    if (featureForwarding) {
      try {
        return NeuralEvaluator.shipped(costs.networkSpace(), costs.acceleratorSpace(), goal);
      } catch (IllegalArgumentException none) {
        console.err().println("training an evaluator, which takes minutes");
      }
    }
    EvaluatorOptions options = EvaluatorOptions.defaults().featureForwarding(featureForwarding);
    ProgressBar progress = new ProgressBar(console.err(), System.console() != null);
    NeuralEvaluator trained = NeuralEvaluator.train(costs, goal, options, progress);
    if (kept != null) {
      trained.save(kept);
    }
    return trained;
  }

  /** The evaluator of the kind that is asked for; a single one is taken as it is. */
  private NeuralEvaluator given(CostTable costs, Objective goal, boolean featureForwarding) {
    GivenFiles files = new GivenFiles();
    evaluatorFiles.forEach(file -> files.input("--evaluator-file", file));
    files.check();
    for (Path file : evaluatorFiles) {
      NeuralEvaluator evaluator = NeuralEvaluator.load(file, costs, goal);
      if (evaluatorFiles.size() == 1
          || evaluator.options().featureForwarding() == featureForwarding) {
        return evaluator;
      }
      evaluator.close();
    }
    throw new IllegalArgumentException(
        "no evaluator of "
            + evaluatorFiles
            + " is "
            + (featureForwarding ? "with" : "without")
            + " feature forwarding (--evaluator-file)");
  }
}
