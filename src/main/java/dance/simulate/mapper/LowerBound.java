package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.Arrays;

/**
 * A value of the objective that no completion of a partial mapping undercuts.
 *
 * <p>Settled costs count in full. Of the open costs only those of the stationary tensors of the
 * next loop can decrease, at most by all iterations that do not move them. Pending words decrease
 * by sharing; all tensors share one array, so that a product of powers of their sharings is bounded
 * by its size. That leaves out tensors of which an array inside unrolled a sliding axis: the one
 * factor that is left shares them like one that does not move them. Despite sharing, stationarity
 * and idle instances, every word of a tensor crosses every boundary of a level that keeps it at
 * least once. Undecided boundaries cost at least the {@link OuterBound}.
 */
final class LowerBound {
  private final MappingCosts problem;
  private final TensorSet[] keeps;
  private final OuterBound[] bounds;
  private final double[][] outside;
  private final double[][] savedOutside;
  private final TensorSet[] stationaryAlong;
  private final TensorSet[] distinctClasses;

  private final double[] stationary;
  private final double[] moved;
  private final double[] most;
  private final int[] outer;
  private final double[] part;

  /** Cost of pending words that are taken once: [tensor]. */
  private final double[] floor;

  private double able;

  private final Reach reach;

  /** The next array outside of each level: [level], and what its unrollings save and cost. */
  private final SharingChoices[] sharing;

  /** The only choice of the next array that counts, or null for all. */
  private SharingChoices.Choice only;

  // Of a partial mapping.
  private double energy;
  private double cycles;
  private double insidePj;
  private double leakPj;
  private double leakKnownPj;

  private final double[] crossing;
  private final double[] beyond;

  /** Energy of the levels outside of all arrays, or null if it is not bounded. */
  private final CostToGo toGo;

  private final double[] open;
  private final double[] atLeast;

  private final TimeEnergy time;
  private final PassBound passes;
  private final SharedAccesses accesses;

  LowerBound(
      MappingCosts problem,
      TensorSet[] keeps,
      TensorSet[] stationaryAlong,
      Reach reach,
      SharingChoices[] sharing,
      OuterBound[] bounds,
      int[] holder,
      CostToGo toGo) {
    time = new TimeEnergy(problem);
    passes = new PassBound(problem, reach, holder);
    accesses = new SharedAccesses(problem.sharing, problem.tensors);
    this.toGo = toGo;
    open = new double[problem.tensors];
    atLeast = new double[problem.tensors];
    this.problem = problem;
    this.keeps = keeps;
    this.stationaryAlong = stationaryAlong;
    distinctClasses = Arrays.stream(stationaryAlong).distinct().toArray(TensorSet[]::new);
    this.bounds = bounds;
    outside = OuterBound.sums(problem, keeps, bounds);
    this.reach = reach;
    savedOutside = OuterBound.firstAccumulationCredit(problem, keeps, reach);
    this.sharing = sharing;
    crossing = new double[problem.tensors];
    beyond = new double[problem.tensors];
    stationary = new double[problem.tensors];
    moved = new double[problem.tensors];
    most = new double[problem.tensors];
    outer = new int[problem.tensors];
    part = new double[problem.tensors];
    floor = new double[problem.tensors];
  }

  /**
   * The bound of a partial mapping.
   *
   * @param level levels before this one have not been unrolled
   * @param undecided outermost levels 1…undecided have no tiles yet; -1 for a complete mapping
   */
  PartialBound of(PartialMapping p, int level, int undecided) {
    only = null;
    find(p, level, undecided);
    // A bound of a partial mapping also holds for its completions.
    double most = p.inside == null ? cycles : Math.max(cycles, p.inside.bound.cycles());
    double least = p.inside == null ? energy : Math.max(energy, p.inside.bound.energyPj());
    return new PartialBound(problem.objective.of(least, most), most, least, energy, insidePj);
  }

  /** The bound if the level outside is unrolled in one of the ways that a choice stands for. */
  double ofChoice(PartialMapping p, SharingChoices.Choice choice) {
    only = choice;
    find(p, p.level, p.level - 1);
    return problem.objective.of(
        Math.max(energy, p.bound.energyPj()), Math.max(cycles, p.bound.cycles()));
  }

