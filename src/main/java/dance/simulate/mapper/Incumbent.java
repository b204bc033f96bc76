package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import java.util.List;

/** The best mapping so far, and the exact evaluation of candidates. */
final class Incumbent {
  /** Optimality is claimed up to this relative difference. */
  static final double TOLERANCE = 1e-9;

  private static final double NEAR_OPTIMUM = 1.02;

  /** Maximum number of combined orders of several levels that are enumerated. */
  private static final int MOST_ORDERS = 20_000;

  private final MappingCosts problem;
  private final Accounting accounting;
  private final Pricing pricing;
  private final CompiledMapping nest;
  private final Spatial[] spatial;
  private final HopCosts hops;
  private final OrderBound orders;
  private final int[][] divisors = new int[4096][];
  private double best = Double.POSITIVE_INFINITY;
  private Candidate bestCandidate;
  private final Effort.Meter meter;
  private final boolean mustFind;
  private double unproven = Double.POSITIVE_INFINITY;

  /**
   * Upper bound of the gain from ordering single levels for one cost alone: energy, then each port.
   */
  private final double[] gap;

  /** Loops of a mapping by level; the order of the temporal ones may change. */
  private record Candidate(int[] keeps, int[][] temporal, int[][] order, int[][] x, int[][] y) {
    Candidate copy() {
      int[][] orders = new int[order.length][];
      for (int l = 0; l < order.length; l++) {
        orders[l] = order[l].clone();
      }
      return new Candidate(keeps, temporal, orders, x, y);
    }
  }

  /**
   * Without mapping.
   *
   * @param mustFind whether the effort ends a search only once it has found a mapping
   */
  Incumbent(MappingCosts problem, Accounting accounting, Effort.Meter meter, boolean mustFind) {
    this.meter = meter;
    this.mustFind = mustFind;
    this.problem = problem;
    this.accounting = accounting;
    pricing = new Pricing(problem.shape, problem.accelerator);
    orders = new OrderBound(problem, pricing);
    nest = new CompiledMapping(problem.dims, problem.levels);
    spatial = new Spatial[problem.levels];
    hops = new HopCosts(problem, accounting);
    gap = new double[1 + pricing.portCycles.length];
  }

  HopCosts hops() {
    return hops;
  }

  Spatial[] spatial() {
    for (int l = 0; l < problem.levels; l++) {
      spatial[l] = spatial[l] == null ? Spatial.of(problem.space, l, problem.bounds) : spatial[l];
    }
    return spatial;
  }

  int[][] divisors() {
    return divisors;
  }

  /** Columns of the array below the second level. */
  int columns() {
    return problem.accelerator.levels().get(1).fanoutX();
  }

  /** Its rows. */
  int rows() {
    return problem.accelerator.levels().get(1).fanoutY();
  }

  /** Only values below this can improve. */
  double limit() {
    return best * (1 - TOLERANCE);
  }

  /** Whether any mapping was found: without one there is nothing to return. */
  boolean exists() {
    return best < Double.POSITIVE_INFINITY;
  }

  double best() {
    return best;
  }

  /** Whether the search must end with the current result. */
  boolean isOver() {
    return isOver(1);
  }

  /** Whether a phase that may use this fraction of the effort must end. */
  boolean isOver(double fraction) {
    return exists() ? meter.isOver(fraction) : !mustFind && meter.isHopeless();
  }

  /** Effort used so far. */
  Effort.Meter meter() {
    return meter;
  }

  /**
   * Starts with the best mapping of another search, of a map space that is contained in this one.
   */
  void start(Incumbent other) {
    if (other.best < best) {
      best = other.best;
      bestCandidate = other.bestCandidate;
    }
  }

  /** Lower bound of candidates whose best order was not proven. */
  double unproven() {
    return unproven;
  }

  /**
   * Evaluates a complete mapping under its best order of loops; unless thorough, only the given
   * order of mappings that are not nearly the best.
   *
   * @return its value
   */
  double offer(PartialMapping leaf, int[] keeps, boolean thorough) {
    Candidate candidate = candidate(leaf, keeps);
    double value = evaluate(candidate);
    double floor = leaf.bound * (1 + TOLERANCE);
    boolean promising =
        thorough
            ? orderBound(candidate, leaf.bound, leaf.cycleBound) < limit()
            : value < best * NEAR_OPTIMUM;
    if (value > floor && promising) {
      value = improveOrder(candidate, leaf.bound, leaf.cycleBound);
    }
    if (value < best) {
      best = value;
      bestCandidate = candidate.copy();
    }
    return value;
  }

