package dance.command;

import dance.check.MissingLibrary;
import dance.check.Rules;
import dance.evaluate.Shard;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.ComparisonRows;
import dance.report.CsvText;
import dance.report.JsonText;
import dance.report.LimitRows;
import dance.report.Rows;
import dance.search.Budget;
import dance.search.CachedMethod;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.ComparisonShard;
import dance.search.KnownMethod;
import dance.search.LimitTrials;
import dance.search.SearchMethod;
import dance.search.SearchMethods;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dance compare}: methods on the same problem with the same seeds and budget. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Compare search methods: mean and 95 %% interval over seeds, and regret where the "
          + "exhaustive optimum is known.",
      "An evaluation is one network trained from scratch; each different one counts once. A "
          + "gradient of the whole table of accuracies has full information: such methods are "
          + "listed apart, and their cost is time.",
      "Searches on images take minutes or hours: each is kept in --out FOLDER when finished, "
          + "and the same command resumes after an interruption.",
      "Searches are independent: with --shard they are done on several machines, and "
          + "`compare merge` gives the output of one."
    })
final class CompareCommand implements Runnable {
  private static final String CSV = "compare.csv";
  private static final String VERSION = "version";
  private static final String OPTIONS = "options";
  private static final Set<String> OF_A_RUN = Set.of("--shard", "--out", "--threads", "--json");
  private static final int FEW = 3;
  private static final int MANY = 20;
  private static final int THOUSAND = 1000;

  private final Console console;

  /** Rows of all searches so far. */
  private final List<Rows<SearchResult>> searched = new ArrayList<>();

  private ResultFolder out;

  @Mixin private SearchOptions search;

  @Mixin private RunOptions run;

