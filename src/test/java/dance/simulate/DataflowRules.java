package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;

/** What the loops of a mapping of each dataflow must look like, read off the mapping itself. */
final class DataflowRules {
  private final String alongX;
  private final String alongY;
  private final String innermost;

  private DataflowRules(String alongX, String alongY, String innermost) {
    this.alongX = alongX;
    this.alongY = alongY;
    this.innermost = innermost;
  }

  private static DataflowRules of(Dataflow dataflow) {
    return switch (dataflow) {
      case WEIGHT_STATIONARY -> new DataflowRules("KG", "CRSG", "QPN");
      case OUTPUT_STATIONARY -> new DataflowRules("QKG", "PKG", "SRC");
      case ROW_STATIONARY -> new DataflowRules("PKG", "RCKG", "Q");
      case UNCONSTRAINED -> throw new IllegalArgumentException("no rules");
    };
  }

  /**
   * What is wrong with a mapping.
   *
   * @param array position of the level above the array
   */
  static List<String> violations(
      Mapping mapping, Accelerator accelerator, int array, Dataflow dataflow) {
    DataflowRules rules = of(dataflow);
    List<String> found = new ArrayList<>();
    for (int l = 0; l < mapping.levels().size(); l++) {
      Mapping.Level level = mapping.levels().get(l);
      MemoryLevel memory = accelerator.levels().get(l);
      rules.spatial(level.spatialX(), rules.alongX, memory.name() + " X", found);
      rules.spatial(level.spatialY(), rules.alongY, memory.name() + " Y", found);
    }
    rules.order(mapping.levels().get(array).temporal(), found);
    return found;
  }

  private void spatial(List<Einsum.Loop> loops, String allowed, String where, List<String> found) {
    for (Einsum.Loop loop : loops) {
      if (loop.bound() > 1 && !allowed.contains(loop.dimension())) {
        found.add(where + ": " + loop);
      }
    }
  }

  /** Ranks of the loops, innermost first, may only grow; what has no rank comes last. */
  private void order(List<Einsum.Loop> outermostFirst, List<String> found) {
    int last = -1;
    for (int i = outermostFirst.size() - 1; i >= 0; i--) {
      Einsum.Loop loop = outermostFirst.get(i);
      if (loop.bound() > 1) {
        int named = innermost.indexOf(loop.dimension());
        int rank = named < 0 ? innermost.length() : named;
        if (rank < last) {
          found.add("order " + outermostFirst + ": " + loop + " must be further in");
        }
        last = Math.max(last, rank);
      }
    }
  }
}
