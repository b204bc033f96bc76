package dance.simulate;

import dance.accelerator.MemoryLevel;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a word costs on the networks of an accelerator, for every way to spread an einsum. */
final class HopCosts {
  private final MapProblem problem;
  private final Accounting accounting;
  private final List<Map<Key, double[]>> known = new ArrayList<>();

  /** A way to spread, with the steps of the dimensions that share an axis with others. */
  private record Key(Spatial.Choice choice, int[] steps) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && choice == other.choice
          && Arrays.equals(steps, other.steps);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(choice) + Arrays.hashCode(steps);
    }
  }

  HopCosts(MapProblem problem, Accounting accounting) {
    this.problem = problem;
    this.accounting = accounting;
    for (int l = 0; l < problem.levels; l++) {
      known.add(new HashMap<>());
    }
  }

  /** Energy of a word of each tensor, or null where the network costs nothing. */
  double[] pjPerWord(int level, Spatial.Choice choice, int[] steps) {
    MemoryLevel memory = problem.accelerator.levels().get(level);
    if (memory.interconnect().free()) {
      return null;
    }
    int[] matter = new int[problem.dims];
    for (int[][] axes : problem.shape.axisDimensions) {
      for (int[] axis : axes) {
        int spread = 0;
        for (int d : axis) {
          spread += choice.factor()[d] > 1 ? 1 : 0;
        }
        for (int d : axis) {
          if (spread > 1 && choice.factor()[d] > 1) {
            matter[d] = steps[d];
          }
        }
      }
    }
    return known
        .get(level)
        .computeIfAbsent(new Key(choice, matter), k -> measure(level, memory, choice, matter));
  }

  private double[] measure(int level, MemoryLevel memory, Spatial.Choice choice, int[] steps) {
    List<Mapping.Level> levels = new ArrayList<>();
    for (int l = 0; l < level; l++) {
      levels.add(new Mapping.Level(List.of(), List.of(), List.of(), Set.of(), Set.of()));
    }
    levels.add(
        new Mapping.Level(List.of(), loops(choice.x()), loops(choice.y()), Set.of(), Set.of()));
    levels.add(new Mapping.Level(loops(steps), List.of(), List.of(), Set.of(), Set.of()));
    Mapping mapping = new Mapping(levels);
    double[] result = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      result[t] =
          NetworkEnergy.pjPerWord(
              problem.space.einsum.tensors().get(t), mapping, level, memory, accounting);
    }
    return result;
  }

  private List<Einsum.Loop> loops(int[] factor) {
    List<Einsum.Loop> loops = new ArrayList<>();
    for (int d = 0; d < problem.dims; d++) {
      if (factor[d] > 1) {
        String name = problem.space.einsum.dimensions().get(d).dimension();
        loops.add(new Einsum.Loop(name, factor[d]));
      }
    }
    return loops;
  }
}
