package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.List;

/** All permutations of a few elements, in lexicographic order. */
final class Permutations {
  private static final int[][][] CACHE = new int[9][][];

  private Permutations() {}

  /** Permutations of 0…n-1; n is at most 8. */
  static synchronized int[][] of(int n) {
    if (CACHE[n] == null) {
      List<int[]> list = new ArrayList<>();
      extend(new int[n], 0, 0, list);
      CACHE[n] = list.toArray(new int[0][]);
    }
    return CACHE[n];
  }

  private static void extend(int[] prefix, int length, int used, List<int[]> list) {
    if (length == prefix.length) {
      list.add(prefix.clone());
      return;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((used >> i & 1) == 0) {
        prefix[length] = i;
        extend(prefix, length + 1, used | 1 << i, list);
      }
    }
  }
}
