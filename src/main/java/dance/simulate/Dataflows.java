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
 * unconstrained. In all of them, the unconstrained space included, spatial factors need not divide
 * ({@link MapSpace}), as the bounds of layers are rarely multiples of an array's sides.
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
      case UNCONSTRAINED -> startingFromAll(MapSpace.free(einsum, accelerator));
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
   * The map space, searched after its intersections with the dataflows: an unconstrained search is
   * then never worse than theirs, however early it ends. The roles of loops of imported einsums are
   * those of {@link LoopRoles}.
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
   * The mappings of a space that unroll only these dimensions, over the array and wherever else a
   * level has a fan-out. Without a fan-out the list has no effect. Rows and columns of a kernel are
   * unrolled completely or not at all.
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
