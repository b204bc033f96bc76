package dance.command;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Output folder of a search: one that is given, or one in the build folder of the program if it
 * runs beside that, or none.
 */
final class ResultFolder {
  private final Path folder;

  private ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder.
   *
   * @param asked value of {@code --out}; null if it is not given
   * @param here where the program was started
   * @param usual the folder's name in a build folder
   * @param rules problems of the given folder are added to them
   */
  static ResultFolder of(Path asked, Path here, String usual, Rules rules) {
    if (asked != null) {
      check(rules, "--out", asked);
      return new ResultFolder(asked);
    }
    Path build = here.resolve("target");
    boolean beside =
        Files.isRegularFile(build.resolve("dance.jar"))
            || Files.isDirectory(build.resolve("classes/dance"));
    Path inIt = build.resolve(usual);
    Path written = Files.exists(inIt) ? inIt : build;
    boolean can = beside && Files.isDirectory(written) && Files.isWritable(written);
    return new ResultFolder(can ? inIt : null);
  }

  /** The folder for the current working directory. */
  static ResultFolder of(Path asked, String usual, Rules rules) {
    return of(asked, Path.of(""), usual, rules);
  }

  /** Checks that a folder can be written to, and created if it does not exist. */
  static void check(Rules rules, String label, Path folder) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    boolean exists = there != null && Files.isDirectory(there);
    rules
        .require(exists, "%s: cannot be made, as %s is no folder (%s)", folder, there, label)
        .require(!exists || Files.isWritable(there), "%s: cannot be written to (%s)", there, label);
  }

  /** The folder; empty if there is no output. */
  Optional<Path> path() {
    return Optional.ofNullable(folder);
  }

  /** A file or folder in it; null if there is no output. */
  Path resolve(String name) {
    return folder == null ? null : folder.resolve(name);
  }

  /** A folder inside it. */
  ResultFolder within(String name) {
    return new ResultFolder(resolve(name));
  }

  /** Creates it. */
  void make() {
    path().ifPresent(AtomicFile::makeFolder);
  }

  /** Writes a text file into it. */
  void write(String name, String text) {
    path().ifPresent(there -> AtomicFile.write(there.resolve(name), text));
  }
}
