package dance.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a preset or a file. It is a file if it exists, contains a folder, or has a file
 * extension.
 */
final class NamedFile {
  private NamedFile() {}

  /**
   * The file of this name; empty if it names no file.
   *
   * @param option that gives the name, for messages
   * @param format what is read, such as "networks are read from CSV"
   * @param endings accepted file name extensions, such as {@code .csv}
   * @throws IllegalArgumentException if there is no such file, or it has another extension
   */
  static Optional<Path> of(String option, String name, String format, List<String> endings) {
    if (!isFile(name)) {
      return Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (endings.stream().noneMatch(lower::endsWith)) {
      throw new IllegalArgumentException(
          "%s: %s (%s), not from files of this kind (%s)"
              .formatted(name, format, String.join(", ", endings), option));
    }
    Path file = Path.of(name);
    new FileChecks().input(option, file).check();
    return Optional.of(file);
  }

  /** As {@link #of}; a name with a folder may also be that of a folder, whatever its ending. */
  static Optional<Path> orFolder(String option, String name, String format, List<String> endings) {
    boolean folder = name.contains("/") || name.contains("\\");
    return folder && Files.isDirectory(Path.of(name))
        ? Optional.of(Path.of(name))
        : of(option, name, format, endings);
  }

  private static boolean isFile(String name) {
    boolean folder = name.contains("/") || name.contains("\\");
    // No preset's name has a dot before letters; a template's may have a number with one.
    return folder || name.matches(".*\\.[A-Za-z]\\w{0,7}") || exists(name);
  }

  private static boolean exists(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException noPath) {
      return false;
    }
  }
}
