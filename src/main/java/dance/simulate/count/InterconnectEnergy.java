package dance.simulate.count;

import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Energy of the interconnects between the levels. Words of a tensor pass every interconnect between
 * two levels that keep it, also if a level in between bypasses it.
 *
 * <p>Partial sums travel outwards as updates only, and those that return after a spill are added on
 * the way; but an unbounded level is off-chip memory and cannot add: there they travel both ways
 * (Timeloop, buffer: the in-memory reduction of every level but DRAM).
 */
public final class InterconnectEnergy {
  private final CompiledEinsum shape;
  private final MemoryLevel[] levels;

  /** Energy in pJ: [level · tensors + tensor]. */
  final double[] pj;

  /** Maximum number of cached unrollings. */
  private static final int MOST_KNOWN = 4096;

  /** Levels whose interconnects cost energy. */
  private final int[] charged;

  /** Energies of a word, by the spatial loops below each level. */
  private final List<Map<Signature, double[]>> measured = new ArrayList<>();

  private final Signature probe = new Signature();

  /** Bits of the dimensions that share an axis of some tensor with a dimension: [dimension]. */
  private final long[] partners;

  /** The spatial loops below a level, with the steps of those that share an axis. */
  private static final class Signature {
    private long[] values = new long[16];
    private int size;
    private int hash;

    void clear() {
      size = 0;
      hash = 1;
    }

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
      hash = 31 * hash + Long.hashCode(value);
    }

    Signature copy() {
      Signature copy = new Signature();
      copy.values = Arrays.copyOf(values, size);
      copy.size = size;
      copy.hash = hash;
      return copy;
    }

    @Override
    public boolean equals(Object object) {
      if (!(object instanceof Signature other) || other.size != size) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        if (values[i] != other.values[i]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /**
   * @param known whose measurements of equal interconnects are shared, or null
   */
  InterconnectEnergy(CompiledEinsum shape, MemoryLevel[] levels, InterconnectEnergy known) {
    this.shape = shape;
    this.levels = levels;
    pj = new double[levels.length * shape.tensors];
    for (int l = 0; l < levels.length; l++) {
      boolean shared =
          known != null && l < known.levels.length && isLike(levels[l], known.levels[l]);
      measured.add(shared ? known.measured.get(l) : new HashMap<>());
    }
    charged =
        IntStream.range(0, levels.length).filter(l -> !levels[l].interconnect().free()).toArray();
    partners = new long[shape.dimensions];
    for (int[][] tensor : shape.axisDimensions) {
      for (int[] axis : tensor) {
        for (int d : axis) {
          for (int other : axis) {
            partners[d] |= d == other ? 0 : shape.bit[other];
          }
        }
      }
    }
  }

  private static boolean isLike(MemoryLevel level, MemoryLevel other) {
    return level.interconnect().equals(other.interconnect())
        && level.fanoutX() == other.fanoutX()
        && level.fanoutY() == other.fanoutY();
  }

  /** Prices a counted nest. Allocates only for new unrollings. */
  void price(CompiledMapping nest, Counter counter, Accounting accounting) {
    for (int l : charged) {
      double[] pjPerWord = pjPerWord(nest, l, accounting);
      for (int t = 0; t < shape.tensors; t++) {
        int cell = l * shape.tensors + t;
        pj[cell] = words(t, l, nest, counter) * pjPerWord[t];
      }
    }
  }

  /** Energy of a word of each tensor below a level. */
  private double[] pjPerWord(CompiledMapping nest, int l, Accounting accounting) {
    sign(nest, l, accounting);
    Map<Signature, double[]> known = measured.get(l);
    double[] pjPerWord = known.get(probe);
    if (pjPerWord == null) {
      if (known.size() > MOST_KNOWN) {
        known.clear();
      }
      pjPerWord = measure(nest, l, accounting);
      known.put(probe.copy(), pjPerWord);
    }
    return pjPerWord;
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

  /** Energy of a word of a tensor on the interconnect below a level. */
  public static double pjPerWord(
      Tensor tensor, Mapping mapping, int l, MemoryLevel level, Accounting accounting) {
    return InterconnectHops.energyPj(
        1, hops(tensor, mapping, l, level, accounting), level.interconnect());
  }

  /** Hops of the words of a tensor on the interconnect below a level. */
  public static List<InterconnectHops> hops(
      Tensor tensor, Mapping mapping, int l, MemoryLevel level, Accounting accounting) {
    return InterconnectHops.of(
        InterconnectHops.tiles(tensor, mapping, l),
        accounting == Accounting.TIMELOOP ? level.fanoutX() : width(mapping, l),
        level.fanoutY());
  }

  private void sign(CompiledMapping nest, int l, Accounting accounting) {
    int from = nest.start[l];
    int to = nest.start[l + 1];
    long spread = nest.spread(l, l + 1, shape.bit);
    probe.clear();
    probe.add((long) nest.unicast[l].bits() << 1 | accounting.ordinal());
    for (int i = from; i < to; i++) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        int d = nest.dimension[i];
        probe.add((d * 4L + nest.kind[i]) << Integer.SIZE | nest.bound[i]);
        if ((partners[d] & spread) != 0) {
          probe.add(nest.stride[i]);
        }
      }
    }
  }

  /** Words of a tensor on the interconnects below all instances of a level. */
  long words(int t, int level, CompiledMapping nest, Counter counter) {
    long words = counter.passing(t, level);
    return isBothWays(t, level, nest)
        ? Math.addExact(words, counter.reads[level * shape.tensors + t])
        : words;
  }

  /** Whether partial sums travel in both directions on the interconnect below a level. */
  public boolean isBothWays(int t, int level, CompiledMapping nest) {
    return t == shape.output
        && nest.keeps[level].contains(t)
        && levels[level].capacityWords() == MemoryLevel.UNBOUNDED;
  }

  private static int width(Mapping mapping, int level) {
    return mapping.levels().get(level).spatialX().stream()
        .mapToInt(loop -> loop.bound())
        .reduce(1, Math::multiplyExact);
  }
}
