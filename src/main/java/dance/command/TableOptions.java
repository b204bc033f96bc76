package dance.command;

import dance.evaluate.CostTable;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for a cost table: a file, or the bundled one of two spaces. */
final class TableOptions {
  @Mixin private SpaceOptions spaces;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description =
          "A table, with its own spaces unless they are in files (default: the bundled one).")
  private Path file;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there is none, or it is damaged
   */
  CostTable read() {
    if (file == null) {
      return CostTable.bundled(spaces.networks(), spaces.designs());
    }
    new FileChecks().input("--table", file).check();
    if (spaces.custom()) {
      return CostTable.read(file, spaces.networks(), spaces.designs());
    }
    CostTable table = SpaceOptions.read(file);
    SpaceOptions.checkTechnology("table " + file, table.acceleratorSpace(), spaces.technology());
    return table;
  }
}
