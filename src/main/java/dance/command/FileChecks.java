package dance.command;

import dance.check.Rules;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks all files named on a command line before any is used. */
final class FileChecks {
  private final Rules rules = new Rules();

  /** A file to be read. */
  FileChecks input(String label, Path file) {
    boolean exists = Files.exists(file);
    boolean directory = Files.isDirectory(file);
    rules
        .require(exists, "%s: no such file (%s)", file, label)
        .require(!directory, "%s: is a directory, not a file (%s)", file, label)
        .require(
            !exists || directory || Files.isReadable(file), "%s: cannot be read (%s)", file, label);
    return this;
  }

  /** A file to be written. */
  FileChecks output(String label, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    rules
        .require(!Files.isDirectory(file), "%s: is a directory, not a file (%s)", file, label)
        .require(
            folder != null && Files.isDirectory(folder),
            "%s: folder %s does not exist (%s)",
            file,
            folder,
            label);
    return this;
  }

  /**
   * Ends the check.
   *
   * @throws IllegalArgumentException naming every file that cannot be used
   */
  void check() {
    rules.check();
  }

  /** Ends the check and returns this. */
  FileChecks done() {
    check();
    return this;
  }
}