  private void find(PartialMapping p, int level, int undecided) {
    able = 1;
    double remaining = 1;
    int classes = 0;
    boolean divisors = true;
    for (int d = 0; d < problem.dims; d++) {
      divisors &= problem.bounds[d] % p.count[d] == 0;
      remaining *= p.count[d];
      able *= reach.dimensions[level].contains(d) ? p.count[d] : 1;
      if (p.count[d] > 1) {
        classes |= 1 << indexOf(stationaryAlong[d]);
      }
    }
    double instances = Math.min(reach.inUse[level], able);
    boolean waits = describeTensors(p, level);
    double outputUnrolled =
        problem.plainOutput
            ? Math.min(stationary[problem.output], Math.min(instances, reach.copies[level]))
            : instances;
    double faster = divisors ? reach.fasterThanDivisors[level] : reach.faster[level];
    if (only != null) {
      faster = Math.min(faster, only.most() * reach.faster[level - 1]);
    }
    cycles = p.temporalProduct * remaining / Math.min(faster, able);
    OuterArray array = isOutside(level) ? toGo.around(level) : null;
    if (array != null) {
      cycles = Math.max(cycles, p.temporalProduct * array.rounds(p.count));
    }
    cycles += passes.cycles(p, level, cycles);
    leakPj = 0;
    for (int j = problem.functions - 1; j >= 0; j--) {
      double sum = inside(p, j, classes, level, waits, undecided, outputUnrolled);
      if (j == 0) {
        insidePj = sum;
        int next = nextArray(level);
        if (next >= 0) {
          // With leakage, which depends on the instances in use.
          leakPj = time.leakPj(p, next, cycles + problem.latency);
          leakKnownPj = time.leakKnownPj(p, next, cycles + problem.latency);
          sum = inside(p, j, classes, level, waits, undecided, outputUnrolled);
        }
      }
      sum += undecided >= 0 ? outside[undecided][j] : 0;
      if (j == 0) {
        energy = sum;
      } else if (problem.costs.slows[j]) {
        int port = problem.costs.portLevel[j];
        cycles = Math.max(cycles, sum / (port < level ? reach.inUse[port] : instances));
      }
    }
    cycles += problem.latency;
    energy += time.pj(p, 1, cycles);
    boolean outside = problem.instancesAtMost[level] == 1 || isOutside(level);
    if (outside && isOutside(undecided)) {
      double inUse = array == null ? 1 : array.instances();
      energy = Math.max(energy, toGo(p, level, undecided) + time.pj(p, inUse, cycles));
    }
  }

  /** Lower bound of a cost of what is decided, or supplied to it. */
  private double inside(
      PartialMapping p,
      int j,
      int classes,
      int level,
      boolean waits,
      int undecided,
      double outputUnrolled) {
    double sum =
        p.cost[j]
            - p.firstAccumulationCredit[j] * outputUnrolled
            + least(p, j, classes, level, waits, true);
    if (undecided >= 0) {
      sum -= savedOutside[undecided][j];
    }
    if (Math.min(reach.inUse[level], able) > 1) {
      // Savings are only known once everything is unrolled; they are at most the reads and fills.
      sum = Math.max(sum, p.sure[j] + least(p, j, classes, level, waits, false));
    }
    return sum + p.missing[j];
  }

  /** The array that is unrolled next, before a level, or -1. */
  private int nextArray(int level) {
    int next = level - 1;
    while (next >= 0 && sharing[next] == null) {
      next--;
    }
    return next;
  }

  /**
   * Bound of a partial mapping if these tiles remain before the loops of a level outside of all
   * arrays, or of divisors of them; cheaper than that of the unrolled level.
   */
  double ofRemaining(PartialMapping inside, int level, int[] count) {
    return ofRemaining(inside, level, count, 1, Double.POSITIVE_INFINITY);
  }

  /**
   * As {@link #ofRemaining(PartialMapping, int, int[])}.
   *
   * @param instances in use for each that is known so far
   * @param limit bounds of this or more need not be the best
   */
  double ofRemaining(
      PartialMapping inside, int level, int[] count, double instances, double limit) {
    double rounds = 1;
    double leaking = instances;
    OuterArray array = toGo.around(level);
    if (array == null) {
      for (int n : count) {
        rounds *= n;
      }
    } else {
      rounds = array.rounds(count);
      leaking *= array.instances();
    }
    double cycles =
        Math.max(inside.bound.cycles(), inside.temporalProduct * rounds + problem.latency);
    double energy = inside.bound.insidePj() + time.pj(inside, leaking, cycles);
    double least = energy + outside[level][0];
    double bound = problem.objective.of(Math.max(inside.bound.energyPj(), least), cycles);
    if (bound >= limit) {
      return bound;
    }
    energy += toGo.closed(level, count);
    return problem.objective.of(Math.max(inside.bound.energyPj(), energy), cycles);
  }

