package dance.workload;

import dance.check.Copy;
import dance.check.Rules;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operand of an einsum: a product of axes.
 *
 * @param name as tables and mappings show it, unique in the einsum
 * @param role WEIGHT or INPUT is read, OUTPUT is accumulated
 * @param axes its axes; a scalar has none; no dimension in two of them
 * @param zeros fraction of its words that are zero, 0…1
 */
public record Tensor(String name, Operand role, List<Axis> axes, double zeros) {

  /** A tensor without zeros. */
  public Tensor(String name, Operand role, List<Axis> axes) {
    this(name, role, axes, 0);
  }

  /**
   * @throws IllegalArgumentException if a dimension is in two axes, or the fraction of zeros is not
   *     0…1
   */
  public Tensor {
    axes = List.copyOf(axes);
    List<String> dimensions =
        axes.stream().flatMap(a -> a.terms().stream()).map(Axis.Term::dimension).toList();
    new Rules()
        .require(
            dimensions.size() == dimensions.stream().distinct().count(),
            "tensor %s has a dimension in two axes (%s): its tiles would not be products of axes",
            name,
            axes)
        .require(zeros >= 0 && zeros <= 1, "fraction of zeros of %s (%s) must be 0…1", name, zeros)
        .check();
  }

  /** A tensor with these axes. */
  public static Tensor of(String name, Operand role, Axis... axes) {
    return new Tensor(name, role, List.of(axes));
  }

  /** With this fraction of its words zero. */
  public Tensor zeros(double fraction) {
    return Copy.with(this, "zeros", fraction);
  }

  /** Whether the tensor depends on this dimension, so that its loop moves the tile. */
  public boolean isRelevant(String dimension) {
    return axes.stream()
        .flatMap(a -> a.terms().stream())
        .anyMatch(t -> t.dimension().equals(dimension));
  }

  @Override
  public String toString() {
    return name + axes.stream().map(Axis::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
