package dance.command;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.ExplorationRows;
import dance.report.JsonText;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchListener;
import dance.search.SearchMethods;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.train.TrainableNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dance explore}: a network with its accelerator, in one backpropagation. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Search a network together with its accelerator.",
      "Prints the result, beside other searches and, where all networks are known, separate "
          + "choices and the exhaustive optimum; writes everything to a folder."
    })
final class ExploreCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final long GRACE_MS = 1000;
  private static final String CHECKPOINT = "search.checkpoint";

  private final Console console;

  @Mixin private SearchOptions search;

  @Mixin private ExportOption export;

  @Mixin private RunOptions run;

  @Option(
      names = "--evaluator",
      paramLabel = "exact|neural|neural-noff",
      defaultValue = "exact",
      converter = WordOption.OfEvaluator.class,
      description =
          "Evaluator: exact costs, or neural networks with or without feature forwarding "
              + "(default: ${DEFAULT-VALUE}).")
  private SearchMethods evaluator;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description =
          "Resume from the checkpoint in this folder, if there is one, and write further ones "
              + "there (created if missing).")
  private Path resume;

  @Option(
      names = "--beside",
      split = ",",
      paramLabel = "NAME",
      converter = WordOption.OfMethod.class,
      completionCandidates = WordOption.MethodNames.class,
      defaultValue = "accuracy",
      description =
          "Other searches to show beside it, of ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private List<SearchMethods> beside;

  @Option(
      names = "--quick",
      description =
          "Train the evaluator of a neural search for half a minute instead of minutes: enough "
              + "for spaces of the size of mini.")
  private boolean quick;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Write the network that is found as a model of ONNX, with random weights of the seed.")
  private Path onnx;

  ExploreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Rules rules =
        new Rules()
            .require(
                evaluator != SearchMethods.EXACT
                    || !search.namesEvaluators()
                    || beside.stream().anyMatch(SearchMethods::isNeural),
                "--evaluator-file is for --evaluator neural or neural-noff, not for exact")
            .require(
                !beside.contains(evaluator) && beside.stream().distinct().count() == beside.size(),
                "methods %s beside %s must differ from it and from each other",
                String.join(",", beside.stream().map(SearchMethods::word).toList()),
                evaluator.word());
    for (SearchMethods other : beside) {
      rules.require(
          !other.looksOneByOne() || !search.trains(SearchOptions.PART),
          "method %s trains every network that it evaluates: not beside a search on images",
          other.word());
    }
    ResultFolder out = run.folder("explore", rules);
    if (resume != null) {
      ResultFolder.check(rules, "--resume", resume);
    }
    Path checkpoints = resume != null ? resume : out.resolve("checkpoint");
    CoExplorerOptions options = rules.tried(() -> options(checkpoints));
    export.check(rules);
    if (onnx != null) {
      rules.tried(() -> new FileChecks().output("--onnx", onnx).done());
    }
    SearchProblem problem = search.problem(SearchOptions.PART, rules);
    problem.checkLimits();
    if (onnx != null) {
      TrainableNetwork.checkChain(problem.table().networkSpace());
    }
    Thread searching = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread stop = new Thread(() -> interrupt(searching, ended), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      SearchResult found = explore(problem, options);
      List<SearchResult> others = new ArrayList<>();
      for (SearchMethods other : beside) {
        others.add(other(other, problem, options.checkpoints(null)));
      }
      Optional<ExhaustiveOptimum> truth =
          search.known(problem).map(known -> ExhaustiveOptimum.of(known, search.threads()));
      ExplorationRows rows = new ExplorationRows(problem, found, others, truth);
      ExploreReport report = new ExploreReport(rows);
      // print first: the disk may be full
      console.print(run.json() ? JsonText.of(rows.object()) : report.toString());
      report.write(out, console.err());
      export.write(
          problem.table().networkSpace().network(found.genotype()), found.accelerator(), console);
      writeOnnx(problem, found);
      return 0;
    } catch (CancellationException interrupted) {
      console.err().println(interrupted.getMessage());
      console
          .err()
          .println(
              checkpoints == null
                  ? "nothing was kept. Maybe --out FOLDER, where checkpoints are kept."
                  : "resume with --resume " + checkpoints);
      return INTERRUPTED;
    } finally {
      ended.countDown();
      endWatch(stop);
    }
  }

  private void writeOnnx(SearchProblem problem, SearchResult found) {
    if (onnx != null) {
      TrainableNetwork.writeOnnx(
          problem.table().networkSpace(), found.genotype(), run.seed(), onnx);
    }
  }

  private CoExplorerOptions options(Path checkpoints) {
    CoExplorerOptions usual = CoExplorerOptions.usual(search.trains(SearchOptions.PART));
    return run.epochs(usual, usual.stepsPerEpoch()).checkpoints(checkpoints);
  }

  private SearchResult explore(SearchProblem problem, CoExplorerOptions options) {
    SearchListener watch = SearchListener.line("explore");
    if (evaluator == SearchMethods.EXACT) {
      begin(options.checkpoints(), CHECKPOINT);
      return CoExplorer.exact(options).search(problem, run.seed(), Budget.unlimited(), watch);
    }
    try (NeuralEvaluator neural = evaluator(problem, options.checkpoints())) {
      return CoExplorer.neural(neural, options)
          .search(problem, run.seed(), Budget.unlimited(), watch);
    }
  }

  /** Another search, without checkpoints. */
  private SearchResult other(
      SearchMethods method, SearchProblem problem, CoExplorerOptions options) {
    SearchListener watch = SearchListener.line(method.word());
    if (!method.isNeural()) {
      return method.with(options).search(problem, run.seed(), Budget.unlimited(), watch);
    }
    boolean forwarding = method == SearchMethods.NEURAL;
    try (NeuralEvaluator neural = search.neural(problem, forwarding, quick, null, console)) {
      return method
          .with(options, () -> neural)
          .search(problem, run.seed(), Budget.unlimited(), watch);
    }
  }

  private NeuralEvaluator evaluator(SearchProblem problem, Path checkpoints) {
    boolean forwarding = evaluator == SearchMethods.NEURAL;
    Optional<NeuralEvaluator> ready = search.ready(problem, forwarding, resume);
    begin(checkpoints, CHECKPOINT, SearchOptions.fileName(problem, forwarding));
    return ready.orElseGet(() -> search.trained(problem, forwarding, quick, checkpoints, console));
  }

  /**
   * Creates the folder of checkpoints, if there is one; earlier checkpoints are removed unless the
   * search resumes. To be called after all validation.
   */
  private void begin(Path checkpoints, String... kept) {
    if (checkpoints == null) {
      return;
    }
    AtomicFile.makeFolder(checkpoints);
    try {
      for (String file : resume == null ? kept : new String[0]) {
        Files.deleteIfExists(checkpoints.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ctrl-C: the search writes a checkpoint and ends. */
  private static void interrupt(Thread searching, CountDownLatch ended) {
    searching.interrupt();
    try {
      ended.await(GRACE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException late) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endWatch(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException ending) {
      // the program is already ending: the hook is running
    }
  }
}
