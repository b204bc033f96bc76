package dance.simulate.mapper;

import dance.simulate.mapper.PrunedTree.Extent;
import dance.simulate.mapper.PrunedTree.PrunedBound;

/**
 * Decides which candidates of a region or an inner mapping are kept: all that could be the best on
 * the current array, or on the smallest with room for them, with a margin. Pruned ones need then
 * not be searched again on larger arrays, whichever side grows.
 */
final class SearchMargin {
  private final PrunedTree tree;
  private final JoinBound bound;
  private final Extent home;
  private final Incumbent incumbent;
  private final double times;
  private final double homeLimit;

  /**
   * @param home the smallest array with room
   * @param times limit up to which candidates are kept, as a multiple of the best
   */
  SearchMargin(PrunedTree tree, JoinBound bound, Extent home, Incumbent incumbent, double times) {
    this.tree = tree;
    this.bound = bound;
    this.home = home;
    this.incumbent = incumbent;
    this.times = times;
    homeLimit = home.equals(tree.array()) ? 0 : times * tree.limit(home);
  }

  private double limit() {
    return times * incumbent.limit();
  }

  /** Whether the bound computed last is within the margin. */
  boolean holdsLast() {
    return holds(bound.energy(), bound.cycles());
  }

  /** Whether a bound is. */
  boolean holds(double energyPj, double cycles) {
    return bound.of(energyPj, cycles) < limit()
        || (homeLimit > 0 && bound.of(home.instances(), energyPj, cycles) < homeLimit);
  }

  /**
   * Records that everything else was pruned.
   *
   * @param cycles lower bound of the cycles of everything else
   */
  void note(PrunedTree.PrunedBounds leftOuts, double cycles) {
    leftOuts.add(new PrunedBound(tree.array(), limit(), cycles));
    if (homeLimit > 0) {
      leftOuts.home(new PrunedBound(home, homeLimit, cycles));
    }
  }
}
