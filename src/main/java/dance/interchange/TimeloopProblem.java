package dance.interchange;

import dance.check.Library;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a problem in Timeloop's format: {@code shape} with dimensions, coefficients and data
 * spaces, and the sizes under {@code instance} (or, as older files have it, beside the shape). A
 * shape may be one of Timeloop's {@linkplain NamedShapes names}; a problem without a shape is a
 * {@code cnn-layer}, as in Timeloop. Densities are read as fractions of zeros.
 *
 * <p>The format only marks the data space that is written. Roles are assigned as follows: {@code
 * read_write} is OUTPUT; a name that contains "weight" or "filter" is WEIGHT; any other is INPUT,
 * but if exactly two data spaces are read and no name identifies the weights, the second is WEIGHT,
 * like B of the product A · B.
 */
public final class TimeloopProblem {
  /** Keys of an instance without effect here. */
  private static final List<String> IGNORED =
      List.of(
          "H",
          "W",
          "Hpad",
          "Wpad",
          "Hpadding",
          "Wpadding",
          "type",
          "layer_name",
          "dnn_name",
          "name",
          "notes",
          "histograms");

  private final YamlNode shape;
  private final YamlNode instance;
  private final List<String> dimensions = new ArrayList<>();
  private final Map<String, Integer> coefficients = new LinkedHashMap<>();
  private final Map<String, Integer> bounds = new LinkedHashMap<>();
  private final Map<String, String> spelled = new LinkedHashMap<>();

  private TimeloopProblem(YamlNode shape, YamlNode instance) {
    this.shape = shape;
    this.instance = instance;
  }

  /**
   * Reads an einsum.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Einsum> read(Path file) {
    return read(List.of(file));
  }

  /**
   * Reads an einsum from several files, such as an instance, its shape and variables.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static Parsed<Einsum> read(List<Path> files) {
    Problems problems = new Problems();
    Library.YAML.need("YAML files");
    return read(YamlFile.read(files, problems), problems);
  }

  /**
   * An einsum whose words are of several widths.
   *
   * @param bits of the words of data spaces that are not as wide as a memory's
   */
  record Sized(Einsum einsum, Map<String, Integer> bits) {}

  /** The einsum of a document. */
  static Parsed<Einsum> read(YamlNode root, Problems problems) {
    Parsed<Sized> sized = sized(root, problems);
    return new Parsed<>(sized.value().einsum(), sized.warnings());
  }

  /** The einsum of a document, and the widths of its words. */
  static Parsed<Sized> sized(YamlNode root, Problems problems) {
    Sections.check(root, List.of("problem"));
    Optional<YamlNode> problem = root.require("problem");
    Optional<YamlNode> shape = problem.flatMap(p -> NamedShapes.of(p, problems));
    if (shape.isPresent()) {
      Optional<YamlNode> instance = problem.get().get("instance");
      if (instance.isPresent()) {
        problem.get().knownKeys(List.of("shape", "instance", "version", "name"), IGNORED);
      }
      TimeloopProblem reader = new TimeloopProblem(shape.get(), instance.orElse(problem.get()));
      return reader.read(root.file(), problems);
    }
    return problems.finish(root.file(), () -> null);
  }

  private Parsed<Sized> read(String file, Problems problems) {
    shape.onlyKeys(
        List.of("name", "dimensions", "coefficients", "data_spaces", "version"), List.of());
    String name = shape.get("name").map(YamlNode::text).orElse("problem");
    for (YamlNode item : shape.require("dimensions").map(YamlNode::items).orElse(List.of())) {
      String dimension = item.text();
      if (dimensions.contains(dimension)) {
        item.problem("dimension " + dimension + " is listed twice");
      } else {
        dimensions.add(dimension);
      }
    }
    shape.get("coefficients").ifPresent(c -> c.items().forEach(this::coefficient));
    sizes();
    List<Tensor> tensors = new ArrayList<>();
    List<YamlNode> spaces = shape.require("data_spaces").map(YamlNode::items).orElse(List.of());
    List<Space> read = spaces.stream().map(this::space).toList();
    long readOnly = read.stream().filter(s -> !s.written()).count();
    boolean named = read.stream().anyMatch(s -> !s.written() && isWeight(s.name()));
    DataSpaceValues values =
        DataSpaceValues.of(instance, read.stream().map(Space::name).toList(), dimensions);
    int seen = 0;
    for (Space space : read) {
      Operand role = Operand.OUTPUT;
      if (!space.written()) {
        seen++;
        boolean weight = isWeight(space.name()) || !named && readOnly == 2 && seen == 2;
        role = weight ? Operand.WEIGHT : Operand.INPUT;
      }
      Operand known = role;
      try {
        tensors.add(new Tensor(space.name(), known, space.axes(), values.zeros(space.name())));
      } catch (IllegalArgumentException invalid) {
        space.node().problem(invalid.getMessage());
      }
    }
    List<Einsum.Loop> loops =
        dimensions.stream().map(d -> new Einsum.Loop(d, bounds.getOrDefault(d, 1))).toList();
    return problems.finish(
        file,
        () ->
            new Sized(
                new Einsum(name, loops, tensors, Einsum.Op.MULTIPLY_ACCUMULATE), values.bits()));
  }

