package dance.simulate.mapper;

import java.util.IdentityHashMap;
import java.util.Map;

/** Continues partial mappings by every unrolling over the array of the next level. */
final class SpatialStep extends SearchStep {
  private final Spatial[] spatial;
  private final SharingChoices[] sharing;
  private final HopCosts hops;

  SpatialStep(
      TensorPlacement kept,
      MapSearch.Shared shared,
      LowerBound lowerBound,
      Incumbent incumbent,
      Skipped skipped) {
    super(kept, lowerBound, incumbent, skipped);
    spatial = shared.spatial;
    sharing = shared.sharing;
    hops = shared.hops;
  }

  /** Decides the spatial factors of a level, and its supply of the inner tiles. */
  @Override
  void step(PartialMapping partial, int level, PartialFront next) {
    double inner = partial.temporalProduct * tiles(partial);
    double later = problem.instancesAtMost[level];
    boolean joined = sharing[level] != null && sharing[level].joins();
    Map<SharingChoices.Choice, Boolean> tooDear = new IdentityHashMap<>();
    for (Spatial.Unrolling choice : spatial[level].choices()) {
      double cycles = inner / (choice.product() * later);
      if (problem.objective.of(partial.bound.energyPj(), cycles) >= incumbent.limit()) {
        break;
      }
      if (!choice.fits(partial.count, problem.space.spatialRemainders)
          || isElsewhere(partial, level, choice)) {
        continue;
      }
      if (joined
          && tooDear.computeIfAbsent(
              sharing[level].of(choice), similar -> isTooDear(partial, similar))) {
        continue;
      }
      meter.look(1);
      if (lowerBound.isOutside(level)) {
        double instances = 1;
        for (int d = 0; d < left.length; d++) {
          left[d] = Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
          instances *= UnrolledLevel.surelyInUse(problem, partial, d, choice);
        }
        double limit = incumbent.limit();
        if (lowerBound.ofRemaining(partial, level, left, instances, limit) >= limit) {
          continue;
        }
      }
      meter.look(Effort.PARTIAL);
      PartialMapping child = new UnrolledLevel(kept, hops, fresh, partial, level, choice).mapping();
      add(child, level, level, next);
    }
  }

  /** Whether similar unrollings, together, cannot be the best. */
  private boolean isTooDear(PartialMapping partial, SharingChoices.Choice choice) {
    meter.look(Effort.PARTIAL);
    return lowerBound.ofChoice(partial, choice) >= incumbent.limit();
  }

  /**
   * Whether a loop inside an array could be outside of it as well: nothing is kept there that it
   * moves or leaves, and the rounds are as many, over the same instances: all of them, as there are
   * enough tiles. They then differ in which tiles each has, not in what they share.
   */
  private boolean isElsewhere(PartialMapping partial, int level, Spatial.Unrolling choice) {
    if (problem.boundingBoxes || choice.product() == 1 || !kept.keepsNothingInside(level)) {
      return false;
    }
    for (int d = 0; d < problem.dims; d++) {
      int f = partial.extent[d];
      if (f > 1 && mayMoveOut(level, d)) {
        int all = partial.count[d] * f;
        int rounds = Spatial.remaining(all, choice.x()[d], choice.y()[d]);
        boolean same =
            partial.count[d] >= choice.x()[d] * choice.y()[d]
                && rounds == f * Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
        if (same && choice.fits(d, all, problem.space.spatialRemainders)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the loops inside an array over a dimension may as well be directly outside of it. */
  private boolean mayMoveOut(int level, int d) {
    boolean may = problem.space.levels[level].isFree(d);
    for (int l = level + 1; l < problem.levels; l++) {
      may &= problem.space.levels[l].allowsTemporal(d, 1);
    }
    for (int t = 0; t < problem.tensors; t++) {
      // Distances of instances decide what they share.
      may &= !problem.isRelevant(t, d) || !problem.sharing.mayShare(t, d);
    }
    return may;
  }

  private static double tiles(PartialMapping partial) {
    double product = 1;
    for (int c : partial.count) {
      product *= c;
    }
    return product;
  }
}
