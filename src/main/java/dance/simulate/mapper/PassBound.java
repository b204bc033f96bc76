package dance.simulate.mapper;

/** Lower bound of the cycles that filling and draining systolic arrays adds. */
final class PassBound {
  private final MappingCosts problem;
  private final Reach reach;

  /** Level that holds the stationary tensor of each array, or the number of levels. */
  private final int[] holder;

  PassBound(MappingCosts problem, Reach reach, int[] holder) {
    this.problem = problem;
    this.reach = reach;
    this.holder = holder;
  }

  /** Lower bound of the cycles that passes over systolic arrays add to these compute cycles. */
  double cycles(PartialMapping p, int level, double computing) {
    double sum = 0;
    for (int i = 0; i < holder.length; i++) {
      sum += problem.passes.cycles[i] * passes(p, i, level, computing);
    }
    return sum;
  }

  /**
   * Lower bound of the passes over an array: the loops that move the stationary tile are all
   * outside it. What they move in the level that holds it is at most its capacity, before its loops
   * are decided.
   */
  private double passes(PartialMapping p, int i, int level, double computing) {
    int t = problem.passes.stationary[i];
    if (t < 0) {
      return 1;
    }
    if (holder[i] == problem.levels) {
      return computing;
    }
    if (p.level > holder[i] || (p.level == holder[i] && p.temporal == null)) {
      double held = reach.inUse[holder[i]] * problem.capacity[holder[i]].most(t);
      return Math.max(1, problem.words[t] / held);
    }
    double moves = 1;
    double spread = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (problem.isRelevant(t, d)) {
        moves *= p.count[d];
        spread *= reach.dimensions[level].contains(d) ? p.count[d] : 1;
      }
    }
    moves /= Math.min(reach.faster[level], spread);
    return Math.max(1, p.passes[i]) * Math.max(1, moves);
  }
}
