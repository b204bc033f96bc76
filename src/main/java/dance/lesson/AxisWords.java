package dance.lesson;

import dance.simulate.count.AffineSets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The extents of tiles along one axis of a tensor, summed over the instances of a level, after one
 * advance of one loop; and what of them the tiles before that held.
 */
final class AxisWords {

  /**
   * Elements along the axis.
   *
   * @param all of the tiles
   * @param kept those of them that the tiles before held too
   */
  record Words(long all, long kept) {}

  private record State(int advanced, List<Long> rests) {}

  /** The elements of one shared tile, and those that all its instances held before. */
  private record Group(BitSet held) {}

  private final NestTime time;
  final TileLoops[] loops;
  private final int[] coefficients;
  private final long[][] offsets;

  /** First index of the outer instance of each instance, by dimension; null if none share. */
  private final long[][] givers;

  private final Map<State, Words> known = new HashMap<>();

  /**
   * The axis of these dimensions.
   *
   * @param from level from which spatial loops are counted; outside of it all indices are 0
   * @param givers level whose instances each serve equal tiles with one access; the level of the
   *     tiles itself if none are shared
   */
  AxisWords(NestTime time, TileLoops[] loops, int[] coefficients, int from, int givers) {
    this.time = time;
    this.loops = loops;
    this.coefficients = coefficients;
    int n = loops.length;
    offsets = new long[n][];
    long[][] outer = new long[n][];
    int spread = 0;
    for (int i = 0; i < n; i++) {
      offsets[i] = loops[i].offsets(from, loops[i].inner);
      long[] each = loops[i].offsets(from, givers);
      int inside = offsets[i].length / each.length;
      outer[i] = new long[offsets[i].length];
      for (int s = 0; s < offsets[i].length; s++) {
        outer[i][s] = each[s / inside];
      }
      spread += inside > 1 ? 1 : 0;
    }
    // Instances that differ along one dimension only never have equal tiles.
    this.givers = spread > 1 ? outer : null;
  }

  /**
   * Sums over the instances that work.
   *
   * @param advanced rank of the loop that has just advanced; -1 for none: nothing was held
   * @param rests indices that are left of each dimension
   */
  Words words(int advanced, List<Long> rests) {
    return known.computeIfAbsent(new State(advanced, rests), this::count);
  }

  private Words count(State state) {
    int n = loops.length;
    int[] at = new int[n];
    long[] now = new long[n];
    long[] before = new long[n];
    Map<List<Object>, Group> groups = new HashMap<>();
    long all = 0;
    long kept = 0;
    boolean more = true;
    while (more) {
      boolean works = true;
      long shift = 0;
      long place = 0;
      for (int i = 0; i < n; i++) {
        long offset = offsets[i][at[i]];
        long rest = state.rests().get(i) - offset;
        now[i] = Math.min(loops[i].extent, rest);
        works &= rest > 0;
        place += coefficients[i] * offset;
        if (works && holds(state)) {
          long step = advancedStride(state.advanced(), loops[i]);
          long last = loops[i].last(loops[i].upTo(state.advanced()), rest + step);
          before[i] = Math.min(loops[i].extent, rest + step - last);
          shift += coefficients[i] * (last - step);
        }
      }
      if (works && givers == null) {
        all += AffineSets.size(coefficients, now, n);
        kept += holds(state) ? AffineSets.overlap(coefficients, now, before, shift, n) : 0;
      } else if (works) {
        group(groups, at, now, before, place, shift, holds(state));
      }
      more = next(at);
    }
    for (Map.Entry<List<Object>, Group> group : groups.entrySet()) {
      List<Object> key = group.getKey();
      all += ((BitSet) key.get(key.size() - 1)).cardinality();
      kept += group.getValue().held().cardinality();
    }
    return new Words(all, kept);
  }

  private boolean holds(State state) {
    return state.advanced() >= 0 && state.advanced() < Range.ANY;
  }

  private long advancedStride(int advanced, TileLoops along) {
    return time.dimension(advanced) == along.dimension ? time.stride(advanced) : 0;
  }

  private void group(
      Map<List<Object>, Group> groups,
      int[] at,
      long[] now,
      long[] before,
      long place,
      long shift,
      boolean held) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      key.add(givers[i][at[i]]);
    }
    BitSet tile = elements(now, place);
    key.add(tile);
    BitSet kept = held ? elements(before, place + shift) : new BitSet();
    kept.and(tile);
    Group known = groups.putIfAbsent(key, new Group(kept));
    if (known != null) {
      known.held().and(kept);
    }
  }

  /** Elements of a tile from a place on; those before the axis begins cannot be in any tile now. */
  private BitSet elements(long[] extents, long place) {
    BitSet set = new BitSet();
    int[] at = new int[extents.length];
    boolean more = true;
    while (more) {
      long element = place;
      for (int i = 0; i < at.length; i++) {
        element += coefficients[i] * (long) at[i];
      }
      if (element >= 0) {
        set.set((int) element);
      }
      more = false;
      for (int i = at.length - 1; i >= 0 && !more; i--) {
        more = ++at[i] < extents[i];
        at[i] = more ? at[i] : 0;
      }
    }
    return set;
  }

  private boolean next(int[] at) {
    for (int i = at.length - 1; i >= 0; i--) {
      if (++at[i] < offsets[i].length) {
        return true;
      }
      at[i] = 0;
    }
    return false;
  }
}
