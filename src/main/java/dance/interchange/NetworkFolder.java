package dance.interchange;

import dance.interchange.onnx.OnnxOptions;
import dance.workload.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A network as a folder with a file for each layer, as Timeloop's users keep them: the layers of
 * all files, in the order of their names, numbers by value. A layer has the name of its file. Files
 * in no format of networks, such as an architecture, are left out and named.
 */
final class NetworkFolder {
  private static final int MAX_FILES = 2000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private NetworkFolder() {}

  static Parsed<Network> read(Path folder, OnnxOptions sizes) {
    List<Network.Entry> layers = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        Parsed<Network> read = NetworkReader.read(file, sizes);
        layers.addAll(read.value().entries());
        read.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
      } catch (NetworkReader.NoFormat other) {
        others.add(file.getFileName().toString());
      } catch (IllegalArgumentException wrong) {
        problems.add(wrong.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "folder %s has no file of a network%s"
              .formatted(folder, others.isEmpty() ? "" : ", only " + String.join(", ", others)));
    }
    if (!others.isEmpty()) {
      warnings.add("left out, as no networks: " + String.join(", ", others));
    }
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return new Parsed<>(new Network(name == null ? "folder" : name.toString(), layers), warnings);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> files =
          inside
              .filter(Files::isRegularFile)
              .filter(f -> !f.getFileName().toString().startsWith("."))
              .sorted(Comparator.comparing((Path f) -> byValue(f.getFileName().toString())))
              .toList();
      if (files.size() > MAX_FILES) {
        throw new IllegalArgumentException(
            "folder %s has %,d files: at most %,d are read"
                .formatted(folder, files.size(), MAX_FILES));
      }
      return files;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "folder " + folder + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** With numbers of equal length, so that layer 2 comes before layer 10. */
  private static String byValue(String name) {
    Matcher number = NUMBER.matcher(name);
    return number.replaceAll(n -> "%018d".formatted(Long.parseLong(n.group())));
  }
}
