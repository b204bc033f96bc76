package dance.simulate.mapper;

import java.util.List;

/**
 * Upper bounds of the unrolling before each level, over all mappings of the map space. With fewer
 * remaining tiles they still hold: temporal loops inside divide the tiles, and ⌈n / f⌉ rounds over
 * n tiles are at most t times those over n / t. An array inside leaves any number of tiles, ⌈n /
 * f⌉, of which some may fit better than n: 5 tiles over 4 instances take two rounds, but 3 take
 * one, so that a second array is faster than by 5 / 2.
 */
final class Reach {
  /** Upper bound of the instances in use: [level]; of the MACs last. */
  final double[] inUse;

  /** Upper bound of the speed-up over one instance: [level]. */
  final double[] faster;

  /** Bit d: a level before this one may unroll dimension d: [level]. */
  final long[] dimensions;

  Reach(MappingCosts problem, Spatial[] spatial) {
    int levels = problem.levels;
    inUse = new double[levels + 1];
    faster = new double[levels + 1];
    dimensions = new long[levels + 1];
    inUse[0] = 1;
    faster[0] = 1;
    for (int l = 0; l < levels; l++) {
      add(problem, l, spatial[l].choices(), unrolledInside(problem, spatial, l));
    }
  }

  /** Bit d: a level inside may unroll dimension d and leave any number of tiles. */
  private static long unrolledInside(MappingCosts problem, Spatial[] spatial, int level) {
    long unrolled = 0;
    for (int l = level + 1; l < problem.levels && problem.space.spatialRemainders; l++) {
      for (Spatial.Unrolling choice : spatial[l].choices()) {
        for (int d = 0; d < problem.dims; d++) {
          unrolled |= choice.factor()[d] > 1 ? 1L << d : 0;
        }
      }
    }
    return unrolled;
  }

  private void add(
      MappingCosts problem, int level, List<Spatial.Unrolling> choices, long unrolledInside) {
    double most = 1;
    double fastest = 1;
    long unrolled = 0;
    for (Spatial.Unrolling choice : choices) {
      double working = 1;
      double times = 1;
      for (int d = 0; d < problem.dims; d++) {
        int bound = problem.bounds[d];
        if (choice.factor()[d] > 1) {
          working *= Math.min(choice.factor()[d], bound);
          times *=
              (unrolledInside >> d & 1) != 0
                  ? Math.min(choice.factor()[d], bound)
                  : (double) bound / Spatial.remaining(bound, choice.x()[d], choice.y()[d]);
          unrolled |= 1L << d;
        }
      }
      most = Math.max(most, working);
      fastest = Math.max(fastest, times);
    }
    inUse[level + 1] = inUse[level] * most;
    faster[level + 1] = faster[level] * fastest;
    dimensions[level + 1] = dimensions[level] | unrolled;
  }
}