  /** As {@link #ofRemaining}, for the tiles that remain outside the level. */
  double ofTilesAround(PartialMapping inside, int level, int[] count) {
    OuterArray array = toGo.around(level);
    double timePj = time.pj(inside, array == null ? 1 : array.instances(), inside.bound.cycles());
    double energy = inside.bound.insidePj() + toGo.around(level, count) + timePj;
    return problem.objective.of(Math.max(inside.bound.energyPj(), energy), inside.bound.cycles());
  }

  /** Dimensions that an array outside of a level may unroll. */
  DimensionSet unrolledBefore(int level) {
    return reach.dimensions[level];
  }

  /** The outermost of several arrays, if a level is inside it, or null. */
  OuterArray around(int level) {
    return toGo.around(level);
  }

  /** Whether {@link #ofRemaining} holds for a level. */
  boolean isOutside(int level) {
    return toGo != null && toGo.bounds(level);
  }

  /** Lower bound of the energy if {@link CostToGo} bounds all undecided levels. */
  private double toGo(PartialMapping p, int level, int undecided) {
    OuterArray array = toGo.around(level);
    double copies = array == null ? 1 : array.share(problem.output);
    double settled =
        p.cost[0]
            + p.missing[0]
            - p.firstAccumulationCredit[0] * copies
            - savedOutside[undecided][0];
    for (int t = 0; t < problem.tensors; t++) {
      open[t] = p.open[t] * moved[t];
      atLeast[t] = p.compulsory[t];
      if (p.pending[t] != 0) {
        int o = outer[t];
        double update = t == problem.output ? problem.costs.update[0][o] : 0;
        double taken = update + problem.costs.read(0, o, t);
        boolean crosses = array != null && o <= array.level;
        double share = crosses ? array.share(t) : 1;
        double hopPj = crosses ? array.hopPj(t) : 0;
        double each = taken / share + hopPj;
        if (p.stationary.contains(t)) {
          open[t] += each * p.pending[t] * moved[t];
          atLeast[t] += taken * problem.words[t];
        } else {
          settled += taken * Math.max(p.pending[t] / share, problem.words[t]);
          settled += hopPj * p.pending[t];
        }
      }
    }
    return settled + toGo.of(undecided, level, p.count, open, atLeast);
  }

  /**
   * Bound of a partial mapping once the tiles of the next level leave these counts; cheaper than
   * that of the completed level.
   */
  double ofTiles(PartialMapping inside, int level, int[] count) {
    if (level == 0 || bounds[level] == null) {
      return inside.bound.value();
    }
    // The bound of what is inside may be the larger one, with this boundary at less than its least.
    double own = inside.bound.ownPj() + bounds[level].excess(count);
    double energy = Math.max(inside.bound.energyPj(), own);
    return problem.objective.of(energy, inside.bound.cycles());
  }

  /**
   * Fraction of the tiles that a loop over the rounds of an array surely moves, whatever the levels
   * before this one unroll. Only a loop of two rounds leaves tiles stationary, those of the
   * instances that idle in the second. Of n tiles unrolled over x columns and y rows, each the
   * smallest number that leaves as many tiles, m = ⌈n / x⌉ = 2y − 1 are left by the columns and 2xy
   * − n instances idle; n is at least m(x − 1) + 1 and x(m − 1) + 1, so that at most 5 of every 6
   * of the n − 1 tiles do (n = 7 over 3 × 2). Nested arrays multiply.
   */
  private double surelyMoved(int level) {
    double part = 1;
    for (int l = 0; problem.space.spatialRemainders && l < level; l++) {
      part *= problem.fanout[l] > 1 ? 1 / 6.0 : 1;
    }
    return part;
  }

  private int indexOf(TensorSet stillClass) {
    int i = 0;
    while (!distinctClasses[i].equals(stillClass)) {
      i++;
    }
    return i;
  }

