package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts accesses by executing the loop nest, point by point: the second witness beside the closed
 * form, with which it shares no formula.
 *
 * <p>For each tensor and each pair of consecutive levels that keep it, the temporal loops outside
 * the inner level are stepped; at each step all loops further inside run, and every instance of the
 * inner level collects the set of words that it touches. Accesses are differences of such sets. The
 * MAC units act as a last level that retains nothing.
 *
 * <p>Time grows with the number of points times tensors times levels; a tile is a set of words.
 */
final class LoopNestOracle {

  /** A loop of the nest with the index at which it stands. */
  private static final class Loop {
    final int level;
    final boolean spatial;
    final int dimension;
    final int bound;
    int stride;
    int index;

    Loop(int level, boolean spatial, int dimension, int bound) {
      this.level = level;
      this.spatial = spatial;
      this.dimension = dimension;
      this.bound = bound;
    }
  }

  /** What passes between a level that keeps a tensor and the next-inner one, in words. */
  private record Traffic(long entered, long shared, long heldInside, long largestTile) {}

  private final Einsum einsum;
  private final Mapping mapping;
  private final List<Loop> nest = new ArrayList<>();
  private final int[] position;

  private LoopNestOracle(Einsum einsum, Mapping mapping) {
    this.einsum = einsum;
    this.mapping = mapping;
    position = new int[einsum.dimensions().size()];
    for (int level = 0; level < mapping.levels().size(); level++) {
      Mapping.Level loops = mapping.levels().get(level);
      append(level, false, loops.temporal());
      append(level, true, loops.spatialY());
      append(level, true, loops.spatialX());
    }
    for (Loop loop : nest) {
      loop.stride = 1;
      for (Loop inside : nest.subList(nest.indexOf(loop) + 1, nest.size())) {
        loop.stride *= inside.dimension == loop.dimension ? inside.bound : 1;
      }
    }
  }

  private void append(int level, boolean spatial, List<Einsum.Loop> loops) {
    for (Einsum.Loop loop : loops) {
      nest.add(new Loop(level, spatial, einsum.index(loop.dimension()), loop.bound()));
    }
  }

  /**
   * Counts of a mapping, in words over all instances.
   *
   * @throws IllegalArgumentException for any other accounting than EXACT
   */
  static AccessCounts count(
      Einsum einsum, Accelerator accelerator, Mapping mapping, Accounting accounting) {
    if (accounting != Accounting.EXACT) {
      throw new IllegalArgumentException("a loop nest has no " + accounting + " count");
    }
    return new LoopNestOracle(einsum, mapping).count(accelerator);
  }

  private AccessCounts count(Accelerator accelerator) {
    int innermost = mapping.levels().size();
    long[] computes = new long[1];
    long[] cycles = new long[1];
    forEach(
        loops(loop -> !loop.spatial),
        () -> {
          long before = computes[0];
          forEach(loops(loop -> loop.spatial), () -> computes[0]++);
          cycles[0] += computes[0] > before ? 1 : 0;
        });
    List<AccessCounts.Level> levels = new ArrayList<>();
    for (int level = 0; level < innermost; level++) {
      List<AccessCounts.Tensor> tensors = new ArrayList<>();
      for (Tensor tensor : einsum.tensors()) {
        if (keeps(level, tensor)) {
          tensors.add(count(tensor, level));
        }
      }
      String name = accelerator.levels().get(level).name();
      levels.add(new AccessCounts.Level(name, activeInstances(level), tensors));
    }
    return new AccessCounts(computes[0], cycles[0], activeInstances(innermost), levels);
  }

  private AccessCounts.Tensor count(Tensor tensor, int level) {
    int inner = level + 1;
    while (inner < mapping.levels().size() && !keeps(inner, tensor)) {
      inner++;
    }
    int outer = level - 1;
    while (outer > 0 && !keeps(outer, tensor)) {
      outer--;
    }
    // The tile of the outermost level never moves; what enters it is there from the start.
    Traffic above = traffic(tensor, Math.max(outer, 0), level);
    Traffic below = traffic(tensor, level, inner);
    boolean output = tensor.role() == Operand.OUTPUT;
    long reads = output ? below.shared - above.heldInside : below.shared;
    long fills = output ? above.entered - above.heldInside : above.entered;
    return new AccessCounts.Tensor(
        tensor.name(), above.largestTile, reads, level == 0 ? 0 : fills, output ? below.shared : 0);
  }

