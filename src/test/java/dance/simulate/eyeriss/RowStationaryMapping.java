package dance.simulate.eyeriss;

import dance.check.Rules;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum.Loop;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The row-stationary passes of a layer as a loop nest over {@link EyerissChip#accelerator()}.
 *
 * <pre>
 *   DRAM           for group, strip of e rows, m filters, n images, q·r channels
 *   global buffer    for p·t filters, image, output column
 *                      in parallel r·t sets of R rows × e columns, folded
 *   scratchpads          for q channels, p filters, S filter columns
 * </pre>
 *
 * <p>Filters pass by the global buffer. The partial sums of m filters, e rows and n images stay in
 * it while the channels pass, a filter row stays in its PE while the inputs slide by.
 */
public final class RowStationaryMapping {
  private RowStationaryMapping() {}

  /**
   * The mapping.
   *
   * @throws IllegalArgumentException if the parameters are no nest of loops: sets that fill no
   *     rectangle, m not a multiple of p·t, or strips that do not fold into equal segments
   */
  public static Mapping of(Layer layer, RowStationaryParameters x, EyerissChip chip) {
    Layer.Shape shape = layer.shape();
    Optional<SetPlacement> placement = SetPlacement.of(chip, shape.r(), x, shape.p());
    new Rules()
        .require(
            placement.isPresent(),
            "PE sets of %s (e = %d, r = %d, t = %d) must fill a rectangle of %d × %d PEs, folded"
                + " into equal segments",
            layer.name(),
            x.e(),
            x.r(),
            x.t(),
            chip.peRows(),
            chip.peColumns())
        .require(
            x.m() % x.filtersPerPass() == 0,
            "m (%d) of %s must be a multiple of p·t (%d) to be a nest of loops",
            x.m(),
            layer.name(),
            x.filtersPerPass())
        .check();
    SetPlacement sets = placement.orElseThrow();
    int filters = shape.k() / shape.groups();
    int channels = shape.c() / shape.groups();
    List<Loop> dram =
        loops(
            "G", shape.groups(),
            "P", ceil(shape.p(), x.e()),
            "K", ceil(filters, x.m()),
            "N", ceil(shape.n(), x.n()),
            "C", ceil(channels, x.channelsPerPass()));
    List<Loop> buffer =
        loops(
            "K", ceil(Math.min(x.m(), filters), x.filtersPerPass()),
            "N", Math.min(x.n(), shape.n()),
            "Q", shape.q());
    List<Loop> columns =
        loops("C", sets.channelsAcross(), "K", sets.filtersAcross(), "P", sets.width());
    List<Loop> rows =
        loops(
            "C", sets.channelsDown(),
            "K", sets.filtersDown(),
            "P", sets.segments(),
            "R", shape.r());
    List<Loop> spads = loops("C", x.q(), "K", x.p(), "S", shape.s());
    return new Mapping(
        List.of(
            new Mapping.Level(
                dram, List.of(), List.of(), Set.of("Weights", "Inputs", "Outputs"), Set.of()),
            new Mapping.Level(buffer, columns, rows, Set.of("Inputs", "Outputs"), Set.of()),
            new Mapping.Level(
                spads, List.of(), List.of(), Set.of("Weights", "Inputs", "Outputs"), Set.of())));
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static List<Loop> loops(Object... dimensionsAndBounds) {
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < dimensionsAndBounds.length; i += 2) {
      loops.add(new Loop((String) dimensionsAndBounds[i], (Integer) dimensionsAndBounds[i + 1]));
    }
    return loops;
  }
}
