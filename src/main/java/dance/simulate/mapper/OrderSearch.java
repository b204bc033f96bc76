package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Counter;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best order of the loops of a mapping whose tiles are decided: orders are evaluated until no
 * other could be better.
 *
 * <p>In EXACT accounting, counts are sums over the loops of terms that depend only on which loops
 * are inside, so that energy without leakage and the load of every port are sums over the levels.
 * So it is enough to evaluate the orders of each level with the others fixed: what a combination
 * costs is known from the differences, and it is evaluated only if that could be better. In
 * TIMELOOP accounting all combinations are evaluated, unless there are too many.
 */
final class OrderSearch {
  /** Maximum number of combined orders of several levels that are enumerated. */
  private static final int MOST_ORDERS = 20_000;

  /** Costs before those of the ports. */
  private static final int PORTS = 2;

  /** The port that off-chip reads and writes share. */
  private static final int OFF_CHIP = PORTS + 2;

  /** Maximum number of loops of a level whose permutations are enumerated. */
  private static final int MOST_LOOPS = 8;

  /** Evaluates mappings and keeps the best. */
  interface Trials {
    /** Evaluates a mapping; returns its value. */
    double evaluate(CompleteMapping mapping);

    /** The mapping evaluated last. */
    Pricing pricing();

    /** Its nest. */
    CompiledMapping nest();

    /** Its energy on the interconnect below the second level if that was not priced: [tensor]. */
    double[] networkPj();

    /**
     * Whether the mapping evaluated last, if it had this energy, would cost no more than a bound.
     */
    boolean reaches(double energyPj, Bound least);

    /** Whether mappings with this bound could be the best. */
    boolean couldWin(Bound least);
  }

  private final MappingCosts problem;
  private final Trials trials;
  private final OrderBound orderBound;
  private final boolean separable;

  /** Energy that does not depend on time, cycles for which MACs wait, then those of each port. */
  private final int functions;

  /** Levels that round accesses up to lines of several words. */
  private final int[] lined;

  /** The functions, then the energy of other levels and the accesses of each tensor to these. */
  private final int counted;

  // Of the mapping whose orders are searched.
  private Bound least;
  private double pjPerCycle;

  OrderSearch(MappingCosts problem, Accounting accounting, Trials trials) {
    this.problem = problem;
    this.trials = trials;
    orderBound = new OrderBound(problem, trials.pricing());
    separable = accounting == Accounting.EXACT;
    functions = PORTS + trials.pricing().portCycles.length;
    lined =
        IntStream.range(0, problem.levels)
            .filter(l -> problem.accelerator.levels().get(l).lineWords() > 1)
            .toArray();
    counted = functions + (lined.length > 0 ? 1 + 3 * lined.length * problem.tensors : 0);
  }

  /** An order of a level, and what it costs more than the best that was found: [counted]. */
  private record Choice(int[] loops, double[] more) {}

  /**
   * Whether an order costs no more than another, whatever those of the other levels are. A
   * difference in energy that no rounding up to lines makes up for needs no comparison of accesses.
   */
  private boolean isNoWorse(Choice choice, Choice other) {
    boolean clear = choice.more[0] + problem.costs.mostPartLinesPj <= other.more[0];
    for (int j = 0; j < (clear ? functions : counted); j++) {
      if (choice.more[j] > other.more[j]) {
        return false;
      }
    }
    return true;
  }

