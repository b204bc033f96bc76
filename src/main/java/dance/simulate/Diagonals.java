package dance.simulate;

import dance.simulate.ListedInstances.Step;
import dance.simulate.ListedInstances.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sharing along an axis that several spatial loops move together, such as the rows of an input when
 * output rows and filter rows are spread over the array: instances whose indices have the same sum
 * need the same tile.
 *
 * <p>Where the last tiles of such an axis are partial, the instances are listed one by one, because
 * those of a diagonal may have worked for different times. The cost grows with the number of
 * instances along the axis, not with the number of tiles.
 */
final class Diagonals {
  private final CompiledEinsum shape;

  Diagonals(CompiledEinsum shape) {
    this.shape = shape;
  }

  /** Tiles that are needed at the same time, and what their instances held before. */
  private static final class Shared {
    final long[] extents;
    final List<long[]> held = new ArrayList<>();

    Shared(long[] extents) {
      this.extents = extents;
    }
  }

  /** Distinct positions of tiles over the instances between two levels. */
  long positions(CompiledMapping nest, int t, int a, int outer, int inner) {
    int[] coefficients = new int[nest.size];
    long[] sizes = new long[nest.size];
    int terms = 0;
    for (int i = nest.start[outer]; i < nest.start[inner]; i++) {
      int d = nest.dimension[i];
      if (nest.kind[i] != CompiledMapping.TEMPORAL && shape.axisOf[t][d] == a) {
        coefficients[terms] = Math.toIntExact(shape.coefficientOf[t][d] * nest.stride[i]);
        sizes[terms++] = nest.bound[i];
      }
    }
    return AffineSets.size(coefficients, sizes, terms);
  }

