package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Partial mappings after the same step, none of which dominates another: of two with the same tiles
 * and the same future cost functions, one that is nowhere worse dominates the other. Dominance is
 * used only while costs are known and not only bounded: no tile that may overlap itself has been
 * moved, and no loop of two rounds in which instances idle.
 */
final class PartialFront {
  private final MappingCosts problem;
  private final List<PartialMapping> mappings = new ArrayList<>();
  private final Map<PartialMapping.Key, List<PartialMapping>> rivals = new HashMap<>();

  /** Those of the mappings that another dominates. */
  private final Set<PartialMapping> dominated = Collections.newSetFromMap(new IdentityHashMap<>());

  PartialFront(MappingCosts problem) {
    this.problem = problem;
  }

  /** Adds a partial mapping unless another dominates it; removes those that it dominates. */
  void add(PartialMapping child) {
    // An array outside shares a sliding axis by the distance of the instances inside.
    boolean distanceMatters =
        !child.unrolledSliding.isEmpty() && problem.instancesAtMost[child.level] > 1;
    if (child.slid || distanceMatters || !problem.plainOutput) {
      mappings.add(child);
      return;
    }
    List<PartialMapping> same = rivals.computeIfAbsent(child.key(), k -> new ArrayList<>(2));
    for (PartialMapping rival : same) {
      if (rival.isNoWorseThan(child, problem)) {
        return;
      }
    }
    for (int i = same.size() - 1; i >= 0; i--) {
      if (child.isNoWorseThan(same.get(i), problem)) {
        dominated.add(same.remove(i));
      }
    }
    same.add(child);
    mappings.add(child);
  }

  /** Those that no other dominates, in the order in which they were added. */
  List<PartialMapping> undominated() {
    mappings.removeIf(dominated::contains);
    dominated.clear();
    return mappings;
  }
}