  /** Bound of the objective over all orders, after the candidate was evaluated in its own. */
  private double orderBound(Candidate c, double bound, double cycles) {
    if (!nest.isPerfect(problem.bounds)) {
      return bound;
    }
    int[] free = new int[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      free[l] = problem.freeLoops(c.keeps, c.temporal, c.order, l);
    }
    double energy = orders.energy(nest, free, cycles);
    return Math.max(bound, problem.objective.of(energy, cycles));
  }

  /**
   * Mappings that differ in the order of their loops only.
   *
   * @param keeps tensors kept: [level]
   * @param temporal factors: [level][dimension]
   * @param x factors along X: [level][dimension]
   * @param y factors along Y: [level][dimension]
   * @param orders orders to try: [level][loop], innermost first
   */
  record Candidates(int[] keeps, int[][] temporal, int[][] x, int[][] y, List<int[][]> orders) {}

  /**
   * Evaluates mappings in the given orders, and in all others unless the best of these reaches the
   * bound.
   *
   * @param bound a value that no order undercuts
   * @param cycles cycles that no order undercuts
   * @return a value that no order undercuts, after these evaluations
   */
  double offer(Candidates candidates, double bound, double cycles) {
    double value = Double.POSITIVE_INFINITY;
    Candidate chosen = null;
    for (int[][] order : candidates.orders()) {
      Candidate candidate =
          new Candidate(
              candidates.keeps(), candidates.temporal(), order, candidates.x(), candidates.y());
      double found = evaluate(candidate);
      if (found < value) {
        value = found;
        chosen = candidate;
      }
    }
    boolean open =
        bound < Math.min(value, best) * (1 - TOLERANCE)
            && unrounded(chosen) > bound * (1 + TOLERANCE);
    double least = bound;
    if (open) {
      least = Math.min(value, orderBound(chosen, bound, cycles));
      if (least < Math.min(value, limit())) {
        chosen = chosen.copy();
        double before = unproven;
        unproven = Double.POSITIVE_INFINITY;
        value = improveOrder(chosen, bound, cycles);
        least = Math.min(value, unproven);
        unproven = Math.min(before, unproven);
      }
    } else if (bound < Math.min(value, best) * (1 - TOLERANCE)) {
      least = value;
    }
    if (value < best) {
      best = value;
      bestCandidate = chosen.copy();
    }
    return least;
  }

  /**
   * Value if fractions of lines could be accessed. If this reaches a bound that adds up the minimum
   * of each tensor, every count is minimal, and so it is with whole lines.
   */
  private double unrounded(Candidate candidate) {
    evaluate(candidate);
    return problem.objective.of(pricing.totalPj - pricing.partLinesPj(), pricing.cycles);
  }

  private Candidate candidate(PartialMapping leaf, int[] keeps) {
    int[][] temporal = new int[problem.levels][];
    int[][] order = new int[problem.levels][];
    int[][] x = new int[problem.levels][];
    int[][] y = new int[problem.levels][];
    for (PartialMapping p = leaf; p.inside != null; p = p.inside) {
      if (p.temporal != null) {
        temporal[p.level] = p.temporal;
        order[p.level] = p.order.clone();
      } else {
        x[p.level] = p.spatialX;
        y[p.level] = p.spatialY;
      }
    }
    return new Candidate(keeps, temporal, order, x, y);
  }

  private void build(Candidate c) {
    nest.clear();
    for (int l = 0; l < problem.levels; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = c.keeps[l];
      for (int i = c.order[l].length - 1; i >= 0; i--) {
        int d = c.order[l][i];
        nest.add(d, c.temporal[l][d], CompiledMapping.TEMPORAL);
      }
      for (int d = 0; d < problem.dims; d++) {
        nest.add(d, c.y[l][d], CompiledMapping.SPATIAL_Y);
      }
      for (int d = 0; d < problem.dims; d++) {
        nest.add(d, c.x[l][d], CompiledMapping.SPATIAL_X);
      }
    }
    nest.finish();
  }

  private double evaluate(Candidate c) {
    build(c);
    pricing.price(nest, accounting);
    meter.look(Effort.EXACT);
    return problem.objective.of(pricing.totalPj, pricing.cycles);
  }