  /**
   * Determines how far each tensor can be stationary and shared; returns whether any is pending.
   */
  private boolean describeTensors(PartialMapping p, int level) {
    OuterArray array = isOutside(level) ? toGo.around(level) : null;
    double surelyMoved = array == null ? surelyMoved(level) : 1;
    boolean waits = false;
    for (int t = 0; t < problem.tensors; t++) {
      double iterations = 1;
      double shared = 1;
      double least = surelyMoved;
      for (int d = 0; d < problem.dims; d++) {
        if (!problem.isRelevant(t, d)) {
          iterations *= p.count[d];
        } else if (array != null && array.unrolls(d)) {
          least = Math.min(least, array.surelyMoved(d, p.count[d]) * p.moved(d, 2));
        } else if (p.count[d] % 2 == 0) {
          least = Math.min(least, surelyMoved * p.moved(d, 2));
        }
        boolean unrolled = reach.dimensions[level].contains(d);
        shared *= unrolled && problem.sharing.mayShare(t, d) ? p.count[d] : 1;
      }
      stationary[t] = iterations;
      moved[t] = p.outside.contains(t) ? 1 : least;
      if (p.pending[t] != 0) {
        waits = true;
        outer[t] = level - 1;
        while (outer[t] > 0 && !keeps[outer[t]].contains(t)) {
          outer[t]--;
        }
        double instances = Math.min(able, reach.inUse[level] / reach.inUse[outer[t]]);
        most[t] = Math.min(instances, Math.min(shared, reach.sharing(outer[t], level, t)));
      }
    }
    return waits;
  }

  /** Lower bound of the open and pending costs. */
  private double least(
      PartialMapping p, int j, int classes, int level, boolean waits, boolean whole) {
    if (classes == 0) {
      return unsettled(p, j, TensorSet.NONE, level, waits, whole);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < distinctClasses.length; c++) {
      if ((classes >> c & 1) != 0) {
        least = Math.min(least, unsettled(p, j, distinctClasses[c], level, waits, whole));
      }
    }
    return least;
  }

  /**
   * Lower bound of the open and pending costs if these tensors are stationary for the next loop.
   *
   * @param whole with the reads and fills of the output
   */
  private double unsettled(
      PartialMapping p, int j, TensorSet stays, int level, boolean waits, boolean whole) {
    double sum = 0;
    double array = 1;
    double floors = 0;
    boolean shared = false;
    for (int t = 0; t < problem.tensors; t++) {
      part[t] = 0;
      floor[t] = 0;
      crossing[t] = 0;
      double weight = stays.contains(t) ? 1 / stationary[t] : 1;
      int at = j * problem.tensors + t;
      boolean all = whole || t != problem.output;
      double open = all ? p.open[at] : p.sureOpen[j];
      double atLeast = all ? p.compulsory[at] : p.sureCompulsory[j];
      sum += Math.max(open * moved[t] * weight, atLeast);
      if (!waits || p.pending[t] == 0) {
        continue;
      }
      int o = outer[t];
      double update = t == problem.output ? problem.costs.update[j][o] : 0;
      crossing[t] = p.pending[t];
      if (p.stationary.contains(t)) {
        crossing[t] *= moved[t] * weight;
      }
      double taken = update + (all ? problem.costs.read(j, o, t) : 0);
      part[t] = crossing[t] * taken;
      floor[t] = taken * problem.words[t];
      floors += floor[t];
      array = Math.max(array, Math.min(able, reach.inUse[level] / reach.inUse[o]));
      shared = true;
    }
    if (!shared) {
      return sum;
    }
    int next = nextArray(level);
    double least =
        next < 0 || reach.inUse[next] > 1
            ? accesses.least(part, most, p.unrolledSliding, array)
            : 0;
    least = Math.max(least, floors);
    return sum + (next < 0 ? least : Math.max(least, leastShared(j, next)));
  }

  /** Lower bound of what pending words cost over the unrollings of the next array. */
  private double leastShared(int j, int array) {
    for (int t = 0; t < problem.tensors; t++) {
      beyond[t] = outer[t] <= array ? reach.sharing(outer[t], array, t) : 1;
    }
    if (only != null) {
      return shared(j, array, only);
    }
    double least = Double.POSITIVE_INFINITY;
    for (SharingChoices.Choice choice : j == 0 ? sharing[array].choices : sharing[array].shares) {
      least = Math.min(least, shared(j, array, choice));
    }
    return least;
  }

  private double shared(int j, int array, SharingChoices.Choice choice) {
    double sum = j == 0 ? Math.max(0, leakPj * choice.instances() - leakKnownPj) : 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (crossing[t] > 0) {
        boolean crosses = outer[t] <= array;
        double share = crosses ? Math.min(most[t], choice.share()[t] * beyond[t]) : 1;
        sum += Math.max(part[t] / share, floor[t]);
        sum += (crosses && j == 0 ? crossing[t] * choice.hopPj()[t] : 0);
      }
    }
    return sum;
  }
}