  @Mixin
  private final ComparedOptions compared =
      new ComparedOptions(
          "the paper's rows accuracy,flops,neural-noff,neural,exact for images; otherwise"
              + " exact,accuracy,flops,alternating,straight-through,reinforce,nsga2,random,hill",
          "3 for images, otherwise 20",
          "1000 evaluations; for images all epochs");

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps per epoch (default: 5 for tables, 20 for images).")
  private Integer steps;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "Learning rate of a gradient search (default: 0.3 for tables, 0.02 for images).")
  private Double learningRate;

  @Option(
      names = "--random-limits",
      paramLabel = "N",
      description =
          "Instead of methods: test constraint handling on N random feasible limits on latency, "
              + "energy and area, DANCE with exact costs with and without hard constraints.")
  private Integer limits;

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      description =
          "Do only the K-th of N shares of the searches, kept in a file in --out FOLDER for"
              + " `compare merge`.")
  private String shard;

  @Spec private CommandSpec spec;

  /** Results of all searches, if they were done elsewhere; else null. */
  private Map<String, byte[]> known;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    boolean trains = search.trains(SearchOptions.MINI);
    Rules rules = new Rules();
    List<SearchMethods> methods =
        compared.namesMethods() ? compared.methods(rules) : SearchMethods.usual(trains);
    check(trains, methods, rules);
    Budget each =
        compared.namesBudget()
            ? compared.budget(rules)
            : trains ? Budget.unlimited() : Budget.evaluations(THOUSAND);
    long[] seeds =
        compared.namesSeeds()
            ? compared.seeds(run.seed(), rules)
            : LongStream.range(run.seed(), run.seed() + (trains ? FEW : MANY)).toArray();
    CoExplorerOptions options = rules.tried(() -> options(trains));
    Shard share = shard == null ? null : rules.tried(() -> Shard.parse(shard));
    rules
        .require(shard == null || limits == null, "--shard is for methods, not for --random-limits")
        .require(
            shard == null || run.names("compare"),
            "--shard %s needs --out FOLDER for its file",
            shard);
    List<SearchProblem> problems = search.problems(SearchOptions.MINI, rules);
    if (limits != null) {
      limits(problems.get(0), options, each);
      return;
    }
    problems.forEach(SearchProblem::checkLimits);
    out.make();
    if (trains && out.path().isEmpty()) {
      console.err().println("searches are not kept. Maybe --out FOLDER, to resume from.");
    }
    List<Comparison> compared = new ArrayList<>();
    List<ComparisonShard.Row> rows = new ArrayList<>();
    try (Evaluators trained = new Evaluators(new ArrayList<>())) {
      // all evaluators first: invalid input must not stop the command after hours of searching
      List<List<SearchMethod>> ways = new ArrayList<>();
      for (SearchProblem problem : problems) {
        List<SearchMethod> list = new ArrayList<>();
        for (SearchMethods method : methods) {
          SearchMethod way = method(method, problem, options, trained);
          list.add(known != null ? new KnownMethod(way, known) : trains ? kept(way, problem) : way);
          rows.add(new ComparisonShard.Row(problem, list.get(list.size() - 1)));
        }
        ways.add(list);
      }
      if (share != null) {
        Path file = out.resolve("compare" + share.suffix());
        ComparisonShard.run(lines(), rows, seeds, each, search.threads(), share).write(file);
        console.print(file + ": shard " + share + " of the comparison");
        return;
      }
      for (int i = 0; i < problems.size(); i++) {
        compared.add(Comparison.run(problems.get(i), ways.get(i), seeds, each, search.threads()));
      }
    }
    List<Map<String, Object>> all = compared.stream().map(ComparisonRows::object).toList();
    String structure = JsonText.of(all.size() == 1 ? all.get(0) : Map.of("comparisons", all));
    // print first: the disk may be full
    console.print(
        run.json()
            ? structure
            : String.join("\n", compared.stream().map(CompareReport::text).toList()));
    out.write("compare.json", structure + "\n");
    out.write(CSV, csv(compared.stream().map(ComparisonRows::searches).toList()));
    for (int i = 0; i < compared.size(); i++) {
      ResultFolder place = compared.size() == 1 ? out : out.within(folderOf(problems.get(i)));
      place.make();
      place.write("front.csv", CsvText.of(ComparisonRows.front(compared.get(i))));
      charts(compared.get(i), place);
    }
  }

  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Merge all shards of a comparison, as `compare --shard` wrote them.",
        "The output is that of a comparison on one machine."
      })
  void merge(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The shards, in any order.")
          List<Path> shards,
      @Option(
              names = "--out",
              paramLabel = "FOLDER",
              description = "Output folder (default: as for `compare`).")
          Path folder,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    FileChecks files = new FileChecks();
    shards.forEach(file -> files.input("FILE", file));
    files.check();
    ComparisonShard all = ComparisonShard.merge(shards);
    new Rules()
        .require(
            version().equals(all.lines().get(VERSION)),
            "%s is of %s, but this is %s",
            shards.get(0),
            all.lines().get(VERSION),
            version())
        .check();
    List<String> options = new ArrayList<>(List.of(all.lines().get(OPTIONS).split(" ")));
    options.replaceAll(option -> URLDecoder.decode(option, StandardCharsets.UTF_8));
    options.removeIf(String::isEmpty);
    if (folder != null) {
      options.add("--out=" + folder);
    }
    if (json) {
      options.add("--json");
    }
    CompareCommand command = new CompareCommand(console);
    command.known = all.results();
    new CommandLine(command).setExpandAtFiles(false).parseArgs(options.toArray(String[]::new));
    command.run();
  }

  /** What is compared: version and options, of which those of this run are left out. */
  private Map<String, String> lines() {
    List<String> options = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!OF_A_RUN.contains(option.longestName())) {
        String given = String.join(",", option.originalStringValues());
        String text = option.longestName() + (given.isEmpty() ? "" : "=" + given);
        options.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      }
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(VERSION, version());
    lines.put(OPTIONS, String.join(" ", options));
    return lines;
  }

  private static String version() {
    try {
      return new Main.Version().getVersion()[0];
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  /** Rules for the options that only this command has. */
  private void check(boolean trains, List<SearchMethods> methods, Rules rules) {
    if (limits != null) {
      rules
          .require(limits >= 1, "random limits (%d) must be at least 1", limits)
          .require(
              !compared.namesMethods(),
              "--random-limits has methods of its own: no --methods with it")
          .require(
              !compared.namesSeeds(),
              "--random-limits searches once for each limit: no --seeds with it")
          .require(
              search.objectives() == 1, "--random-limits is for one --objective, not for several")
          .require(
              !search.namesEvaluators(),
              "--random-limits searches with exact costs: no --evaluator-file with it");
    } else {
      rules.require(
          methods.stream().anyMatch(SearchMethods::isNeural) || !search.namesEvaluators(),
          "--evaluator-file is for --methods neural or neural-noff, not for %s",
          String.join(",", methods.stream().map(SearchMethods::word).toList()));
    }
    for (SearchMethods method : methods) {
      rules.require(
          !trains || compared.namesBudget() || !method.looksOneByOne(),
          "method %s trains every network that it evaluates, thousands without a limit. Maybe"
              + " --budget \"20 evaluations\".",
          method.word());
    }
    out = run.folder("compare", rules);
  }

  /** An objective's name as a folder name valid in every file system. */
  static String folderOf(SearchProblem problem) {
    return problem.objective().name().replaceAll("[^\\w.]+", "-");
  }

  /** A method whose results are cached and added to the table at once. */
  private SearchMethod kept(SearchMethod method, SearchProblem problem) {
    return out.path()
        .<SearchMethod>map(
            folder ->
                new CachedMethod(
                    method,
                    folder.resolve("searches"),
                    result -> {
                      searched.add(ComparisonRows.searches(problem, List.of(result)));
                      out.write(CSV, csv(searched));
                    }))
        .orElse(method);
  }

  private SearchMethod method(
      SearchMethods method, SearchProblem problem, CoExplorerOptions options, Evaluators trained) {
    return method.with(
        options,
        () -> {
          boolean forwarding = method == SearchMethods.NEURAL;
          Path folder = problem.task().trains() ? out.resolve("") : null;
          NeuralEvaluator neural = search.neural(problem, forwarding, folder, console);
          trained.all.add(neural);
          return neural;
        });
  }

  private CoExplorerOptions options(boolean trains) {
    CoExplorerOptions usual = CoExplorerOptions.usual(trains);
    return run.epochs(usual, steps == null ? usual.stepsPerEpoch() : steps)
        .learningRate(learningRate == null ? usual.learningRate() : learningRate);
  }

  /** Searches for several objectives under one heading. */
  private static String csv(List<Rows<SearchResult>> parts) {
    StringBuilder text = new StringBuilder();
    for (Rows<SearchResult> part : parts) {
      String lines = CsvText.of(part);
      text.append(text.isEmpty() ? lines : lines.substring(lines.indexOf('\n') + 1));
    }
    return text.toString();
  }

  private void limits(SearchProblem problem, CoExplorerOptions options, Budget each) {
    LimitTrials found =
        LimitTrials.run(
            problem, CoExplorer.exact(options), limits, run.seed(), each, search.threads());
    String structure = JsonText.of(LimitRows.object(found));
    console.print(run.json() ? structure : CompareReport.text(found));
    out.make();
    out.write("limits.json", structure + "\n");
    out.write("limits.csv", CsvText.of(LimitRows.of(found)));
  }

  private void charts(Comparison comparison, ResultFolder place) {
    try {
      place.path().ifPresent(folder -> SearchCharts.compare(comparison, folder));
    } catch (MissingLibrary absent) {
      console.err().println("warning: no charts: " + absent.getMessage());
    }
  }

  /** Evaluators closed together. */
  private record Evaluators(List<NeuralEvaluator> all) implements AutoCloseable {
    @Override
    public void close() {
      all.forEach(NeuralEvaluator::close);
    }
  }
}
