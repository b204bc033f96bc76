package dance.simulate;

import dance.accelerator.MemoryLevel;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  /** Most ways to spread whose hops are remembered. */
  private static final int MOST_KNOWN = 4096;

  /** Energies of a word, by the spatial loops below each level. */
  private final List<Map<List<Long>, double[]>> measured = new ArrayList<>();

  private final long[][] last;
  private final double[][] lastPj;

  NetworkEnergy(CompiledEinsum shape, MemoryLevel[] levels) {
    this.shape = shape;
    this.levels = levels;
    pj = new double[levels.length * shape.tensors];
    last = new long[levels.length][];
    lastPj = new double[levels.length][];
    for (int l = 0; l < levels.length; l++) {
      measured.add(new HashMap<>());
    }
    boolean all = true;
    for (MemoryLevel level : levels) {
      all &= level.interconnect().free();
    }
    free = all;
  }

  /** Prices a nest after it was counted. Allocates a little. */
  void price(CompiledMapping nest, Counter counter, Accounting accounting) {
    if (free) {
      return;
    }
    for (int l = 0; l < levels.length; l++) {
      if (levels[l].interconnect().free()) {
        continue;
      }
      double[] pjPerWord = pjPerWord(nest, l, accounting);
      for (int t = 0; t < shape.tensors; t++) {
        int cell = l * shape.tensors + t;
        pj[cell] = words(t, l, nest, counter) * pjPerWord[t];
      }
    }
  }

  /** Energy of a word of each tensor below a level. */
  private double[] pjPerWord(CompiledMapping nest, int l, Accounting accounting) {
    long[] signature = signature(nest, l, accounting);
    if (!Arrays.equals(signature, last[l])) {
      last[l] = signature;
      Map<List<Long>, double[]> known = measured.get(l);
      if (known.size() > MOST_KNOWN) {
        known.clear();
      }
      List<Long> key = Arrays.stream(signature).boxed().toList();
      lastPj[l] = known.computeIfAbsent(key, k -> measure(nest, l, accounting));
    }
    return lastPj[l];
  }

  private double[] measure(CompiledMapping nest, int l, Accounting accounting) {
    Mapping mapping = nest.mapping(shape.einsum);
    double[] pj = new double[shape.tensors];
    for (int t = 0; t < shape.tensors; t++) {
      Tensor tensor = shape.einsum.tensors().get(t);
      pj[t] = pjPerWord(tensor, mapping, l, levels[l], accounting);
    }
    return pj;
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

  /** The spatial loops below a level, with the steps of those that meet in an axis. */
  private long[] signature(CompiledMapping nest, int l, Accounting accounting) {
    int from = nest.start[l];
    int to = nest.start[l + 1];
    int loops = 0;
    for (int i = from; i < to; i++) {
      loops += nest.kind[i] == CompiledMapping.TEMPORAL ? 0 : 1;
    }
    long[] signature = new long[2 + 3 * loops];
    signature[0] = accounting.ordinal();
    signature[1] = nest.unicast[l];
    int at = 2;
    for (int i = from; i < to; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        signature[at++] = nest.dimension[i] * 4L + nest.kind[i];
        signature[at++] = nest.bound[i];
        signature[at++] = meets(nest, from, to, i) ? nest.stride[i] : 0;
      }
    }
    return signature;
  }

  /** Whether another dimension of the same axis of some tensor is spread here too. */
  private boolean meets(CompiledMapping nest, int from, int to, int loop) {
    int d = nest.dimension[loop];
    for (int t = 0; t < shape.tensors; t++) {
      int axis = shape.axisOf[t][d];
      for (int i = from; i < to && axis >= 0; i++) {
        int other = nest.dimension[i];
        boolean spatial = nest.kind[i] != CompiledMapping.TEMPORAL;
        if (spatial && other != d && shape.axisOf[t][other] == axis) {
          return true;
        }
      }
    }
    return false;
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
