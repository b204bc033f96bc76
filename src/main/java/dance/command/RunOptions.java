package dance.command;

import dance.check.Rules;
import dance.search.CoExplorerOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the run of a search: epochs, seed and output. */
final class RunOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of an attempt (default: 1 for tables, 30 for images).")
  private Integer epochs;

  @Mixin private OutputOptions output;

  @Mixin private FastOption speed;

  long seed() {
    return output.seed();
  }

  /** Whether there is an output folder. */
  boolean names(String usual) {
    return folder(usual, new Rules()).path().isPresent();
  }

  boolean json() {
    return output.json();
  }

  /** Options with the epochs that are given, of this many steps. */
  CoExplorerOptions epochs(CoExplorerOptions usual, int steps) {
    return usual.epochs(epochs == null ? usual.epochs() : epochs, steps);
  }

  /**
   * The output folder.
   *
   * @param usual its name in a build folder
   * @param rules problems of the given folder are added to them
   */
  ResultFolder folder(String usual, Rules rules) {
    return output.folder(usual, rules);
  }
}
