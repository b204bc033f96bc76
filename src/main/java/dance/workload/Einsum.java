package dance.workload;

import dance.check.Copy;
import dance.check.Rules;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An affine einsum: the workload of the analysis. Every point of the iteration space reads one word
 * of each input operand and accumulates into one word of the output.
 *
 * @param name as messages and tables show it
 * @param dimensions the loops, in canonical order
 * @param tensors the operands; exactly one has the role OUTPUT
 * @param operation what is done at each point
 */
public record Einsum(String name, List<Loop> dimensions, List<Tensor> tensors, Op operation) {

  /** What happens at each point of the iteration space. */
  public enum Op {
    /** A multiplication and an addition. */
    MULTIPLY_ACCUMULATE,
    /** An addition or comparison only: pooling, element-wise addition. */
    ACCUMULATE
  }

  /**
   * A dimension with its bound.
   *
   * @param dimension its name
   * @param bound number of iterations, at least 1
   */
  public record Loop(String dimension, int bound) {
    @Override
    public String toString() {
      return dimension + "=" + bound;
    }
  }

  /**
   * Checks that dimensions and tensors fit each other; lists all that is wrong.
   *
   * @throws IllegalArgumentException naming each rule violated
   */
  public Einsum {
    dimensions = List.copyOf(dimensions);
    tensors = List.copyOf(tensors);
    Rules rules = new Rules();
    Set<String> names = new LinkedHashSet<>();
    for (Loop loop : dimensions) {
      rules.require(
          loop.bound() >= 1,
          "dimension %s of %s (%d) must be at least 1",
          loop.dimension(),
          name,
          loop.bound());
      rules.require(
          names.add(loop.dimension()), "%s names dimension %s twice", name, loop.dimension());
    }
    Set<String> tensorNames = new HashSet<>();
    for (Tensor tensor : tensors) {
      rules.require(tensorNames.add(tensor.name()), "%s names %s twice", name, tensor.name());
      for (Axis axis : tensor.axes()) {
        for (Axis.Term term : axis.terms()) {
          rules.require(
              names.contains(term.dimension()),
              "tensor %s of %s uses dimension %s, which is not one of %s",
              tensor.name(),
              name,
              term.dimension(),
              names);
        }
      }
    }
    long outputs = tensors.stream().filter(t -> t.role() == Operand.OUTPUT).count();
    rules.require(outputs == 1, "%s has %d outputs instead of one", name, outputs);
    rules.check();
    points(name, dimensions);
  }

  /**
   * A multiply-accumulate einsum.
   *
   * @param bounds of the dimensions, in the map's order: pass a map that has one, such as a {@link
   *     java.util.LinkedHashMap}, for the same loops in every run
   */
  public static Einsum of(String name, Map<String, Integer> bounds, Tensor... tensors) {
    List<Loop> loops =
        bounds.entrySet().stream().map(e -> new Loop(e.getKey(), e.getValue())).toList();
    return new Einsum(name, loops, List.of(tensors), Op.MULTIPLY_ACCUMULATE);
  }

  /** Number of points of the iteration space: multiplications, or additions of ACCUMULATE. */
  public long points() {
    return points(name, dimensions);
  }

  private static long points(String name, List<Loop> dimensions) {
    long product = 1;
    for (Loop loop : dimensions) {
      try {
        product = Math.multiplyExact(product, loop.bound());
      } catch (ArithmeticException overflow) {
        throw new IllegalArgumentException(
            name + " " + dimensions + " has more than 2^63 points: too many to count", overflow);
      }
    }
    return product;
  }

  /**
   * Bound of a dimension.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int bound(String dimension) {
    return dimensions.get(index(dimension)).bound();
  }

  /**
   * Position of a dimension in {@link #dimensions}.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int index(String dimension) {
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i).dimension().equals(dimension)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        name + " has no dimension " + dimension + ", only " + dimensions);
  }

  /** With these fractions of zero words, by role. */
  public Einsum zeros(Layer.Zeros zeros) {
    List<Tensor> changed = tensors.stream().map(t -> t.zeros(zeros.of(t.role()))).toList();
    return Copy.with(this, "tensors", changed);
  }

  /** The tensor that is accumulated. */
  public Tensor output() {
    return tensors.stream().filter(t -> t.role() == Operand.OUTPUT).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return name
        + dimensions.stream().map(Loop::toString).collect(Collectors.joining(" ", " (", ") "))
        + tensors;
  }
}
