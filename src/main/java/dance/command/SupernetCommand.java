package dance.command;

import dance.check.Rules;
import dance.search.ValidatedNetworks;
import dance.search.train.SupernetFile;
import dance.search.train.SupernetTraining;
import dance.search.train.TrainedSupernet;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dance supernet}: trains the weights of a supernet once, and validates its networks. */
@Command(
    name = "supernet",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Train the weights of a supernet once for a space, and validate its networks with them.",
      "Searches of all methods then start from the same weights: supernet compare."
    })
final class SupernetCommand {
  private final Console console;

  SupernetCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Train the weights by uniform single-path sampling: each step trains a random network.",
        "An interrupted training resumes from FILE.part with the same command."
      })
  void train(
      @Mixin SupernetImages images,
      @Option(
              names = "--validation",
              paramLabel = "N",
              description =
                  "How many of the training images are held out to validate networks (default: a"
                      + " tenth).")
          Integer validation,
      @Option(
              names = "--epochs",
              paramLabel = "N",
              defaultValue = "100",
              description = "Epochs (default: ${DEFAULT-VALUE}).")
          int epochs,
      @Option(
              names = "--minutes",
              paramLabel = "X",
              description =
                  "Choose the number of epochs, up to --epochs, by the measured second one, so that"
                      + " the whole schedule ends within this time. The result then depends on the"
                      + " machine's speed.")
          Double minutes,
      @Option(
              names = "--batch",
              paramLabel = "N",
              defaultValue = "256",
              description = "Images in a batch (default: ${DEFAULT-VALUE}).")
          int batch,
      @Option(
              names = "--learning-rate",
              paramLabel = "X",
              defaultValue = "0.1",
              description = "Learning rate at the start (default: ${DEFAULT-VALUE}).")
          double rate,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Seed of weights, networks and batches (default: ${DEFAULT-VALUE}).")
          long seed,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "The supernet.")
          Path out) {
    Rules rules = new Rules();
    rules.tried(() -> new FileChecks().output("--out", out).done());
    rules.require(minutes == null || minutes > 0, "minutes (%s) must be positive", minutes);
    SupernetTraining training =
        rules.tried(
            () -> {
              SupernetTraining usual = SupernetTraining.of(images.networks(), images.data());
              return usual
                  .validationImages(validation == null ? usual.validationImages() : validation)
                  .options(
                      usual
                          .options()
                          .epochs(epochs)
                          .batch(batch, rate)
                          .seed(seed)
                          .device(images.device()))
                  .threads(images.threads())
                  .seconds(minutes == null ? Double.POSITIVE_INFINITY : 60 * minutes);
            });
    rules.check();
    SupernetFile trained =
        training.run(out, new ProgressBar(console.err(), System.console() != null));
    console.print(out + ": " + trained.summary());
    trained.lines().forEach((name, text) -> print(name, text));
  }

  private void print(String name, String text) {
    if (name.startsWith("after epoch")) {
      console.print(name + ": " + text);
    }
  }

  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Validate every network of the space on the images that were held out.",
        "Writes a CSV: how many of the first images and of all images each network classifies"
            + " correctly."
      })
  void validate(
      @Parameters(paramLabel = "FILE", description = "The supernet.") Path file,
      @Mixin SupernetImages images,
      @Option(names = "--out", required = true, paramLabel = "CSV", description = "The networks.")
          Path out) {
    new FileChecks().input("FILE", file).output("--out", out).check();
    NetworkSpace space = images.networks(SupernetFile.read(file).spaceName());
    try (TrainedSupernet net =
        new TrainedSupernet(file, space, images.data(), images.device(), images.threads())) {
      ValidatedNetworks validated =
          net.validate(new ProgressBar(console.err(), System.console() != null));
      validated.write(out);
      double[] all = validated.accuracies(validated.mostImages());
      console.print(
          String.format(
              Locale.ROOT,
              "%s: %d networks on %d images, accuracy %.2f to %.2f %%",
              out,
              all.length,
              validated.mostImages(),
              100 * Arrays.stream(all).min().orElseThrow(),
              100 * Arrays.stream(all).max().orElseThrow()));
    }
  }
}
