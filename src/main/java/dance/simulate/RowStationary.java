package dance.simulate;

import dance.accelerator.Accelerator;
import dance.simulate.mapper.MapSpace;
import dance.workload.Einsum;
import java.util.List;

/**
 * Row-stationary: filter rows along Y and output rows along X make a set of PEs, sets are
 * replicated over kernels and channels, and a filter row is stationary in the register file while a
 * row of inputs slides past it.
 *
 * <pre>
 *   over the array   X: P K G   Y: R C K G
 *   at its level     innermost loop Q
 * </pre>
 *
 * <p>Chen, Krishna, Emer and Sze, JSSC 52(1), 2017, Section III. Channels are folded along Y only:
 * partial sums move upwards through a column, so only there can sets be accumulated (as in the
 * constraints of Timeloop's model of Eyeriss).
 */
public final class RowStationary {
  private RowStationary() {}

  private static final List<String> ALONG_X = List.of("P", "K", "G");
  private static final List<String> ALONG_Y = List.of("R", "C", "K", "G");
  private static final List<String> INNERMOST = List.of("Q");

  /** The row-stationary mappings of an einsum on an accelerator. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return within(MapSpace.free(einsum, accelerator), LoopRoles.BY_NAME);
  }

  /** Those of a map space. */
  static MapSpace within(MapSpace space, LoopRoles roles) {
    return Stationary.within(space, roles, ALONG_X, ALONG_Y, INNERMOST);
  }
}
