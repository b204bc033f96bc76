package dance.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A name that is a preset's or a file's. It is a file's if such a file is there, if a folder stands
 * before it, or if it ends as files do.
 */
final class NamedFile {
  private NamedFile() {}

  /**
   * The file of this name; empty if it names no file.
   *
   * @param option that gives the name, for messages
   * @param format what is read, such as "networks are read from CSV"
   * @param endings of the files that are read, such as {@code .csv}
   * @throws IllegalArgumentException if there is no such file, or it ends otherwise
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
    new GivenFiles().input(option, file).check();
    return Optional.of(file);
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
