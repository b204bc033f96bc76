package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
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
}
