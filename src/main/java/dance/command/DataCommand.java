package dance.command;

import dance.search.train.FashionMnist;
import dance.search.train.ImageData;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dance data}: makes the data that come with the program. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Make the images that come with the program from those of their makers.")
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
        "Choose a part of Fashion-MNIST, every class with the same share.",
        "Writes four packed IDX files, as the whole data set has them."
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
              description = "Where the part goes; made if need be.")
          Path out,
      @Option(
              names = "--train",
              paramLabel = "N",
              defaultValue = "5000",
              description = "Images to learn from (default: ${DEFAULT-VALUE}).")
          int train,
      @Option(
              names = "--test",
              paramLabel = "N",
              defaultValue = "2000",
              description = "Images to be judged by (default: ${DEFAULT-VALUE}).")
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
