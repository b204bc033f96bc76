package dance.command;

import dance.check.Rules;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.Fidelity;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.JsonText;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance evaluator}: trains, shows and measures neural evaluators. */
@Command(
    name = "evaluator",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Train, show and measure evaluators: a hardware generation network and a cost estimation"
          + " network, trained on a table."
    })
final class EvaluatorCommand {
  private final Console console;

  EvaluatorCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Train an evaluator and measure it.",
        "Writes two files: a description as JSON, and beside it the weights."
      })
  void train(
      @Mixin TableOptions from,
      @Mixin ObjectiveOptions objectives,
      @Mixin FastOption speed,
      @Option(names = "--paper", description = "The paper's networks and losses.") boolean paper,
      @Option(
              names = "--no-feature-forwarding",
              description =
                  "Without feature forwarding: the input of the cost estimation "
                      + "network is the accelerator only.")
          boolean notForwarded,
      @Option(
              names = "--generator-steps",
              paramLabel = "N",
              description = "Maximum steps of the hardware generation network.")
          Integer generatorSteps,
      @Option(
              names = "--estimator-steps",
              paramLabel = "N",
              description = "Maximum steps of the cost estimation network.")
          Integer estimatorSteps,
      @Option(names = "--width", paramLabel = "N", description = "Width of a hidden layer.")
          Integer width,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Seed of weights and examples (default: ${DEFAULT-VALUE}).")
          long seed,
      @Option(
              names = "--out",
              paramLabel = "FILE.json",
              description =
                  "The evaluator (default: named after spaces and objective, in this folder).")
          Path out,
      @Option(names = "--json", description = "Print its fidelity as JSON.") boolean json) {
    Rules rules = new Rules();
    Objective goal = objectives.one(rules);
    EvaluatorOptions usual = paper ? EvaluatorOptions.paper() : EvaluatorOptions.defaults();
    EvaluatorOptions stepped =
        rules.tried(
            () ->
                usual.steps(
                    generatorSteps == null ? usual.generatorSteps() : generatorSteps,
                    estimatorSteps == null ? usual.estimatorSteps() : estimatorSteps));
    int values = width == null ? usual.width() : width;
    rules.tried(() -> usual.width(values));
    if (out != null) {
      rules.tried(() -> new FileChecks().output("--out", out).done());
    }
    CostTable table = rules.tried(from::read);
    rules.check();
    String name = NeuralEvaluator.fileName(table.networkSpace(), table.acceleratorSpace(), goal);
    Path file = out == null ? Path.of(name) : out;
    EvaluatorOptions options = stepped.width(values).featureForwarding(!notForwarded).seed(seed);
    ProgressBar progress = new ProgressBar(console.err(), System.console() != null);
    try (NeuralEvaluator made = NeuralEvaluator.train(table, goal, options, progress)) {
      made.save(file);
      FidelityReport report = FidelityReport.of(made.fidelity(), made.trainSeconds());
      console.print(json ? JsonText.of(report.object()) : file + ": " + made + "\n" + report);
    }
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = "Show spaces, objective, training and fidelity of an evaluator.")
  void info(@Mixin HeaderOptions shown) {
    shown.print(console, NeuralEvaluator::header);
  }

  @Command(
      name = "fidelity",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Measure the fidelity of an evaluator on held-out networks.",
        "Without options: as measured after training."
      })
  void fidelity(
      @Parameters(paramLabel = "FILE.json") Path file,
      @Option(
              names = "--table",
              paramLabel = "FILE",
              description = "Measure against this table (default: as measured after training).")
          Path tableFile,
      @Option(
              names = "--networks",
              paramLabel = "N",
              defaultValue = "" + Fidelity.NETWORKS,
              description = "Number of networks (default: ${DEFAULT-VALUE}).")
          int networks,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "" + Fidelity.SEED,
              description =
                  "Seed of the networks; only those of ${DEFAULT-VALUE} were held out from "
                      + "training (default: ${DEFAULT-VALUE}).")
          long seed,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    new FileChecks().input("FILE.json", file).check();
    Map<String, String> header = NeuralEvaluator.header(file);
    try (NeuralEvaluator evaluator =
        NeuralEvaluator.load(
            file, SpaceOptions.networks(header), SpaceOptions.designs(file, header))) {
      Fidelity fidelity = evaluator.fidelity();
      if (tableFile != null) {
        new FileChecks().input("--table", tableFile).check();
        CostTable table = SpaceOptions.read(tableFile);
        evaluator.checkTrainedBy(table);
        fidelity = Fidelity.measure(evaluator, table, networks, seed);
      }
      FidelityReport report = FidelityReport.of(fidelity, evaluator.trainSeconds());
      console.print(json ? JsonText.of(report.object()) : report.toString());
    }
  }
}
