package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A mapping compiled to arrays: the loops of bound 2 or more, outermost first. Reusable, so that a
 * search fills the same object repeatedly.
 */
public final class CompiledMapping {
  /** {@link #kind} of a loop in time. */
  public static final byte TEMPORAL = 0;

  /** {@link #kind} of a loop along Y of an array. */
  public static final byte SPATIAL_Y = 1;

  /** {@link #kind} of a loop along X of an array. */
  public static final byte SPATIAL_X = 2;

  final int dimensions;

  /** Number of levels. */
  public final int levels;

  /** Number of loops. */
  public int size;

  /** Dimension of each loop, outermost first: [loop]. */
  public int[] dimension = new int[64];

  /** Bound of each loop: [loop]. */
  public int[] bound = new int[64];

  /** {@link #TEMPORAL}, {@link #SPATIAL_Y} or {@link #SPATIAL_X}: [loop]. */
  public byte[] kind = new byte[64];

  /** Index of the first loop of each level; the last entry is {@link #size}. */
  public final int[] start;

  /** Product of the bounds of the loops on the same dimension inside each loop. */
  public long[] stride = new long[64];

  /** Product of all bounds of each dimension. */
  final long[] extent;

  /** Products of the bounds inside each level: [level][dimension]; the last level is a MAC unit. */
  final long[][] inside;

  /** Tensors that each level keeps: [level]. */
  public final TensorSet[] keeps;

  /** Tensors of which the instances below a level share no accesses: [level]. */
  public final TensorSet[] unicast;

  /** An empty mapping. */
  public CompiledMapping(int dimensions, int levels) {
    this.dimensions = dimensions;
    this.levels = levels;
    start = new int[levels + 1];
    inside = new long[levels + 1][dimensions];
    extent = inside[0];
    keeps = TensorSet.none(levels);
    unicast = TensorSet.none(levels);
  }

  /** Removes all loops, and what levels keep. */
  public void clear() {
    size = 0;
    Arrays.fill(keeps, TensorSet.NONE);
    Arrays.fill(unicast, TensorSet.NONE);
  }

  /** Marks that the loops added next belong to this level. */
  public void beginLevel(int level) {
    start[level] = size;
  }

  /** Adds a loop inside all loops so far. */
  public void add(int dim, int iterations, byte loopKind) {
    if (iterations == 1) {
      return;
    }
    if (size == dimension.length) {
      int longer = 2 * size;
      dimension = Arrays.copyOf(dimension, longer);
      bound = Arrays.copyOf(bound, longer);
      kind = Arrays.copyOf(kind, longer);
      stride = Arrays.copyOf(stride, longer);
    }
    dimension[size] = dim;
    bound[size] = iterations;
    kind[size] = loopKind;
    size++;
  }

  /** Computes strides and extents after the last loop was added. */
  public void finish() {
    start[levels] = size;
    Arrays.fill(inside[levels], 1);
    for (int l = levels - 1; l >= 0; l--) {
      long[] product = inside[l];
      long[] inner = inside[l + 1];
      for (int d = 0; d < dimensions; d++) {
        product[d] = inner[d];
      }
      for (int i = start[l + 1] - 1; i >= start[l]; i--) {
        int d = dimension[i];
        stride[i] = product[d];
        product[d] *= bound[i];
      }
    }
  }

  /**
   * Compiles a mapping.
   *
   * @throws IllegalArgumentException naming every rule that the mapping breaks: unknown names,
   *     loops that do not cover a dimension or never run in full, spatial loops beyond the fan-out,
   *     operands that a level cannot keep
   */
  public static CompiledMapping of(Mapping mapping, Einsum einsum, Accelerator accelerator) {
    return new MappingCompiler(einsum, accelerator).compile(mapping);
  }

  /** The nest as a mapping. */
  public Mapping mapping(Einsum einsum) {
    List<Mapping.Level> all = new ArrayList<>();
    for (int l = 0; l < levels; l++) {
      all.add(
          new Mapping.Level(
              loops(einsum, l, TEMPORAL),
              loops(einsum, l, SPATIAL_X),
              loops(einsum, l, SPATIAL_Y),
              names(einsum, keeps[l]),
              names(einsum, unicast[l])));
    }
    return new Mapping(all);
  }

  private List<Einsum.Loop> loops(Einsum einsum, int level, byte loopKind) {
    List<Einsum.Loop> loops = new ArrayList<>();
    for (int i = start[level]; i < start[level + 1]; i++) {
      if (kind[i] == loopKind) {
        String name = einsum.dimensions().get(dimension[i]).dimension();
        loops.add(new Einsum.Loop(name, bound[i]));
      }
    }
    return loops;
  }

  private static Set<String> names(Einsum einsum, TensorSet tensors) {
    Set<String> names = new HashSet<>();
    for (int t = 0; t < einsum.tensors().size(); t++) {
      if (tensors.contains(t)) {
        names.add(einsum.tensors().get(t).name());
      }
    }
    return names;
  }

  /** Whether instances between two levels share no accesses of a tensor. */
  boolean isUnicast(int tensor, int outer, int inner) {
    for (int l = outer; l < inner; l++) {
      if (unicast[l].contains(tensor)) {
        return true;
      }
    }
    return false;
  }

  /** The dimensions unrolled between two levels, as a bit set. */
  long spread(int outer, int inner, long[] bit) {
    long bits = 0;
    for (int i = start[outer]; i < start[inner]; i++) {
      bits |= kind[i] == TEMPORAL ? 0 : bit[dimension[i]];
    }
    return bits;
  }

  /** Whether no loop over these dimensions has a partial last tile. */
  boolean isPerfect(int[] bounds, int[] dims) {
    for (int d : dims) {
      if (extent[d] != bounds[d]) {
        return false;
      }
    }
    return true;
  }

  /** Whether no loop has a partial last tile, for bounds {@code [dimension]}. */
  public boolean isPerfect(int[] bounds) {
    for (int d = 0; d < dimensions; d++) {
      if (extent[d] != bounds[d]) {
        return false;
      }
    }
    return true;
  }
}
