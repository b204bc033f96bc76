package dance.lesson;

import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One step of a walk: what moves before the MAC units do this step's operations, what stays and
 * why, and the counters so far, this step included. A value; going anywhere makes another one.
 *
 * <pre>{@code
 * var s = step("alexnet/conv3", "eyeriss", mapping);
 * s = s.next();
 * s = s.toNext("fill of Inputs at RF");
 * s = s.back();
 * s = s.toCycle(1_000_000);
 * s = s.with("DRAM: … | GLB: … | RF: …");
 * }</pre>
 *
 * @param walk the walk that it belongs to
 * @param index of the step, from 0
 * @param loops the temporal loops, outermost first
 * @param tiles of the first instance of each level that keeps a tensor, and the word of the first
 *     MAC unit; outermost level first
 * @param moves words that pass between levels
 * @param begun words of the output that the innermost level which keeps it, over all its instances,
 *     gets for the first time: there is nothing to read for them
 * @param counts accesses so far, over all instances
 * @param cycle clock cycles so far, without the latency of the interconnects
 */
public record Step(
    Walk walk,
    long index,
    List<Loop> loops,
    List<Tile> tiles,
    List<Move> moves,
    long begun,
    AccessCounts counts,
    long cycle) {

  /**
   * A temporal loop at a step.
   *
   * @param level whose loop it is
   * @param dimension what it runs over
   * @param index where it stands, from 0
   * @param bound its iterations
   * @param advanced whether it is the outermost loop that has advanced to this step
   */
  public record Loop(String level, String dimension, int index, int bound, boolean advanced) {
    @Override
    public String toString() {
      return dimension + " " + index + "/" + bound + (advanced ? "◂" : "");
    }
  }

  /** Copies the lists: the record is immutable. */
  public Step {
    loops = List.copyOf(loops);
    tiles = List.copyOf(tiles);
    moves = List.copyOf(moves);
  }

  /** The step after this one; of the last step, itself. */
  public Step next() {
    return walk.at(Math.min(index + 1, walk.steps() - 1));
  }

  /** The step before this one; of the first step, itself. */
  public Step back() {
    return walk.at(Math.max(index - 1, 0));
  }

  /** The step of this index: {@link Walk#at}. */
  public Step to(long step) {
    return walk.at(step);
  }

  /**
   * The first step after this one at which something happens.
   *
   * @param event as {@code fill of Inputs at RF}: see {@link Event#parse}
   * @throws IllegalArgumentException if it is no event of this mapping, or does not happen again
   */
  public Step toNext(String event) {
    return walk.next(Event.parse(event), index);
  }

  /** The last step before this one at which something happens; else as {@link #toNext}. */
  public Step toPrevious(String event) {
    return walk.previous(Event.parse(event), index);
  }

  /**
   * The step that is done in a clock cycle.
   *
   * @throws IllegalArgumentException if all is done before
   */
  public Step toCycle(long cycle) {
    return walk.atCycle(cycle);
  }

  /**
   * The walk of another mapping at the same point of the computation: where the operation is done
   * that the first MAC unit does here.
   *
   * @param mapping a {@link Mapping} or its text
   * @throws IllegalArgumentException if the mapping does not fit
   */
  public Step with(Object mapping) {
    Mapping other =
        mapping instanceof Mapping known
            ? known
            : Mapping.parse(
                String.valueOf(mapping),
                walk.evaluation().einsum(),
                walk.evaluation().accelerator());
    Walk edited = Walk.of(walk.evaluation().einsum(), walk.evaluation().accelerator(), other);
    return edited.at(edited.stepOf(walk.point(index)));
  }

  /** MAC units that work at this step. */
  public long working() {
    return walk.working(index);
  }

  /** The MAC units that the mapping uses, and what each works on. */
  public List<UnitState> units() {
    return walk.units(index);
  }

  /** This step and those after it, as many as there are; for a strip or an animation. */
  public List<Step> frames(int count) {
    return LongStream.range(index, Math.min(walk.steps(), index + count))
        .mapToObj(walk::at)
        .toList();
  }

  /**
   * The next steps at which something happens, as many as there are; for a strip or an animation.
   *
   * @param event as {@link #toNext} takes it
   */
  public List<Step> frames(String event, int count) {
    List<Step> frames = new ArrayList<>();
    long last = walk.last(Event.parse(event));
    Step step = this;
    while (frames.size() < count && step.index() < last) {
      step = step.toNext(event);
      frames.add(step);
    }
    return frames;
  }

  /** The tile of a tensor at a level. */
  public Tile tile(String tensor, String level) {
    return tiles.stream()
        .filter(t -> t.tensor().equals(tensor) && t.level().equals(level))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(level + " does not keep a tensor " + tensor));
  }

  /** The frame as text: loops, what moves, what stays, counters. */
  @Override
  public String toString() {
    return StepText.of(this);
  }
}
