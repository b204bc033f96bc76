package dance.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The instances of a level along one dimension, one by one, where last tiles are partial.
 *
 * @param dimension the dimension
 * @param extent extent of a full tile
 * @param size number of instances that work at some time
 * @param group instance of the outer level to which each belongs
 * @param offset index at which the first tile of each starts
 * @param visits tiles that each visits
 * @param lastExtent extent of the last of them
 */
// never compared, so that arrays do no harm
@SuppressWarnings("ArrayRecordComponent")
record ListedInstances(
    int dimension,
    long extent,
    int size,
    int[] group,
    long[] offset,
    long[] visits,
    long[] lastExtent) {

  /** Times at which the same happens: one of them, and how many there are. */
  record Times(long sample, long count) {}

  /** What one instance does at some time: its tile after and before, and by how much it moved. */
  record Step(long newExtent, long oldExtent, long shift) {}

  /**
   * All combinations of the spatial loops over a dimension outside a level; for the busiest
   * instance of the outer level only those below it.
   */
  static ListedInstances of(
      CompiledMapping nest, int d, int bound, int outer, int inner, long extent, boolean busiest) {
    int outside = nest.start[inner];
    int size = 1;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] == d && nest.kind[i] != CompiledMapping.TEMPORAL) {
        size = Math.multiplyExact(size, nest.bound[i]);
      }
    }
    int[] group = new int[size];
    long[] offset = new long[size];
    long[] visits = new long[size];
    long[] lastExtent = new long[size];
    int used = 0;
    long tiles = Digits.iterations(nest, d, 0, outside);
    for (int code = 0; code < size; code++) {
      int rest = code;
      long at = 0;
      int id = 0;
      for (int i = outside - 1; i >= 0; i--) {
        if (nest.dimension[i] == d && nest.kind[i] != CompiledMapping.TEMPORAL) {
          int index = rest % nest.bound[i];
          rest /= nest.bound[i];
          at += index * nest.stride[i];
          if (i < nest.start[outer]) {
            id = id * nest.bound[i] + index;
          }
        }
      }
      long low = 0;
      long high = tiles;
      while (low < high) {
        long middle = (low + high) >>> 1;
        if (Digits.value(nest, d, 0, outside, middle) + at < bound) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low > 0 && !(busiest && id > 0)) {
        group[used] = id;
        offset[used] = at;
        visits[used] = low;
        long start = Digits.value(nest, d, 0, outside, low - 1) + at;
        lastExtent[used++] = Math.min(extent, bound - start);
      }
    }
    return new ListedInstances(d, extent, used, group, offset, visits, lastExtent);
  }

  /** Splits the advances of a loop by what the instances do in them. */
  List<Times> times(CompiledMapping nest, int loop, int inner) {
    if (loop < 0) {
      return List.of(new Times(0, 1));
    }
    boolean own = nest.dimension[loop] == dimension;
    long inside = Digits.iterations(nest, dimension, loop + 1, nest.start[inner]);
    TreeSet<Long> ends = new TreeSet<>();
    for (int x = 0; x < size; x++) {
      long v = visits[x];
      long end = own ? (v - 1) / inside - (v - 1) / (inside * nest.bound[loop]) : (v - 1) / inside;
      if (end >= (own ? 1 : 0)) {
        ends.add(end);
      }
    }
    List<Times> list = new ArrayList<>();
    long from = own ? 1 : 0;
    for (long end : ends) {
      if (end > from) {
        list.add(new Times(from, end - from));
      }
      list.add(new Times(end, 1));
      from = end + 1;
    }
    return list;
  }

  /** Splits the visits by which instances still work. */
  List<Times> visitTimes() {
    TreeSet<Long> ends = new TreeSet<>();
    for (int x = 0; x < size; x++) {
      ends.add(visits[x]);
    }
    List<Times> list = new ArrayList<>();
    long from = 0;
    for (long end : ends) {
      list.add(new Times(from, end - from));
      from = end;
    }
    return list;
  }

  /**
   * What instance x does in the advance {@code time} of a loop.
   *
   * @param loop the loop, or -1 for the first tiles
   * @return null if it has no work left
   */
  Step step(CompiledMapping nest, int loop, int inner, long time, int x) {
    long full = extent;
    long tiles = visits[x];
    long last = lastExtent[x];
    if (loop < 0) {
      return new Step(tiles == 1 ? last : full, 0, 0);
    }
    int to = nest.start[inner];
    long inside = Digits.iterations(nest, dimension, loop + 1, to);
    if (nest.dimension[loop] == dimension) {
      long b = nest.bound[loop];
      long at = (time + (time - 1) / (b - 1)) * inside;
      if (at >= tiles) {
        return null;
      }
      long span = Digits.value(nest, dimension, loop + 1, to, inside - 1);
      return new Step(at == tiles - 1 ? last : full, full, nest.stride[loop] - span);
    }
    long rounds = (tiles + inside - 1) / inside;
    if (time >= rounds) {
      return null;
    }
    if (time < rounds - 1) {
      return new Step(full, full, -Digits.value(nest, dimension, loop + 1, to, inside - 1));
    }
    long rest = tiles - (rounds - 1) * inside;
    return rest == 1
        ? new Step(last, last, 0)
        : new Step(full, last, -Digits.value(nest, dimension, loop + 1, to, rest - 1));
  }
}
