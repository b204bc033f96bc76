package dance.command;

import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.RecordAccuracies;
import dance.search.AccuracyColumns;
import dance.search.SearchProblem;
import dance.search.TabularTask;
import dance.search.Task;
import dance.search.train.ImageData;
import dance.search.train.ImageTask;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the problem of a search, shared by {@code explore} and {@code compare}. */
final class SearchOptions {
  private static final String TABULAR = "tabular:";
  private static final String MACRO = "nasbench-macro:";
  private static final String NAS_BENCH = "nasbench201:";
  private static final String DOWNLOAD = ":download";

  /** Seed of the subset of images, as for the bundled one. */
  private static final long PART_SEED = 1;

  /** Of an evaluator that is trained in half a minute; our choice, for spaces such as mini. */
  private static final int QUICK_WIDTH = 64;

  private static final int QUICK_STEPS = 1000;

  /** The bundled benchmark. */
  static final String MINI = "mini";

  /** The bundled images. */
  static final String PART = "fashion-mnist-part";

  private static final List<String> IMAGES = List.of("fashion-mnist:", "cifar10:");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "mini (the bundled benchmark); nasbench201:FILE.csv or nasbench-macro:FILE.json, the"
              + " accuracies of these benchmarks; tabular:FILE.csv with accuracies of the networks"
              + " of --space; images to train on:"
              + " fashion-mnist-part (bundled), fashion-mnist:FOLDER or"
              + " cifar10:FOLDER, or with :download instead of a folder (default:"
              + " fashion-mnist-part to explore, mini to compare).")
  private String task;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      description =
          "The network space, or a YAML file of one (default: that of the accuracies, or mini; mini-cifar for cifar10).")
  private String space;

  @Option(
      names = "--accelerators",
      paramLabel = "FILE",
      description = "The accelerator space of --table, where it is one of a YAML file.")
  private String accelerators;

  @Option(
      names = "--columns",
      paramLabel = "COLUMNS",
      description =
          "The columns of tabular:FILE, CSV or JSON with any headings: "
              + AccuracyColumns.FORM
              + ". Networks without a row are predicted, with the held-out error beside the result.")
  private String columns;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "A cost table, with its own accelerators (default: the bundled one).")
  private Path table;

  @Option(
      names = "--technology",
      paramLabel = "chip|published",
      converter = WordOption.OfTechnology.class,
      description = "Whose costs the table must have (default: any; the bundled ones: the chip's).")
  private String technology;

  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--lambda",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "Weight of the normalized cost: the accuracy traded for one reference cost (default: "
              + "${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--images",
      split = ",",
      arity = "1",
      paramLabel = "N",
      description =
          "Number of training and test images, such as 5000,2000, in balanced classes (default: "
              + "all).")
  private int[] images;

  @Option(
      names = "--evaluator-file",
      paramLabel = "FILE.json",
      description =
          "A trained evaluator; may be repeated: one with feature forwarding for neural, one"
              + " without for neural-noff (default: the bundled one; if there is none, it is "
              + "trained first).")
  private List<Path> evaluatorFiles = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Number of threads (default: one per processor).")
  private Integer threads;

  /**
   * The problem.
   *
   * @param usual the default task
   * @param rules other problems of the command; reported together with those found here
   */
  SearchProblem problem(String usual, Rules rules) {
    objectives.requireOne(rules);
    return problems(usual, rules).get(0);
  }

  /** A problem per objective. */
  List<SearchProblem> problems(String usual, Rules rules) {
    task = task == null ? usual : task;
    rules
        .require(threads == null || threads >= 1, "threads (%d) must be at least 1", threads)
        .require(
            lambda >= 0 && Double.isFinite(lambda),
            "lambda (%s) must be finite and not negative",
            lambda)
        .require(
            images == null || trains(usual), "--images is for tasks of images, not for %s", task)
        .require(
            columns == null || task.startsWith(TABULAR),
            "--columns is for tabular:FILE, not for %s",
            task)
        .require(
            space == null || !task.equals(MINI),
            "--space is not for task mini, which has networks of its own");
    rules.require(
        accelerators == null || table != null, "--accelerators is for the spaces of --table");
    rules.tried(this::files);
    List<Objective> goals = objectives.all(rules);
    // downloads nothing for a command with invalid options
    boolean refused = !rules.violations().isEmpty() && task.endsWith(DOWNLOAD);
    Task networks = refused ? null : rules.tried(this::task);
    CostTable costs = networks == null ? null : rules.tried(() -> table(networks.space()));
    rules.check();
    return goals.stream().map(goal -> SearchProblem.of(networks, costs, goal, lambda)).toList();
  }

  private FileChecks files() {
    FileChecks files = new FileChecks();
    if (table != null) {
      files.input("--table", table);
    }
    evaluatorFiles.forEach(file -> files.input("--evaluator-file", file));
    return files.done();
  }

  /** Whether the task has images to train on. */
  boolean trains(String usual) {
    String named = task == null ? usual : task;
    return named.equals(PART) || IMAGES.stream().anyMatch(named::startsWith);
  }

  /** How many objectives are named. */
  int objectives() {
    return objectives.count();
  }

  /** Whether evaluators are named. */
  boolean namesEvaluators() {
    return !evaluatorFiles.isEmpty();
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private Task task() {
    if (task.equals(MINI)) {
      return TabularTask.mini();
    }
    if (task.startsWith(NAS_BENCH)) {
      return TabularTask.nasBench201(file(NAS_BENCH), TabularTask.CIFAR10);
    }
    if (task.startsWith(MACRO)) {
      return TabularTask.nasBenchMacro(file(MACRO));
    }
    if (task.startsWith(TABULAR)) {
      Path file = file(TABULAR);
      if (columns != null) {
        return RecordAccuracies.read(
            file,
            SpaceOptions.networks(space == null ? MINI : space),
            AccuracyColumns.parse(columns));
      }
      return TabularTask.readAny(file, SpaceOptions.networks(space == null ? MINI : space));
    }
    if (task.equals(PART) && space == null && images == null) {
      return ImageTask.mini();
    }
    if (task.equals(PART) || IMAGES.stream().anyMatch(task::startsWith)) {
      String networks = space != null ? space : task.startsWith("cifar") ? "mini-cifar" : MINI;
      return ImageTask.of(SpaceOptions.networks(networks), part(ImageData.from(task), images));
    }
    if (Files.isRegularFile(Path.of(task))) {
      throw new IllegalArgumentException(
          "task " + task + " is a file: accuracies are read from CSV as " + TABULAR + task);
    }
    List<String> known = new ArrayList<>(List.of(MINI, NAS_BENCH, MACRO, TABULAR, PART));
    known.addAll(IMAGES);
    String maybe =
        Nearest.to(task, known).map(n -> " Maybe " + n + ending(n) + " was meant.").orElse("");
    throw new IllegalArgumentException(
        "task "
            + task
            + " is not one of "
            + String.join(
                ", ", MINI, NAS_BENCH + "FILE.csv", MACRO + "FILE.json", TABULAR + "FILE.csv", PART)
            + ", fashion-mnist:FOLDER, fashion-mnist:download, cifar10:FOLDER, cifar10:download."
            + maybe);
  }

  /** Accuracies of networks of a space, by a name such as {@code nasbench-macro:FILE}. */
  static TabularTask accuracies(String name, NetworkSpace space) {
    SearchOptions named = new SearchOptions();
    named.task = name;
    named.space = name.startsWith(TABULAR) ? space.name() : null;
    if (named.task() instanceof TabularTask tabular) {
      return tabular;
    }
    throw new IllegalArgumentException(
        "accuracies %s must be those of a table, not images to train on".formatted(name));
  }

  private static String ending(String prefix) {
    return switch (prefix) {
      case TABULAR, NAS_BENCH -> "FILE.csv";
      case MACRO -> "FILE.json";
      default -> "";
    };
  }

  /** The file that a task names. */
  private Path file(String prefix) {
    Path file = Path.of(task.substring(prefix.length()));
    new FileChecks().input("--task", file).check();
    return file;
  }

  /** A subset of the images, if asked for. */
  static ImageData part(ImageData all, int... images) {
    if (images == null) {
      return all;
    }
    new Rules()
        .require(
            images.length == 2,
            "images must be two numbers such as 5000,2000: training and test images")
        .check();
    return all.part(PART_SEED, images[0], images[1]);
  }

  /** The problem with the accuracies of a table, if all networks of the task are in one. */
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
      AcceleratorSpace dance = AcceleratorSpace.dance();
      return CostTable.bundled(
          networks, "published".equals(technology) ? dance.published() : dance);
    }
    // a missing file is already reported
    if (!Files.isRegularFile(table)) {
      return null;
    }
    CostTable read =
        SpaceOptions.custom(space) || SpaceOptions.custom(accelerators)
            ? CostTable.read(
                table,
                networks,
                SpaceOptions.designs(accelerators == null ? "dance" : accelerators))
            : SpaceOptions.read(table);
    if (accelerators != null) {
      SpaceOptions.checkName("table " + table, read.acceleratorSpace(), accelerators);
    }
    SpaceOptions.checkTechnology("table " + table, read.acceleratorSpace(), technology);
    return read;
  }

  /**
   * A trained evaluator for a problem; the caller closes it.
   *
   * @param folder where one that must be trained is kept, and found again; null for none
   */
  NeuralEvaluator neural(
      SearchProblem problem, boolean featureForwarding, Path folder, Console console) {
    return neural(problem, featureForwarding, false, folder, console);
  }

  /**
   * As {@link #neural(SearchProblem, boolean, Path, Console)}.
   *
   * @param quick whether one that must be trained is a small one
   */
  NeuralEvaluator neural(
      SearchProblem problem,
      boolean featureForwarding,
      boolean quick,
      Path folder,
      Console console) {
    return ready(problem, featureForwarding, folder)
        .orElseGet(() -> trained(problem, featureForwarding, quick, folder, console));
  }

  /**
   * The evaluator that is given, cached or bundled; empty if one must be trained.
   *
   * @param folder of cached ones; null for none
   * @throws IllegalArgumentException if it is damaged, of another kind or was trained on other
   *     costs
   */
  Optional<NeuralEvaluator> ready(SearchProblem problem, boolean featureForwarding, Path folder) {
    Objective goal = problem.unlimited().objective();
    CostTable costs = problem.table();
    if (namesEvaluators()) {
      return Optional.of(given(costs, goal, featureForwarding));
    }
    if (folder != null && Files.exists(kept(problem, featureForwarding, folder))) {
      return Optional.of(
          NeuralEvaluator.load(kept(problem, featureForwarding, folder), costs, goal));
    }
    NetworkSpace networks = costs.networkSpace();
    if (!featureForwarding
        || !NeuralEvaluator.isBundled(networks, costs.acceleratorSpace(), goal)) {
      return Optional.empty();
    }
    NeuralEvaluator bundled = NeuralEvaluator.bundled(networks, costs.acceleratorSpace(), goal);
    try {
      bundled.checkTrainedBy(costs);
      return Optional.of(bundled);
    } catch (IllegalArgumentException foreign) {
      bundled.close();
      throw foreign;
    }
  }

  /** Trains an evaluator and keeps it in a folder, if one is given. */
  NeuralEvaluator trained(
      SearchProblem problem,
      boolean featureForwarding,
      boolean quick,
      Path folder,
      Console console) {
    console
        .err()
        .println("training an evaluator, which takes " + (quick ? "half a minute" : "minutes"));
    EvaluatorOptions usual = EvaluatorOptions.defaults();
    EvaluatorOptions options =
        (quick ? usual.width(QUICK_WIDTH).steps(QUICK_STEPS, QUICK_STEPS) : usual)
            .featureForwarding(featureForwarding);
    ProgressBar progress = new ProgressBar(console.err(), System.console() != null);
    NeuralEvaluator trained =
        NeuralEvaluator.train(problem.table(), problem.unlimited().objective(), options, progress);
    try {
      if (folder != null) {
        trained.save(kept(problem, featureForwarding, folder));
      }
      return trained;
    } catch (RuntimeException failure) {
      trained.close();
      throw failure;
    }
  }

  /** The file of the trained evaluator of a problem. */
  private static Path kept(SearchProblem problem, boolean featureForwarding, Path folder) {
    return folder.resolve(fileName(problem, featureForwarding));
  }

  /** The name of that file. */
  static String fileName(SearchProblem problem, boolean featureForwarding) {
    CostTable costs = problem.table();
    String name =
        NeuralEvaluator.fileName(
            costs.networkSpace(), costs.acceleratorSpace(), problem.unlimited().objective());
    return (featureForwarding ? "" : "noff-") + name;
  }

  /** The evaluator given for this kind. */
  private NeuralEvaluator given(CostTable costs, Objective goal, boolean featureForwarding) {
    for (Path file : evaluatorFiles) {
      NeuralEvaluator evaluator = NeuralEvaluator.load(file, costs, goal);
      if (evaluator.options().featureForwarding() == featureForwarding) {
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
