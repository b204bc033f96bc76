package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.workload.Operand;
import java.util.List;

/**
 * Evaluates mappings that differ only in the order of their loops, for all arrays of a grid, until
 * no other order could be the best on any.
 *
 * <p>A mapping is counted once, and priced with the smallest buffer: energies of the interconnect
 * and of clock and control are added for each array; what accesses cost more, and what leaks more,
 * for each buffer. The given orders are tried first; if a bound allows a better one, an {@link
 * OrderSearch} finds it.
 */
final class OrderTrials implements OrderSearch.Trials {
  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final SizedBuffer[] buffers;
  private final Pricing pricing;
  private final CompiledMapping nest;

  /** Off-chip bandwidths, descending. */
  private final double[] wordsPerCycle;

  /** What an access costs more than with the smallest buffer: [buffer][tensor · 3 + action]. */
  private final double[][] morePerAccess;

  /** What leaks more than with the smallest buffer: [buffer]. */
  private final double[] moreLeakPjPerCycle;

  // The mapping evaluated last.
  private CompleteMapping evaluated;
  private double value;

  /** Its cycles with each bandwidth. */
  private final long[] cycles;

  /** What it leaks in a cycle. */
  private double pjPerCycle;

  /** Its energy on its smallest array, with each bandwidth. */
  private final double[] energyPj;

  /** Its accesses of lines of the buffer: [tensor · 3 + action]. */
  private final double[] lines;

  /** The same, if fractions of lines could be accessed. */
  private final double[] fractions;

  /** Its words on the interconnect: [tensor]. */
  private final double[] passingWords;

  /** Its interconnect energy: [tensor], on its smallest array. */
  private final double[] networkPj;

  /** Additional interconnect energy on an array of more rows: [rows]. */
  private final double[] moreNetworkPj;

  private final OrderSearch others;
  private ArrayUnrolling unrolling;
  private int room;
  private Least least;

  /**
   * What no order of a mapping undercuts, on the smallest array.
   *
   * @param smallest bound with the smallest buffer, as if the mapping had room
   * @param bounds with each buffer; none where the mapping cannot be the best
   * @param accessPj energy of accesses with each buffer, for the differences: {@link
   *     JoinBound#joinedPj}
   * @param moreEnergyPj additional energy on an array of more rows: [rows]
   */
  record Least(Bound smallest, Bound[] bounds, double[] accessPj, double[] moreEnergyPj) {}

  /**
   * @param sizes with each buffer, by ascending size
   * @param buffers the same
   * @param wordsPerCycle off-chip bandwidths, descending
   */
  OrderTrials(
      List<MappingCosts> sizes, SizedBuffer[] buffers, ArrayGrid grid, double[] wordsPerCycle) {
    problem = sizes.get(0);
    this.buffers = buffers;
    this.wordsPerCycle = wordsPerCycle;
    this.grid = grid;
    cycles = new long[wordsPerCycle.length];
    energyPj = new double[wordsPerCycle.length];
    pricing = new Pricing(problem.shape, ArrayGrid.withoutNetwork(problem.accelerator));
    nest = new CompiledMapping(problem.dims, problem.levels);
    lines = new double[problem.tensors * Pricing.ACCESSES];
    fractions = new double[lines.length];
    passingWords = new double[problem.tensors];
    networkPj = new double[problem.tensors];
    moreNetworkPj = new double[grid.rows.length];
    others = new OrderSearch(problem, Accounting.EXACT, this);
    morePerAccess = new double[buffers.length][lines.length];
    moreLeakPjPerCycle = new double[buffers.length];
    MemoryLevel smallest = buffer(problem);
    for (int b = 0; b < buffers.length; b++) {
      MemoryLevel level = buffer(sizes.get(b));
      moreLeakPjPerCycle[b] = level.leakPjPerCycle() - smallest.leakPjPerCycle();
      for (int i = 0; i < lines.length; i++) {
        morePerAccess[b][i] = pjPerLine(level, i) - pjPerLine(smallest, i);
      }
    }
  }

  private static MemoryLevel buffer(MappingCosts size) {
    return size.accelerator.levels().get(ArrayGrid.BUFFER);
  }

  /** Energy of an access of a line, as zeros leave it. */
  private double pjPerLine(MemoryLevel level, int access) {
    int t = access / Pricing.ACCESSES;
    Operand role = problem.space.einsum.tensors().get(t).role();
    return switch (access % Pricing.ACCESSES) {
      case 0 -> level.readPj(role) * pricing.zeros().read(ArrayGrid.BUFFER, t);
      case 1 -> level.fillPj(role);
      default -> level.updatePj(role) * pricing.zeros().update(ArrayGrid.BUFFER);
    };
  }

