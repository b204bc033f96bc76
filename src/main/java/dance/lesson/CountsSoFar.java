package dance.lesson;

import dance.simulate.count.CompiledEinsum;
import dance.simulate.mapping.AccessCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The accesses up to a step, by the rules of the simulator: after the last step they are its
 * counts.
 *
 * <p>Words are read and filled when a tile arrives; partial sums are written outside when their
 * tile leaves, or after the last step.
 */
final class CountsSoFar {
  private final NestTime time;
  private final CompiledEinsum shape;
  private final AccessCounts whole;
  private final int levels;

  private record Key(int tensor, int inner, int givers, int from) {}

  private final Map<Key, Arrivals> arrivals = new HashMap<>();
  private final Map<Key, PartialSums> partialSums = new HashMap<>();

  /**
   * Counts of a nest.
   *
   * @param whole counts of all of it
   */
  CountsSoFar(NestTime time, CompiledEinsum shape, AccessCounts whole) {
    this.time = time;
    this.shape = shape;
    this.whole = whole;
    levels = time.nest.levels;
  }

  boolean keeps(int level, int t) {
    return time.nest.keeps[level].contains(t);
  }

  /** The next-inner level that keeps a tensor; the number of levels for the MAC units. */
  int inside(int level, int t) {
    int inner = level + 1;
    while (inner < levels && !keeps(inner, t)) {
      inner++;
    }
    return inner;
  }

  /** The next-outer level that keeps a tensor. */
  int outside(int level, int t) {
    int outer = level - 1;
    while (!keeps(outer, t)) {
      outer--;
    }
    return outer;
  }

  /** Whether instances between two levels share no access of a tensor. */
  boolean unicast(int t, int outer, int inner) {
    boolean any = false;
    for (int l = outer; l < inner; l++) {
      any |= time.nest.unicast[l].contains(t);
    }
    return any;
  }

  private Arrivals arrivals(int t, int inner, int givers, int from) {
    return arrivals.computeIfAbsent(
        new Key(t, inner, givers, from), key -> new Arrivals(time, shape, t, inner, givers, from));
  }

  /** All counts up to a step, which is the last one or not. */
  AccessCounts at(long step) {
    int[] indices = time.indices(step);
    List<AccessCounts.Level> counted = new ArrayList<>();
    long operations = operations(indices);
    for (int l = 0; l < levels; l++) {
      List<AccessCounts.Tensor> tensors = new ArrayList<>();
      int index = 0;
      for (int t = 0; t < shape.tensors; t++) {
        if (keeps(l, t)) {
          AccessCounts.Tensor all = whole.levels().get(l).tensors().get(index++);
          tensors.add(
              new AccessCounts.Tensor(
                  all.name(),
                  all.tileWords(),
                  reads(l, t, indices, 0),
                  fills(l, t, indices, 0),
                  updates(l, t, step, indices, 0)));
        }
      }
      AccessCounts.Level all = whole.levels().get(l);
      counted.add(new AccessCounts.Level(all.name(), all.utilizedInstances(), tensors));
    }
    return new AccessCounts(operations, step + 1, whole.utilizedMacs(), counted);
  }

  /** Operations up to a step: of all MAC units, whatever word they work on. */
  private long operations(int[] indices) {
    return new Operations(time).upTo(indices);
  }

  /**
   * Words that a level has read of a tensor.
   *
   * @param from level whose first instance alone is counted; 0 for all instances
   */
  long reads(int level, int t, int[] indices, int from) {
    long given = given(level, t, indices, from);
    if (t != shape.output) {
      return given;
    }
    return given - begun(level, indices, from);
  }

  /** Words of the output that instances of a level have got for the first time: none was read. */
  long begun(int level, int[] indices) {
    return begun(level, indices, 0);
  }

  private long begun(int level, int[] indices, int from) {
    int t = shape.output;
    return arrivals(t, inside(level, t), level, from).first(indices);
  }

  /** Words that the tiles inside have taken from a level, those that they share once. */
  private long given(int level, int t, int[] indices, int from) {
    int inner = inside(level, t);
    int givers = unicast(t, level, inner) ? inner : level;
    Arrivals inside = arrivals(t, inner, givers, from);
    return inner == levels ? inside.needed(indices) : inside.arrived(indices);
  }

  /** Words that have entered a level from outside. */
  long fills(int level, int t, int[] indices, int from) {
    if (level == 0) {
      return 0;
    }
    Arrivals here = arrivals(t, level, level, from);
    long arrived = here.arrived(indices);
    return t == shape.output ? arrived - here.first(indices) : arrived;
  }

  /** Words of partial sums that have come back to a level from inside. */
  long updates(int level, int t, long step, int[] indices, int from) {
    if (t != shape.output) {
      return 0;
    }
    long given = given(level, t, indices, from);
    int inner = inside(level, t);
    if (inner == levels || step == time.steps - 1) {
      return given;
    }
    int givers = unicast(t, level, inner) ? inner : level;
    return given - held(t, inner, givers, from, indices);
  }

  /** Words that the instances of a level have taken in, each for itself; of the MACs too. */
  long taken(int inner, int t, int[] indices) {
    if (inner < levels) {
      return fills(inner, t, indices, 0);
    }
    Arrivals macs = arrivals(t, levels, levels, 0);
    long needed = macs.needed(indices);
    return t == shape.output ? needed - macs.first(indices) : needed;
  }

  /** Words of partial sums that have left the instances of a level, of each for itself. */
  long returned(int inner, int t, long step, int[] indices) {
    Arrivals inside = arrivals(t, inner, inner, 0);
    if (inner == levels) {
      return inside.needed(indices);
    }
    long arrived = inside.arrived(indices);
    return step == time.steps - 1 ? arrived : arrived - held(t, inner, inner, 0, indices);
  }

  private long held(int t, int inner, int givers, int from, int[] indices) {
    return partialSums
        .computeIfAbsent(
            new Key(t, inner, givers, from),
            key -> new PartialSums(time, shape, t, inner, givers, from))
        .words(indices);
  }
}
