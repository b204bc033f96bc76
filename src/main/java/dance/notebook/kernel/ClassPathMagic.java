package dance.notebook.kernel;

import dance.check.Rules;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code %classpath} and {@code %jars}: jars and folders of classes, by name or pattern. */
record ClassPathMagic(String name) implements Magic {
  @Override
  public String example() {
    return "%" + name + (name.equals("jars") ? " lib/*.jar" : " x.jar");
  }

  @Override
  public List<Path> jars(List<String> arguments) {
    Rules rules = new Rules();
    rules.require(
        !arguments.isEmpty(), "%%%s needs a jar or a folder of classes. Maybe %s", name, example());
    List<Path> found = new ArrayList<>();
    for (String argument : arguments) {
      for (String one : argument.split(File.pathSeparator)) {
        List<Path> here =
            one.contains("*") || one.contains("?") ? matching(one) : List.of(Path.of(one));
        List<Path> there = here.stream().filter(Files::exists).toList();
        rules.require(!there.isEmpty(), "%s: no such file (%%%s)", one, name);
        found.addAll(there);
      }
    }
    rules.check();
    return found.stream().map(path -> path.toAbsolutePath().normalize()).toList();
  }

  /** The jars of a folder whose names match a pattern, in the order of their names. */
  private static List<Path> matching(String pattern) {
    int slash = Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf(File.separatorChar));
    Path folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, pattern.substring(slash + 1))) {
      files.forEach(
          file -> {
            if (file.toString().endsWith(".jar")) {
              found.add(file);
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    found.sort(null);
    return found;
  }
}
