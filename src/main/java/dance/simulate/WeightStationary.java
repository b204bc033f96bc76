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

  /** The weight-stationary mappings of an einsum on an accelerator. */
  public static MapSpace space(Einsum einsum, Accelerator accelerator) {
    return Dataflows.spread(einsum, accelerator, List.of("K", "G"), List.of("C", "R", "S", "G"))
        .innermost(Dataflows.arrayLevel(accelerator), "Q", "P", "N");
  }
}
