package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Library;
import dance.simulate.mapper.MapConstraints;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the constraints under which {@code timeloop-mapper} searches: targets under {@code
 * architecture_constraints}, {@code mapspace_constraints} or both, in one file or several, or in
 * the {@linkplain TimeloopNodes nodes} of an architecture. The constraints of one level are
 * combined; only contradictions are errors.
 *
 * <p>A factor that exceeds its dimension is clipped to it, with a warning; {@code X=0} is the whole
 * dimension, as Timeloop takes it, and {@code X=-1} ("the rest") leaves the factor free. A spatial
 * target of a level without fan-out is an error, as in Timeloop, unless all its factors are 1.
 */
public final class TimeloopConstraints {
  private static final List<String> ROOTS =
      List.of("architecture_constraints", "mapspace_constraints", "constraints");
  private static final List<String> KEYS =
      List.of("target", "name", "type", "factors", "permutation", "split", "keep", "bypass");

  private static final Pattern IN_PLACE =
      Pattern.compile("(?s)\\n\\s+nodes\\s*:.*[\\s{,]constraints\\s*:");

  private static final List<String> KEYS_IN_PLACE =
      List.of(
          "factors",
          "factors_only",
          "permutation",
          "split",
          "keep",
          "keep_only",
          "bypass",
          "no_iteration_over_dataspaces");

  private final Einsum einsum;
  private final Accelerator accelerator;
  private final List<ConstrainedLevel> levels = new ArrayList<>();

  private TimeloopConstraints(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    for (int i = 0; i < accelerator.levels().size(); i++) {
      levels.add(new ConstrainedLevel(accelerator.levels().get(i), einsum, i == 0));
    }
  }

  /**
   * The constraints of a file; everything else is free.
   *
   * @param file in Timeloop's format
   * @param einsum the workload
   * @param accelerator the accelerator
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<MapConstraints> read(Path file, Einsum einsum, Accelerator accelerator) {
    return read(List.of(file), einsum, accelerator);
  }

  /**
   * The constraints of several files, combined.
   *
   * @param files in Timeloop's format
   * @param einsum the workload
   * @param accelerator the accelerator
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<MapConstraints> read(
      List<Path> files, Einsum einsum, Accelerator accelerator) {
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    TimeloopConstraints reader = new TimeloopConstraints(einsum, accelerator);
    String where = "";
    for (Path file : files) {
      YamlNode root = YamlFile.read(file, problems);
      reader.document(root);
      where = root.file();
    }
    return problems.finish(
        where,
        () ->
            new MapConstraints(reader.levels.stream().map(ConstrainedLevel::constraint).toList()));
  }

  /** Whether an architecture has nodes with constraints of their own. */
  static boolean inPlace(String text) {
    return IN_PLACE.matcher(text).find();
  }

  /** Whether the file of an architecture has nodes with constraints of their own. */
  public static boolean inPlace(Path architecture) {
    try {
      return inPlace(Files.readString(architecture));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private void document(YamlNode root) {
    Sections.check(root, ROOTS);
    boolean any = root.get("architecture").flatMap(a -> a.get("nodes")).isPresent();
    root.get("architecture")
        .map(TimeloopNodes::of)
        .ifPresent(n -> n.constraints().forEach(this::inPlace));
    for (String key : ROOTS) {
      Optional<YamlNode> section = root.get(key);
      any |= section.isPresent();
      section.ifPresent(this::section);
    }
    if (!any) {
      root.problem("one of " + ROOTS + " is missing");
    }
  }

  /** A constraint of format 0.4, in the node that it constrains. */
  private void inPlace(TimeloopNodes.InPlace constraint) {
    YamlNode node = constraint.node();
    List<String> names = accelerator.levels().stream().map(MemoryLevel::name).toList();
    int level = names.indexOf(constraint.target());
    if (level < 0 || !node.isMapping()) {
      node.problem("is no constraint of a level of " + names);
      return;
    }
    node.knownKeys(KEYS_IN_PLACE, List.of());
    levels.get(level).add(new Directive(node, einsum, accelerator), constraint.type());
    if (constraint.parallel() || node.get("keep_only").isPresent()) {
      levels.get(level).bypassOthers();
    }
  }

  private void section(YamlNode section) {
    YamlNode list = section;
    if (section.isMapping()) {
      section.onlyKeys(List.of("targets", "version"), List.of());
      Optional<YamlNode> targets = section.require("targets");
      if (targets.isEmpty()) {
        return;
      }
      list = targets.get();
    }
    for (YamlNode node : list.items()) {
      if (!node.isMapping()) {
        node.problem("a constraint with target and type was expected");
        continue;
      }
      node.onlyKeys(KEYS, Directive.WITHOUT_MEANING);
      Directive directive = new Directive(node, einsum, accelerator);
      Optional<Directive.Type> type = directive.type();
      Optional<Integer> target = directive.target();
      if (type.isPresent() && target.isPresent()) {
        levels.get(target.get()).add(directive, type.get());
      }
    }
  }
}
