package dance.simulate.count;

import java.util.Arrays;

/**
 * The instances of a level along one dimension, enumerated, for partial last tiles: their tiles at
 * every advance of a loop. Mutable and reusable.
 */
final class ListedInstances {
  private CompiledMapping nest;
  private int dimension;
  private int outside;

  /** Extent of a full tile. */
  private long extent;

  /** Temporal loops over the dimension outside the level, outermost first. */
  private int[] loops = new int[16];

  private int loopCount;

  /** Number of instances that work at some time. */
  int size;

  /** Instance of the outer level to which each belongs. */
  int[] group = new int[16];

  /** First index of the first tile of each. */
  long[] offset = new long[16];

  /** Number of tiles that each visits. */
  long[] visits = new long[16];

  /** Extent of the last of them. */
  private long[] lastExtent = new long[16];

  /** Last times of the intervals in which all instances behave alike, ascending. */
  private long[] ends = new long[16];

  private int endCount;

  /** A representative time of each interval, and the number of times that it stands for. */
  long[] sample = new long[32];

  long[] count = new long[32];
  int kinds;

  /** Extent of the tile of each instance after an advance; 0 if it has no work left. */
  long[] newExtent = new long[16];

  /** Extent before, and displacement of the tile. */
  long[] oldExtent = new long[16];

  long[] shift = new long[16];

