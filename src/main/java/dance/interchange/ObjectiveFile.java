package dance.interchange;

import dance.check.Library;
import dance.cost.Constraint;
import dance.cost.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An objective with its constraints as YAML: a name or the weights of latency in ms, energy in mJ
 * and area in mm², and upper limits in the units of the metrics:
 *
 * <pre>
 * objective: {latency: 1, energy: 2, area: 0.5}
 * limits: {latency: 1.5, area: 10}
 * </pre>
 */
public final class ObjectiveFile {
  private static final List<String> WEIGHTS = List.of("latency", "energy", "area");

  private ObjectiveFile() {}

  /**
   * Reads an objective.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Objective read(Path file) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(file, problems);
    root.onlyKeys(List.of("objective", "limits"), List.of());
    Objective objective = root.require("objective").map(ObjectiveFile::objective).orElse(null);
    List<Constraint> limits = new ArrayList<>();
    for (YamlNode.Entry limit : root.get("limits").map(YamlNode::entries).orElse(List.of())) {
      double most = limit.value().decimal(false, 1);
      try {
        limits.add(Constraint.parse(limit.key() + "=" + most));
      } catch (IllegalArgumentException unknown) {
        limit.value().problem(unknown.getMessage());
      }
    }
    return problems
        .finish(
            root.file(),
            () ->
                new Objective(
                    objective.name(), objective.function(), objective.derivative(), limits))
        .value();
  }

  private static Objective objective(YamlNode node) {
    try {
      if (!node.isMapping()) {
        return Objective.byName(node.text());
      }
      node.onlyKeys(WEIGHTS, List.of());
      double[] weights =
          WEIGHTS.stream()
              .map(node::get)
              .mapToDouble((Optional<YamlNode> w) -> w.map(n -> n.decimal(true, 1)).orElse(0.0))
              .toArray();
      return Objective.linear(weights[0], weights[1], weights[2]);
    } catch (IllegalArgumentException wrong) {
      wrong.getMessage().lines().forEach(node::problem);
      return Objective.EDAP;
    }
  }

  /** The text of a file that {@link #read} reads as this objective. */
  public static String write(Objective objective) {
    String limits =
        objective.constraints().stream()
            .map(c -> c.metric().label().toLowerCase(Locale.ROOT) + ": " + c.limit())
            .collect(Collectors.joining(", ", "limits: {", "}\n"));
    return "objective: "
        + NetworkSpaceFile.quoted(Objective.byName(objective.name()).name())
        + "\n"
        + (objective.constraints().isEmpty() ? "" : limits);
  }
}
