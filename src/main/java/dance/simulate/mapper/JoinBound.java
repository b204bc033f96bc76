package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.simulate.count.TensorSet;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Lower bounds of energy and cycles of joined mappings on one accelerator: of a register tile
 * unrolled over the array, whatever the buffer's tile, and of both together. Prices what a {@link
 * JoinShape} moves.
 */
final class JoinBound {
  final MappingCosts problem;

  /** Position of the accelerator's buffer among those whose tiles are enumerated together. */
  private final int buffer;

  private final JoinShape shape;
  private final WordHops networks;
  private final double points;
  private final boolean waits;
  private final double leakInside;
  private final double leakOutside;

  /** Of what contains everything that is bounded. */
  private Bound within = Bound.ZERO;

  // The array.
  private double all;
  private double floorPjPerCycle;

  // What is kept.
  private KeptCosts kept;
  private BufferTiles outside;

  // A tile.
  private final double[][] inner;
  private final double[] waiting = new double[3];
  private final double[] unmoved;
  private final double[] sums;

  /** Bounds with a shape of their own. */
  JoinBound(MappingCosts problem, int[] stationaryTensors) {
    this(problem, 0, new JoinShape(problem, stationaryTensors), new WordHops());
  }

  /**
   * Bounds of what a shape moves.
   *
   * @param buffer position of the accelerator's buffer among those of the {@link StorageChoice}
   */
  JoinBound(MappingCosts problem, int buffer, JoinShape shape, WordHops networks) {
    this.problem = problem;
    this.buffer = buffer;
    this.shape = shape;
    this.networks = networks;
    inner = new double[3][problem.functions];
    unmoved = new double[problem.functions];
    sums = new double[problem.functions];
    points = problem.space.einsum.points();
    waits = Arrays.stream(problem.waits.perWord).anyMatch(cycles -> cycles > 0);
    Accelerator accelerator = problem.accelerator;
    leakInside = accelerator.levels().get(2).leakPjPerCycle() + accelerator.mac().leakPjPerCycle();
    leakOutside =
        accelerator.levels().get(0).leakPjPerCycle() + accelerator.levels().get(1).leakPjPerCycle();
  }

  /** What is priced. */
  JoinShape shape() {
    return shape;
  }

  /**
   * Sets the array.
   *
   * @param instances its number of register files
   */
  void array(double instances) {
    all = instances;
    floorPjPerCycle = problem.floorPjPerCycle(instances);
  }

  /** The objective of a bound on the array, which adds its floor. */
  double value(Bound bound) {
    return bound.exists() ? value(bound.energyPj(), bound.cycles()) : Double.POSITIVE_INFINITY;
  }

  /** The objective of this energy, floor not included, and these cycles on the array. */
  double value(double energyPj, double cycles) {
    return problem.objective.of(energyPj + floorPjPerCycle * cycles, cycles);
  }

  /** Energy with that of clock and control of the array, pJ. */
  double energyWithFloor(Bound bound) {
    return bound.energyPj() + floorPjPerCycle * bound.cycles();
  }

  /** Sets the kept tensors. */
  void begin(StorageChoice keeps) {
    kept = keeps.costs().get(buffer);
    outside = keeps.outside();
    shape.keep(kept.registers, kept.buffer);
    within(Bound.ZERO);
  }

