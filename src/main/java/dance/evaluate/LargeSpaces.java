package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is done otherwise for spaces of more designs than accelerators can be held: they are made
 * when they are needed, and identified by those with every pair of values.
 */
final class LargeSpaces {
  /** Maximum number of designs of a space that is not large. */
  private static final int MOST = 100_000;

  /** Axes along which designs are mapped together. */
  private static final Set<String> TOGETHER =
      Set.of("pe_x", "pe_y", "dram_bytes_per_cycle", "buffer_kb");

  private LargeSpaces() {}

  static boolean is(int designs) {
    return designs > MOST;
  }

  /** All designs; those of a large space are made whenever they are asked for. */
  static List<Accelerator> accelerators(AcceleratorSpace space) {
    return is(space.size()) ? space.list() : List.copyOf(space.list());
  }

  /** The designs by which a space is identified. */
  static List<Accelerator> identifying(AcceleratorSpace space, List<Accelerator> all) {
    return is(space.size())
        ? Arrays.stream(space.pairs()).mapToObj(space::accelerator).toList()
        : all;
  }

  /** Numbers of the values of the axes. */
  static int[] sizes(AcceleratorSpace space) {
    return space.axes().stream().mapToInt(DesignAxis::size).toArray();
  }

  /**
   * Designs of a large space, those next to each other that differ in array, buffer and off-chip
   * bandwidth only; of these groups that with the first design first.
   *
   * @return {@code [groups][designs of the group]}
   */
  static int[][] groups(AcceleratorSpace space) {
    int[] sizes = sizes(space);
    boolean[] together = new boolean[sizes.length];
    for (int a = 0; a < sizes.length; a++) {
      together[a] = TOGETHER.contains(space.axes().get(a).name());
    }
    Map<Integer, Integer> group = new HashMap<>();
    int[] groupOf = new int[space.size()];
    for (int d = 0; d < groupOf.length; d++) {
      int[] positions = space.positions(d);
      int key = 0;
      for (int a = 0; a < sizes.length; a++) {
        key = key * sizes[a] + (together[a] ? 0 : positions[a]);
      }
      groupOf[d] = group.computeIfAbsent(key, k -> group.size());
    }
    int[] count = new int[group.size()];
    Arrays.stream(groupOf).forEach(g -> count[g]++);
    int[][] groups = IntStream.of(count).mapToObj(int[]::new).toArray(int[][]::new);
    for (int d = groupOf.length - 1; d >= 0; d--) {
      groups[groupOf[d]][--count[groupOf[d]]] = d;
    }
    return groups;
  }
}