  /**
   * Enumerates all combinations of the spatial loops over a dimension outside a level; for the
   * busiest instance of the outer level only those below it.
   */
  void list(
      CompiledMapping target, int d, int bound, int outer, int inner, long full, boolean busiest) {
    nest = target;
    dimension = d;
    outside = nest.start[inner];
    extent = full;
    loopCount = 0;
    int codes = 1;
    for (int i = 0; i < outside; i++) {
      if (nest.dimension[i] != d) {
        continue;
      }
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        codes = Math.multiplyExact(codes, nest.bound[i]);
      } else {
        if (loopCount == loops.length) {
          loops = Arrays.copyOf(loops, 2 * loopCount);
        }
        loops[loopCount++] = i;
      }
    }
    reserve(codes);
    size = 0;
    for (int code = 0; code < codes; code++) {
      add(code, bound, outer, busiest);
    }
  }

  private void reserve(int codes) {
    if (group.length < codes) {
      group = new int[codes];
      offset = new long[codes];
      visits = new long[codes];
      lastExtent = new long[codes];
      newExtent = new long[codes];
      oldExtent = new long[codes];
      shift = new long[codes];
      ends = new long[codes];
      sample = new long[2 * codes];
      count = new long[2 * codes];
    }
  }

  private void add(int code, int bound, int outer, boolean busiest) {
    int rest = code;
    long at = 0;
    int id = 0;
    int weight = 1;
    for (int i = outside - 1; i >= 0; i--) {
      if (nest.dimension[i] == dimension && nest.kind[i] != CompiledMapping.TEMPORAL) {
        int index = rest % nest.bound[i];
        rest /= nest.bound[i];
        at += index * nest.stride[i];
        if (i < nest.start[outer]) {
          id += weight * index;
          weight *= nest.bound[i];
        }
      }
    }
    if (at >= bound || busiest && id > 0) {
      return;
    }
    // The last tile is the one with the greatest digits that stay below the bound.
    long left = bound - 1 - at;
    long last = 0;
    for (int n = 0; n < loopCount; n++) {
      int i = loops[n];
      long digit = Math.min(nest.bound[i] - 1, left / nest.stride[i]);
      left -= digit * nest.stride[i];
      last = last * nest.bound[i] + digit;
    }
    group[size] = id;
    offset[size] = at;
    visits[size] = last + 1;
    lastExtent[size++] = Math.min(extent, left + 1);
  }

  /**
   * Splits the first tiles, or the advances of a loop, into intervals in which all instances behave
   * alike.
   */
  void splitAdvances(int loop) {
    if (loop < 0) {
      kinds = 1;
      sample[0] = 0;
      count[0] = 1;
      return;
    }
    boolean own = nest.dimension[loop] == dimension;
    long inside = inside(loop);
    long first = own ? 1 : 0;
    endCount = 0;
    for (int x = 0; x < size; x++) {
      long end = (visits[x] - 1) / inside;
      if (own) {
        end -= end / nest.bound[loop];
      }
      if (end >= first) {
        addEnd(end);
      }
    }
    kinds = 0;
    long from = first;
    for (int e = 0; e < endCount; e++) {
      if (ends[e] > from) {
        addKind(from, ends[e] - from);
      }
      addKind(ends[e], 1);
      from = ends[e] + 1;
    }
  }

  /** Splits the visits into intervals with the same working instances. */
  void splitVisits() {
    endCount = 0;
    for (int x = 0; x < size; x++) {
      addEnd(visits[x]);
    }
    kinds = 0;
    long from = 0;
    for (int e = 0; e < endCount; e++) {
      addKind(from, ends[e] - from);
      from = ends[e];
    }
  }

  private void addEnd(long end) {
    int e = endCount;
    while (e > 0 && ends[e - 1] > end) {
      e--;
    }
    if (e > 0 && ends[e - 1] == end) {
      return;
    }
    System.arraycopy(ends, e, ends, e + 1, endCount - e);
    ends[e] = end;
    endCount++;
  }

  private void addKind(long time, long times) {
    sample[kinds] = time;
    count[kinds++] = times;
  }

  /** A visit: determines which instances work at a time. */
  void visit(long time) {
    for (int x = 0; x < size; x++) {
      newExtent[x] = time < visits[x] ? 1 : 0;
      oldExtent[x] = 0;
      shift[x] = 0;
    }
  }

  /**
   * The tiles of all instances at an advance of a loop.
   *
   * @param loop the loop, or -1 for the first tiles
   */
  void advance(int loop, long time) {
    if (loop < 0) {
      for (int x = 0; x < size; x++) {
        set(x, visits[x] == 1 ? lastExtent[x] : extent, 0, 0);
      }
      return;
    }
    long inside = inside(loop);
    long span = value(loop, inside - 1);
    boolean own = nest.dimension[loop] == dimension;
    long round = own ? time + (time - 1) / (nest.bound[loop] - 1) : time;
    for (int x = 0; x < size; x++) {
      long last = visits[x] - 1;
      if (round * inside > last) {
        set(x, 0, 0, 0);
      } else if (own) {
        long now = round * inside == last ? lastExtent[x] : extent;
        set(x, now, extent, nest.stride[loop] - span);
      } else if (round < last / inside) {
        set(x, extent, extent, -span);
      } else if (last == round * inside) {
        set(x, lastExtent[x], lastExtent[x], 0);
      } else {
        set(x, extent, lastExtent[x], -value(loop, last - round * inside));
      }
    }
  }

  private void set(int x, long extentNow, long extentBefore, long move) {
    newExtent[x] = extentNow;
    oldExtent[x] = extentBefore;
    shift[x] = move;
  }

  /** Iterations of the loops inside a given loop. */
  private long inside(int loop) {
    long product = 1;
    for (int n = loopCount - 1; n >= 0 && loops[n] > loop; n--) {
      product *= nest.bound[loops[n]];
    }
    return product;
  }

  /** Index at an iteration of the loops inside a given loop. */
  private long value(int loop, long iteration) {
    long rest = iteration;
    long value = 0;
    for (int n = loopCount - 1; n >= 0 && loops[n] > loop && rest > 0; n--) {
      int i = loops[n];
      value += rest % nest.bound[i] * nest.stride[i];
      rest /= nest.bound[i];
    }
    return value;
  }

  /** First index of a tile of an instance, relative to the first of all. */
  long start(int x, long visit) {
    return offset[x] + value(-1, visit);
  }
}
