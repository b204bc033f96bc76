package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.InterconnectEnergy;
import dance.simulate.count.InterconnectHops;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Energy of a word on the interconnects of an accelerator, for every unrolling of an einsum. */
final class HopCosts {
  private final MappingCosts problem;
  private final Accounting accounting;
  private final int rows;
  private final List<Map<Key, double[]>> known = new ArrayList<>();

  /** An unrolling, with the steps of the dimensions that share an axis with others. */
  private record Key(Spatial.Unrolling choice, int[] steps) {
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

  /** On the arrays of the accelerator. */
  HopCosts(MappingCosts problem, Accounting accounting) {
    this(problem, accounting, -1);
  }

  /**
   * On arrays with this number of rows.
   *
   * <p>Words enter at the middle of the array's rows. The rows that a mapping uses lie on one side
   * of it, or around it, and groups of instances with the same words are symmetric about their own
   * middle; so the way is the longer, the further the array's middle is from that.
   */
  HopCosts(MappingCosts problem, Accounting accounting, int rows) {
    this.rows = rows;
    this.problem = problem;
    this.accounting = accounting;
    for (int l = 0; l < problem.levels; l++) {
      known.add(new HashMap<>());
    }
  }

  /** Energy of a word of each tensor, or null if the interconnect costs nothing. */
  double[] pjPerWord(int level, Spatial.Unrolling choice, int[] steps) {
    MemoryLevel memory = problem.accelerator.levels().get(level);
    if (memory.interconnect().free()) {
      return null;
    }
    int[] ratios = ratios(choice, steps);
    return known
        .get(level)
        .computeIfAbsent(
            new Key(choice, ratios), k -> measure(level, array(memory, choice), choice, ratios));
  }

  /**
   * Lower bound of the energy of a word of each tensor, whatever the steps: of tensors of which the
   * steps decide who receives the same words, nothing.
   */
  double[] leastPjPerWord(int level, Spatial.Unrolling choice) {
    double[] least = new double[problem.tensors];
    MemoryLevel memory = problem.accelerator.levels().get(level);
    if (!memory.interconnect().free()) {
      for (int t = 0; t < problem.tensors; t++) {
        least[t] = meets(t, choice) ? 0 : pjOfBlocks(t, array(memory, choice), choice);
      }
    }
    return least;
  }

  /** Whether more than the blocks of an unrolling decides where words go. */
  private boolean meets(int t, Spatial.Unrolling choice) {
    boolean meets = accounting == Accounting.TIMELOOP;
    for (int[] axis : problem.shape.axisDimensions[t]) {
      meets |= meets(choice, axis);
    }
    return meets;
  }

  private MemoryLevel array(MemoryLevel memory, Spatial.Unrolling choice) {
    if (rows < 0) {
      return memory;
    }
    return memory.fanout(Math.max(memory.fanoutX(), choice.columns()), rows);
  }

  /**
   * Steps of the dimensions that share an axis with others, in the smallest numbers with the same
   * ratios along each axis: only these determine which instances receive the same words.
   */
  private int[] ratios(Spatial.Unrolling choice, int[] steps) {
    int[] ratios = new int[problem.dims];
    for (int t = 0; t < problem.tensors; t++) {
      for (int[] axis : problem.shape.axisDimensions[t]) {
        if (meets(choice, axis)) {
          long common = 0;
          for (int d : axis) {
            common = choice.factor()[d] > 1 ? TileGeometry.gcd(steps[d], common) : common;
          }
          for (int d : axis) {
            ratios[d] = choice.factor()[d] > 1 ? (int) (steps[d] / common) : 0;
          }
        }
      }
    }
    return ratios;
  }

  private static boolean meets(Spatial.Unrolling choice, int[] axis) {
    int unrolled = 0;
    for (int d : axis) {
      unrolled += choice.factor()[d] > 1 ? 1 : 0;
    }
    return unrolled > 1;
  }

  private double[] measure(int level, MemoryLevel memory, Spatial.Unrolling choice, int[] steps) {
    Mapping mapping = null;
    double[] result = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      if (meets(t, choice)) {
        mapping = mapping == null ? mapping(level, choice, steps) : mapping;
        result[t] =
            InterconnectEnergy.pjPerWord(
                problem.space.einsum.tensors().get(t), mapping, level, memory, accounting);
      } else {
        result[t] = pjOfBlocks(t, memory, choice);
      }
    }
    return result;
  }

  /**
   * Energy of a word if instances with the same words form equal blocks of the array: the average
   * of {@link InterconnectHops} in closed form.
   */
  private double pjOfBlocks(int t, MemoryLevel memory, Spatial.Unrolling choice) {
    double hops = 0;
    if (choice.product() > 1) {
      int stepX = 1;
      int stepY = 1;
      int columns = 1;
      int sameY = 0;
      double[] rows = {0};
      for (int d = problem.dims - 1; d >= 0; d--) {
        int x = choice.x()[d];
        int y = choice.y()[d];
        boolean moves = problem.isRelevant(t, d);
        hops += moves ? (x - 1) / 2.0 * stepX : (double) (x - 1) * stepX;
        columns *= moves ? 1 : x;
        sameY += moves ? 0 : (y - 1) * stepY;
        rows = moves && y > 1 ? withSteps(rows, y, stepY) : rows;
        stepX *= x;
        stepY *= y;
      }
      double centre = (memory.fanoutY() - 1) / 2.0;
      double branches = 0;
      for (double lowest : rows) {
        branches += Math.max(0, lowest + sameY - centre) + Math.max(0, centre - lowest);
      }
      hops += columns * branches / rows.length;
    }
    return InterconnectHops.energyPj(
        1, List.of(new InterconnectHops(1, 1, hops)), memory.interconnect());
  }

  private static double[] withSteps(double[] rows, int times, int step) {
    double[] all = new double[rows.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = rows[i % rows.length] + i / rows.length * step;
    }
    return all;
  }

  private Mapping mapping(int level, Spatial.Unrolling choice, int[] steps) {
    List<Mapping.Level> levels = new ArrayList<>();
    for (int l = 0; l < level; l++) {
      levels.add(new Mapping.Level(List.of(), List.of(), List.of(), Set.of(), Set.of()));
    }
    levels.add(
        new Mapping.Level(List.of(), loops(choice.x()), loops(choice.y()), Set.of(), Set.of()));
    levels.add(new Mapping.Level(loops(steps), List.of(), List.of(), Set.of(), Set.of()));
    return new Mapping(levels);
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
