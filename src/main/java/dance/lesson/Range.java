package dance.lesson;

import java.util.Map;
import java.util.TreeMap;

/**
 * Some of the combinations of indices up to a step, such that the dimensions are independent in
 * them: the loops outside {@code box} stand at the indices of the step, that loop has been through
 * those before its own, the loops inside through all.
 *
 * <p>Of these, the combinations at which loop {@code advanced} has just advanced: it is beyond its
 * first iteration and all inside of it are in their first.
 *
 * @param indices of the temporal loops at the step: [rank]
 * @param box rank of the loop; the number of loops for the step alone
 * @param advanced rank of the loop that has just advanced; -1 for none, at the first step; {@link
 *     #ANY} for all combinations
 */
record Range(int[] indices, int box, int advanced) {
  static final int ANY = Integer.MAX_VALUE;

  private int least(int rank) {
    if (rank < box) {
      return indices[rank];
    }
    return rank == advanced ? 1 : 0;
  }

  private long most(int rank, long valid) {
    if (rank < box) {
      return indices[rank];
    }
    if (rank > advanced) {
      return 0;
    }
    return rank == box ? indices[rank] - 1L : valid - 1;
  }

  /**
   * How many indices of a dimension are left, with the number of combinations of its loops; what is
   * whole in all instances is one entry.
   *
   * @param still only the combinations with all indices 0
   */
  Map<Long, Long> rests(TileLoops loops, boolean still) {
    Map<Long, Long> rests = new TreeMap<>();
    rests.put(loops.bound(), 1L);
    for (int k = 0; k < loops.ranks.length; k++) {
      int rank = loops.ranks[k];
      Map<Long, Long> next = new TreeMap<>();
      for (Map.Entry<Long, Long> entry : rests.entrySet()) {
        long most = still ? 0 : most(rank, loops.valid(k, entry.getKey()));
        if (rank > advanced) {
          // The loops inside still matter for where the tile was before.
          add(next, entry.getKey() - most * loops.stride(k), least(rank) <= most, entry.getValue());
        } else {
          advance(next, loops, k, entry, most);
        }
      }
      rests = next;
    }
    return rests;
  }

  private void advance(
      Map<Long, Long> next, TileLoops loops, int k, Map.Entry<Long, Long> entry, long most) {
    long rest = entry.getKey();
    long stride = loops.stride(k);
    long reach = loops.reach(k + 1);
    long index = least(loops.ranks[k]);
    long whole = rest < reach ? -1 : Math.min(most, (rest - reach) / stride);
    if (whole >= index) {
      add(next, reach, true, entry.getValue() * (whole - index + 1));
      index = whole + 1;
    }
    for (; index <= most; index++) {
      add(next, rest - index * stride, true, entry.getValue());
    }
  }

  private static void add(Map<Long, Long> rests, long rest, boolean any, long times) {
    if (any) {
      rests.merge(rest, times, Long::sum);
    }
  }
}
