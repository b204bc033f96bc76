package dance.simulate.mapper;

import java.util.Arrays;

/**
 * Continues partial mappings by every choice of the temporal loops of a level, and their orders.
 */
final class TemporalStep extends SearchStep {
  private final OutwardLoops outward;

  TemporalStep(TensorPlacement kept, LowerBound lowerBound, Incumbent incumbent, Skipped skipped) {
    super(kept, lowerBound, incumbent, skipped);
    outward = new OutwardLoops(kept);
  }

  /** Decides the temporal loops of a level, and opens the boundary around its tiles. */
  @Override
  void step(PartialMapping partial, int level, PartialFront next) {
    int[] factor = new int[problem.dims];
    Arrays.fill(factor, 1);
    chooseFactors(partial, level, 0, factor, partial.extent.clone(), next);
  }

  private void chooseFactors(
      PartialMapping partial, int level, int d, int[] factor, int[] extent, PartialFront next) {
    if (d == problem.dims) {
      if (outward.mayMoveAll(partial, level, factor)) {
        return;
      }
      new StationaryOrders(
          kept,
          partial,
          level,
          factor,
          (order, open, stationary) -> {
            if (outward.mayMoveOne(partial, level, factor, order)) {
              return;
            }
            meter.look(Effort.PARTIAL);
            PartialMapping child =
                new IteratedLevel(
                        kept, fresh, partial, level, factor, extent, order, open, stationary)
                    .mapping();
            add(child, level, level - 1, next);
          });
      return;
    }
    MapSpace.Level rule = problem.space.levels[level];
    int count = partial.count[d];
    int fixed = rule.temporal[d];
    int most = rule.temporalAtMost[d] == 0 ? Integer.MAX_VALUE : rule.temporalAtMost[d];
    if (level == 0) {
      if ((fixed != 0 && fixed != count) || count > most) {
        return;
      }
      fixed = count;
    }
    int base = extent[d];
    for (int f : fixed != 0 ? new int[] {fixed} : Spatial.divisorsOf(count)) {
      if (count % f != 0 || f > most) {
        continue;
      }
      factor[d] = f;
      extent[d] = base * f;
      if (!problem.fits(level, kept.levels[level], extent)) {
        break;
      }
      left[d] = count / f;
      if (lowerBound.isOutside(level)) {
        System.arraycopy(partial.count, d + 1, left, d + 1, problem.dims - d - 1);
        double bound =
            d == problem.dims - 1
                ? lowerBound.ofTilesAround(partial, level, left)
                : lowerBound.ofRemaining(partial, level, left);
        if (bound >= incumbent.limit()) {
          continue;
        }
      } else {
        Arrays.fill(left, d + 1, problem.dims, 1);
        if (lowerBound.ofTiles(partial, level, left) >= incumbent.limit()) {
          continue;
        }
      }
      chooseFactors(partial, level, d + 1, factor, extent, next);
    }
    factor[d] = 1;
    extent[d] = base;
  }
}
