package dance.simulate.mapper;

/** Lower bounds of the energy that passes with time: clock, control and leakage. */
final class TimeEnergy {
  private final MappingCosts problem;

  /** Leakage energy per cycle of one instance of each level, the MACs last. */
  private final double[] leakPjPerCycle;

  /** Cycles of all instances of a level together: a lower bound of the cycles. */
  private final double[] busyCycles;

  TimeEnergy(MappingCosts problem) {
    this.problem = problem;
    int levels = problem.levels;
    leakPjPerCycle = new double[levels + 1];
    busyCycles = new double[levels + 1];
    for (int l = 0; l < levels; l++) {
      leakPjPerCycle[l] = problem.accelerator.levels().get(l).leakPjPerCycle();
    }
    leakPjPerCycle[levels] = problem.accelerator.mac().leakPjPerCycle();
    double all = problem.instancesAtMost[levels];
    for (int l = 0; l <= levels; l++) {
      busyCycles[l] = problem.space.einsum.points() * problem.instancesAtMost[l] / all;
    }
  }

  /** Energy of clock, control and leakage, with these instances for each that is known. */
  double pj(PartialMapping p, double instances, double cycles) {
    double pj = problem.floorPjPerCycle * cycles;
    double inside = 0;
    for (int l = 0; l < leakPjPerCycle.length; l++) {
      double least = leakPjPerCycle[l] * Math.max(cycles, busyCycles[l]);
      if (l < p.level) {
        pj += least;
      } else {
        inside += least;
      }
    }
    return pj + Math.max(inside, p.leakPjPerCycle * instances * cycles);
  }

  /** Leakage inside an instance of an array that is not unrolled yet. */
  double leakPj(PartialMapping p, int array, double cycles) {
    double pjPerCycle = p.leakPjPerCycle;
    for (int l = array + 1; l < p.level; l++) {
      pjPerCycle += leakPjPerCycle[l];
    }
    return pjPerCycle * cycles;
  }

  /** What {@link #pj} takes into account of it in any case. */
  double leakKnownPj(PartialMapping p, int array, double cycles) {
    double inside = 0;
    double pj = 0;
    for (int l = array + 1; l < leakPjPerCycle.length; l++) {
      double least = leakPjPerCycle[l] * Math.max(cycles, busyCycles[l]);
      pj += l < p.level ? least : 0;
      inside += l < p.level ? 0 : least;
    }
    return pj + Math.max(inside, p.leakPjPerCycle * cycles);
  }
}
