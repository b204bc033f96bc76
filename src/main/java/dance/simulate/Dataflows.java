package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapper.MapSpace;
import dance.workload.Einsum;
import java.util.List;

/**
 * The map space of each {@link Dataflow}: constraints on the free map space, one file each.
 *
 * <p>They go by the names of the loops of a layer, {@link dance.workload.Dimension}. A dimension of
 * any other name, as einsums from elsewhere may have, is never spread over an array and otherwise
 * free: a dataflow says nothing about it. In all of them, the unconstrained space included, spatial
 * factors need not divide ({@link MapSpace}), as the bounds of layers rarely are multiples of an
 * array's sides.
 */
public final class Dataflows {
  private Dataflows() {}

  /** The mappings of an einsum that are of the accelerator's own dataflow. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return space(einsum, accelerator, accelerator.dataflow());
  }

  /** The mappings of an einsum on an accelerator that are of a dataflow. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator, Dataflow dataflow) {
    return switch (dataflow) {
      case WEIGHT_STATIONARY -> WeightStationary.space(einsum, accelerator);
      case OUTPUT_STATIONARY -> OutputStationary.space(einsum, accelerator);
      case ROW_STATIONARY -> RowStationary.space(einsum, accelerator);
      case UNCONSTRAINED -> startingFromAll(MapSpace.free(einsum, accelerator));
    };
  }

  /**
   * The level above the array: the one with the most instances below each of its own, the outermost
   * of equal ones. Without any array it is the level around the innermost one.
   */
  static int arrayLevel(Accelerator accelerator) {
    int levels = accelerator.levels().size();
    int array = Math.max(0, levels - 2);
    long most = 1;
    for (int l = 0; l < levels; l++) {
      if (fanout(accelerator, l) > most) {
        most = fanout(accelerator, l);
        array = l;
      }
    }
    return array;
  }

  /**
   * A map space that is searched after those of its mappings that are of a dataflow: an
   * unconstrained search is never worse than theirs, however early it has to end. Loops of einsums
   * from elsewhere have the parts that {@link LoopRoles} finds.
   */
  public static MapSpace startingFromAll(MapSpace space) {
    LoopRoles roles = LoopRoles.of(space.einsum());
    return space.startingFrom(
        List.of(
            WeightStationary.within(space, roles),
            OutputStationary.within(space, roles),
            RowStationary.within(space, roles)));
  }

  /**
   * The mappings of a space that spread only these dimensions, over the array and wherever else a
   * level has several instances below it. Where nothing is spread, the list does not matter. Rows
   * and columns of a kernel are spread whole or not at all: they are folded into what they
   * accompany.
   */
  static MapSpace within(
      MapSpace space,
      LoopRoles roles,
      List<String> alongX,
      List<String> alongY,
      List<String> innermost) {
    MapSpace narrower = space;
    String[] whole = roles.of(List.of("R", "S")).toArray(String[]::new);
    for (int l = 0; l < space.accelerator().levels().size(); l++) {
      narrower = narrower.spatialWithin(l, roles.of(alongX), roles.of(alongY)).whole(l, whole);
    }
    String[] loops = roles.of(innermost).toArray(String[]::new);
    return narrower.innermostWithin(arrayLevel(space.accelerator()), loops);
  }

  private static long fanout(Accelerator accelerator, int level) {
    MemoryLevel memory = accelerator.levels().get(level);
    return (long) memory.fanoutX() * memory.fanoutY();
  }
}
