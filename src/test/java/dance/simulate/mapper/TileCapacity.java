package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the tiles of a mapping fit, by listing the words of each tile axis by axis. */
final class TileCapacity implements MapEnumeration.Filter {
  private final MapCase space;
  private final int levels;
  private final int tensors;
  private final Map<List<Integer>, Integer> lengths = new HashMap<>();
  private final long[][] tileWords;

  TileCapacity(MapCase space) {
    this.space = space;
    levels = space.accelerator().levels().size();
    tensors = space.einsum().tensors().size();
    tileWords = new long[levels][tensors];
  }

  @Override
  public void begin(int[][] split) {
    int[] extent = new int[split.length];
    Arrays.fill(extent, 1);
    for (int l = levels - 1; l >= 0; l--) {
      for (int d = 0; d < split.length; d++) {
        for (int kind = 0; kind < 3; kind++) {
          extent[d] *= split[d][l * 3 + kind];
        }
      }
      for (int t = 0; t < tensors; t++) {
        tileWords[l][t] = words(t, extent);
      }
    }
  }

  @Override
  public boolean wants(TensorSet[] keeps) {
    for (int l = 0; l < levels; l++) {
      MemoryLevel level = space.accelerator().levels().get(l);
      long together = 0;
      Map<Partition, Long> divided = new HashMap<>();
      for (int t = 0; t < tensors; t++) {
        long words = keeps[l].contains(t) ? tileWords[l][t] : 0;
        together += words;
        level
            .partition(space.einsum().tensors().get(t).role())
            .ifPresent(part -> divided.merge(part, banks(words, part.bankWords()), Long::sum));
      }
      for (Map.Entry<Partition, Long> part : divided.entrySet()) {
        if (part.getValue() > part.getKey().words() / level.multipleBuffering()) {
          return false;
        }
      }
      if (together > level.usableWords()) {
        return false;
      }
    }
    return true;
  }

  private static long banks(long words, long bankWords) {
    long banks = 0;
    while (banks * bankWords < words) {
      banks++;
    }
    return banks * bankWords;
  }

  private long words(int t, int[] extent) {
    Einsum einsum = space.einsum();
    Tensor tensor = einsum.tensors().get(t);
    long words = 1;
    for (int a = 0; a < tensor.axes().size(); a++) {
      Axis axis = tensor.axes().get(a);
      int[] key = new int[2 + axis.terms().size()];
      key[0] = t;
      key[1] = a;
      for (int i = 0; i < axis.terms().size(); i++) {
        int d = einsum.index(axis.terms().get(i).dimension());
        key[2 + i] = Math.min(extent[d], einsum.dimensions().get(d).bound());
      }
      List<Integer> boxed = Arrays.stream(key).boxed().toList();
      words *= lengths.computeIfAbsent(boxed, k -> length(axis, k.subList(2, k.size())));
    }
    return words;
  }

  /** Distinct values of the sum, or all between the least and the greatest. */
  private int length(Axis axis, List<Integer> extents) {
    BigInteger set = BigInteger.ONE;
    for (int i = 0; i < extents.size(); i++) {
      BigInteger sums = BigInteger.ZERO;
      for (int index = 0; index < extents.get(i); index++) {
        sums = sums.or(set.shiftLeft(index * axis.terms().get(i).coefficient()));
      }
      set = sums;
    }
    return space.accounting() == Accounting.EXACT ? set.bitCount() : set.bitLength();
  }
}
