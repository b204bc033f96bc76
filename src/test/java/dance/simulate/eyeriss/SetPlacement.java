package dance.simulate.eyeriss;

import java.util.Optional;

/**
 * Where the PE sets of a pass lie on the array. A set wider than the array is folded into segments,
 * one above the other; the sets form a rectangle.
 *
 * @param segments rows of segments of one set
 * @param width columns of a segment
 * @param channelsAcross sets side by side that work on different channels
 * @param channelsDown sets one above the other that work on different channels
 * @param filtersAcross sets side by side that work on different filters
 * @param filtersDown sets one above the other that work on different filters
 */
record SetPlacement(
    int segments,
    int width,
    int channelsAcross,
    int channelsDown,
    int filtersAcross,
    int filtersDown) {

  /**
   * The first placement, with few channels across.
   *
   * @param filterRows rows R of a set
   * @param x width e of a set and numbers r and t of sets
   * @param outputRows rows of the whole output
   * @return empty if the sets fill no rectangle of the array, or if strips would not fold into
   *     equal segments
   */
  static Optional<SetPlacement> of(
      EyerissChip chip, int filterRows, RowStationaryParameters x, int outputRows) {
    int segments = chip.segments(x.e());
    int width = (x.e() + segments - 1) / segments;
    int across = chip.peColumns() / width;
    int down = chip.peRows() / (filterRows * segments);
    if (segments * width != x.e() && x.e() < outputRows) {
      return Optional.empty();
    }
    for (int channels = 1; channels <= Math.min(across, x.r()); channels++) {
      for (int filters = 1; filters <= Math.min(across / channels, x.t()); filters++) {
        boolean whole = x.r() % channels == 0 && x.t() % filters == 0;
        if (whole && (long) (x.r() / channels) * (x.t() / filters) <= down) {
          return Optional.of(
              new SetPlacement(
                  segments, width, channels, x.r() / channels, filters, x.t() / filters));
        }
      }
    }
    return Optional.empty();
  }
}
