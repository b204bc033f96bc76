package dance.simulate;

import dance.accelerator.Accelerator;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;

/**
 * The closed form: how often a mapping makes an accelerator access its memories.
 *
 * <p>An analysis belongs to one einsum on one accelerator and counts any number of mappings. It is
 * not safe for use by several threads at once.
 */
public final class Analysis {
  private final Einsum einsum;
  private final Accelerator accelerator;
  private final CompiledEinsum shape;
  private final Counter counter;

  private Analysis(Einsum einsum, Accelerator accelerator) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    shape = new CompiledEinsum(einsum);
    counter = new Counter(shape, accelerator.levels().size());
  }

  /** The analysis of an einsum on an accelerator. */
  public static Analysis of(Einsum einsum, Accelerator accelerator) {
    return new Analysis(einsum, accelerator);
  }

  /**
   * Counts the accesses of a mapping.
   *
   * @throws IllegalArgumentException if the mapping does not fit the einsum or the accelerator, or
   *     if a count exceeds 2⁶³ − 1
   */
  public AccessCounts count(Mapping mapping, Accounting accounting) {
    CompiledMapping nest = CompiledMapping.of(mapping, einsum, accelerator);
    try {
      counter.count(nest, accounting);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "a count of " + einsum.name() + " exceeds 2^63 - 1: " + einsum.dimensions(), overflow);
    }
    List<AccessCounts.Level> levels = new ArrayList<>();
    for (int l = 0; l < accelerator.levels().size(); l++) {
      List<AccessCounts.Tensor> tensors = new ArrayList<>();
      for (int t = 0; t < shape.tensors; t++) {
        if ((nest.keeps[l] >> t & 1) != 0) {
          int cell = l * shape.tensors + t;
          tensors.add(
              new AccessCounts.Tensor(
                  einsum.tensors().get(t).name(),
                  counter.tileWords[cell],
                  counter.reads[cell],
                  counter.fills[cell],
                  counter.updates[cell]));
        }
      }
      levels.add(
          new AccessCounts.Level(
              accelerator.levels().get(l).name(), counter.instances[l], tensors));
    }
    return new AccessCounts(einsum.points(), counter.computeCycles, levels);
  }
}
