package dance.command;

import dance.search.train.TrainedNetworks;
import dance.search.train.TrainingBenchmark;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Seed of the trainings (default: ${DEFAULT-VALUE}).")
          long seed) {
    new FileChecks().output("--out", out).check();
    TrainingBenchmark benchmark = TrainingBenchmark.mini();
    int count = networks == null ? NetworkSpace.mini().count().intValueExact() : networks;
    TrainedNetworks all =
        benchmark.run(
            benchmark.some(count),
            seed,
            out,
            new ProgressBar(console.err(), System.console() != null));
    console.print(
        String.format(
            Locale.ROOT,
            "%s: %d trainings, accuracy %.4f to %.4f",
            out,
            all.rows().size(),
            all.rows().stream().mapToDouble(r -> r.accuracy()).min().orElseThrow(),
            all.rows().stream().mapToDouble(r -> r.accuracy()).max().orElseThrow()));
  }
}