  /**
   * Evaluates a mapping in its order only.
   *
   * @param smallest the smallest buffer with room
   */
  void offer(ArrayUnrolling unrolled, int smallest, CompleteMapping mapping) {
    unrolling = unrolled;
    room = smallest;
    evaluate(mapping);
  }

  /**
   * Evaluates a mapping in the given orders, and in others as long as they could be better.
   *
   * @param smallest the smallest buffer with room
   * @param orders to try first: [level][loop], innermost first; at least one
   * @param least that no order undercuts
   */
  void offer(
      ArrayUnrolling unrolled,
      int smallest,
      CompleteMapping mapping,
      List<int[][]> orders,
      Least least) {
    unrolling = unrolled;
    room = smallest;
    this.least = least;
    others.offer(mapping, orders, least.smallest);
  }

  /**
   * Counts a mapping, offers it to all arrays with each buffer that has room, and returns its value
   * on the smallest with the greatest bandwidth.
   */
  @Override
  public double evaluate(CompleteMapping mapping) {
    if (mapping != evaluated) {
      value = count(mapping);
      evaluated = mapping;
    }
    return value;
  }

  private double count(CompleteMapping mapping) {
    mapping.into(nest);
    pricing.price(nest, Accounting.EXACT);
    int[] steps = mapping.temporal()[problem.levels - 1];
    int rows = grid.rows.length;
    double[] pjPerWord = unrolling.pjPerWord(steps);
    double energy = pricing.totalPj;
    for (int t = 0; t < problem.tensors && pjPerWord != null; t++) {
      passingWords[t] = pricing.counter().passing(t, ArrayGrid.BUFFER);
      networkPj[t] = pjPerWord[t] * passingWords[t];
      energy += networkPj[t];
    }
    for (int y = unrolling.home() % rows; y < rows && pjPerWord != null; y++) {
      double[] pj = unrolling.pjPerWord(steps, y);
      moreNetworkPj[y] = 0;
      for (int t = 0; t < problem.tensors; t++) {
        moreNetworkPj[y] += (pj[t] - pjPerWord[t]) * passingWords[t];
      }
    }
    countCycles();
    if (buffers.length > 1) {
      pricing.accesses(ArrayGrid.BUFFER, lines, fractions);
    }
    for (int b = room; b < buffers.length; b++) {
      spread(b, energy + more(b, lines));
      buffers[b].bests.offer(unrolling.home(), energyPj, cycles, moreNetworkPj, mapping);
    }
    return buffers[room].bests.of(
        0, unrolling.home(), new Bound(energy + more(room, lines), pricing.cycles));
  }

  /** Energy with a buffer in addition to that with the smallest, with these accesses, pJ. */
  private double more(int b, double[] accesses) {
    if (b == 0) {
      return 0;
    }
    double more = moreLeakPjPerCycle[b] * cycles[0];
    for (int i = 0; i < accesses.length; i++) {
      more += accesses[i] * morePerAccess[b][i];
    }
    return more;
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

  /** Sets the energy with a buffer and each bandwidth, from that with the greatest. */
  private void spread(int b, double energy) {
    for (int link = 0; link < cycles.length; link++) {
      long longer = cycles[link] - cycles[0];
      energyPj[link] =
          longer == 0 ? energy : energy + (pjPerCycle + moreLeakPjPerCycle[b]) * longer;
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
  public boolean reaches(double energy, Bound bound) {
    for (int b = 0; b < buffers.length; b++) {
      Bound own = least.bounds[b];
      if (own.exists()) {
        spread(b, energy + more(b, fractions));
        if (!buffers[b].bests.reaches(unrolling.home(), energyPj, cycles, own)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public boolean couldWin(Bound bound) {
    for (int b = 0; b < buffers.length; b++) {
      if (least.bounds[b].exists()
          && buffers[b].bests.couldWin(unrolling.home(), with(b, bound), least.moreEnergyPj)) {
        return true;
      }
    }
    return false;
  }

  /** A bound of mappings with the smallest buffer as one with another. */
  private Bound with(int b, Bound bound) {
    if (b == 0) {
      return bound;
    }
    double morePj = least.accessPj[b] - least.accessPj[0];
    double leak = moreLeakPjPerCycle[b];
    Bound own =
        new Bound(
            bound.energyPj() + morePj + leak * bound.cycles(),
            bound.cycles(),
            bound.linkCycles(),
            bound.timelessPj() + morePj,
            bound.pjPerCycle() + leak);
    return least.bounds[b].and(own);
  }
}
