package dance.simulate.eyeriss;

import dance.check.Rules;
import dance.workload.Layer;

/** What fits the Eyeriss chip; every violated limit is named with its amount. */
final class RowStationaryLimits {
  private RowStationaryLimits() {}

  /** Refuses layers that the dataflow cannot run at all. */
  static void checkLayer(EyerissChip chip, Layer layer) {
    boolean filtered =
        layer.kind() == Layer.Kind.CONVOLUTION || layer.kind() == Layer.Kind.FULLY_CONNECTED;
    Layer.Shape shape = layer.shape();
    new Rules()
        .require(
            filtered,
            "layer %s (%s) is no convolution: the row-stationary passes need filter rows",
            layer.name(),
            layer.kind())
        .require(
            shape.r() <= chip.peRows(),
            "filters of %s (%d rows) do not fit %d rows of PEs",
            layer.name(),
            shape.r(),
            chip.peRows())
        .require(
            shape.s() <= chip.ifmapSpadWords(),
            "filter rows of %s (%d columns) do not fit the input scratchpad (%d words)",
            layer.name(),
            shape.s(),
            chip.ifmapSpadWords())
        .check();
  }

  /** Refuses parameters that do not fit the array, a scratchpad or the global buffer. */
  static void check(EyerissChip chip, Layer layer, RowStationaryParameters x) {
    checkLayer(chip, layer);
    Layer.Shape shape = layer.shape();
    long psums =
        (long) Math.min(x.m(), shape.k() / shape.groups())
            * Math.min(x.n(), shape.n())
            * x.e()
            * shape.q();
    long ifmap =
        new RowStationaryPass(
                layer,
                x,
                x.e(),
                x.filtersPerPass(),
                Math.min(x.channelsPerPass(), shape.c() / shape.groups()),
                Math.min(x.n(), shape.n()))
            .ifmapWords();
    new Rules()
        .require(
            x.e() <= shape.p(),
            "PE set of %s (e = %d) must not be wider than its %d output rows",
            layer.name(),
            x.e(),
            shape.p())
        .require(
            (long) x.r() * x.t() <= chip.sets(shape.r(), x.e()),
            "%d PE sets (r = %d, t = %d) of %s with %d × %d PEs do not fit %d × %d PEs: at most %d",
            (long) x.r() * x.t(),
            x.r(),
            x.t(),
            layer.name(),
            shape.r(),
            x.e(),
            chip.peRows(),
            chip.peColumns(),
            chip.sets(shape.r(), x.e()))
        .require(
            x.filtersPerPass() <= x.m(),
            "filters of a pass of %s (p·t = %d) must not exceed those in the global buffer"
                + " (m = %d)",
            layer.name(),
            x.filtersPerPass(),
            x.m())
        .require(
            (long) x.q() * shape.s() <= chip.ifmapSpadWords(),
            "input window of %s (q·S = %d words) does not fit the input scratchpad (%d words)",
            layer.name(),
            (long) x.q() * shape.s(),
            chip.ifmapSpadWords())
        .require(
            (long) x.p() * x.q() * shape.s() <= chip.filterSpadWords(),
            "filter rows of %s (p·q·S = %d words) do not fit the filter scratchpad (%d words)",
            layer.name(),
            (long) x.p() * x.q() * shape.s(),
            chip.filterSpadWords())
        .require(
            x.p() <= chip.psumSpadWords(),
            "partial sums of %s (p = %d words) do not fit the psum scratchpad (%d words)",
            layer.name(),
            x.p(),
            chip.psumSpadWords())
        .require(
            psums + ifmap <= chip.globalBufferWords(),
            "%s needs %,d words of partial sums and %,d of inputs in the global buffer (%,d words):"
                + " %,d words too many. Maybe a smaller m or e fits.",
            layer.name(),
            psums,
            ifmap,
            chip.globalBufferWords(),
            psums + ifmap - chip.globalBufferWords())
        .check();
  }
}
