package dance.simulate.count;

import dance.accelerator.Interconnect;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hops of words between a memory level and the array below it: instances that receive the same
 * words form a group, and groups of equal size form one entry.
 *
 * <p>A word enters the array at the middle of its left edge, runs along X to the rightmost column
 * that needs it, and branches off in each column towards the instances above and below the middle.
 * A group therefore costs
 *
 * <pre>max x + Σ over columns ( max(0, highest y − c) + max(0, c − lowest y) ),  c = (rows − 1) / 2
 * </pre>
 *
 * hops. Partial sums take the same path backwards. (Timeloop, nest analysis and network-legacy: the
 * average number of hops that it prints for a network.)
 *
 * @param multicast instances in each group
 * @param groups number of groups
 * @param hops average hops of a word over these groups
 */
public record InterconnectHops(long multicast, long groups, double hops) {

  /**
   * Hops on an array that is filled row by row.
   *
   * @param tiles identifier of the words that each instance in use receives. Shape {@code [used y ×
   *     used x]}, x fastest
   * @param columns instances per row. The width of the loops puts instance (x, y) at (x, y).
   *     Timeloop takes the physical width, so that rows that the mapping does not fill are wrapped
   * @param rows physical rows of the array
   * @return one entry per group size, smallest first; no hops if a single instance is in use, as it
   *     need not be part of an array
   */
  public static List<InterconnectHops> of(long[] tiles, int columns, int rows) {
    if (tiles.length == 1) {
      return List.of(new InterconnectHops(1, 1, 0));
    }
    Map<Long, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < tiles.length; i++) {
      groups.computeIfAbsent(tiles[i], t -> new ArrayList<>()).add(i);
    }
    Map<Long, double[]> bySize = new TreeMap<>();
    for (List<Integer> group : groups.values()) {
      double[] sum = bySize.computeIfAbsent((long) group.size(), s -> new double[2]);
      sum[0]++;
      sum[1] += groupHops(group, columns, rows);
    }
    List<InterconnectHops> result = new ArrayList<>();
    bySize.forEach(
        (size, sum) -> result.add(new InterconnectHops(size, (long) sum[0], sum[1] / sum[0])));
    return List.copyOf(result);
  }

  private static double groupHops(List<Integer> group, int columns, int rows) {
    double centre = (rows - 1) / 2.0;
    int rightmost = 0;
    Map<Integer, double[]> branches = new HashMap<>();
    for (int instance : group) {
      int x = instance % columns;
      int y = instance / columns;
      rightmost = Math.max(rightmost, x);
      double[] branch = branches.computeIfAbsent(x, c -> new double[2]);
      branch[0] = Math.max(branch[0], y - centre);
      branch[1] = Math.max(branch[1], centre - y);
    }
    double hops = rightmost;
    for (double[] branch : branches.values()) {
      hops += branch[0] + branch[1];
    }
    return hops;
  }

  /**
   * Identifier of the words of a tensor that each instance below a level receives, for {@link #of}.
   * A tensor without multicast has one group per instance.
   *
   * @return shape {@code [used y × used x]}, x fastest
   */
  public static long[] tiles(Tensor tensor, Mapping mapping, int level) {
    Mapping.Level at = mapping.levels().get(level);
    boolean unicast = at.unicast().contains(tensor.name());
    // Indices covered by inner loops: the step of the innermost loop of this level.
    Map<String, Long> inside = new HashMap<>();
    for (int i = level + 1; i < mapping.levels().size(); i++) {
      Mapping.Level inner = mapping.levels().get(i);
      for (List<Einsum.Loop> loops :
          List.of(inner.temporal(), inner.spatialY(), inner.spatialX())) {
        loops.forEach(l -> inside.merge(l.dimension(), (long) l.bound(), Math::multiplyExact));
      }
    }
    List<Einsum.Loop> loops = new ArrayList<>(at.spatialY());
    loops.addAll(at.spatialX());
    int[] bounds = loops.stream().mapToInt(Einsum.Loop::bound).toArray();
    long[] steps = new long[bounds.length];
    int count = 1;
    for (int i = bounds.length - 1; i >= 0; i--) {
      steps[i] = inside.getOrDefault(loops.get(i).dimension(), 1L);
      inside.merge(loops.get(i).dimension(), (long) bounds[i], Math::multiplyExact);
      count = Math.multiplyExact(count, bounds[i]);
    }
    Map<List<Long>, Long> names = new HashMap<>();
    long[] tiles = new long[count];
    for (int instance = 0; instance < count; instance++) {
      List<Long> position = new ArrayList<>();
      for (Axis axis : tensor.axes()) {
        position.add(position(axis, loops, bounds, steps, instance));
      }
      if (unicast) {
        position.add((long) instance);
      }
      long next = names.size();
      tiles[instance] = names.computeIfAbsent(position, p -> next);
    }
    return tiles;
  }

  private static long position(
      Axis axis, List<Einsum.Loop> loops, int[] bounds, long[] steps, int instance) {
    long position = 0;
    int rest = instance;
    for (int i = bounds.length - 1; i >= 0; i--) {
      int index = rest % bounds[i];
      rest /= bounds[i];
      for (Axis.Term term : axis.terms()) {
        if (term.dimension().equals(loops.get(i).dimension())) {
          position += term.coefficient() * steps[i] * index;
        }
      }
    }
    return position;
  }

  /**
   * Energy of transferring words into the array, in pJ. Every group receives equally many. A word
   * passes one router more than whole hops.
   *
   * @param words words that the outer level sends (each once for all instances of its group) or
   *     receives
   * @param hops the hops of the tensor, from {@link #of}
   * @param network the interconnect
   */
  public static double energyPj(long words, List<InterconnectHops> hops, Interconnect network) {
    long groups = hops.stream().mapToLong(InterconnectHops::groups).sum();
    double energy = 0;
    for (InterconnectHops entry : hops) {
      double share = (double) words * entry.groups() / groups;
      energy +=
          share
              * (entry.hops() * network.hopPj()
                  + (1 + Math.floor(entry.hops())) * network.routerPj()
                  + network.ingressPj());
    }
    return energy;
  }

  /** Average hops of a word over all groups. */
  public static double average(List<InterconnectHops> hops) {
    double sum = 0;
    long groups = 0;
    for (InterconnectHops entry : hops) {
      sum += entry.hops() * entry.groups();
      groups += entry.groups();
    }
    return groups == 0 ? 0 : sum / groups;
  }
}
