package dance.simulate;

import dance.accelerator.Accelerator;
import dance.simulate.mapper.MapSpace;
import dance.workload.Einsum;
import java.util.List;

/**
 * Weight-stationary: kernels along X, channels with the rows and columns of the kernel along Y, and
 * a tile of weights is stationary in the register file while columns, rows and images are iterated.
 *
 * <pre>
 *   over the array   X: K G   Y: C R S G
 *   at its level     innermost loops Q, P, N
 * </pre>
 *
 * <p>Groups go along either side: a depthwise layer has one kernel and one channel in each group,
 * and nothing else to fill the array with. As in NVDLA and the TPU; the name is that of Chen, Emer
 * and Sze (Eyeriss, ISCA 2016, Section IV).
 */
public final class WeightStationary {
  private WeightStationary() {}

  private static final List<String> ALONG_X = List.of("K", "G");
  private static final List<String> ALONG_Y = List.of("C", "R", "S", "G");
  private static final List<String> INNERMOST = List.of("Q", "P", "N");

  /** The weight-stationary mappings of an einsum on an accelerator. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return within(MapSpace.free(einsum, accelerator), LoopRoles.BY_NAME);
  }

  /** Those of a map space. */
  static MapSpace within(MapSpace space, LoopRoles roles) {
    return Stationary.within(space, roles, ALONG_X, ALONG_Y, INNERMOST);
  }
}
