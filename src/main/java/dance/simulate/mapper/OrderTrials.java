package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates mappings that differ only in the order of their loops, for all arrays of a grid, until
 * no other order could be the best on any.
 *
 * <p>A mapping is counted once: energies of the interconnect and of clock and control are added for
 * each array. The given orders are tried first. If a bound allows a better one, the levels are
 * ordered one by one, and if the sum of the possible gains of the levels still allows one, in all
 * combinations: counts are sums over the loops of terms that depend only on which loops are inside,
 * so that energy and the load of every port are sums over the levels.
 */
final class OrderTrials {
  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final ArrayBests bests;
  private final Pricing pricing;
  private final CompiledMapping nest;
  private final OrderBound bound;

  /** Words of the mapping evaluated last on the interconnect: [tensor]. */
  private final double[] passingWords;

  /** Interconnect energy of the mapping evaluated last: [tensor], on its smallest array. */
  private final double[] networkPj;

  /** Additional interconnect energy on an array of more rows: [rows]. */
  private final double[] moreNetworkPj;

  /**
   * Upper bound of the gain from ordering single levels for one cost alone: energy, then each port.
   */
  private final double[] gap;

  private ArrayUnrolling unrolling;
  private long evaluations;

  OrderTrials(MappingCosts problem, ArrayGrid grid, ArrayBests bests) {
    this.problem = problem;
    this.grid = grid;
    this.bests = bests;
    pricing = new Pricing(problem.shape, grid.withoutNetwork());
    nest = new CompiledMapping(problem.dims, problem.levels);
    bound = new OrderBound(problem, pricing);
    passingWords = new double[problem.tensors];
    networkPj = new double[problem.tensors];
    moreNetworkPj = new double[grid.rows.length];
    gap = new double[1 + pricing.portCycles.length];
  }

  /** Mappings that were evaluated. */
  long evaluations() {
    return evaluations;
  }

  /** Evaluates a mapping in its order only. */
  void offer(ArrayUnrolling unrolled, CompleteMapping mapping) {
    unrolling = unrolled;
    evaluate(mapping);
  }

  /**
   * Evaluates a mapping in the given orders, and in others as long as they could be better.
   *
   * @param orders to try first: [level][loop], innermost first; at least one
   * @param energyPj energy that no order undercuts, on the smallest array
   * @param cycles cycles that no order undercuts
   * @param moreEnergyPj additional energy on an array of more rows: [rows]
   */
  void offer(
      ArrayUnrolling unrolled,
      CompleteMapping mapping,
      List<int[][]> orders,
      double energyPj,
      double cycles,
      double[] moreEnergyPj) {
    unrolling = unrolled;
    int home = unrolled.home;
    CompleteMapping chosen = null;
    double least = Double.POSITIVE_INFINITY;
    for (int[][] order : orders) {
      CompleteMapping candidate = mapping.order(order);
      double value = evaluate(candidate);
      if (value < least) {
        least = value;
        chosen = candidate;
      }
    }
    if (!bests.couldWin(home, energyPj, moreEnergyPj, cycles)) {
      return;
    }
    double hoped = bests.of(home, energyPj, cycles);
    if (unrounded(chosen) <= hoped * (1 + ArrayBests.ROUNDING)) {
      return;
    }
    double energy = Math.max(energyPj, orderBound(chosen, energyPj, cycles));
    if (bests.couldWin(home, energy, moreEnergyPj, cycles)) {
      improve(chosen, energy, moreEnergyPj, cycles);
    }
  }

  /** Counts a mapping, offers it to all arrays, and returns its value on the smallest. */
  private double evaluate(CompleteMapping mapping) {
    mapping.into(nest);
    pricing.price(nest, Accounting.EXACT);
    evaluations++;
    int[] steps = mapping.temporal()[problem.levels - 1];
    int rows = grid.rows.length;
    double[] least = unrolling.pjPerWord(steps);
    double energy = pricing.totalPj;
    for (int t = 0; t < problem.tensors && least != null; t++) {
      passingWords[t] = pricing.counter().passing(t, ArrayGrid.BUFFER);
      networkPj[t] = least[t] * passingWords[t];
      energy += networkPj[t];
    }
    for (int y = unrolling.home % rows; y < rows && least != null; y++) {
      double[] pj = unrolling.pjPerWord(steps, y);
      moreNetworkPj[y] = 0;
      for (int t = 0; t < problem.tensors; t++) {
        moreNetworkPj[y] += (pj[t] - least[t]) * passingWords[t];
      }
    }
    bests.offer(unrolling.home, energy, moreNetworkPj, pricing.cycles, mapping);
    return bests.of(unrolling.home, energy, pricing.cycles);
  }

