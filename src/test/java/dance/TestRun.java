package dance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run of tests, which may be shared by several JVMs: each begins and ends, and the last that ends
 * is answered what all of them skipped. They meet in a file of lines: the name of the run, how many
 * JVMs are at work, then a line for each reason: how many tests, a tab, and why.
 */
final class TestRun {
  private final Path file;
  private final String name;

  private TestRun(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Begins in this JVM.
   *
   * @param name of the run; null if this JVM is alone in it
   */
  static TestRun begin(Path file, String name) {
    TestRun run = new TestRun(file, name);
    if (name != null) {
      run.change(
          lines -> {
            if (lines.isEmpty() || !lines.get(0).equals(name)) {
              lines.clear();
              lines.addAll(List.of(name, "0"));
            }
            lines.set(1, Integer.toString(Integer.parseInt(lines.get(1)) + 1));
          });
    }
    return run;
  }

  /**
   * Ends in this JVM.
   *
   * @param reasons how many tests were skipped here, by reason
   * @return the same of all JVMs, if none is at work any more
   */
  Optional<Map<String, Integer>> end(Map<String, Integer> reasons) {
    if (name == null) {
      return Optional.of(reasons);
    }
    List<String> lines =
        change(
            all -> {
              all.set(1, Integer.toString(Integer.parseInt(all.get(1)) - 1));
              reasons.forEach((why, tests) -> all.add(tests + "\t" + why));
            });
    if (!lines.get(1).equals("0")) {
      return Optional.empty();
    }
    Map<String, Integer> sum = new TreeMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] parts = line.split("\t", 2);
      sum.merge(parts[1], Integer.parseInt(parts[0]), Integer::sum);
    }
    return Optional.of(sum);
  }

  private interface Change {
    void apply(List<String> lines);
  }

  /** Changes the lines while no other JVM does; returns them. */
  private List<String> change(Change change) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel lock =
              FileChannel.open(
                  file.resolveSibling(file.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var held = lock.lock()) {
        List<String> lines =
            new ArrayList<>(
                Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of());
        change.apply(lines);
        Files.write(file, lines, StandardCharsets.UTF_8);
        return lines;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
