package dance.command;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a search writes what it finds beside what it prints: a folder that is asked for, or one in
 * the build folder of the program where it runs beside that, or nowhere.
 */
final class ResultFolder {
  private final Path folder;

  private ResultFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder.
   *
   * @param asked what {@code --out} names; null if it is not given
   * @param here where the program was started
   * @param usual the folder's name in a build folder
   * @param rules note what is wrong with the one that is asked for
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

  /** The same choice for the folder in which the program runs. */
  static ResultFolder of(Path asked, String usual, Rules rules) {
    return of(asked, Path.of(""), usual, rules);
  }

  /** Notes whether a folder can be written to, and be made if it does not exist. */
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

  /** The folder; empty if nothing is to be written. */
  Optional<Path> path() {
    return Optional.ofNullable(folder);
  }

  /** A file or folder in it; null if nothing is to be written. */
  Path resolve(String name) {
    return folder == null ? null : folder.resolve(name);
  }

  /** One within it. */
  ResultFolder within(String name) {
    return new ResultFolder(resolve(name));
  }

  /** Makes it. */
  void make() {
    path().ifPresent(AtomicFile::makeFolder);
  }

  /** Writes a file of text into it. */
  void write(String name, String text) {
    path().ifPresent(there -> AtomicFile.write(there.resolve(name), text));
  }
}