  /**
   * Σ over the advances of a loop, and over the distinct tiles of each, of the elements along the
   * axis: all of them, or those that every instance with this tile held before.
   *
   * @param loop the loop that advances, or -1 for the first tiles
   */
  long words(
      CompiledMapping nest,
      int t,
      int a,
      int outer,
      int inner,
      int loop,
      boolean overlap,
      boolean boxes,
      long[] tileExtent,
      boolean busiest) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    int n = dims.length;
    ListedInstances[] instances = new ListedInstances[n];
    List<List<Times>> times = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      instances[i] = instances(nest, dims[i], outer, inner, tileExtent, busiest);
      times.add(instances[i].times(nest, loop, inner));
    }
    long total = 0;
    int[] moment = new int[n];
    for (boolean more = times.stream().noneMatch(List::isEmpty); more; ) {
      long weight = 1;
      Step[][] steps = new Step[n][];
      for (int i = 0; i < n; i++) {
        Times time = times.get(i).get(moment[i]);
        weight = Math.multiplyExact(weight, time.count());
        steps[i] = new Step[instances[i].size()];
        for (int x = 0; x < instances[i].size(); x++) {
          steps[i][x] = instances[i].step(nest, loop, inner, time.sample(), x);
        }
      }
      long words = 0;
      for (Shared tile : tiles(instances, steps, c).values()) {
        words += elements(c, tile, overlap, boxes);
      }
      total = Math.addExact(total, Math.multiplyExact(weight, words));
      more = false;
      for (int i = 0; i < n && !more; i++) {
        more = ++moment[i] < times.get(i).size();
        if (!more) {
          moment[i] = 0;
        }
      }
    }
    return total;
  }

  /** Σ over all cycles of the distinct elements along the axis that the MACs need. */
  long visits(CompiledMapping nest, int t, int a, int outer, long[] tileExtent, boolean busiest) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    int n = dims.length;
    ListedInstances[] instances = new ListedInstances[n];
    List<List<Times>> times = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      instances[i] = instances(nest, dims[i], outer, nest.levels, tileExtent, busiest);
      times.add(instances[i].visitTimes());
    }
    long total = 0;
    int[] moment = new int[n];
    for (boolean more = true; more; ) {
      long weight = 1;
      Step[][] steps = new Step[n][];
      for (int i = 0; i < n; i++) {
        Times time = times.get(i).get(moment[i]);
        weight = Math.multiplyExact(weight, time.count());
        steps[i] = new Step[instances[i].size()];
        for (int x = 0; x < instances[i].size(); x++) {
          steps[i][x] = time.sample() < instances[i].visits()[x] ? new Step(1, 0, 0) : null;
        }
      }
      long distinct = tiles(instances, steps, c).size();
      total = Math.addExact(total, Math.multiplyExact(weight, distinct));
      more = false;
      for (int i = 0; i < n && !more; i++) {
        more = ++moment[i] < times.get(i).size();
        if (!more) {
          moment[i] = 0;
        }
      }
    }
    return total;
  }

  /** Σ over the instances of a level of the distinct elements along the axis that each touches. */
  long held(CompiledMapping nest, int t, int a, int level, long[] tileExtent, boolean busiest) {
    int[] dims = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    BitSet[][] touched = new BitSet[dims.length][];
    int total = 1;
    for (int i = 0; i < dims.length; i++) {
      int d = dims[i];
      ListedInstances all = instances(nest, d, level, level, tileExtent, busiest);
      touched[i] = new BitSet[all.size()];
      int outside = nest.start[level];
      for (int x = 0; x < all.size(); x++) {
        BitSet set = new BitSet();
        for (long v = 0; v < all.visits()[x]; v++) {
          long from = Digits.value(nest, d, 0, outside, v) + all.offset()[x];
          long to = Math.min(from + tileExtent[d], shape.bounds[d]);
          for (long e = from; e < to; e++) {
            set.set(Math.toIntExact(e * c[i]));
          }
        }
        touched[i][x] = set;
      }
      total *= all.size();
    }
    long words = 0;
    for (int code = 0; code < total; code++) {
      int rest = code;
      BitSet sum = new BitSet();
      sum.set(0);
      for (BitSet[] sets : touched) {
        BitSet wider = new BitSet();
        BitSet add = sets[rest % sets.length];
        rest /= sets.length;
        for (int e = add.nextSetBit(0); e >= 0; e = add.nextSetBit(e + 1)) {
          for (int s = sum.nextSetBit(0); s >= 0; s = sum.nextSetBit(s + 1)) {
            wider.set(s + e);
          }
        }
        sum = wider;
      }
      words += sum.cardinality();
    }
    return words;
  }

  private ListedInstances instances(
      CompiledMapping nest, int d, int outer, int inner, long[] tileExtent, boolean busiest) {
    return ListedInstances.of(nest, d, shape.bounds[d], outer, inner, tileExtent[d], busiest);
  }

  /** The distinct tiles of the working instances. */
  private static Map<List<Object>, Shared> tiles(
      ListedInstances[] instances, Step[][] steps, int[] c) {
    int n = instances.length;
    Map<List<Object>, Shared> tiles = new HashMap<>();
    int[] x = new int[n];
    while (true) {
      boolean works = true;
      for (int i = 0; i < n; i++) {
        works &= steps[i][x[i]] != null;
      }
      if (works) {
        Object[] key = new Object[n + 2];
        long start = 0;
        long move = 0;
        long[] extents = new long[n];
        long[] held = new long[n + 1];
        for (int i = 0; i < n; i++) {
          Step step = steps[i][x[i]];
          start += c[i] * instances[i].offset()[x[i]];
          move += c[i] * step.shift();
          extents[i] = step.newExtent();
          held[i] = step.oldExtent();
          key[i] = instances[i].group()[x[i]];
        }
        key[n] = start;
        key[n + 1] = canonical(c, extents);
        held[n] = move;
        Shared tile = tiles.computeIfAbsent(List.of(key), k -> new Shared(extents));
        if (tile.held.stream().noneMatch(h -> Arrays.equals(h, held))) {
          tile.held.add(held);
        }
      }
      int i = 0;
      while (i < n && ++x[i] == instances[i].size()) {
        x[i++] = 0;
      }
      if (i == n) {
        return tiles;
      }
    }
  }

  /** Equal for equal sets, whatever the shape of the tiles that make them. */
  private static Object canonical(int[] c, long[] extents) {
    long size = AffineSets.size(c, extents, c.length);
    return size == AffineSets.box(c, extents, c.length)
        ? (Object) size
        : AffineSets.elements(c, extents, c.length);
  }

  private static long elements(int[] c, Shared tile, boolean overlap, boolean boxes) {
    int n = c.length;
    long box = AffineSets.box(c, tile.extents, n);
    if (!overlap) {
      return boxes ? box : AffineSets.size(c, tile.extents, n);
    }
    if (boxes) {
      long low = 0;
      long high = box;
      for (long[] held : tile.held) {
        low = Math.max(low, -held[n]);
        high = Math.min(high, -held[n] + AffineSets.box(c, held, n));
      }
      return Math.max(0, high - low);
    }
    if (tile.held.size() == 1) {
      long[] held = tile.held.get(0);
      return AffineSets.overlap(c, held, tile.extents, held[n], n);
    }
    BitSet kept = AffineSets.elements(c, tile.extents, n);
    for (long[] held : tile.held) {
      BitSet before = AffineSets.elements(c, held, n);
      for (int e = kept.nextSetBit(0); e >= 0; e = kept.nextSetBit(e + 1)) {
        long old = e + held[n];
        if (old < 0 || old > Integer.MAX_VALUE || !before.get((int) old)) {
          kept.clear(e);
        }
      }
    }
    return kept.cardinality();
  }
}
