package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.SignificantDigits;
import dance.simulate.count.Analysis;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loop nest, step by step. A step is a combination of indices of the temporal loops: a cycle of
 * the MAC units. Steps are made when they are asked for, in any order and at the same effort, by
 * the closed form of {@link CountsSoFar}: a layer of a billion steps is as good as a small one.
 *
 * <p>Counts are exact ({@link Accounting#EXACT}); after the last step they are the simulator's.
 */
public final class Walk {
  private final Evaluation evaluation;
  private final CompiledEinsum shape;
  private final NestTime time;
  private final CountsSoFar counts;
  private final CyclesSoFar cycles;
  private final Operations operations;
  private final Tiles tiles;
  private final Transfers transfers;
  private final List<String> names;

  private Walk(Evaluation evaluation) {
    this.evaluation = evaluation;
    Einsum einsum = evaluation.einsum();
    Accelerator accelerator = evaluation.accelerator();
    shape = new CompiledEinsum(einsum);
    new Rules()
        .require(
            shape.plain[shape.output],
            "%s of %s has an axis that several loops move: the walk does not know when a word of it"
                + " is done",
            einsum.output(),
            einsum.name())
        .check();
    time =
        new NestTime(CompiledMapping.of(evaluation.mapping(), einsum, accelerator), shape.bounds);
    counts = new CountsSoFar(time, shape, evaluation.counts());
    cycles = new CyclesSoFar(time, shape, counts, accelerator);
    names =
        Stream.concat(
                accelerator.levels().stream().map(MemoryLevel::name),
                Stream.of(accelerator.mac().name()))
            .toList();
    operations = new Operations(time);
    tiles = new Tiles(time, shape, names);
    transfers = new Transfers(time, shape, counts, names);
  }

  /**
   * The walk of a mapping.
   *
   * @throws IllegalArgumentException if the mapping does not fit the einsum or the accelerator
   */
  public static Walk of(Einsum einsum, Accelerator accelerator, Mapping mapping) {
    return new Walk(Analysis.of(einsum, accelerator).evaluate(mapping, Accounting.EXACT));
  }

  /** The walk of an evaluated mapping, counted exactly whatever its accounting was. */
  public static Walk of(Evaluation evaluation) {
    return evaluation.accounting() == Accounting.EXACT
        ? new Walk(evaluation)
        : of(evaluation.einsum(), evaluation.accelerator(), evaluation.mapping());
  }

  /** The mapping with all that it costs. */
  public Evaluation evaluation() {
    return evaluation;
  }

  /** Number of steps. */
  public long steps() {
    return time.steps;
  }

  /** The first step. */
  public Step first() {
    return at(0);
  }

  /** The last step: its counts are those of the whole layer. */
  public Step last() {
    return at(steps() - 1);
  }

  /**
   * The step of this index.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Step at(long index) {
    new Rules()
        .require(
            0 <= index && index < steps(),
            "step %d of %s must be from 0 to %d",
            index,
            evaluation.einsum().name(),
            steps() - 1)
        .check();
    int[] indices = time.indices(index);
    int advanced = Tiles.advanced(indices);
    List<Step.Loop> loops = new ArrayList<>();
    for (int r = 0; r < indices.length; r++) {
      loops.add(
          new Step.Loop(
              names.get(time.level(r)),
              evaluation.einsum().dimensions().get(time.dimension(r)).dimension(),
              indices[r],
              time.nest.bound[time.loops[r]],
              r == advanced));
    }
    List<Tile> held = new ArrayList<>();
    for (int l = 0; l <= time.nest.levels; l++) {
      for (int t = 0; t < shape.tensors; t++) {
        if (l == time.nest.levels || counts.keeps(l, t)) {
          held.add(tiles.of(t, l, indices));
        }
      }
    }
    return new Step(
        this,
        index,
        loops,
        held,
        transfers.at(index),
        transfers.begun(index),
        counts.at(index),
        cycles.at(index));
  }

  /** MAC units that work at a step. */
  long working(long step) {
    return operations.at(time.indices(step));
  }

  /** The MAC units that the mapping uses, and what each works on at a step. */
  List<UnitState> units(long step) {
    return new Units(time, evaluation.einsum(), evaluation.accelerator()).at(time.indices(step));
  }

  /** Index of each dimension, in the order of the einsum, at which the first MAC unit stands. */
  long[] point(long step) {
    return time.point(time.indices(step));
  }

  /** The step at which the operation of these indices is done. */
  long stepOf(long[] point) {
    return time.stepOf(point);
  }

  /**
   * The first step after one at which something happens.
   *
   * @throws IllegalArgumentException if it does not happen again
   */
  public Step next(Event event, long after) {
    long known = total(event, after);
    long step = firstWhere(after + 1, s -> total(event, s) > known);
    new Rules()
        .require(step < steps(), "there is no %s after step %,d of %,d", event, after, steps())
        .check();
    return at(step);
  }

  /**
   * The last step before one at which something happens.
   *
   * @throws IllegalArgumentException if it has not happened before
   */
  public Step previous(Event event, long before) {
    long known = before == 0 ? 0 : total(event, before - 1);
    new Rules().require(known > 0, "there is no %s before step %,d", event, before).check();
    return at(firstWhere(0, s -> total(event, s) >= known));
  }

  /** The last step at which something happens; -1 if it never does. */
  long last(Event event) {
    long all = total(event, steps() - 1);
    return all == 0 ? -1 : firstWhere(0, s -> total(event, s) >= all);
  }

  /**
   * The step that is done in a clock cycle, from 1.
   *
   * @throws IllegalArgumentException if all is done before
   */
  public Step atCycle(long cycle) {
    long step = firstWhere(0, s -> cycles.at(s) >= cycle);
    new Rules()
        .require(
            step < steps(),
            "%s is done in %,d cycles: there is no cycle %,d",
            evaluation.einsum().name(),
            cycles.at(steps() - 1),
            cycle)
        .check();
    return at(step);
  }

  /** The first step from one on for which a condition holds that stays true. */
  private long firstWhere(long from, LongPredicate holds) {
    long low = from;
    long high = steps();
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long total(Event event, long step) {
    int level = named(event.level(), names.subList(0, time.nest.levels), "level");
    List<String> tensors = evaluation.einsum().tensors().stream().map(t -> t.name()).toList();
    int tensor = named(event.tensor(), tensors, "tensor");
    new Rules()
        .require(
            counts.keeps(level, tensor),
            "%s does not keep %s, only %s",
            event.level(),
            event.tensor(),
            evaluation.counts().levels().get(level).tensors().stream()
                .map(AccessCounts.Tensor::name)
                .collect(Collectors.joining(", ")))
        .check();
    int[] indices = time.indices(step);
    return switch (event.kind()) {
      case READ -> counts.reads(level, tensor, indices, 0);
      case FILL -> counts.fills(level, tensor, indices, 0);
      case WRITE ->
          counts.fills(level, tensor, indices, 0) + counts.updates(level, tensor, step, indices, 0);
    };
  }

  private static int named(String name, List<String> all, String what) {
    int index = all.indexOf(name);
    new Rules()
        .require(
            index >= 0,
            "there is no %s %s, only %s.%s",
            what,
            name,
            String.join(", ", all),
            Nearest.maybe(name, all))
        .check();
    return index;
  }

  @Override
  public String toString() {
    return "walk of "
        + evaluation.einsum().name()
        + " on "
        + evaluation.accelerator().name()
        + ": "
        + SignificantDigits.count(steps())
        + " steps";
  }
}
