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

  NetworkEnergy(CompiledEinsum shape, MemoryLevel[] levels) {
    this.shape = shape;
    this.levels = levels;
    pj = new double[levels.length * shape.tensors];
    boolean all = true;
    for (MemoryLevel level : levels) {
      all &= level.interconnect().free();
    }
    free = all;
  }

  /** Prices a nest after it was counted. Allocates, unless all networks are free. */
  void price(CompiledMapping nest, Counter counter, Accounting accounting) {
    if (free) {
      return;
    }
    Mapping mapping = nest.mapping(shape.einsum);
    for (int l = 0; l < levels.length; l++) {
      if (levels[l].interconnect().free()) {
        continue;
      }
      for (int t = 0; t < shape.tensors; t++) {
        Tensor tensor = shape.einsum.tensors().get(t);
        List<NetworkHops> hops =
            NetworkHops.of(
                NetworkHops.tiles(tensor, mapping, l),
                accounting == Accounting.TIMELOOP ? levels[l].fanoutX() : width(mapping, l),
                levels[l].fanoutY());
        pj[l * shape.tensors + t] =
            NetworkHops.energyPj(words(t, l, nest, counter), hops, levels[l].interconnect());
      }
    }
  }

  /** Words of a tensor that pass the networks below all instances of a level. */
  long words(int t, int level, CompiledMapping nest, Counter counter) {
    long words = counter.passing(t, level);
    boolean bothWays =
        t == shape.output
            && (nest.keeps[level] >> t & 1) != 0
            && levels[level].capacityWords() == MemoryLevel.UNBOUNDED;
    return bothWays ? Math.addExact(words, counter.reads[level * shape.tensors + t]) : words;
  }

  private static int width(Mapping mapping, int level) {
    return mapping.levels().get(level).spatialX().stream()
        .mapToInt(loop -> loop.bound())
        .reduce(1, Math::multiplyExact);
  }
}
