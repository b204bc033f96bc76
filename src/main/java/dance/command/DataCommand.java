package dance.command;

import dance.search.train.FashionMnist;
import dance.search.train.ImageData;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dance data}: makes the bundled data. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Make the bundled images from the original data sets.")
final class DataCommand {
  private final Console console;

  DataCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "fashion-mnist",
      mixinStandardHelpOptions = true,
      versionProvider = Main.Version.class,
      description = {
        "Select a balanced subset of Fashion-MNIST.",
        "Writes four compressed IDX files, in the format of the whole data set."
      })
  void fashionMnist(
      @Option(
              names = "--from",
              required = true,
              paramLabel = "DIR",
              description =
                  "The whole data set: four IDX files, as Debian's dataset-fashion-mnist installs"
                      + " them in /usr/share/datasets/fashion-mnist.")
          Path from,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "Output folder (created if missing).")
          Path out,
      @Option(
              names = "--train",
              paramLabel = "N",
              defaultValue = "9000",
              description = "Number of training images (default: ${DEFAULT-VALUE}).")
          int train,
      @Option(
              names = "--test",
              paramLabel = "N",
              defaultValue = "3000",
              description = "Number of test images (default: ${DEFAULT-VALUE}).")
          int test,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Seed of the choice (default: ${DEFAULT-VALUE}).")
          long seed) {
    ImageData part = FashionMnist.read(from).part(seed, train, test);
    FashionMnist.write(part, out);
    console.print(out + ": " + part.train() + " to learn from, " + part.test() + " to test");
  }
}
