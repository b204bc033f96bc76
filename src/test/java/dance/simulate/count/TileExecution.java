package dance.simulate.count;

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
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Counts what enters the tiles of a read-only tensor by stepping the temporal loops outside of them
 * one by one, for layers with too many points for {@link LoopNestOracle}.
 *
 * <p>A tile is kept as a list of words, one list an axis, and what two tiles share is found by
 * looking each word up; only that a tile is the product of its axes is used. Mappings without
 * partial tiles only: there, the tile of every instance and of every step is the same but for its
 * position, so that one instance stands for all.
 */
final class TileExecution {

  /**
   * What passes from a level to the next-inner one that keeps the tensor, in words over all
   * instances.
   *
   * @param reads words that the outer level gives, instances with the same tile sharing an access
   * @param fills words that the inner level receives
   */
  record Traffic(long reads, long fills) {}

  private record Loop(int level, boolean temporal, String dimension, int bound, int stride) {}

  private final Tensor tensor;
  private final List<Loop> nest = new ArrayList<>();

  private TileExecution(Einsum einsum, Mapping mapping, Tensor tensor) {
    this.tensor = tensor;
    Map<String, Integer> extents = new HashMap<>();
    for (int level = mapping.levels().size() - 1; level >= 0; level--) {
      Mapping.Level loops = mapping.levels().get(level);
      prepend(level, false, loops.spatialX(), extents);
      prepend(level, false, loops.spatialY(), extents);
      prepend(level, true, loops.temporal(), extents);
    }
    for (Einsum.Loop dimension : einsum.dimensions()) {
      if (extents.getOrDefault(dimension.dimension(), 1) != dimension.bound()) {
        throw new IllegalArgumentException("last tiles over " + dimension + " are partial");
      }
    }
  }

  private void prepend(
      int level, boolean temporal, List<Einsum.Loop> loops, Map<String, Integer> extents) {
    for (int i = loops.size() - 1; i >= 0; i--) {
      String dimension = loops.get(i).dimension();
      int stride = extents.getOrDefault(dimension, 1);
      nest.add(0, new Loop(level, temporal, dimension, loops.get(i).bound(), stride));
      extents.put(dimension, stride * loops.get(i).bound());
    }
  }

  /**
   * Runs the loops outside the tiles of a level.
   *
   * @param outer level that keeps the tensor
   * @param inner the next-inner level that keeps it
   * @throws IllegalArgumentException if the tensor is written or a last tile is partial
   */
  static Traffic run(Einsum einsum, Mapping mapping, String tensor, int outer, int inner) {
    Tensor found =
        einsum.tensors().stream().filter(t -> t.name().equals(tensor)).findFirst().orElseThrow();
    if (found.role() == Operand.OUTPUT) {
      throw new IllegalArgumentException(tensor + " is written");
    }
    TileExecution execution = new TileExecution(einsum, mapping, found);
    boolean unicast =
        mapping.levels().subList(outer, inner).stream().anyMatch(l -> l.unicast().contains(tensor));
    long entered = execution.entered(inner);
    long instances = execution.instances(inner).size();
    // Tiles are shared among the instances inside one outer instance.
    long outerInstances = execution.instances(outer).size();
    long givers =
        unicast
            ? instances
            : outerInstances * execution.positions(loop -> between(loop, outer, inner)).size();
    return new Traffic(entered * givers, entered * instances);
  }

  private static boolean between(Loop loop, int outer, int inner) {
    return !loop.temporal() && loop.level() >= outer && loop.level() < inner;
  }

  private List<int[]> instances(int level) {
    return indices(nest.stream().filter(l -> !l.temporal() && l.level() < level).toList());
  }

  /** Distinct places on the tensor's axes at which these loops can stand. */
  private Set<List<Integer>> positions(Predicate<Loop> loops) {
    List<Loop> chosen = nest.stream().filter(loops).toList();
    Set<List<Integer>> positions = new HashSet<>();
    for (int[] index : indices(chosen)) {
      List<Integer> position = new ArrayList<>();
      for (int place : place(chosen, index)) {
        position.add(place);
      }
      positions.add(position);
    }
    return positions;
  }

  /** Words that enter the tile of one instance: of the first tile all, then the new ones. */
  private long entered(int inner) {
    int axes = tensor.axes().size();
    List<Set<Integer>> tile = new ArrayList<>();
    for (int a = 0; a < axes; a++) {
      Axis axis = tensor.axes().get(a);
      int number = a;
      List<Loop> inside =
          nest.stream().filter(l -> l.level() >= inner && moves(axis, l.dimension())).toList();
      Set<Integer> words = new TreeSet<>();
      indices(inside).forEach(index -> words.add(place(inside, index)[number]));
      tile.add(words);
    }
    long size = tile.stream().mapToLong(Set::size).reduce(1, Math::multiplyExact);
    List<Loop> steps = nest.stream().filter(l -> l.temporal() && l.level() < inner).toList();
    List<Map<Integer, Integer>> known = new ArrayList<>();
    tile.forEach(words -> known.add(new HashMap<>()));
    int[] index = new int[steps.size()];
    int[] before = null;
    long entered = 0;
    do {
      int[] now = place(steps, index);
      long kept = before == null ? 0 : 1;
      for (int a = 0; a < axes && kept > 0; a++) {
        Set<Integer> words = tile.get(a);
        kept *= known.get(a).computeIfAbsent(now[a] - before[a], moved -> shared(words, moved));
      }
      entered += size - kept;
      before = now;
    } while (advance(index, steps));
    return entered;
  }

  /** How many of these words are among the same words moved by some distance. */
  private static int shared(Set<Integer> words, int moved) {
    return (int) words.stream().filter(word -> words.contains(word - moved)).count();
  }

  private static boolean moves(Axis axis, String dimension) {
    return axis.terms().stream().anyMatch(term -> term.dimension().equals(dimension));
  }

  /** Where on each axis the first word of a tile lies when these loops stand at these indices. */
  private int[] place(List<Loop> loops, int[] index) {
    int[] place = new int[tensor.axes().size()];
    for (int a = 0; a < place.length; a++) {
      for (Axis.Term term : tensor.axes().get(a).terms()) {
        for (int i = 0; i < index.length; i++) {
          if (loops.get(i).dimension().equals(term.dimension())) {
            place[a] += term.coefficient() * loops.get(i).stride() * index[i];
          }
        }
      }
    }
    return place;
  }

  private static List<int[]> indices(List<Loop> loops) {
    List<int[]> all = new ArrayList<>();
    int[] index = new int[loops.size()];
    do {
      all.add(index.clone());
    } while (advance(index, loops));
    return all;
  }

  /** To the next combination of indices; false after the last. */
  private static boolean advance(int[] index, List<Loop> loops) {
    for (int i = index.length - 1; i >= 0; i--) {
      if (++index[i] < loops.get(i).bound()) {
        return true;
      }
      index[i] = 0;
    }
    return false;
  }
}
