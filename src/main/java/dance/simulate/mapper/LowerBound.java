package dance.simulate.mapper;

import java.util.Arrays;

/**
 * A value of the objective that no completion of a partial mapping undercuts.
 *
 * <p>Settled costs count in full. Of the open costs only those of the tensors that the next loop
 * leaves still can shrink, at most by all iterations that do not move them. Words that wait for
 * their outer level shrink by sharing; all tensors share one array, so that a product of powers of
 * their sharings is bounded by its size. Undecided boundaries cost what {@link OuterBound} says.
 */
final class LowerBound {
  private final MapProblem problem;
  private final int[] keeps;
  private final OuterBound[] bounds;
  private final double[][] outside;
  private final int[] stillClasses;
  private final int[] distinctClasses;

  private final double[] still;
  private final double[] moved;
  private final double[] most;
  private final int[] outer;
  private final double[] part;

  LowerBound(MapProblem problem, int[] keeps, int[] stillClasses) {
    this.problem = problem;
    this.keeps = keeps;
    this.stillClasses = stillClasses;
    distinctClasses = Arrays.stream(stillClasses).distinct().toArray();
    bounds = OuterBound.of(problem, keeps);
    outside = OuterBound.sums(problem, keeps, bounds);
    still = new double[problem.tensors];
    moved = new double[problem.tensors];
    most = new double[problem.tensors];
    outer = new int[problem.tensors];
    part = new double[problem.tensors];
  }

