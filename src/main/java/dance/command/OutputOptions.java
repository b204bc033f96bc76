package dance.command;

import dance.check.Rules;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every search: its seed, and where its results go. */
final class OutputOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Random seed: one seed, one result; of several searches that of the first, incremented"
              + " for the others (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Output folder (default: one in target named after the command, beside a build,"
              + " otherwise none; the result is always printed).")
  private Path asked;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  long seed() {
    return seed;
  }

  boolean json() {
    return json;
  }

  /**
   * The output folder.
   *
   * @param usual its name in a build folder
   * @param rules problems of the given folder are added to them
   */
  ResultFolder folder(String usual, Rules rules) {
    return ResultFolder.of(asked, usual, rules);
  }
}
