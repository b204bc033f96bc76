package dance.simulate.mapper;

import java.util.List;

/**
 * A step of the search, which continues partial mappings in every way that could be the best, as
 * long as the effort lasts.
 */
abstract class SearchStep {
  final MappingCosts problem;
  final TensorPlacement kept;
  final LowerBound lowerBound;
  final Incumbent incumbent;
  final Effort.Meter meter;
  final FreshTiles fresh;

  /** Tiles that are left outside, of what is decided next: [dimension]. */
  final int[] left;

  private final Skipped skipped;

  SearchStep(TensorPlacement kept, LowerBound lowerBound, Incumbent incumbent, Skipped skipped) {
    this.kept = kept;
    this.lowerBound = lowerBound;
    this.incumbent = incumbent;
    this.skipped = skipped;
    problem = kept.problem;
    meter = incumbent.meter();
    fresh = new FreshTiles(problem, lowerBound);
    left = new int[problem.dims];
  }

  /** The partial mappings with one more step, at a level. */
  List<PartialMapping> of(List<PartialMapping> front, int level) {
    PartialFront next = new PartialFront(problem);
    for (PartialMapping partial : front) {
      if (partial.bound.value() >= incumbent.limit()) {
        continue;
      }
      if (incumbent.isOver()) {
        skipped.add(partial);
        continue;
      }
      step(partial, level, next);
    }
    return next.undominated();
  }

  /** Continues one. */
  abstract void step(PartialMapping partial, int level, PartialFront next);

  /**
   * Bounds a partial mapping, and adds it if it could be the best.
   *
   * @param undecided outermost levels 1…undecided have no tiles yet; -1 for a complete mapping
   */
  void add(PartialMapping child, int level, int undecided, PartialFront next) {
    child.bound = lowerBound.of(child, level, undecided);
    if (child.bound.value() < incumbent.limit()) {
      next.add(child);
    }
  }
}
