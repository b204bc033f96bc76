package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A mapping compiled to arrays: the loops of bound 2 and more, outermost first. Reusable, so that a
 * search fills one nest again and again.
 */
final class CompiledMapping {
  static final byte TEMPORAL = 0;
  static final byte SPATIAL_Y = 1;
  static final byte SPATIAL_X = 2;

  /** More spatial loops of two and more iterations do not fit a dimension of 2³¹. */
  static final int MOST_SPATIAL_LOOPS = 32;

  final int dimensions;
  final int levels;
  int size;
  int[] dimension = new int[64];
  int[] bound = new int[64];
  byte[] kind = new byte[64];

  /** Index of the first loop of each level; the last entry is {@link #size}. */
  final int[] start;

  /** Product of the bounds of the loops on the same dimension inside each loop. */
  long[] stride = new long[64];

  /** Product of all bounds of each dimension. */
  final long[] extent;

  /** Bit t of entry l: level l keeps tensor t. */
  final int[] keeps;

  /** Bit t of entry l: instances below level l do not share accesses of tensor t. */
  final int[] unicast;

  CompiledMapping(int dimensions, int levels) {
    this.dimensions = dimensions;
    this.levels = levels;
    start = new int[levels + 1];
    extent = new long[dimensions];
    keeps = new int[levels];
    unicast = new int[levels];
  }

  void clear() {
    size = 0;
    java.util.Arrays.fill(keeps, 0);
    java.util.Arrays.fill(unicast, 0);
  }

  /** Marks that the loops added next belong to this level. */
  void beginLevel(int level) {
    start[level] = size;
  }

  /** Adds a loop inside all loops so far. */
  void add(int dim, int iterations, byte loopKind) {
    if (iterations == 1) {
      return;
    }
    if (size == dimension.length) {
      int longer = 2 * size;
      dimension = java.util.Arrays.copyOf(dimension, longer);
      bound = java.util.Arrays.copyOf(bound, longer);
      kind = java.util.Arrays.copyOf(kind, longer);
      stride = java.util.Arrays.copyOf(stride, longer);
    }
    dimension[size] = dim;
    bound[size] = iterations;
    kind[size] = loopKind;
    size++;
  }

  /** Computes strides and extents after the last loop was added. */
  void finish() {
    start[levels] = size;
    for (int d = 0; d < dimensions; d++) {
      extent[d] = 1;
    }
    for (int i = size - 1; i >= 0; i--) {
      int d = dimension[i];
      stride[i] = extent[d];
      extent[d] *= bound[i];
    }
  }

  /**
   * Compiles a mapping.
   *
   * @throws IllegalArgumentException naming every rule that the mapping breaks: unknown names,
   *     loops that do not cover a dimension or never run in full, spatial loops beyond the fan-out,
   *     operands that a level cannot keep
   */
  static CompiledMapping of(Mapping mapping, Einsum einsum, Accelerator accelerator) {
    int levels = accelerator.levels().size();
    int dims = einsum.dimensions().size();
    Rules rules = new Rules();
    rules.require(
        mapping.levels().size() == levels,
        "mapping has %d levels but %s has %d",
        mapping.levels().size(),
        accelerator.name(),
        levels);
    rules.check();
    CompiledMapping nest = new CompiledMapping(dims, levels);
    for (int l = 0; l < levels; l++) {
      Mapping.Level level = mapping.levels().get(l);
      MemoryLevel memory = accelerator.levels().get(l);
      nest.beginLevel(l);
      nest.addAll(level.temporal(), TEMPORAL, einsum, memory, rules);
      long y = nest.addAll(level.spatialY(), SPATIAL_Y, einsum, memory, rules);
      long x = nest.addAll(level.spatialX(), SPATIAL_X, einsum, memory, rules);
      rules.require(
          x <= memory.fanoutX() && y <= memory.fanoutY(),
          "spatial loops below %s take %d × %d instances but there are %d × %d",
          memory.name(),
          x,
          y,
          memory.fanoutX(),
          memory.fanoutY());
      for (String name : level.keeps()) {
        rules.require(
            indexOf(einsum, name) >= 0,
            "%s keeps %s, no tensor of %s",
            memory.name(),
            name,
            einsum.name());
      }
      for (int t = 0; t < einsum.tensors().size(); t++) {
        String name = einsum.tensors().get(t).name();
        Operand role = einsum.tensors().get(t).role();
        if (level.keeps().contains(name)) {
          nest.keeps[l] |= 1 << t;
          rules.require(
              memory.keeps().contains(role), "%s cannot keep %s (%s)", memory.name(), name, role);
        }
        rules.require(
            l > 0 || level.keeps().contains(name),
            "outermost level %s must keep %s",
            memory.name(),
            name);
        if (level.unicast().contains(name)) {
          nest.unicast[l] |= 1 << t;
        }
      }
    }
    rules.check();
    nest.finish();
    nest.checkCover(einsum, rules);
    rules.check();
    return nest;
  }

  /** The nest as a mapping. */
  Mapping mapping(Einsum einsum) {
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

  private static Set<String> names(Einsum einsum, int tensors) {
    Set<String> names = new HashSet<>();
    for (int t = 0; t < einsum.tensors().size(); t++) {
      if ((tensors >> t & 1) != 0) {
        names.add(einsum.tensors().get(t).name());
      }
    }
    return names;
  }

  private long addAll(
      List<Einsum.Loop> loops, byte loopKind, Einsum einsum, MemoryLevel memory, Rules rules) {
    long product = 1;
    for (Einsum.Loop loop : loops) {
      int d = -1;
      for (int i = 0; i < dimensions; i++) {
        if (einsum.dimensions().get(i).dimension().equals(loop.dimension())) {
          d = i;
        }
      }
      rules.require(
          d >= 0,
          "a loop at %s runs over %s, which is no dimension of %s",
          memory.name(),
          loop.dimension(),
          einsum.name());
      rules.require(
          loop.bound() >= 1,
          "the loop over %s at %s has bound %d: it must be at least 1",
          loop.dimension(),
          memory.name(),
          loop.bound());
      if (d >= 0 && loop.bound() >= 1) {
        add(d, loop.bound(), loopKind);
        product = Math.multiplyExact(product, (long) loop.bound());
      }
    }
    return product;
  }

  private void checkCover(Einsum einsum, Rules rules) {
    for (int d = 0; d < dimensions; d++) {
      Einsum.Loop dim = einsum.dimensions().get(d);
      rules.require(
          extent[d] >= dim.bound(),
          "loops over %s make %d iterations but its bound is %d",
          dim.dimension(),
          extent[d],
          dim.bound());
      for (int i = 0; i < size; i++) {
        if (dimension[i] == d) {
          long useful = (dim.bound() + stride[i] - 1) / stride[i];
          rules.require(
              bound[i] <= useful,
              "a loop over %s runs %d times with steps of %d, but %d times cover its bound %d",
              dim.dimension(),
              bound[i],
              stride[i],
              useful,
              dim.bound());
        }
      }
    }
  }

  private static int indexOf(Einsum einsum, String tensor) {
    for (int t = 0; t < einsum.tensors().size(); t++) {
      if (einsum.tensors().get(t).name().equals(tensor)) {
        return t;
      }
    }
    return -1;
  }

  /** Whether no loop has a partial last tile. */
  boolean isPerfect(int[] bounds) {
    for (int d = 0; d < dimensions; d++) {
      if (extent[d] != bounds[d]) {
        return false;
      }
    }
    return true;
  }
}
