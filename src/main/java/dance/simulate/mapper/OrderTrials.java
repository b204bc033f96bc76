package dance.simulate.mapper;

import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import java.util.List;

/**
 * Evaluates mappings that differ only in the order of their loops, for all arrays of a grid, until
 * no other order could be the best on any.
 *
 * <p>A mapping is counted once: energies of the interconnect and of clock and control are added for
 * each array. The given orders are tried first; if a bound allows a better one, an {@link
 * OrderSearch} finds it.
 */
final class OrderTrials implements OrderSearch.Trials {
  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final LinkBests bests;
  private final Pricing pricing;
  private final CompiledMapping nest;

  /** Off-chip bandwidths, descending. */
  private final double[] wordsPerCycle;

  /** Cycles of the mapping evaluated last, with each bandwidth. */
  private final long[] cycles;

  /** What it leaks in a cycle. */
  private double pjPerCycle;

  /** Its energy on its smallest array, with each bandwidth. */
  private final double[] energyPj;

  /** Words of the mapping evaluated last on the interconnect: [tensor]. */
  private final double[] passingWords;

  /** Interconnect energy of the mapping evaluated last: [tensor], on its smallest array. */
  private final double[] networkPj;

  /** Additional interconnect energy on an array of more rows: [rows]. */
  private final double[] moreNetworkPj;

  private final OrderSearch others;
  private ArrayUnrolling unrolling;
  private double[] moreEnergyPj;

  OrderTrials(MappingCosts problem, ArrayGrid grid, double[] wordsPerCycle, LinkBests bests) {
    this.problem = problem;
    this.wordsPerCycle = wordsPerCycle;
    cycles = new long[wordsPerCycle.length];
    energyPj = new double[wordsPerCycle.length];
    this.grid = grid;
    this.bests = bests;
    pricing = new Pricing(problem.shape, grid.withoutNetwork());
    nest = new CompiledMapping(problem.dims, problem.levels);
    passingWords = new double[problem.tensors];
    networkPj = new double[problem.tensors];
    moreNetworkPj = new double[grid.rows.length];
    others = new OrderSearch(problem, Accounting.EXACT, this);
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
   * @param least that no order undercuts, on the smallest array
   * @param moreEnergyPj additional energy on an array of more rows: [rows]
   */
  void offer(
      ArrayUnrolling unrolled,
      CompleteMapping mapping,
      List<int[][]> orders,
      Bound least,
      double[] moreEnergyPj) {
    unrolling = unrolled;
    this.moreEnergyPj = moreEnergyPj;
    others.offer(mapping, orders, least);
  }

  /**
   * Counts a mapping, offers it to all arrays, and returns its value on the smallest with the
   * greatest bandwidth.
   */
  @Override
  public double evaluate(CompleteMapping mapping) {
    mapping.into(nest);
    pricing.price(nest, Accounting.EXACT);
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
    countCycles();
    spread(energy);
    bests.offer(unrolling.home, energyPj, cycles, moreNetworkPj, mapping);
    return bests.of(0, unrolling.home, new Bound(energy, pricing.cycles));
  }

  /** Cycles with each bandwidth, and what leaks in one. */
  private void countCycles() {
    cycles[0] = pricing.cycles;
    if (cycles.length == 1) {
      return;
    }
    double words = pricing.readWords(0) + pricing.writtenWords(0);
    pjPerCycle = (pricing.totalPj - pricing.fixedPj()) / pricing.cycles;
    long later = (long) (problem.latency - problem.waits.least) + pricing.waitCycles();
    for (int link = 1; link < cycles.length; link++) {
      long busy = (long) Math.ceil(words / wordsPerCycle[link]);
      cycles[link] = Math.max(pricing.cycles, busy + later);
    }
  }

  /** Sets the energy with each bandwidth, from that with the greatest. */
  private void spread(double energy) {
    for (int link = 0; link < cycles.length; link++) {
      long longer = cycles[link] - cycles[0];
      energyPj[link] = longer == 0 ? energy : energy + pjPerCycle * longer;
    }
  }

  @Override
  public double[] networkPj() {
    return networkPj;
  }

  @Override
  public Pricing pricing() {
    return pricing;
  }

  @Override
  public CompiledMapping nest() {
    return nest;
  }

  @Override
  public boolean reaches(double energy, Bound least) {
    spread(energy);
    return bests.reaches(unrolling.home, energyPj, cycles, least);
  }

  @Override
  public boolean couldWin(Bound least) {
    return bests.couldWin(unrolling.home, least, moreEnergyPj);
  }
}
