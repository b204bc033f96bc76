package dance.interchange;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workload of ZigZag 3 (Mei et al., IEEE TC 2021): a list of layers with their equations, loop
 * dimensions and sizes. Loops {@code B K C G OY OX FY FX} are the layer's N K C G P Q R S; any
 * other equation is an einsum. Precisions and sources are not read.
 */
final class ZigZagWorkload {
  private static final Pattern EQUATION =
      Pattern.compile("O((?:\\[\\w+])*)\\+?=(\\w)((?:\\[\\w+])*)([*+])(\\w)((?:\\[\\w+])*)");

  private static final Pattern RELATION =
      Pattern.compile("(\\w+)=(?:(\\d+)\\*)?(\\w+)\\+(?:(\\d+)\\*)?(\\w+)");

  private static final Set<String> CONVOLUTION = Set.of("B", "G", "K", "C", "OY", "OX", "FY", "FX");

  private static final List<String> KEYS =
      List.of("id", "operator_type", "equation", "loop_dims", "loop_sizes", "dimension_relations");

  private final YamlNode node;
  private final String name;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  /** Axes of the input that are sums of two loops. */
  private final Map<String, Axis> sums = new HashMap<>();

  private ZigZagWorkload(YamlNode node) {
    this.node = node;
    String type = node.get("operator_type").map(YamlNode::text).orElse("layer");
    String id = node.get("id").map(YamlNode::text).orElse("");
    name = node.get("name").map(YamlNode::text).orElse(type + "_" + id);
  }

  static String refusal(YamlNode root) {
    boolean layers =
        root.isList()
            && !root.items().isEmpty()
            && root.items().get(0).get("loop_dims").isPresent();
    return layers ? null : "it is no list of layers with loop_dims";
  }

  static Parsed<Network> read(String network, YamlNode root, Problems problems) {
    List<Network.Entry> entries = new ArrayList<>();
    for (YamlNode item : root.items()) {
      if (!item.isMapping()) {
        item.problem("a layer was expected");
        continue;
      }
      Layer layer = new ZigZagWorkload(item).layer();
      if (layer != null) {
        entries.add(new Network.Entry(layer, 1));
      }
    }
    return problems.finish(root.file(), () -> new Network(network, entries));
  }

  private Layer layer() {
    node.knownKeys(
        KEYS,
        List.of(
            "name",
            "operand_precision",
            "operand_source",
            "pr_loop_dims",
            "pr_loop_sizes",
            "padding"));
    List<YamlNode> dims = node.require("loop_dims").map(YamlNode::items).orElse(List.of());
    List<YamlNode> bounds = node.require("loop_sizes").map(YamlNode::items).orElse(List.of());
    if (dims.size() != bounds.size()) {
      node.problem(dims.size() + " loop_dims have " + bounds.size() + " loop_sizes");
      return null;
    }
    for (int i = 0; i < dims.size(); i++) {
      sizes.put(dims.get(i).text().toUpperCase(Locale.ROOT), bounds.get(i).positiveInt(1));
    }
    node.get("dimension_relations").ifPresent(list -> list.items().forEach(this::relation));
    String equation = node.require("equation").map(YamlNode::text).orElse("");
    Matcher parts = EQUATION.matcher(equation.replaceAll("\\s", ""));
    if (!parts.matches()) {
      node.problem("equation " + equation + " is not O[…] += A[…] * B[…]");
      return null;
    }
    try {
      return layer(parts);
    } catch (IllegalArgumentException | ArithmeticException invalid) {
      node.problem(String.valueOf(invalid.getMessage()));
      return null;
    }
  }

  private void relation(YamlNode relation) {
    Matcher parts = RELATION.matcher(relation.text().replaceAll("\\s", ""));
    if (!parts.matches()) {
      relation.problem("ix = 2*ox + 1*fx was expected, not " + relation.text());
      return;
    }
    sums.put(
        parts.group(1),
        Axis.of(upper(parts.group(3)), coefficient(parts.group(2)))
            .plus(upper(parts.group(5)), coefficient(parts.group(4))));
  }

  private static int coefficient(String digits) {
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  private static String upper(String loop) {
    return loop.toUpperCase(Locale.ROOT);
  }

  private int size(String loop) {
    return sizes.getOrDefault(loop, 1);
  }

  private Layer layer(Matcher parts) {
    String type = node.get("operator_type").map(YamlNode::text).orElse("");
    boolean weightFirst = parts.group(2).equals("W");
    String weights = parts.group(weightFirst ? 3 : 6);
    String inputs = parts.group(weightFirst ? 6 : 3);
    boolean known = CONVOLUTION.containsAll(sizes.keySet());
    if (known && (parts.group(4).equals("+") || type.equalsIgnoreCase("Add"))) {
      int channels = Math.multiplyExact(size("G"), size("K"));
      return Layer.add(name, channels).output(size("OY"), size("OX")).batch(size("B"));
    }
    if (known && type.toLowerCase(Locale.ROOT).contains("pool")) {
      return windowed(Layer.pool(name, Math.multiplyExact(size("G"), size("K"))));
    }
    if (known && !weights.contains("[b]")) {
      int groups = size("G");
      return windowed(
          Layer.conv(
                  name,
                  Math.multiplyExact(groups, size("C")),
                  Math.multiplyExact(groups, size("K")))
              .groups(groups));
    }
    List<Einsum.Loop> loops = new ArrayList<>();
    sizes.forEach((loop, bound) -> loops.add(new Einsum.Loop(loop, bound)));
    boolean product = parts.group(4).equals("*");
    return Layer.of(
        new Einsum(
            name,
            loops,
            List.of(
                new Tensor("Weights", Operand.WEIGHT, axes(weights)),
                new Tensor("Inputs", Operand.INPUT, axes(inputs)),
                new Tensor("Outputs", Operand.OUTPUT, axes(parts.group(1)))),
            product ? Einsum.Op.MULTIPLY_ACCUMULATE : Einsum.Op.ACCUMULATE));
  }

  private Layer windowed(Layer layer) {
    Axis rows = sums.getOrDefault("iy", Axis.of("OY", 1).plus("FY", 1));
    Axis columns = sums.getOrDefault("ix", Axis.of("OX", 1).plus("FX", 1));
    return layer
        .kernel(size("FY"), size("FX"))
        .stride(factor(rows, "OY"), factor(columns, "OX"))
        .dilation(factor(rows, "FY"), factor(columns, "FX"))
        .output(size("OY"), size("OX"))
        .batch(size("B"));
  }

  private static int factor(Axis axis, String loop) {
    return axis.terms().stream()
        .filter(t -> t.dimension().equals(loop))
        .mapToInt(Axis.Term::coefficient)
        .findFirst()
        .orElse(1);
  }

  private List<Axis> axes(String indices) {
    List<Axis> axes = new ArrayList<>();
    for (String index : indices.replaceAll("^\\[|]$", "").split("]\\[")) {
      axes.add(sums.containsKey(index) ? sums.get(index) : Axis.of(upper(index)));
    }
    return axes;
  }
}
