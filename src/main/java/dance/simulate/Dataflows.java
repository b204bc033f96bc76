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
 * <p>Constraints refer to the loops of a layer, {@link dance.workload.Dimension}. A dimension of
 * any other name, as imported einsums may have, is not unrolled over the array and is otherwise
 * unconstrained. Spatial factors need not divide the bounds ({@link
 * MapSpace#withSpatialRemainders}), as the bounds of layers are rarely multiples of an array's
 * sides; in the unconstrained space factors divide.
 */
public final class Dataflows {
  private Dataflows() {}

  /** The mappings of an einsum in the accelerator's own dataflow. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return space(einsum, accelerator, accelerator.dataflow());
  }

  /** The mappings of an einsum on an accelerator in a given dataflow. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator, Dataflow dataflow) {
    return switch (dataflow) {
      case WEIGHT_STATIONARY -> WeightStationary.space(einsum, accelerator);
      case OUTPUT_STATIONARY -> OutputStationary.space(einsum, accelerator);
      case ROW_STATIONARY -> RowStationary.space(einsum, accelerator);
      case UNCONSTRAINED -> MapSpace.free(einsum, accelerator);
    };
  }

  /**
   * The level above the array: the one with the largest fan-out, the outermost of equal ones.
   * Without any array, the second innermost level.
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
   * The mappings that unroll only these dimensions, over the array and wherever else a level has a
   * fan-out. Without a fan-out the list has no effect. Rows and columns of a kernel are unrolled
   * completely or not at all.
   */
  static MapSpace spread(
      Einsum einsum, Accelerator accelerator, List<String> alongX, List<String> alongY) {
    MapSpace space = MapSpace.free(einsum, accelerator).withSpatialRemainders();
    for (int l = 0; l < accelerator.levels().size(); l++) {
      space = space.spatial(l, alongX, alongY).whole(l, "R", "S");
    }
    return space;
  }

  private static long fanout(Accelerator accelerator, int level) {
    MemoryLevel memory = accelerator.levels().get(level);
    return (long) memory.fanoutX() * memory.fanoutY();
  }
}
