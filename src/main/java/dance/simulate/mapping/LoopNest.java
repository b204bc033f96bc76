package dance.simulate.mapping;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapping written out as nested loops, with the number of iterations of the last, possibly
 * partial, pass of each.
 *
 * @param levels outermost first
 */
public record LoopNest(List<Level> levels) {

  /**
   * The loops of one memory level.
   *
   * @param name of the memory level
   * @param keeps tensors that it keeps, in the order of the einsum
   * @param loops outermost first: temporal, then along Y, then along X
   */
  public record Level(String name, List<String> keeps, List<Loop> loops) {
    /** Copies the lists: the record is immutable. */
    public Level {
      keeps = List.copyOf(keeps);
      loops = List.copyOf(loops);
    }
  }

  /**
   * A loop.
   *
   * @param dimension the dimension it iterates over
   * @param bound iterations
   * @param last iterations when all outer loops of the dimension are in their last iteration
   * @param place whether it is temporal or spatial
   */
  public record Loop(String dimension, int bound, int last, Place place) {
    @Override
    public String toString() {
      String range = last == bound ? "0:" + bound : "0:" + bound + "," + last;
      return "for " + dimension + " in [" + range + ")" + place.suffix;
    }
  }

  /** Whether the iterations of a loop are temporal or spatial. */
  public enum Place {
    /** One after the other. */
    TEMPORAL(""),
    /** At the same time, along Y of the array. */
    SPATIAL_Y(" (Spatial-Y)"),
    /** At the same time, along X of the array. */
    SPATIAL_X(" (Spatial-X)");

    private final String suffix;

    Place(String suffix) {
      this.suffix = suffix;
    }
  }

  /** Copies the list: the record is immutable. */
  public LoopNest {
    levels = List.copyOf(levels);
  }

  /**
   * The nest of a mapping.
   *
   * @throws IllegalArgumentException if the mapping has another number of levels than the
   *     accelerator, or loops of a dimension do not reach its bound or run past it
   */
  public static LoopNest of(Einsum einsum, Accelerator accelerator, Mapping mapping) {
    int depth = mapping.levels().size();
    Rules rules = new Rules();
    rules
        .require(
            depth == accelerator.levels().size(),
            "mapping of %s has %d levels, but %s has %d",
            einsum.name(),
            depth,
            accelerator.name(),
            accelerator.levels().size())
        .check();
    // Written in mixed radix with the loop bounds as digits, the last index of a dimension
    // (its bound - 1) has in each digit the last iteration of that loop.
    Map<String, Integer> rest = new HashMap<>();
    einsum.dimensions().forEach(d -> rest.put(d.dimension(), d.bound() - 1));
    List<Level> levels = new ArrayList<>();
    for (int i = depth - 1; i >= 0; i--) {
      Mapping.Level level = mapping.levels().get(i);
      List<Loop> loops = new ArrayList<>();
      add(loops, level.spatialX(), Place.SPATIAL_X, rest, rules);
      add(loops, level.spatialY(), Place.SPATIAL_Y, rest, rules);
      add(loops, level.temporal(), Place.TEMPORAL, rest, rules);
      List<String> keeps =
          einsum.tensors().stream().map(Tensor::name).filter(level.keeps()::contains).toList();
      levels.add(0, new Level(accelerator.levels().get(i).name(), keeps, loops));
    }
    rest.forEach(
        (dimension, left) ->
            rules.require(
                left == 0,
                "loops of %s do not reach its bound (%d)",
                dimension,
                einsum.bound(dimension)));
    rules.check();
    return new LoopNest(levels);
  }

  private static void add(
      List<Loop> loops,
      List<Einsum.Loop> outermostFirst,
      Place place,
      Map<String, Integer> rest,
      Rules rules) {
    for (int i = outermostFirst.size() - 1; i >= 0; i--) {
      Einsum.Loop loop = outermostFirst.get(i);
      Integer left = rest.get(loop.dimension());
      rules.require(left != null, "%s is no dimension of the einsum", loop.dimension());
      rules.require(loop.bound() >= 1, "loop %s must have at least one iteration", loop);
      if (left != null && loop.bound() >= 1) {
        loops.add(0, new Loop(loop.dimension(), loop.bound(), left % loop.bound() + 1, place));
        rest.put(loop.dimension(), left / loop.bound());
      }
    }
  }

  /** The nest as text, outermost loop first, as Timeloop prints it but without tile sizes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int indent = 0;
    for (Level level : levels) {
      text.append(level.name()).append(" [ ");
      level.keeps().forEach(t -> text.append(t).append(' '));
      text.append("]\n");
      for (Loop loop : level.loops()) {
        if (loop.bound() > 1) {
          text.append("| ").append("  ".repeat(indent++)).append(loop).append('\n');
        }
      }
    }
    return text.append("| ").append("  ".repeat(indent)).append("<< Compute >>\n").toString();
  }
}
