package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.List;

/**
 * Passes over the systolic arrays of an accelerator: how often the tile of the stationary operand
 * changes in the level that holds it below the array's interconnect. Every pass fills and drains
 * the array.
 *
 * <p>The tile stays for the run of innermost loops around that level that do not move the operand;
 * passes are the iterations of all loops outside that run. If no level below holds the operand,
 * nothing stays, and every compute cycle is a pass. Allocates nothing while it counts.
 */
public final class Passes {
  private final CompiledEinsum shape;

  /** Levels above a systolic array. */
  public final int[] levels;

  /** Index of the stationary tensor, or -1 if the einsum has none: [array]. */
  public final int[] stationary;

  /** Cycles that a pass adds to those of its MACs: [array]. */
  public final long[] cycles;

  /** The systolic arrays of an accelerator. */
  public Passes(CompiledEinsum shape, Accelerator accelerator) {
    this.shape = shape;
    List<MemoryLevel> all = accelerator.levels();
    levels =
        java.util.stream.IntStream.range(0, all.size())
            .filter(l -> all.get(l).interconnect().systolic() != null)
            .toArray();
    stationary = new int[levels.length];
    cycles = new long[levels.length];
    for (int i = 0; i < levels.length; i++) {
      MemoryLevel level = all.get(levels[i]);
      Interconnect.Systolic array = level.interconnect().systolic();
      stationary[i] = indexOf(array.stationary());
      cycles[i] = array.passCycles(level.fanoutX(), level.fanoutY());
    }
  }

  private int indexOf(Operand role) {
    List<Tensor> tensors = shape.einsum.tensors();
    for (int t = 0; t < tensors.size(); t++) {
      if (tensors.get(t).role() == role) {
        return t;
      }
    }
    return -1;
  }

  /**
   * The level below an array that holds its stationary tensor; the number of levels if none.
   *
   * @param keeps tensors that each level keeps: {@code [level]}
   */
  public int holder(int array, TensorSet[] keeps) {
    int inner = levels[array] + 1;
    while (inner < keeps.length && !keeps[inner].contains(stationary[array])) {
      inner++;
    }
    return inner;
  }

  /** Cycles that all passes add, in a nest with these compute cycles. */
  long cycles(CompiledMapping nest, long computeCycles) {
    long sum = 0;
    for (int i = 0; i < levels.length; i++) {
      long passes = passes(i, nest, computeCycles);
      sum = Math.addExact(sum, Math.multiplyExact(passes, cycles[i]));
    }
    return sum;
  }

  /** Passes over an array. */
  public long passes(int array, CompiledMapping nest, long computeCycles) {
    int t = stationary[array];
    if (t < 0) {
      return 1;
    }
    int inner = holder(array, nest.keeps);
    if (inner == nest.keeps.length) {
      return computeCycles;
    }
    int end = outsideRun(t, inner, nest);
    long passes = 1;
    for (int d = 0; d < shape.dimensions; d++) {
      passes = Math.multiplyExact(passes, iterations(nest, d, 0, end, shape.bounds[d]));
    }
    return passes;
  }

  /** Index after the innermost loop outside a level that moves a tensor. */
  private int outsideRun(int t, int inner, CompiledMapping nest) {
    int end = nest.start[inner];
    while (end > 0
        && (nest.kind[end - 1] != CompiledMapping.TEMPORAL
            || shape.axisOf[t][nest.dimension[end - 1]] < 0)) {
      end--;
    }
    return end;
  }

  /** Iterations along a dimension of the passes over an array. */
  public long iterations(int array, int d, CompiledMapping nest) {
    int end = outsideRun(stationary[array], holder(array, nest.keeps), nest);
    return iterations(nest, d, 0, end, shape.bounds[d]);
  }

  /**
   * Iterations of the temporal loops over dimension d from a loop on, up to another: those that
   * begin before the extent ends.
   */
  private static long iterations(CompiledMapping nest, int d, int from, int to, long extent) {
    int loop = from;
    while (loop < to
        && (nest.dimension[loop] != d || nest.kind[loop] != CompiledMapping.TEMPORAL)) {
      loop++;
    }
    if (loop == to) {
      return 1;
    }
    long stride = nest.stride[loop];
    long begun = Math.min(nest.bound[loop], (extent + stride - 1) / stride);
    long whole = begun > 1 ? iterations(nest, d, loop + 1, to, stride) : 0;
    long last = iterations(nest, d, loop + 1, to, Math.min(stride, extent - (begun - 1) * stride));
    return (begun - 1) * whole + last;
  }
}
