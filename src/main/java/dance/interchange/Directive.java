package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a mapping or of a list of constraints, for one level.
 *
 * @param node its YAML
 * @param einsum the workload
 * @param accelerator the accelerator
 */
record Directive(YamlNode node, Einsum einsum, Accelerator accelerator) {

  /**
   * Keys of older files without effect. {@code stream} named data spaces that bypass a level;
   * {@code keep} and {@code bypass} contain the same. Neighbours do not forward to each other here,
   * so that no link needs to be disabled.
   */
  static final List<String> WITHOUT_MEANING = List.of("stream", "no_link_transfer");

  /** The subject of a directive. */
  enum Type {
    TEMPORAL,
    SPATIAL,
    BYPASS
  }

  /** The type, under any of its names. */
  Optional<Type> type() {
    Optional<YamlNode> type = node.require("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String word = type.get().text();
    switch (word) {
      case "temporal" -> {
        return Optional.of(Type.TEMPORAL);
      }
      case "spatial" -> {
        return Optional.of(Type.SPATIAL);
      }
      case "datatype", "bypass", "bypassing", "dataspace" -> {
        return Optional.of(Type.BYPASS);
      }
      default -> {
        List<String> known = List.of("temporal", "spatial", "bypass", "datatype");
        type.get().problem("unknown type " + word + Problems.maybe(word, known));
        return Optional.empty();
      }
    }
  }

  /** Index of the level in {@code target}; a number counts from the innermost level. */
  Optional<Integer> target() {
    Optional<YamlNode> target =
        node.get("target").isPresent() ? node.get("target") : node.get("name");
    if (target.isEmpty()) {
      node.problem("key target is missing");
      return Optional.empty();
    }
    String word = target.get().text();
    List<String> names = accelerator.levels().stream().map(MemoryLevel::name).toList();
    int index = names.indexOf(word);
    if (index < 0) {
      // the fan-out of a container of format 0.4
      index = names.indexOf("inter_" + word + "_spatial");
    }
    if (index < 0 && word.matches("\\d{1,4}") && Integer.parseInt(word) < names.size()) {
      index = names.size() - 1 - Integer.parseInt(word);
    }
    if (index < 0) {
      target.get().problem("unknown level " + word + Problems.maybe(word, names));
      return Optional.empty();
    }
    return Optional.of(index);
  }

  /** The factors; none if the key is missing. */
  FactorList factors() {
    return node.get("factors")
        .map(f -> FactorList.read(f, einsum, false))
        .orElse(new FactorList(java.util.Map.of(), java.util.Map.of()));
  }

  /**
   * The factors of a constraint, which may exceed a dimension or leave a remainder to it; {@code
   * factors_only} are 1 in all dimensions that they do not name, and {@code
   * no_iteration_over_dataspaces} fixes those of data spaces at 1.
   */
  FactorList factorsOfConstraint() {
    FactorList list = givenFactors();
    Set<String> fixed = tensors("no_iteration_over_dataspaces");
    for (Tensor tensor : einsum.tensors()) {
      if (fixed.contains(tensor.name())) {
        tensor.axes().stream()
            .flatMap(axis -> axis.terms().stream())
            .filter(term -> !list.atMost().containsKey(term.dimension()))
            .forEach(t -> list.exact().putIfAbsent(t.dimension(), new FactorList.Factor(1, 1)));
      }
    }
    return list;
  }

  private FactorList givenFactors() {
    Optional<YamlNode> only = node.get("factors_only");
    if (only.isPresent()) {
      FactorList list = FactorList.read(only.get(), einsum, true);
      for (Einsum.Loop loop : einsum.dimensions()) {
        if (!list.atMost().containsKey(loop.dimension())) {
          list.exact().putIfAbsent(loop.dimension(), new FactorList.Factor(1, 1));
        }
      }
      return list;
    }
    return node.get("factors")
        .map(f -> FactorList.read(f, einsum, true))
        .orElseGet(() -> new FactorList(new LinkedHashMap<>(), new LinkedHashMap<>()));
  }

  /** The dimensions of {@code permutation}, innermost first, none twice. */
  List<String> permutation() {
    Optional<YamlNode> given = node.get("permutation");
    if (given.isEmpty()) {
      return List.of();
    }
    List<String> names = einsum.dimensions().stream().map(Einsum.Loop::dimension).toList();
    Set<String> order = new LinkedHashSet<>();
    for (String word : words(given.get(), names)) {
      if (!names.contains(word)) {
        given.get().problem("unknown dimension " + word + Problems.maybe(word, names));
      } else if (!order.add(word)) {
        given.get().problem("dimension " + word + " is listed twice");
      }
    }
    return List.copyOf(order);
  }

  private static List<String> words(YamlNode given, List<String> names) {
    if (given.isList()) {
      return given.items().stream().map(YamlNode::text).toList();
    }
    List<String> words = new ArrayList<>();
    for (String part : given.text().split("[\\s,]+")) {
      if (names.contains(part)) {
        words.add(part);
      } else {
        part.codePoints().forEach(c -> words.add(Character.toString(c)));
      }
    }
    return words;
  }

  /** The permutation with the missing dimensions outside, in canonical order. */
  List<String> completePermutation() {
    Set<String> order = new LinkedHashSet<>(permutation());
    einsum.dimensions().forEach(d -> order.add(d.dimension()));
    return List.copyOf(order);
  }

  /** Names of tensors listed under a key. */
  Set<String> tensors(String... keys) {
    Optional<YamlNode> given = node.get(keys);
    List<String> names = einsum.tensors().stream().map(Tensor::name).toList();
    Set<String> tensors = new LinkedHashSet<>();
    for (YamlNode item : given.map(YamlNode::items).orElse(List.of())) {
      String name = item.text();
      if (!names.contains(name)) {
        item.problem("unknown data space " + name + Problems.maybe(name, names));
      } else if (!tensors.add(name)) {
        item.problem("data space " + name + " is listed twice");
      }
    }
    return tensors;
  }
}