  /** Energy on the network of the mapping evaluated last, on the smallest array. */
  private double networkPj() {
    double sum = 0;
    for (double pj : networkPj) {
      sum += pj;
    }
    return sum;
  }

  /**
   * Value if fractions of lines could be accessed. If this reaches a bound that adds up the minimum
   * of each tensor, every count is minimal, and so it is with whole lines.
   */
  private double unrounded(CompleteMapping mapping) {
    evaluate(mapping);
    double energy = pricing.totalPj + networkPj() - pricing.partLinesPj();
    return bests.of(unrolling.home, energy, pricing.cycles);
  }

  /** Lower bound of the energy over all orders, after the mapping was evaluated in its own. */
  private double orderBound(CompleteMapping mapping, double energyPj, double cycles) {
    if (!nest.isPerfect(problem.bounds)) {
      return energyPj;
    }
    int[] free = new int[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      free[l] = problem.freeLoops(mapping.keeps(), mapping.temporal(), mapping.order(), l);
    }
    return bound.energy(nest, free, cycles, networkPj, ArrayGrid.BUFFER);
  }

  private void improve(
      CompleteMapping mapping, double energyPj, double[] moreEnergyPj, double cycles) {
    Arrays.fill(gap, 0);
    CompleteMapping best = mapping;
    for (int l = 0; l < problem.levels; l++) {
      best = permute(best, l);
    }
    evaluate(best);
    double slowest = pricing.counter().computeCycles;
    for (int p = 0; p < pricing.portCycles.length; p++) {
      slowest = Math.max(slowest, pricing.portCycles[p] - gap[p + 1]);
    }
    double fewest = Math.max(cycles, Math.ceil(slowest * (1 - 1e-12)) + problem.latency);
    double fixed = pricing.fixedPj();
    double perCycle = (pricing.totalPj - fixed) / pricing.cycles;
    double energy = Math.max(energyPj, fixed + networkPj() - gap[0] + perCycle * fewest);
    if (bests.couldWin(unrolling.home, energy, moreEnergyPj, fewest)) {
      jointly(best, 0);
    }
  }

  /** The mapping with another order of a level. */
  private CompleteMapping reorder(CompleteMapping c, int level, int[] permutation) {
    int[] order = c.order()[level].clone();
    int from = order.length - problem.freeLoops(c.keeps(), c.temporal(), c.order(), level);
    int[] tail = Arrays.copyOfRange(order, from, from + permutation.length);
    Arrays.sort(tail);
    for (int i = 0; i < permutation.length; i++) {
      order[from + i] = tail[permutation[i]];
    }
    int[][] orders = c.order().clone();
    orders[level] = order;
    return c.order(orders);
  }

  /**
   * The best order of a level with the others fixed; adds the possible gain of another to the gap.
   */
  private CompleteMapping permute(CompleteMapping c, int level) {
    int movable = problem.movableLoops(c.keeps(), c.temporal(), c.order(), level);
    if (movable < 2) {
      return c;
    }
    CompleteMapping best = c;
    double[] least = new double[gap.length];
    double[] chosen = new double[gap.length];
    double[] now = new double[gap.length];
    double value = evaluate(c);
    note(least);
    note(chosen);
    for (int[] permutation : Permutations.of(movable)) {
      CompleteMapping other = reorder(c, level, permutation);
      double found = evaluate(other);
      note(now);
      for (int i = 0; i < now.length; i++) {
        least[i] = Math.min(least[i], now[i]);
      }
      if (found < value) {
        value = found;
        best = other;
        System.arraycopy(now, 0, chosen, 0, now.length);
      }
    }
    for (int i = 0; i < gap.length; i++) {
      gap[i] += chosen[i] - least[i];
    }
    return best;
  }

  /**
   * Energy that does not depend on time, and cycles of all ports, of the mapping evaluated last.
   */
  private void note(double[] costs) {
    costs[0] = pricing.fixedPj() + networkPj();
    System.arraycopy(pricing.portCycles, 0, costs, 1, pricing.portCycles.length);
  }

  private void jointly(CompleteMapping c, int level) {
    if (level == problem.levels) {
      evaluate(c);
      return;
    }
    int movable = problem.movableLoops(c.keeps(), c.temporal(), c.order(), level);
    if (movable < 2) {
      jointly(c, level + 1);
      return;
    }
    for (int[] permutation : Permutations.of(movable)) {
      jointly(reorder(c, level, permutation), level + 1);
    }
  }
}