  /**
   * Tries all orders of the free loops. In EXACT accounting, accesses are sums over the loops of
   * terms that depend only on which loops are inside, so that levels can be ordered one by one for
   * the least energy; unless ports then make it slower than it need be, nothing is better. Else all
   * levels are ordered together.
   */
  private double improveOrder(Candidate c, double bound, double cycleBound) {
    double value = evaluate(c);
    java.util.Arrays.fill(gap, 0);
    long product = 1;
    for (int l = 0; l < problem.levels; l++) {
      int free = problem.movableLoops(c.keeps, c.temporal, c.order, l);
      for (int i = 2; i <= free; i++) {
        product = Math.min(Long.MAX_VALUE / 64, product * i);
      }
      value = Math.min(value, permute(c, l, free, value));
    }
    if (value <= bound * (1 + TOLERANCE)) {
      return value;
    }
    evaluate(c);
    boolean fastest = pricing.cycles <= Math.ceil(cycleBound * (1 + TOLERANCE));
    if (accounting == Accounting.EXACT && fastest) {
      return value;
    }
    if (Math.max(bound, separately()) >= Math.min(limit(), value * (1 - TOLERANCE))) {
      return value;
    }
    if (product <= MOST_ORDERS) {
      return jointly(c, 0, value);
    }
    unproven = Math.min(unproven, bound);
    return value;
  }

  /**
   * Bound over the orders of all levels, once each level was ordered by itself: accesses are sums
   * of terms of one level each in EXACT accounting, so that energy and the load of every port are
   * at least what they are now less what each level could gain.
   */
  private double separately() {
    if (accounting != Accounting.EXACT) {
      return 0;
    }
    double fixed = pricing.fixedPj();
    double perCycle = (pricing.totalPj - fixed) / pricing.cycles;
    double slowest = pricing.counter().computeCycles;
    for (int p = 0; p < pricing.portCycles.length; p++) {
      slowest = Math.max(slowest, pricing.portCycles[p] - gap[p + 1]);
    }
    double cycles = Math.ceil(slowest * (1 - 1e-12)) + problem.latency;
    return problem.objective.of(fixed - gap[0] + perCycle * cycles, cycles);
  }

  private double permute(Candidate c, int level, int free, double start) {
    if (free < 2) {
      return start;
    }
    int[] order = c.order[level];
    int from = order.length - problem.freeLoops(c.keeps, c.temporal, c.order, level);
    int[] tail = sorted(order, from, from + free);
    int[] bestOrder = order.clone();
    double bestValue = start;
    double[] least = new double[gap.length];
    double[] chosen = new double[gap.length];
    evaluate(c);
    note(least);
    note(chosen);
    double[] now = new double[gap.length];
    for (int[] permutation : Permutations.of(free)) {
      for (int i = 0; i < free; i++) {
        order[from + i] = tail[permutation[i]];
      }
      double value = evaluate(c);
      note(now);
      for (int i = 0; i < now.length; i++) {
        least[i] = Math.min(least[i], now[i]);
      }
      if (value < bestValue) {
        bestValue = value;
        bestOrder = order.clone();
        System.arraycopy(now, 0, chosen, 0, now.length);
      }
    }
    System.arraycopy(bestOrder, 0, order, 0, order.length);
    for (int i = 0; i < gap.length; i++) {
      gap[i] += chosen[i] - least[i];
    }
    return bestValue;
  }

  /** Energy that does not depend on time, and cycles of all ports, of the mapping priced last. */
  private void note(double[] costs) {
    costs[0] = pricing.fixedPj();
    System.arraycopy(pricing.portCycles, 0, costs, 1, pricing.portCycles.length);
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] tail = java.util.Arrays.copyOfRange(order, from, to);
    java.util.Arrays.sort(tail);
    return tail;
  }

  private double jointly(Candidate c, int level, double start) {
    if (level == problem.levels) {
      return Math.min(start, evaluate(c));
    }
    int free = problem.movableLoops(c.keeps, c.temporal, c.order, level);
    if (free < 2) {
      return jointly(c, level + 1, start);
    }
    int[] order = c.order[level];
    int from = order.length - problem.freeLoops(c.keeps, c.temporal, c.order, level);
    int[] tail = sorted(order, from, from + free);
    double value = start;
    int[][] bestOrders = copy(c.order);
    for (int[] permutation : Permutations.of(free)) {
      for (int i = 0; i < free; i++) {
        order[from + i] = tail[permutation[i]];
      }
      double found = jointly(c, level + 1, value);
      if (found < value) {
        value = found;
        bestOrders = copy(c.order);
      }
    }
    for (int l = 0; l < problem.levels; l++) {
      System.arraycopy(bestOrders[l], 0, c.order[l], 0, bestOrders[l].length);
    }
    return value;
  }

  private static int[][] copy(int[][] orders) {
    int[][] copy = new int[orders.length][];
    for (int l = 0; l < orders.length; l++) {
      copy[l] = orders[l].clone();
    }
    return copy;
  }

  /** The best mapping, or null if none was found. */
  Mapping mapping() {
    if (bestCandidate == null) {
      return null;
    }
    build(bestCandidate);
    return nest.mapping(problem.space.einsum);
  }
}
