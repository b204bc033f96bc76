package dance.interchange;

import dance.accelerator.Accelerator;
import dance.check.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads accelerators from files of Timeloop, AccelForge and ZigZag. The format is detected by
 * content, not by name.
 */
public final class AcceleratorReader {
  private static final Set<String> ACCEL_FORGE =
      Set.of("!Memory", "!Compute", "!Toll", "!Network", "!Fork", "!Array");

  private AcceleratorReader() {}

  /**
   * Reads an accelerator.
   *
   * @param fileOrFolder a file, or a folder whose YAML files are joined by their keys
   * @return the accelerator, with warnings for assumptions and ignored parts
   * @throws IllegalArgumentException if the file has no supported format, with the reason for each;
   *     or with all its problems
   */
  public static Parsed<Accelerator> read(Path fileOrFolder) {
    Library.YAML.need("YAML files");
    return read(files(fileOrFolder));
  }

  /**
   * Reads an accelerator for a workload: words of AccelForge's accelerators have the width that its
   * workload gives them.
   *
   * @param workload a file in any format, also one that says nothing of words
   * @throws IllegalArgumentException as {@link #read(Path)}
   */
  public static Parsed<Accelerator> read(Path fileOrFolder, Path workload) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(files(fileOrFolder), problems);
    return isAccelForge(root)
        ? AccelForgeFiles.accelerator(root, bits(root, workload), problems)
        : read(root, problems);
  }

  private static int bits(YamlNode root, Path workload) {
    try {
      YamlNode other = YamlFile.read(workload, new Problems());
      return AccelForgeFiles.bits(AccelForgeEinsums.refusal(other) == null ? other : root);
    } catch (IllegalArgumentException noYaml) {
      return AccelForgeFiles.bits(root);
    }
  }

  /**
   * Reads an accelerator from several files, such as the components, their tables and variables.
   *
   * @throws IllegalArgumentException as {@link #read(Path)}
   */
  public static Parsed<Accelerator> read(List<Path> files) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    return read(YamlFile.read(files, problems), problems);
  }

  private static Parsed<Accelerator> read(YamlNode root, Problems problems) {
    String zigZag = ZigZagArchitecture.refusal(root);
    if (zigZag == null) {
      return ZigZagArchitecture.read(root, problems);
    }
    if (isAccelForge(root)) {
      return AccelForgeFiles.accelerator(root, AccelForgeFiles.bits(root), problems);
    }
    if (root.get("architecture").or(() -> root.get("arch")).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no accelerator:%n  Timeloop: it has no key architecture%n  AccelForge: it has no key arch with !Memory%n  ZigZag: %s"
              .formatted(root.file(), zigZag));
    }
    return TimeloopArchitecture.read(root, problems);
  }

  /** Whether the nodes of {@code arch} are AccelForge's. */
  static boolean isAccelForge(YamlNode root) {
    return root.get("arch")
        .flatMap(arch -> arch.get("nodes"))
        .filter(YamlNode::isList)
        .map(nodes -> nodes.items().stream().anyMatch(n -> ACCEL_FORGE.contains(n.tag())))
        .orElse(false);
  }

  /** The file, or the YAML files of the folder that have a part of an accelerator. */
  private static List<Path> files(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> inside = Files.list(fileOrFolder)) {
      List<Path> files =
          inside.filter(f -> f.toString().matches("(?i).*\\.ya?ml")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("folder " + fileOrFolder + " has no YAML files");
      }
      return files;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "folder " + fileOrFolder + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }
}