  private void coefficient(YamlNode node) {
    node.onlyKeys(List.of("name", "default"), List.of());
    if (node.isMapping()) {
      String name = node.require("name").map(YamlNode::text).orElse("");
      // Without a default the instance must give the value.
      coefficients.put(name, node.get("default").map(d -> d.positiveInt(1)).orElse(-1));
    }
  }

  private void sizes() {
    List<String> known = new ArrayList<>(dimensions);
    known.addAll(coefficients.keySet());
    known.addAll(List.of("shape", "version", "name"));
    known.addAll(DataSpaceValues.keys());
    for (String coefficient : coefficients.keySet()) {
      // HStride for Hstride, as in some of the exercises' layers: Timeloop would take its default
      instance.entries().stream()
          .map(YamlNode.Entry::key)
          .filter(k -> k.equalsIgnoreCase(coefficient) && !k.equals(coefficient))
          .forEach(
              k -> {
                known.add(k);
                instance.get(k).get().warn("is read as " + coefficient);
                spelled.put(coefficient, k);
              });
    }
    instance.onlyKeys(known, IGNORED.stream().filter(k -> !known.contains(k)).toList());
    for (String dimension : dimensions) {
      instance.require(dimension).ifPresent(n -> bounds.put(dimension, n.positiveInt(1)));
    }
    for (Map.Entry<String, Integer> coefficient : coefficients.entrySet()) {
      String key = spelled.getOrDefault(coefficient.getKey(), coefficient.getKey());
      Optional<YamlNode> value = instance.get(key);
      if (value.isPresent()) {
        // 0 is written where nothing moves; checked where it is used
        coefficient.setValue((int) value.get().integer(0, Integer.MAX_VALUE, 1));
      } else if (coefficient.getValue() < 0) {
        instance.problem("coefficient " + coefficient.getKey() + " has no value and no default");
        coefficient.setValue(1);
      }
    }
  }

  private record Space(YamlNode node, String name, boolean written, List<Axis> axes) {}

  private Space space(YamlNode node) {
    node.onlyKeys(List.of("name", "projection", "read_write"), List.of());
    String name = node.require("name").map(YamlNode::text).orElse("");
    boolean written = node.get("read_write").map(n -> n.yes(false)).orElse(false);
    List<Axis> axes = new ArrayList<>();
    for (YamlNode axis : node.require("projection").map(YamlNode::items).orElse(List.of())) {
      List<Axis.Term> terms = new ArrayList<>();
      List<YamlNode> items = axis.items();
      if (axis.isList() && items.isEmpty()) {
        continue; // an axis of one word
      }
      items.forEach(term -> term(term).ifPresent(terms::add));
      try {
        axes.add(new Axis(terms));
      } catch (IllegalArgumentException invalid) {
        axis.problem(invalid.getMessage());
      }
    }
    return new Space(node, name, written, axes);
  }

  /** {@code [dimension]} or {@code [dimension, coefficient]}. */
  private Optional<Axis.Term> term(YamlNode node) {
    List<YamlNode> parts = node.items();
    if (parts.isEmpty() || parts.size() > 2) {
      if (node.isList()) {
        node.problem("[dimension] or [dimension, coefficient] was expected");
      }
      return Optional.empty();
    }
    String dimension = parts.get(0).text();
    if (!dimensions.contains(dimension)) {
      parts
          .get(0)
          .problem("unknown dimension " + dimension + Problems.maybe(dimension, dimensions));
      return Optional.empty();
    }
    int factor = 1;
    if (parts.size() == 2) {
      String coefficient = parts.get(1).text();
      if (coefficients.containsKey(coefficient)) {
        factor = coefficients.get(coefficient);
        if (factor == 0 && bounds.getOrDefault(dimension, 1) > 1) {
          parts.get(1).problem(coefficient + " is 0, but " + dimension + " is larger than 1");
        }
        factor = Math.max(1, factor);
      } else if (coefficient.matches("\\d+")) {
        factor = parts.get(1).positiveInt(1);
      } else {
        parts
            .get(1)
            .problem(
                "unknown coefficient "
                    + coefficient
                    + Problems.maybe(coefficient, coefficients.keySet()));
      }
    }
    return Optional.of(new Axis.Term(dimension, factor));
  }

  private static boolean isWeight(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("weight") || lower.contains("filter");
  }
}
