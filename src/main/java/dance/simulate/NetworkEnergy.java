package dance.simulate;

import dance.accelerator.MemoryLevel;
import dance.workload.Tensor;
import java.util.List;

/**
 * What the networks between the levels charge for the words that pass them. Words of a tensor pass
 * every network between two levels that keep it, also where a level in between does not.
 *
 * <p>Partial sums pass as updates only, those that return after a spill being added to on the way,
 * except to an unbounded level, which is off-chip memory and cannot add: there they pass both ways
 * (Timeloop, buffer: the in-memory reduction of every level but DRAM).
 */
final class NetworkEnergy {
  private final CompiledEinsum shape;
  private final MemoryLevel[] levels;

  /** Whether no network costs anything, so that nobody needs to count hops. */
  final boolean free;

  /** Energy in pJ: [level · tensors + tensor]. */
  final double[] pj;

  private final double[] pjPerWord;

  /** Spatial loops of each level whose hops are known. */
  private final long[][] measured;

  NetworkEnergy(CompiledEinsum shape, MemoryLevel[] levels) {
    this.shape = shape;
    this.levels = levels;
    pj = new double[levels.length * shape.tensors];
    pjPerWord = new double[levels.length * shape.tensors];
    measured = new long[levels.length][1];
    boolean all = true;
    for (MemoryLevel level : levels) {
      all &= level.interconnect().free();
    }
    free = all;
  }

  /** Prices a nest after it was counted. Allocates only where the spatial loops have changed. */
  void price(CompiledMapping nest, Counter counter, Accounting accounting) {
    if (free) {
      return;
    }
    for (int l = 0; l < levels.length; l++) {
      if (levels[l].interconnect().free()) {
        continue;
      }
      if (hasChanged(nest, l, accounting)) {
        measure(nest.mapping(shape.einsum), l, accounting);
      }
      for (int t = 0; t < shape.tensors; t++) {
        int cell = l * shape.tensors + t;
        pj[cell] = words(t, l, nest, counter) * pjPerWord[cell];
      }
    }
  }

  /** Energy of a word of each tensor below a level: [level · tensors + tensor]. */
  private void measure(Mapping mapping, int l, Accounting accounting) {
    for (int t = 0; t < shape.tensors; t++) {
      Tensor tensor = shape.einsum.tensors().get(t);
      pjPerWord[l * shape.tensors + t] = pjPerWord(tensor, mapping, l, levels[l], accounting);
    }
  }

  /** Energy of a word of a tensor on the network below a level. */
  static double pjPerWord(
      Tensor tensor, Mapping mapping, int l, MemoryLevel level, Accounting accounting) {
    return NetworkHops.energyPj(
        1, hops(tensor, mapping, l, level, accounting), level.interconnect());
  }

  /** How far the words of a tensor travel on the network below a level. */
  static List<NetworkHops> hops(
      Tensor tensor, Mapping mapping, int l, MemoryLevel level, Accounting accounting) {
    return NetworkHops.of(
        NetworkHops.tiles(tensor, mapping, l),
        accounting == Accounting.TIMELOOP ? level.fanoutX() : width(mapping, l),
        level.fanoutY());
  }

  /** Whether the spatial loops below a level differ from those measured last; notes them. */
  private boolean hasChanged(CompiledMapping nest, int l, Accounting accounting) {
    int from = nest.start[l];
    int to = nest.start[l + 1];
    long[] last = measured[l];
    int at = 0;
    boolean same = last[at++] == 1 + accounting.ordinal() && last[at++] == nest.unicast[l];
    for (int i = from; i < to && same; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        same =
            at + 2 < last.length
                && last[at] == nest.dimension[i] * 4L + nest.kind[i]
                && last[at + 1] == nest.bound[i]
                && last[at + 2] == nest.stride[i];
        at += 3;
      }
    }
    if (same && at == last.length) {
      return false;
    }
    int loops = 0;
    for (int i = from; i < to; i++) {
      loops += nest.kind[i] == CompiledMapping.TEMPORAL ? 0 : 1;
    }
    long[] now = new long[2 + 3 * loops];
    now[0] = 1 + accounting.ordinal();
    now[1] = nest.unicast[l];
    at = 2;
    for (int i = from; i < to; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        now[at++] = nest.dimension[i] * 4L + nest.kind[i];
        now[at++] = nest.bound[i];
        now[at++] = nest.stride[i];
      }
    }
    measured[l] = now;
    return true;
  }

  /** Words of a tensor that pass the networks below all instances of a level. */
  long words(int t, int level, CompiledMapping nest, Counter counter) {
    long words = counter.passing(t, level);
    return isBothWays(t, level, nest)
        ? Math.addExact(words, counter.reads[level * shape.tensors + t])
        : words;
  }

  /** Whether partial sums pass the network below a level in both directions. */
  boolean isBothWays(int t, int level, CompiledMapping nest) {
    return t == shape.output
        && (nest.keeps[level] >> t & 1) != 0
        && levels[level].capacityWords() == MemoryLevel.UNBOUNDED;
  }

  private static int width(Mapping mapping, int level) {
    return mapping.levels().get(level).spatialX().stream()
        .mapToInt(loop -> loop.bound())
        .reduce(1, Math::multiplyExact);
  }
}
