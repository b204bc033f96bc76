package dance.interchange.onnx;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An Einsum operator.
 *
 * @param terms letters of each input
 * @param result letters of the output
 * @param sizes by letter
 */
record EinsumNode(List<String> terms, String result, Map<Character, Long> sizes) {

  static EinsumNode of(Call call) {
    String equation = call.node().text("equation", "").replaceAll("\\s", "");
    if (!equation.matches("[A-Za-z]*(,[A-Za-z]*)*(->[A-Za-z]*)?")) {
      throw new Call.Unknowable(
          "node " + call.node() + " has the equation " + equation + ", which is not read here");
    }
    String[] sides = equation.split("->", -1);
    List<String> terms = Arrays.asList(sides[0].split(",", -1));
    Map<Character, Long> sizes = new LinkedHashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      Value x = call.in(i);
      String letters = terms.get(i);
      if (letters.length() != x.rank()) {
        throw new IllegalArgumentException(
            "term %s of equation %s for a tensor %s".formatted(letters, equation, x.shape()));
      }
      for (int axis = 0; axis < letters.length(); axis++) {
        sizes.merge(letters.charAt(axis), x.dim(axis), Math::max);
      }
    }
    String result = sides.length > 1 ? sides[1] : implied(sides[0].replace(",", ""));
    result
        .chars()
        .filter(c -> !sizes.containsKey((char) c))
        .findFirst()
        .ifPresent(
            c -> {
              throw new IllegalArgumentException(
                  "letter " + (char) c + " of the result of equation " + equation + " has no size");
            });
    return new EinsumNode(terms, result, sizes);
  }

  /** Letters that occur once, in the alphabet's order. */
  private static String implied(String letters) {
    return letters
        .chars()
        .sorted()
        .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
        .mapToObj(c -> String.valueOf((char) c))
        .collect(Collectors.joining());
  }

  Value shape(Call call) {
    return Value.of(
        call.in(0).type(), result.chars().mapToLong(c -> sizes.get((char) c)).toArray());
  }

  /**
   * The layer of a product of two tensors; the second plays the role WEIGHT.
   *
   * @throws Call.Unknowable for one input, more than two, or a diagonal
   */
  Layer layer(String name, Call call) {
    boolean diagonal = terms.stream().anyMatch(t -> t.chars().distinct().count() < t.length());
    if (terms.size() != 2 || diagonal) {
      throw new Call.Unknowable("an einsum of " + terms + " is no layer here");
    }
    int weight = call.in(0).constant() ? 0 : 1;
    List<Einsum.Loop> loops = new ArrayList<>();
    sizes.forEach((c, size) -> loops.add(new Einsum.Loop(letter(c), Math.toIntExact(size))));
    Einsum einsum =
        new Einsum(
            name,
            loops,
            List.of(
                new Tensor("Weights", Operand.WEIGHT, axes(terms.get(weight))),
                new Tensor("Inputs", Operand.INPUT, axes(terms.get(1 - weight))),
                new Tensor("Outputs", Operand.OUTPUT, axes(result))),
            Einsum.Op.MULTIPLY_ACCUMULATE);
    Value trained = call.in(weight);
    return Layer.of(einsum).extraParameters(trained.constant() ? trained.count() : 0);
  }

  private List<Axis> axes(String letters) {
    return letters.chars().mapToObj(c -> Axis.of(letter((char) c))).toList();
  }

  /** Lower-case letters become upper-case loop names, unless both occur. */
  private String letter(char c) {
    String upper = String.valueOf(c).toUpperCase(Locale.ROOT);
    boolean taken = upper.charAt(0) != c && sizes.containsKey(upper.charAt(0));
    return taken ? upper + upper : upper;
  }
}