  /**
   * The bound; also noted in the partial mapping, with those of cycles and energy.
   *
   * @param level levels before this one have not been spread
   * @param undecided outermost levels 1…undecided have no tiles yet; -1 for a complete mapping
   */
  double of(PartialMapping p, int level, int undecided) {
    double instances = problem.instancesAtMost[level];
    double remaining = 1;
    int classes = 0;
    for (int d = 0; d < problem.dims; d++) {
      remaining *= p.count[d];
      if (p.count[d] > 1) {
        classes |= 1 << indexOf(stillClasses[d]);
      }
    }
    boolean waits = describeTensors(p, level);
    double outputSpread =
        problem.plainOutput ? Math.min(still[problem.output], instances) : instances;
    double cycles = p.temporalProduct * remaining / Math.min(instances, remaining);
    double energy = 0;
    for (int j = problem.functions - 1; j >= 0; j--) {
      double sum = p.cost[j] - p.saved[j] * outputSpread;
      if (undecided >= 0) {
        sum += outside[undecided][j];
      }
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < distinctClasses.length; c++) {
        if ((classes >> c & 1) != 0) {
          least = Math.min(least, unsettled(p, j, distinctClasses[c], level, waits));
        }
      }
      sum += classes == 0 ? unsettled(p, j, 0, level, waits) : least;
      if (j == 0) {
        energy = sum;
      } else {
        int port = problem.portLevel[j];
        cycles = Math.max(cycles, sum / problem.instancesAtMost[Math.min(port, level)]);
      }
    }
    cycles += problem.latency;
    energy += (problem.floorPjPerCycle + problem.leakPjPerCycle) * cycles;
    p.cycleBound = cycles;
    p.energyBound = energy;
    p.bound = problem.objective.of(energy, cycles);
    return p.bound;
  }

  /**
   * Bound of a partial mapping once the tiles of the next level leave these counts; cheaper than
   * that of the completed level.
   */
  double ofTiles(PartialMapping inside, int level, int[] count) {
    if (level == 0 || bounds[level] == null) {
      return inside.bound;
    }
    double energy = inside.energyBound + bounds[level].excess(count);
    return problem.objective.of(energy, inside.cycleBound);
  }

  private int indexOf(int stillClass) {
    int i = 0;
    while (distinctClasses[i] != stillClass) {
      i++;
    }
    return i;
  }

  /** Notes how far each tensor can stay still and be shared; whether any waits for its level. */
  private boolean describeTensors(PartialMapping p, int level) {
    double instances = problem.instancesAtMost[level];
    boolean mayIdle = problem.space.spatialRemainders && instances > 1;
    boolean waits = false;
    for (int t = 0; t < problem.tensors; t++) {
      double iterations = 1;
      double least = mayIdle ? 0 : 1;
      for (int d = 0; d < problem.dims; d++) {
        if (!problem.isRelevant(t, d)) {
          iterations *= p.count[d];
        } else if (p.count[d] % 2 == 0) {
          least = Math.min(least, p.moved(d, 2));
        }
      }
      still[t] = iterations;
      moved[t] = least;
      if (p.pending[t] != 0) {
        waits = true;
        outer[t] = level - 1;
        while (outer[t] > 0 && (keeps[outer[t]] >> t & 1) == 0) {
          outer[t]--;
        }
        double array = instances / problem.instancesAtMost[outer[t]];
        most[t] = problem.shape.plain[t] ? Math.min(array, iterations) : array;
      }
    }
    return waits;
  }

  /** Least that open and waiting costs come to if the next loop leaves these tensors still. */
  private double unsettled(PartialMapping p, int j, int stays, int level, boolean waits) {
    double sum = 0;
    double array = 1;
    boolean shared = false;
    for (int t = 0; t < problem.tensors; t++) {
      double weight = (stays >> t & 1) != 0 ? 1 / still[t] : 1;
      sum += p.open[j * problem.tensors + t] * moved[t] * weight;
      if (!waits || p.pending[t] == 0) {
        continue;
      }
      int o = outer[t];
      double cost =
          p.pending[t] * (problem.read[j][o] + (t == problem.output ? problem.update[j][o] : 0));
      if ((p.still >> t & 1) != 0) {
        cost *= moved[t] * weight;
      }
      part[t] = cost;
      array = Math.max(array, problem.instancesAtMost[level] / problem.instancesAtMost[o]);
      shared = true;
    }
    return shared ? sum + leastShared(p, array) : sum;
  }

  /** Lower bound of Σ part/s over all sharings s that an array of this size allows. */
  private double leastShared(PartialMapping p, double array) {
    double least = 0;
    for (int t = 0; t < problem.tensors; t++) {
      least += p.pending[t] == 0 ? 0 : part[t] / most[t];
    }
    if (array == 1) {
      return least;
    }
    double best = least;
    for (double[] weights : problem.sharingWeights) {
      best = Math.max(best, leastShared(p, weights, Math.log(array)));
    }
    return best;
  }

  /**
   * Minimum of Σ part/s over 1 ≤ s ≤ most with Σ weight·ln s ≤ limit. At the minimum part/s is the
   * weight times one multiplier, but for the limits; any multiplier gives a bound from below by
   * duality, so that a rough one will do.
   */
  private double leastShared(PartialMapping p, double[] weights, double limit) {
    double low = 1e-300;
    double high = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (p.pending[t] != 0 && weights[t] > 0) {
        high = Math.max(high, part[t] / weights[t]);
      }
    }
    if (high == 0 || used(p, weights, high * 1e-9) <= limit) {
      return 0;
    }
    low = high * 1e-9;
    for (int step = 0; step < 12; step++) {
      double middle = Math.sqrt(low * high);
      if (used(p, weights, middle) > limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double dual = -high * limit;
    for (int t = 0; t < problem.tensors; t++) {
      if (p.pending[t] != 0) {
        double s = sharing(t, weights[t], high);
        dual += part[t] / s + high * weights[t] * Math.log(s);
      }
    }
    return dual;
  }

  private double sharing(int t, double weight, double multiplier) {
    double s = weight == 0 ? most[t] : part[t] / (weight * multiplier);
    return Math.max(1, Math.min(most[t], s));
  }

  private double used(PartialMapping p, double[] weights, double multiplier) {
    double sum = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (p.pending[t] != 0 && weights[t] > 0) {
        sum += weights[t] * Math.log(sharing(t, weights[t], multiplier));
      }
    }
    return sum;
  }
}
