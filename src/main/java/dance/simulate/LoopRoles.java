package dance.simulate;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which loops of an einsum play the part of which of a layer's, {@link dance.workload.Dimension}:
 * by their names, or, where other people's files have names of their own, by the tensors that they
 * move.
 *
 * <pre>
 *   weights and outputs            K
 *   weights and inputs             C, or R and S where another loop moves the same axis of inputs
 *   inputs and outputs             N, or P and Q in the same case; rows before columns
 *   weights, inputs and outputs    G
 * </pre>
 */
final class LoopRoles {
  /** Every loop plays the part that its name says. */
  static final LoopRoles BY_NAME = new LoopRoles(null);

  private static final List<List<String>> AXES = List.of(List.of("P", "R"), List.of("Q", "S"));

  private final Map<String, List<String>> loops;

  private LoopRoles(Map<String, List<String>> loops) {
    this.loops = loops;
  }

  /** By names if all of them are those of a layer, else by what the loops move. */
  static LoopRoles of(Einsum einsum) {
    List<String> known = List.of("N", "G", "K", "C", "P", "Q", "R", "S");
    boolean named = einsum.dimensions().stream().allMatch(d -> known.contains(d.dimension()));
    return named ? BY_NAME : new LoopRoles(byTensors(einsum));
  }

  /** The loops that play these parts, in their order. */
  List<String> of(List<String> roles) {
    if (loops == null) {
      return roles;
    }
    return roles.stream().flatMap(r -> loops.getOrDefault(r, List.of()).stream()).toList();
  }

  private static Map<String, List<String>> byTensors(Einsum einsum) {
    Map<String, List<String>> loops = new LinkedHashMap<>();
    List<Axis> sliding =
        einsum.tensors().stream()
            .filter(t -> t.role() == Operand.INPUT)
            .flatMap(t -> t.axes().stream())
            .filter(a -> a.terms().size() > 1)
            .toList();
    for (Einsum.Loop loop : einsum.dimensions()) {
      String name = loop.dimension();
      boolean weights = moves(einsum, Operand.WEIGHT, name);
      boolean inputs = moves(einsum, Operand.INPUT, name);
      boolean outputs = moves(einsum, Operand.OUTPUT, name);
      int axis = 0;
      while (axis < sliding.size() && !has(sliding.get(axis), name)) {
        axis++;
      }
      List<String> pair = axis < Math.min(sliding.size(), 2) ? AXES.get(axis) : null;
      String role = weights ? (outputs ? (inputs ? "G" : "K") : "C") : "N";
      if (pair != null && inputs && weights != outputs) {
        role = pair.get(outputs ? 0 : 1);
      }
      loops.computeIfAbsent(role, r -> new ArrayList<>()).add(name);
    }
    return loops;
  }

  private static boolean moves(Einsum einsum, Operand role, String loop) {
    for (Tensor tensor : einsum.tensors()) {
      if (tensor.role() == role && tensor.isRelevant(loop)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Axis axis, String loop) {
    return axis.terms().stream().anyMatch(t -> t.dimension().equals(loop));
  }
}
