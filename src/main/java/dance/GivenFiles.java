package dance;

import dance.check.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Checks the files that a command line names, all of them before any is used. */
final class GivenFiles {
  private final Rules rules = new Rules();

  /** A file to be read. */
  GivenFiles input(String label, Path file) {
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
  GivenFiles output(String label, Path file) {
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
   * @throws IllegalArgumentException that names every file that cannot be used
   */
  void check() {
    rules.check();
  }

  /**
   * Writes a file so that a reader sees the old text or the new one, never a part: the text goes to
   * a file beside it, which then takes its place.
   *
   * @throws UncheckedIOException if that fails; the old file is then as it was
   */
  static void write(Path file, String text) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.writeString(file, text); // a device or a pipe: there is nothing to replace
        return;
      }
      // a link stays a link: what it points to is replaced
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path beside =
          target.resolveSibling(
              "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      try {
        Files.writeString(beside, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be written: " + e, e));
    }
  }
}