  /** Runs the nest and collects what moves into the instances of {@code inner}. */
  private Traffic traffic(Tensor tensor, int outer, int inner) {
    boolean macs = inner == mapping.levels().size();
    boolean unicast =
        mapping.levels().subList(outer, inner).stream()
            .anyMatch(level -> level.unicast().contains(tensor.name()));
    List<Loop> instanceLoops = loops(loop -> loop.spatial && loop.level < inner);
    List<Loop> outerLoops = loops(loop -> loop.spatial && loop.level < outer);
    Predicate<Loop> fixed = loop -> !loop.spatial && loop.level < inner;
    List<Loop> free = loops(fixed.negate());

    int[] steps = wordSteps(tensor);
    Map<Integer, Set<Integer>> previous = new HashMap<>();
    Map<Integer, Set<Integer>> everHeld = new HashMap<>();
    Map<Integer, Integer> outerOf = new HashMap<>();
    long[] sums = new long[3];
    forEach(
        loops(fixed),
        () -> {
          Map<Integer, Set<Integer>> tiles = new HashMap<>();
          forEach(
              free,
              () -> {
                int instance = number(instanceLoops);
                outerOf.put(instance, number(outerLoops));
                tiles.computeIfAbsent(instance, i -> new HashSet<>()).add(word(steps));
              });
          // Outer instance and tile → the words that some instance of the group lacks.
          Map<List<Object>, Set<Integer>> groups = new HashMap<>();
          tiles.forEach(
              (instance, tile) -> {
                Set<Integer> entering = new HashSet<>(tile);
                if (!macs) {
                  entering.removeAll(previous.getOrDefault(instance, Set.of()));
                  previous.put(instance, tile);
                  everHeld.computeIfAbsent(instance, i -> new HashSet<>()).addAll(tile);
                }
                Object sharers = unicast ? instance : tile;
                groups
                    .computeIfAbsent(
                        List.of(outerOf.get(instance), sharers), group -> new HashSet<>())
                    .addAll(entering);
                sums[0] += entering.size();
                sums[2] = Math.max(sums[2], tile.size());
              });
          groups.values().forEach(lacking -> sums[1] += lacking.size());
        });
    long held = everHeld.values().stream().mapToLong(Set::size).sum();
    return new Traffic(sums[0], sums[1], held, sums[2]);
  }

  private long activeInstances(int level) {
    List<Loop> outside = loops(loop -> loop.spatial && loop.level < level);
    Set<Integer> active = new HashSet<>();
    forEach(nest, () -> active.add(number(outside)));
    return active.size();
  }

  private boolean keeps(int level, Tensor tensor) {
    return level == 0 || mapping.levels().get(level).keeps().contains(tensor.name());
  }

  private List<Loop> loops(Predicate<Loop> wanted) {
    return nest.stream().filter(wanted).toList();
  }

  /** Runs the body at every combination of indices, in order, that is not out of range. */
  private void forEach(List<Loop> loops, Runnable body) {
    if (loops.isEmpty()) {
      body.run();
      return;
    }
    Loop loop = loops.get(0);
    int start = position[loop.dimension];
    int end = einsum.dimensions().get(loop.dimension).bound();
    for (loop.index = 0; loop.index < loop.bound; loop.index++) {
      position[loop.dimension] = start + loop.index * loop.stride;
      if (position[loop.dimension] < end) {
        forEach(loops.subList(1, loops.size()), body);
      }
    }
    position[loop.dimension] = start;
  }

  /** Number of the combination at which these loops stand. */
  private static int number(List<Loop> loops) {
    int number = 0;
    for (Loop loop : loops) {
      number = number * loop.bound + loop.index;
    }
    return number;
  }

  /**
   * By how much the number of the touched word grows with each dimension: words are numbered row by
   * row within the tensor's bounding box.
   */
  private int[] wordSteps(Tensor tensor) {
    int[] steps = new int[position.length];
    int words = 1;
    for (Axis axis : tensor.axes()) {
      int extent = 1;
      for (Axis.Term term : axis.terms()) {
        int dimension = einsum.index(term.dimension());
        steps[dimension] = term.coefficient() * words;
        extent += term.coefficient() * (einsum.dimensions().get(dimension).bound() - 1);
      }
      words = Math.multiplyExact(words, extent);
    }
    return steps;
  }

  private int word(int[] steps) {
    int word = 0;
    for (int dimension = 0; dimension < steps.length; dimension++) {
      word += steps[dimension] * position[dimension];
    }
    return word;
  }
}