  /** Lower bound over all mappings with certain tensors kept. */
  Bound ofKeeps(StorageChoice keeps) {
    begin(keeps);
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * shape.mostAccumulating(all);
      for (int t = 0; t < problem.tensors; t++) {
        sums[j] += kept.once(j, t) + kept.direct(j, t, all);
      }
    }
    return ofCosts(outside.least(buffer), points / all, all, 0, 0);
  }

  /**
   * Sets a bound of everything that is bounded next, such as that of a mapping's part: no bound is
   * below it.
   */
  void within(Bound bound) {
    within = bound;
  }

  /**
   * Bound from the sums, the costs outside, and lower bounds of cycles and instances.
   *
   * @param waiting cycles for which MACs wait
   */
  private Bound ofCosts(
      double[] outsideCost, double atLeast, double working, double instances, double waiting) {
    double slowest = atLeast;
    double link = 0;
    for (int j = 1; j < problem.functions; j++) {
      double load = problem.costs.slows[j] ? sums[j] + outsideCost[j] : 0;
      link = j == problem.costs.offChip ? load : link;
      slowest = Math.max(slowest, load / (problem.costs.portLevel[j] == 2 ? working : 1));
    }
    return whole(sums[0] + outsideCost[0], slowest, link, instances, waiting);
  }

  /**
   * With whole cycles, and leakage.
   *
   * @param link cycles for which the off-chip port is busy
   * @param instances register files in use, or 0 if unknown: then all of them together leak for at
   *     least one cycle per operation
   * @param waiting cycles for which MACs wait
   */
  private Bound whole(
      double energy, double atLeast, double link, double instances, double waiting) {
    // Cycles are whole; the product of bounds may exceed a whole number by a rounding error.
    double more = Math.ceil(waiting * (1 - 1e-12)) - problem.waits.least;
    double sum = Math.ceil(atLeast * (1 - 1e-12)) + problem.latency + Math.max(0, more);
    double cycles = Math.max(within.cycles(), sum);
    double leaking = instances > 0 ? instances * cycles : Math.max(cycles, points);
    double all = energy + leakOutside * cycles + leakInside * leaking;
    double pjPerCycle = leakOutside + leakInside * Math.max(1, instances);
    return new Bound(
        Math.max(within.energyPj(), all),
        cycles,
        Math.max(within.linkCycles(), link),
        Math.max(within.timelessPj(), energy),
        Math.max(within.pjPerCycle(), pjPerCycle));
  }

  /** Sets the unrolling. */
  void unroll(Spatial.Unrolling choice, HopCosts costs) {
    shape.unroll(choice);
    networks.unroll(choice, costs);
  }

  /**
   * Takes the interconnect of the unrolling set last into account, from now on.
   *
   * @return energy of a word of each tensor; null if it depends on the tile, or costs nothing
   */
  double[] measureHops() {
    return networks.measure(shape);
  }

  /**
   * Lower bound over all tiles, from unrollings.
   *
   * @param pjPerWord energy of a word of each tensor on the way, at least; null for none
   */
  Bound ofSpread(JoinShape.Spread spread, double[] pjPerWord) {
    double[] shared = spread.mostShared();
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * shared[problem.output];
      for (int t = 0; t < problem.tensors; t++) {
        double pj = j > 0 || pjPerWord == null ? 0 : pjPerWord[t];
        if (kept.inRegisters(t)) {
          sums[j] += kept.once(j, t) + problem.words[t] * pj;
        } else {
          sums[j] += kept.direct(j, t, shared[t]) + pj * points / shared[t];
        }
      }
    }
    double array = spread.instances();
    return ofCosts(outside.least(buffer), points / array, array, spread.fewestWorking(), 0);
  }

  /** Lower bound over all unrollings of a tile. */
  Bound ofTile(RegisterTiles.Tile tile, double[] mostShared) {
    for (int j = 0; j < problem.functions; j++) {
      double most = 0;
      double same = Math.min(all, mostShared[problem.output]);
      sums[j] = kept.fixed[j] - kept.saved(j) * same;
      for (int t = 0; t < problem.tensors; t++) {
        if (kept.inRegisters(t)) {
          double once = kept.once(j, t);
          double reads = Math.max(1, tile.visits()[t] / mostShared[t]);
          sums[j] += once * reads;
          most = Math.max(most, once * (reads - 1));
        } else {
          sums[j] += kept.direct(j, t, mostShared[t]);
        }
      }
      sums[j] -= most;
    }
    return ofCosts(outside.least(buffer), points / all, all, 0, 0);
  }

  /**
   * Bound of a tile over all tiles of the buffer, weaker but faster than {@link #inner} and {@link
   * #ofInner}: without loops of the buffer, any tensor may be stationary that may be with some.
   */
  Bound roughly(RegisterTiles.Tile tile) {
    shape.inner(tile, true);
    networks.inner(shape);
    return roughly();
  }

  /** The same, of the tile of the shape. */
  Bound roughly() {
    ofKind(BufferTiles.NO_LOOP);
    return ofHalfWith(BufferTiles.NO_LOOP, outside.least(buffer));
  }

  /** Sets the tile. */
  void inner(RegisterTiles.Tile tile) {
    shape.inner(tile, false);
    networks.inner(shape);
    inner();
  }

  /** Prices the tile of the shape. */
  void inner() {
    for (int kind = 0; kind < inner.length; kind++) {
      if (shape.exists[kind]) {
        ofKind(kind);
      }
    }
    ofUnmoved();
  }

  /**
   * Bound of the inner mapping of the tile set last over the tiles of the buffer of one kind.
   *
   * @param innermost kind of the innermost of the buffer's loops, as in {@link BufferTiles}
   */
  Bound ofInner(int innermost) {
    if (!shape.exists[innermost]) {
      return Bound.NONE;
    }
    return ofHalfWith(
        innermost, innermost == BufferTiles.NO_LOOP ? unmoved : outside.least(buffer));
  }

  /** Costs inside a tile whatever the tile of the buffer, with an innermost loop of this kind. */
  private void ofKind(int kind) {
    double[] words = shape.once(kind);
    double[] costs = inner[kind];
    double[] hops = networks.pjPerWord();
    TensorSet stationary = shape.stationary[kind];
    for (int j = 0; j < problem.functions; j++) {
      double sum = kept.fixed[j];
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double cost = cost(j, t, words[t], shape.tileVisits[t], hops);
        sum += cost;
        if (words[t] > 0 && stationary.contains(t)) {
          most = Math.max(most, cost * (1 - 1 / shape.runs[t]));
        }
      }
      costs[j] = sum - most - kept.saved(j) * shape.accumulating;
    }
    waiting[kind] = 0;
    if (waits) {
      double sum = 0;
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double cycles = waitCycles(t, words[t], shape.tileVisits[t]);
        sum += cycles;
        if (words[t] > 0 && stationary.contains(t)) {
          most = Math.max(most, cycles * (1 - 1 / shape.runs[t]));
        }
      }
      waiting[kind] = sum - most;
    }
  }

  /** Cycles for which MACs wait for a tensor on its way to the array. */
  private double waitCycles(int t, double words, double visits) {
    boolean held = kept.inRegisters(t);
    return problem.waits.perWord[t] * shape.share[t] * (held ? words * visits : points);
  }

  /**
   * Minimum cost between the buffer and the outside if the buffer has no loops: every iteration
   * fetches what is not stationary.
   */
  private void ofUnmoved() {
    for (int j = 0; j < problem.functions; j++) {
      double sum = 0;
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double once = shape.brought[t] * outside.weight(buffer, j, t);
        sum += once * shape.times[t];
        most = Math.max(most, once * (shape.times[t] - 1));
      }
      unmoved[j] = Math.max(sum - most, outside.least(buffer)[j]);
    }
  }

  /**
   * @param hops energy of a word of each tensor on the way; null for none
   */
  private double cost(int j, int t, double words, double visits, double[] hops) {
    double pj = j == 0 && hops != null ? hops[t] : 0;
    double share = shape.share[t];
    if (kept.inRegisters(t)) {
      return words * visits * (kept.fillPerWord[j][t] + share * (kept.sentPerWord[j][t] + pj));
    }
    return share * (kept.direct[j][t] + pj * points);
  }

  /** Bound of the inner mapping set last with such a cost between the buffer and the outside. */
  Bound ofHalfWith(int innermost, double[] cost) {
    System.arraycopy(inner[innermost], 0, sums, 0, sums.length);
    return ofCosts(cost, shape.arrayCycles, shape.working, shape.working, waiting[innermost]);
  }

  /**
   * Bound of both tiles with a class of orders; the inner mapping must be the one set last.
   *
   * @param matters whether a bound needs to be improved
   */
  Bound ofJoined(
      RegisterTiles.Tile tile,
      BufferTiles.Tile out,
      int stationaryTensor,
      Predicate<Bound> matters) {
    shape.join(tile, out, stationaryTensor);
    Bound rough = priceJoined(out.cost());
    if (!shape.refines() || !matters.test(rough)) {
      return rough;
    }
    shape.refine(tile, out, stationaryTensor);
    return rough.and(priceJoined(out.cost()));
  }

  /**
   * Bound of the inner mapping set last with any tile of the buffer that leaves a tensor stationary
   * for so long.
   */
  Bound ofRun(RegisterTiles.Tile tile, StationaryRuns.Run run) {
    shape.join(tile, run.stationaryTensor(), run.iterations());
    return priceJoined(run.cost());
  }

  /** Bound of what the shape joined last, with such a cost between the buffer and the outside. */
  Bound priceJoined(double[] outsideCost) {
    sumJoined();
    double wait = 0;
    for (int t = 0; waits && t < problem.tensors; t++) {
      wait += waitCycles(t, shape.moved[t], shape.visits[t]);
    }
    return ofCosts(outsideCost, shape.arrayCycles, shape.working, shape.working, wait);
  }

  /** The same bound, whatever contains the mappings. */
  Bound priceJoinedAlone(double[] outsideCost) {
    Bound before = within;
    within = Bound.ZERO;
    Bound alone = priceJoined(outsideCost);
    within = before;
    return alone;
  }

  /**
   * Lower bound of the energy of the accesses of what the shape joined last. As it is linear in
   * energies per access, the difference of two accelerators is a lower bound of what every such
   * mapping takes more on the one of which no access costs less.
   */
  double joinedPj(double[] outsideCost) {
    sumJoined();
    return sums[0] + outsideCost[0];
  }

  private void sumJoined() {
    double[] hops = networks.pjPerWord();
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * shape.accumulating;
      for (int t = 0; t < problem.tensors; t++) {
        sums[j] += cost(j, t, shape.moved[t], shape.visits[t], hops);
      }
    }
  }
}
