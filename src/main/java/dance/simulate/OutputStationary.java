package dance.simulate;

import dance.accelerator.Accelerator;
import dance.simulate.mapper.MapSpace;
import dance.workload.Einsum;
import java.util.List;

/**
 * Output-stationary: output columns along X, output rows along Y, kernels folded in on both sides;
 * a partial sum is stationary in the register file while the level above the array iterates over
 * kernel columns, kernel rows and channels.
 *
 * <pre>
 *   over the array   X: Q K G   Y: P K G
 *   at its level     innermost loops S, R, C
 * </pre>
 *
 * <p>No dimension of the array is reduced, so every MAC unit has its own outputs. Kernels (and
 * groups) fill what rows and columns leave idle: a fully connected layer has one output pixel. As
 * in ShiDianNao (Du et al., ISCA 2015); the name is that of Chen, Emer and Sze (Eyeriss, ISCA 2016,
 * Section IV).
 */
public final class OutputStationary {
  private OutputStationary() {}

  private static final List<String> ALONG_X = List.of("Q", "K", "G");
  private static final List<String> ALONG_Y = List.of("P", "K", "G");
  private static final List<String> INNERMOST = List.of("S", "R", "C");

  /** The output-stationary mappings of an einsum on an accelerator. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return within(MapSpace.free(einsum, accelerator), LoopRoles.BY_NAME);
  }

  /** Those of a map space. */
  static MapSpace within(MapSpace space, LoopRoles roles) {
    return Stationary.within(space, roles, ALONG_X, ALONG_Y, INNERMOST);
  }
}