  /** Whether none of the known orders is at least as good whatever those of other levels are. */
  private boolean isNew(Choice choice, List<Choice> known) {
    for (Choice other : known) {
      if (isNoWorse(other, choice)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Evaluates a mapping in the given orders, and in others as long as they could be the best.
   *
   * @param orders to try first: [level][loop], innermost first; at least one
   * @param bound that no order undercuts
   * @return whether all orders that could be the best were evaluated
   */
  boolean offer(CompleteMapping mapping, List<int[][]> orders, Bound bound) {
    CompleteMapping chosen = null;
    double best = Double.POSITIVE_INFINITY;
    for (int[][] order : orders) {
      CompleteMapping candidate = mapping.order(order);
      double value = trials.evaluate(candidate);
      if (chosen == null || value < best) {
        best = value;
        chosen = candidate;
      }
    }
    return !trials.couldWin(bound) || rest(chosen, bound);
  }

  /**
   * As {@link #offer}, for the other orders of a mapping.
   *
   * @param mapping that is evaluated already
   */
  boolean rest(CompleteMapping mapping, Bound bound) {
    // If the value with fractions of lines reaches a bound that adds up the minimum of each tensor,
    // every count is minimal, and so it is with whole lines.
    trials.evaluate(mapping);
    if (reaches(bound)) {
      return true;
    }
    double energy = energyBound(mapping, bound.energyPj(), bound.cycles());
    Bound any = bound.and(new Bound(energy, 0));
    return !trials.couldWin(any) || improve(mapping, any);
  }

  /** Whether the mapping evaluated last costs, up to fractions of lines, as much as a bound. */
  private boolean reaches(Bound bound) {
    Pricing pricing = trials.pricing();
    return trials.reaches(pricing.totalPj + networkPj() - pricing.partLinesPj(), bound);
  }

  private double networkPj() {
    double sum = 0;
    for (double pj : trials.networkPj()) {
      sum += pj;
    }
    return sum;
  }

  /** Lower bound of the energy over all orders, after a mapping was evaluated in its own. */
  double energyBound(CompleteMapping mapping, double leastPj, double leastCycles) {
    if (!trials.nest().isPerfect(problem.bounds)) {
      return leastPj;
    }
    int[] free = new int[problem.levels];
    for (int l = 0; l < problem.levels; l++) {
      free[l] = problem.freeLoops.of(mapping.keeps(), mapping.temporal(), mapping.order(), l);
    }
    return orderBound.energy(
        trials.nest(), free, leastCycles, trials.networkPj(), ArrayGrid.BUFFER);
  }

  /**
   * Evaluates the other orders of a mapping as long as they could be the best.
   *
   * @param bound that no order undercuts
   * @return whether all that could be the best were evaluated
   */
  private boolean improve(CompleteMapping mapping, Bound bound) {
    least = bound;
    long product = 1;
    boolean all = true;
    List<Integer> levels = new ArrayList<>();
    for (int l = 0; l < problem.levels; l++) {
      int movable = movable(mapping, l);
      if (movable > MOST_LOOPS) {
        all = false;
      } else if (movable > 1) {
        levels.add(l);
        product = Math.min(Long.MAX_VALUE / 64, product * Permutations.of(movable).length);
      }
    }
    CompleteMapping best = mapping;
    List<List<Choice>> choices = new ArrayList<>();
    for (int l : levels) {
      List<Choice> ofLevel = new ArrayList<>();
      best = permute(best, l, ofLevel);
      choices.add(ofLevel);
      if (!trials.couldWin(least)) {
        return true;
      }
    }
    if (separable) {
      trials.evaluate(best);
      pjPerCycle =
          (trials.pricing().totalPj - trials.pricing().fixedPj()) / trials.pricing().cycles;
      combine(best, levels, choices, 0, costs());
      return all;
    }
    if (product > MOST_ORDERS) {
      return false;
    }
    enumerate(best, levels, 0);
    return all;
  }

  private int movable(CompleteMapping c, int level) {
    return problem.freeLoops.movable(c.keeps(), c.temporal(), c.order(), level);
  }

  /** Costs of the mapping evaluated last, as if fractions of lines could be accessed: [counted]. */
  private double[] costs() {
    Pricing pricing = trials.pricing();
    double[] costs = new double[counted];
    costs[0] = pricing.fixedPj() + networkPj() - pricing.partLinesPj();
    costs[1] = pricing.waiting;
    System.arraycopy(pricing.portCycles, 0, costs, PORTS, functions - PORTS);
    Counter counter = pricing.counter();
    int at = functions;
    if (lined.length > 0) {
      costs[at++] = pricing.fixedPj() + networkPj() - pricing.linesPj();
    }
    for (int l : lined) {
      for (int cell = l * problem.tensors; cell < (l + 1) * problem.tensors; cell++) {
        costs[at++] = counter.reads[cell];
        costs[at++] = counter.fills[cell];
        costs[at++] = counter.updates[cell];
      }
    }
    return costs;
  }

  /** The order of a level with another permutation of its free loops. */
  private int[] reorder(CompleteMapping c, int level, int[] permutation) {
    int[] order = c.order()[level].clone();
    int from = order.length - problem.freeLoops.of(c.keeps(), c.temporal(), c.order(), level);
    int[] tail = Arrays.copyOfRange(order, from, from + permutation.length);
    Arrays.sort(tail);
    for (int i = 0; i < permutation.length; i++) {
      order[from + i] = tail[permutation[i]];
    }
    return order;
  }

  /**
   * Evaluates the orders of a level with the others fixed; returns the best.
   *
   * @param choices to which the orders are added that could be better in combination with others
   */
  private CompleteMapping permute(CompleteMapping c, int level, List<Choice> choices) {
    CompleteMapping best = c;
    double value = trials.evaluate(c);
    double[] costs = costs();
    choices.add(new Choice(c.order()[level], costs));
    for (int[] permutation : Permutations.of(movable(c, level))) {
      int[] order = reorder(c, level, permutation);
      CompleteMapping other = c.order(level, order);
      double found = trials.evaluate(other);
      Choice choice = new Choice(order, costs());
      if (found < value) {
        value = found;
        best = other;
        costs = choice.more;
        if (!trials.couldWin(least)) {
          return best;
        }
      }
      if (isNew(choice, choices)) {
        choices.removeIf(known -> isNoWorse(choice, known));
        choices.add(choice);
      }
    }
    for (Choice choice : choices) {
      for (int j = counted - 1; j >= 0; j--) {
        choice.more[j] -= choice.more == costs ? 0 : costs[j];
      }
    }
    Arrays.fill(costs, 0);
    choices.sort(Comparator.comparingDouble(choice -> choice.more[0]));
    return best;
  }

  /**
   * Evaluates the combinations of orders that could be the best.
   *
   * @param costs with the orders of the levels so far: [function]
   */
  private void combine(
      CompleteMapping c, List<Integer> levels, List<List<Choice>> choices, int at, double[] costs) {
    if (!couldWin(costs, choices, at)) {
      return;
    }
    if (at == levels.size()) {
      trials.evaluate(c);
      return;
    }
    for (Choice choice : choices.get(at)) {
      double[] with = costs.clone();
      for (int j = 0; j < functions; j++) {
        with[j] += choice.more[j];
      }
      combine(c.order(levels.get(at), choice.loops), levels, choices, at + 1, with);
    }
  }

  /** Whether these costs could be the best with some orders of the other levels. */
  private boolean couldWin(double[] costs, List<List<Choice>> choices, int from) {
    double[] fewest = costs.clone();
    for (int i = from; i < choices.size(); i++) {
      for (int j = 0; j < functions; j++) {
        double less = 0;
        for (Choice choice : choices.get(i)) {
          less = Math.min(less, choice.more[j]);
        }
        fewest[j] += less;
      }
    }
    double slowest = 0;
    for (int j = PORTS; j < functions; j++) {
      slowest = Math.max(slowest, fewest[j]);
    }
    // Cycles are whole; a sum may exceed a whole number by a rounding error.
    double waits = Math.max(problem.waits.least, Math.ceil(fewest[1] * (1 - 1e-12)));
    double latency = problem.latency - problem.waits.least + waits;
    double cycles = Math.max(least.cycles(), Math.ceil(slowest * (1 - 1e-12)) + latency);
    Bound bound =
        new Bound(fewest[0] + pjPerCycle * cycles, cycles, fewest[OFF_CHIP], fewest[0], pjPerCycle);
    return trials.couldWin(least.and(bound));
  }

  private void enumerate(CompleteMapping c, List<Integer> levels, int at) {
    if (at == levels.size()) {
      trials.evaluate(c);
      return;
    }
    int level = levels.get(at);
    for (int[] permutation : Permutations.of(movable(c, level))) {
      enumerate(c.order(level, reorder(c, level, permutation)), levels, at + 1);
    }
  }
}
