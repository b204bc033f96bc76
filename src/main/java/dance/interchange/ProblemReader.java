package dance.interchange;

import dance.accelerator.Accelerator;
import dance.check.Library;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one problem and a mapping of it from files of Timeloop or AccelForge. The format is
 * detected by content, not by name.
 */
public final class ProblemReader {
  private ProblemReader() {}

  /**
   * Reads a problem of Timeloop, or a workload of AccelForge with one einsum.
   *
   * @throws IllegalArgumentException if the file is neither, or with all its problems
   */
  public static Parsed<Einsum> read(Path file) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    if (AccelForgeEinsums.refusal(root) == null) {
      Einsum einsum = root.get("workload").map(AccelForgeWorkload::read).orElse(null);
      return problems.finish(root.file(), () -> einsum);
    }
    if (root.get("problem").isEmpty()) {
      throw new IllegalArgumentException(
          "%s is no problem:%n  Timeloop: it has no key problem%n  AccelForge: %s"
              .formatted(root.file(), AccelForgeEinsums.refusal(root)));
    }
    return TimeloopProblem.read(root, problems);
  }

  /**
   * Reads a mapping of a problem: a list of Timeloop's directives, or AccelForge's nodes.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Mapping> mapping(Path file, Einsum einsum, Accelerator accelerator) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    Optional<YamlNode> nodes =
        root.get("mapping").filter(YamlNode::isMapping).filter(m -> m.get("nodes").isPresent());
    if (nodes.isEmpty()) {
      return TimeloopMapping.read(file, einsum, accelerator);
    }
    Mapping mapping = AccelForgeWorkload.mapping(nodes.get(), einsum, accelerator);
    return problems.finish(root.file(), () -> mapping);
  }

  /**
   * The accelerator for a problem whose tensors have words of their own widths: a memory that keeps
   * narrow words has more of them.
   *
   * @param mapping of the problem, if there is one: what each level keeps
   * @param constraints else, on what each level may keep
   * @return the accelerator, with a warning for each level that keeps words of several widths
   */
  public static Parsed<Accelerator> narrowed(
      Path problem,
      Einsum einsum,
      Accelerator accelerator,
      Optional<Mapping> mapping,
      Optional<MapConstraints> constraints) {
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(problem, problems);
    Map<String, Integer> bits =
        AccelForgeEinsums.refusal(root) == null
            ? AccelForgeEinsums.widths(root.get("workload").orElseThrow(), einsum)
            : TimeloopProblem.sized(root, problems).value().bits();
    List<String> warnings = new ArrayList<>();
    Accelerator narrowed =
        WordWidths.of(
            accelerator,
            einsum,
            bits,
            WordWidths.kept(einsum, accelerator, mapping, constraints),
            warnings);
    return new Parsed<>(narrowed, warnings);
  }
}
