package dance.command;

import dance.check.Rules;
import dance.evaluate.Shard;
import dance.search.train.TrainedNetworks;
import dance.search.train.TrainingBenchmark;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance benchmark}: trains networks to obtain reference accuracies. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Train every network of a space to obtain reference accuracies.")
final class BenchmarkCommand {
  private final Console console;

  BenchmarkCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "mini",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Train the networks of the space mini on the bundled Fashion-MNIST.",
        "Finished trainings are kept in FILE.part, from which the same command resumes after an "
            + "interruption. An existing file is extended."
      })
  void mini(
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "The accuracies, as CSV.")
          Path out,
      @Option(
              names = "--networks",
              paramLabel = "N",
              description = "Number of networks, always the same ones (default: all).")
          Integer networks,
      @Mixin Trainings trainings,
      @Option(
              names = "--shard",
              paramLabel = "K/N",
              description =
                  "Train only the K-th of N shards, for `benchmark merge`: one each in N processes"
                      + " or on N machines.")
          String shard) {
    Rules rules = new Rules();
    Shard share = shard == null ? Shard.WHOLE : rules.tried(() -> Shard.parse(shard));
    rules.tried(() -> new FileChecks().output("--out", out).done());
    rules.check();
    TrainingBenchmark benchmark = TrainingBenchmark.mini();
    int count = networks == null ? NetworkSpace.mini().count().intValueExact() : networks;
    print(
        out,
        benchmark.run(
            benchmark.jobs(benchmark.some(count), trainings.count, share),
            out,
            new ProgressBar(console.err(), System.console() != null)));
  }

  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Merge all shards of `benchmark mini --shard`.",
        "Of a shard that was stopped, its FILE.part is read. The result has the very bytes of one"
            + " run."
      })
  void merge(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "The shards, in any order.")
          List<Path> shards,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "The accuracies, as CSV.")
          Path out,
      @Mixin Trainings trainings) {
    new FileChecks().output("--out", out).check();
    print(out, TrainingBenchmark.mini().merge(shards, trainings.count, out));
  }

  /** The option of both. */
  static final class Trainings {
    @Option(
        names = "--trainings",
        paramLabel = "N",
        defaultValue = "" + TrainingBenchmark.TRAININGS,
        description = "Number of trainings of each network (default: ${DEFAULT-VALUE}).")
    private int count;
  }

  private void print(Path file, TrainedNetworks all) {
    DoubleSummaryStatistics accuracy =
        all.rows().stream().mapToDouble(TrainedNetworks.Row::accuracy).summaryStatistics();
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %d trainings, accuracy %.4f to %.4f",
            file,
            accuracy.getCount(),
            accuracy.getMin(),
            accuracy.getMax()));
    if (!Double.isNaN(all.trainingDeviation())) {
      console.print(
          String.format(
              Locale.ROOT,
              "standard deviation between networks %.2f points, between trainings of one %.2f points",
              100 * all.networkDeviation(),
              100 * all.trainingDeviation()));
    }
  }
}
