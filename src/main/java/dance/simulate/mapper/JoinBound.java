package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Lower bounds for joined mappings: of a register tile unrolled over the array, whatever the
 * buffer's tile, and of both together.
 */
final class JoinBound {
  private final MappingCosts problem;
  private final int[] stationaryTensors;
  private final SlidingWords sliding;
  private final IdleTiles idle;
  private final int[] ones;
  private final int[] around;
  private final double points;
  private final boolean waits;
  private final double leakInside;
  private final double leakOutside;
  private final int[] step;

  // Of what contains everything that is bounded.
  private double leastEnergy;
  private double leastCycles;

  // The array.
  private double all;
  private double floorPjPerCycle;

  // What is kept.
  private KeptCosts kept;
  private BufferTiles outside;

  // How it is spread.
  private Spatial.Unrolling unrolled;
  private Hops networks;
  private boolean meets;
  private int spreadDims;
  private final int[] unrolledOver;
  private double[] hops;
  private double firstAccumulationCredit;

  // A tile.
  private boolean rough;
  private final double[] share;
  private final double[] once;
  private final double[] onceFixed;
  private final double[][] inner;
  private final double[] waiting = new double[3];
  private final double[] unmoved;
  private final double[] brought;
  private final double[] times;
  private final boolean[] exists = new boolean[3];
  private final long fixedLoops;
  private final double[] sums;
  private final double[] runs;
  private double working;
  private boolean idles;
  private final double[] visits;
  private final double[] passing;
  private final double[] before;
  private double arrayCycles;
  private double cycles;
  private double energy;

  JoinBound(MappingCosts problem, int[] stationaryTensors) {
    this.problem = problem;
    this.stationaryTensors = stationaryTensors;
    sliding = new SlidingWords(problem);
    idle = new IdleTiles(problem);
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    around = new int[problem.dims];
    step = new int[problem.dims];
    unrolledOver = new int[problem.dims];
    share = new double[problem.tensors];
    once = new double[problem.tensors];
    runs = new double[problem.tensors];
    visits = new double[problem.tensors];
    passing = new double[problem.tensors];
    before = new double[problem.tensors];
    onceFixed = new double[problem.tensors];
    inner = new double[3][problem.functions];
    unmoved = new double[problem.functions];
    brought = new double[problem.tensors];
    times = new double[problem.tensors];
    long mask = 0;
    for (int d : problem.space.levels[1].innermost) {
      mask |= 1L << d;
    }
    fixedLoops = mask;
    sums = new double[problem.functions];
    points = problem.space.einsum.points();
    waits = Arrays.stream(problem.waitCyclesPerWord).anyMatch(cycles -> cycles > 0);
    Accelerator accelerator = problem.accelerator;
    leakInside = accelerator.levels().get(2).leakPjPerCycle() + accelerator.mac().leakPjPerCycle();
    leakOutside =
        accelerator.levels().get(0).leakPjPerCycle() + accelerator.levels().get(1).leakPjPerCycle();
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

  /** The objective of this energy, floor not included, and these cycles on the array. */
  double of(double energyPj, double atLeast) {
    return problem.objective.of(energyPj + floorPjPerCycle * atLeast, atLeast);
  }

  /** Energy of the bound computed last, floor included. */
  double energyWithFloor() {
    return energy + floorPjPerCycle * cycles;
  }

  /** Sets the kept tensors. */
  void begin(StorageChoice keeps) {
    kept = keeps.costs();
    outside = keeps.outside();
    within(0, 0);
  }

  /** Lower bound over all mappings with certain tensors kept. */
  double ofKeeps(StorageChoice keeps) {
    begin(keeps);
    inside();
    return ofCosts(outside.least, points / all, all, 0);
  }

  /**
   * Sets a bound of everything that is bounded next, such as that of a mapping's part: no bound is
   * below it.
   */
  void within(double energyPj, double cycles) {
    leastEnergy = energyPj;
    leastCycles = cycles;
  }

  /**
   * Minimum costs of everything except the traffic between the buffer and the outside, into the
   * sums.
   */
  private void inside() {
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * reducing(all);
      for (int t = 0; t < problem.tensors; t++) {
        sums[j] += kept.once(j, t) + kept.direct(j, t, all);
      }
    }
  }

  /** Bound from the sums, the costs outside, and lower bounds of cycles and instances. */
  private double ofCosts(double[] outsideCost, double atLeast, double working, double instances) {
    return ofCosts(outsideCost, atLeast, working, instances, 0);
  }

  /** As above, with cycles for which MACs wait. */
  private double ofCosts(
      double[] outsideCost, double atLeast, double working, double instances, double waiting) {
    double slowest = atLeast;
    for (int j = 1; j < problem.functions; j++) {
      double load = problem.slows[j] ? sums[j] + outsideCost[j] : 0;
      slowest = Math.max(slowest, load / (problem.portLevel[j] == 2 ? working : 1));
    }
    return value(sums[0] + outsideCost[0], slowest, instances, waiting);
  }

  /** Upper bound of the instances that accumulate the same word of the output. */
  private double reducing(double array) {
    double iterations = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(problem.output, d)) {
        iterations *= problem.bounds[d];
      }
    }
    return Math.min(array, iterations);
  }

  /**
   * The objective.
   *
   * @param instances register files in use, or 0 if unknown: then all of them together leak for at
   *     least one cycle per operation
   * @param waiting cycles for which MACs wait
   */
  private double value(double energy, double atLeast, double instances, double waiting) {
    // Cycles are whole; the product of bounds may exceed a whole number by a rounding error.
    double more = Math.ceil(waiting * (1 - 1e-12)) - problem.leastWaitCycles;
    double sum = Math.ceil(atLeast * (1 - 1e-12)) + problem.latency + Math.max(0, more);
    cycles = Math.max(leastCycles, sum);
    double leaking = instances > 0 ? instances * cycles : Math.max(cycles, points);
    this.energy = Math.max(leastEnergy, energy + leakOutside * cycles + leakInside * leaking);
    return of(this.energy, cycles);
  }

  /** Energy of a word of each tensor on the way to the array, by the extent of a tile there. */
  interface Hops {
    /** [tensor], or null if it costs nothing. */
    double[] pjPerWord(int[] steps);
  }

  /** Sets the unrolling. */
  void unroll(ArrayUnrolling unrolling) {
    unrolled = unrolling.unrolled;
    networks = unrolling::pjPerWord;
    meets = unrolling.meets;
    hops = unrolling.pjPerWord(ones);
    spreadDims = unrolling.over.length;
    System.arraycopy(unrolling.over, 0, unrolledOver, 0, spreadDims);
  }

  /** Sets the unrolling. */
  void unroll(Spatial.Unrolling choice, HopCosts costs) {
    unrolled = choice;
    networks = steps -> costs.pjPerWord(1, choice, steps);
    meets = false;
    for (int t = 0; t < problem.tensors; t++) {
      for (int[] axis : problem.shape.axisDimensions[t]) {
        int spreadHere = 0;
        for (int d : axis) {
          spreadHere += choice.factor()[d] > 1 ? 1 : 0;
        }
        meets |= spreadHere > 1;
      }
    }
    hops = networks.pjPerWord(ones);
    spreadDims = 0;
    for (int d = 0; d < problem.dims; d++) {
      if (choice.factor()[d] > 1) {
        unrolledOver[spreadDims++] = d;
      }
    }
  }

  /**
   * Lower bound over all tiles, from the unrolling: no word is shared by more instances than there
   * are along the dimensions for which it is stationary.
   */
  double ofSpread() {
    for (int t = 0; t < problem.tensors; t++) {
      double same = 1;
      for (int k = 0; k < spreadDims; k++) {
        same *= mayShare(t, unrolledOver[k], unrolled) ? unrolled.factor()[unrolledOver[k]] : 1;
      }
      share[t] = same;
    }
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * share[problem.output];
      for (int t = 0; t < problem.tensors; t++) {
        double pj = j > 0 || hops == null || meets ? 0 : hops[t];
        if (kept.inRegisters(t)) {
          sums[j] += kept.once(j, t) + problem.words[t] * pj;
        } else {
          sums[j] += kept.direct(j, t, share[t]) + pj * points / share[t];
        }
      }
    }
    double array = unrolled.product();
    double used = 1;
    for (int k = 0; k < spreadDims; k++) {
      int d = unrolledOver[k];
      used *= fewestWorking(unrolled.x()[d], unrolled.y()[d]);
    }
    return ofCosts(outside.least, points / array, array, used);
  }

  /**
   * Lower bound of the instances that work along a dimension. If n tiles are unrolled over x
   * columns and y rows, each the smallest number that leaves as many, ⌈n / x⌉ is y or more, so that
   * n is at least (y − 1)x + 1 and y(x − 1) + 1.
   */
  private static int fewestWorking(int x, int y) {
    return x * y - Math.min(x, y) + 1;
  }

  /**
   * Whether instances along a dimension may receive the same words: it does not move the tensor, or
   * another unrolled dimension moves it along the same axis.
   */
  private boolean mayShare(int t, int d, Spatial.Unrolling choice) {
    int axis = problem.shape.axisOf[t][d];
    if (axis < 0) {
      return true;
    }
    for (int e : problem.shape.axisDimensions[t][axis]) {
      if (e != d && choice.factor()[e] > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Upper bound of the instances along the stationary dimensions of a tensor, over all unrollings.
   */
  double[] mostShared(Spatial.Unrolling[] unrollings) {
    double[] most = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      for (Spatial.Unrolling choice : unrollings) {
        double same = 1;
        for (int d = 0; d < problem.dims; d++) {
          same *= mayShare(t, d, choice) ? choice.factor()[d] : 1;
        }
        most[t] = Math.max(most[t], same);
      }
    }
    return most;
  }

  /** Lower bound over all unrollings of a tile. */
  double ofTile(RegisterTiles.Tile tile, double[] mostShared) {
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
    return ofCosts(outside.least, points / all, all, 0);
  }

  /** Cycles of a tile with the current unrolling: its rounds over the array. */
  double rounds(RegisterTiles.Tile tile) {
    double rounds = points;
    for (int k = 0; k < spreadDims; k++) {
      int d = unrolledOver[k];
      int count = tile.tiles()[d];
      rounds *= (double) Spatial.remaining(count, unrolled.x()[d], unrolled.y()[d]) / count;
    }
    return Math.ceil(rounds * (1 - 1e-12)) + problem.latency;
  }

  /**
   * A weaker but faster bound over all tiles of the buffer: every word of a tensor whose tiles
   * slide is fetched only once, and so it is outside.
   */
  double roughly(RegisterTiles.Tile tile) {
    rough = true;
    double value = ofInner(tile);
    rough = false;
    return value;
  }

  /** Lower bound over all tiles of the buffer. */
  double ofInner(RegisterTiles.Tile tile) {
    int[] factor = unrolled.factor();
    int[] tiles = tile.tiles();
    if (meets) {
      hops = networks.pjPerWord(tile.temporal());
    }
    System.arraycopy(tiles, 0, around, 0, around.length);
    System.arraycopy(tile.temporal(), 0, step, 0, step.length);
    Arrays.fill(share, 1);
    arrayCycles = points;
    working = 1;
    firstAccumulationCredit = 1;
    idles = false;
    for (int k = 0; k < spreadDims; k++) {
      int d = unrolledOver[k];
      int left = Spatial.remaining(tiles[d], unrolled.x()[d], unrolled.y()[d]);
      double part = (double) left / tiles[d];
      around[d] = left;
      step[d] *= factor[d];
      idles |= left > 1 && (long) left * factor[d] > tiles[d];
      arrayCycles *= part;
      double used = Math.min(factor[d], tiles[d]);
      working *= used;
      for (int t = 0; t < problem.tensors; t++) {
        share[t] *= problem.isRelevant(t, d) ? 1 : part;
      }
      firstAccumulationCredit *= problem.isRelevant(problem.output, d) ? 1 : used;
    }
    idle.begin(tiles, around, factor);
    if (meets) {
      problem.unrolledStep(tile.temporal());
    }
    for (int t = 0; t < problem.tensors; t++) {
      runs[t] = tile.visits()[t] * share[t];
      if (meets) {
        share[t] = problem.sharing(t, unrolled, tiles, false);
      }
      once[t] = 0;
      onceFixed[t] = 0;
      if (kept.inRegisters(t)) {
        boolean plain = problem.shape.plain[t];
        double words = plain ? tile.words()[t] : least(t, tile, around, ones, false, -1, -1);
        long first = plain ? -1 : firstIfFixed(t);
        double fixedWords = first == -1 ? words : least(t, tile, around, ones, false, first, -1);
        double moved = idles ? idle.moving(t) : 1;
        once[t] = words * moved;
        onceFixed[t] = fixedWords * moved;
      }
    }
    long loops = 0;
    for (int d = 0; d < problem.dims; d++) {
      loops |= around[d] > 1 ? 1L << d : 0;
    }
    boolean canFix = (loops & fixedLoops) != 0;
    boolean canFree = (loops & ~fixedLoops) != 0;
    exists[BufferTiles.FIXED] = canFix;
    exists[BufferTiles.FREE] = canFree;
    exists[BufferTiles.NO_LOOP] = true;
    if (canFix) {
      halfCosts(tile, onceFixed, loops & fixedLoops, BufferTiles.FIXED);
    }
    if (canFree) {
      halfCosts(tile, once, loops & ~fixedLoops, BufferTiles.FREE);
    }
    halfCosts(tile, once, loops, BufferTiles.NO_LOOP);
    if (rough) {
      System.arraycopy(outside.least, 0, unmoved, 0, unmoved.length);
    } else {
      ofUnmoved();
    }
    double bound = Double.POSITIVE_INFINITY;
    for (int i = 0; i < inner.length; i++) {
      bound = Math.min(bound, ofInner(i));
    }
    return bound;
  }

  /**
   * Bound of the inner mapping bounded last over the tiles of the buffer of one kind.
   *
   * @param innermost kind of the innermost of the buffer's loops, as in {@link BufferTiles}
   */
  double ofInner(int innermost) {
    if (!exists[innermost]) {
      return Double.POSITIVE_INFINITY;
    }
    return ofHalfWith(innermost, innermost == BufferTiles.NO_LOOP ? unmoved : outside.least);
  }

  /**
   * Which loops may be the first to move a tensor if the innermost of the buffer's loops is a fixed
   * one: one of these, if all of them move it.
   */
  private long firstIfFixed(int t) {
    long mask = 0;
    for (int d : problem.space.levels[1].innermost) {
      if (around[d] > 1) {
        if (!problem.isRelevant(t, d)) {
          return -1;
        }
        mask |= 1L << d;
      }
    }
    return mask == 0 ? -1 : mask;
  }

  /**
   * Costs inside a tile whatever the tile of the buffer.
   *
   * @param loops bit d: the innermost of the buffer's loops may be over dimension d
   */
  private void halfCosts(RegisterTiles.Tile tile, double[] words, long loops, int innermost) {
    double[] costs = inner[innermost];
    int stationary = 0;
    for (int d = 0; d < problem.dims; d++) {
      stationary |=
          (loops >> d & 1) != 0 && stationaryTensors[d] >= 0 ? 1 << stationaryTensors[d] : 0;
    }
    for (int j = 0; j < problem.functions; j++) {
      double sum = kept.fixed[j];
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double cost = cost(j, t, words[t], tile.visits()[t]);
        sum += cost;
        if (words[t] > 0 && (stationary >> t & 1) != 0) {
          most = Math.max(most, cost * (1 - 1 / runs[t]));
        }
      }
      costs[j] = sum - most - kept.saved(j) * firstAccumulationCredit;
    }
    waiting[innermost] = 0;
    if (waits) {
      double sum = 0;
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double cycles = waitCycles(t, words[t], tile.visits()[t]);
        sum += cycles;
        if (words[t] > 0 && (stationary >> t & 1) != 0) {
          most = Math.max(most, cycles * (1 - 1 / runs[t]));
        }
      }
      waiting[innermost] = sum - most;
    }
  }

  /** Cycles for which MACs wait for a tensor on its way to the array. */
  private double waitCycles(int t, double words, double visits) {
    boolean held = kept.inRegisters(t);
    return problem.waitCyclesPerWord[t] * share[t] * (held ? words * visits : points);
  }

  /**
   * Minimum cost between the buffer and the outside if the buffer has no loops: it keeps the
   * array's tile, and every iteration fetches what is not stationary.
   */
  private void ofUnmoved() {
    for (int t = 0; t < problem.tensors; t++) {
      brought[t] = 0;
      times[t] = 1;
      if (kept.inBuffer(t)) {
        brought[t] = sliding.least(t, step, around, step, around, ones, true, -1, -1);
        for (int d = 0; d < problem.dims; d++) {
          times[t] *= problem.isRelevant(t, d) ? 1 : around[d];
        }
      }
    }
    for (int j = 0; j < problem.functions; j++) {
      double sum = 0;
      double most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double once = brought[t] * outside.weight(j, t);
        sum += once * times[t];
        most = Math.max(most, once * (times[t] - 1));
      }
      unmoved[j] = Math.max(sum - most, outside.least[j]);
    }
  }

  private double cost(int j, int t, double words, double visits) {
    double pj = j == 0 && hops != null ? hops[t] : 0;
    if (kept.inRegisters(t)) {
      return words * visits * (kept.fillPerWord[j][t] + share[t] * (kept.sentPerWord[j][t] + pj));
    }
    return share[t] * (kept.direct[j][t] + pj * points);
  }

  /**
   * Bound of the inner mapping bounded last with such a cost between the buffer and the outside.
   */
  double ofHalfWith(int innermost, double[] cost) {
    System.arraycopy(inner[innermost], 0, sums, 0, sums.length);
    return ofCosts(cost, arrayCycles, working, working, waiting[innermost]);
  }

  /** Cycles of the bound computed last. */
  double cycles() {
    return cycles;
  }

  /** Lower bound of the words on the interconnect, by the joint bound computed last: [tensor]. */
  double[] passing() {
    return passing.clone();
  }

  /** Energy of the bound computed last, floor not included. */
  double energy() {
    return energy;
  }

  private double least(
      int t,
      RegisterTiles.Tile tile,
      int[] inner,
      int[] outer,
      boolean decided,
      long first,
      int second) {
    if (rough) {
      return problem.words[t];
    }
    return sliding.least(
        t, tile.temporal(), tile.tiles(), step, inner, outer, decided, first, second);
  }

  /**
   * Bound of both tiles with a class of orders; the inner mapping must be the last one bounded.
   *
   * @param matters whether the bound computed last needs to be improved
   */
  double ofJoined(
      RegisterTiles.Tile tile,
      BufferTiles.Tile out,
      int stationaryTensor,
      BooleanSupplier matters) {
    boolean alone = true;
    boolean none = true;
    for (int d = 0; d < problem.dims; d++) {
      alone &= out.inner()[d] == 1 || stationaryTensors[d] == stationaryTensor;
      none &= out.inner()[d] == 1;
    }
    for (int t = 0; t < problem.tensors; t++) {
      visits[t] = tile.visits()[t];
      if (t == stationaryTensor && once[t] > 0) {
        for (int d = 0; d < problem.dims; d++) {
          if (stationaryTensors[d] == t) {
            visits[t] /= out.inner()[d];
            visits[t] /= alone && out.stationaryTensor() == t ? out.outer()[d] : 1;
          }
        }
      }
    }
    double rough = ofVisits(out.cost());
    if ((!slides() && !idles) || !matters.getAsBoolean()) {
      return rough;
    }
    System.arraycopy(once, 0, before, 0, once.length);
    for (int t = 0; t < problem.tensors; t++) {
      if (once[t] > 0) {
        double words = tile.words()[t];
        long first = none ? -1 : first(t, out.inner(), stationaryTensor);
        if (!problem.shape.plain[t]) {
          words = least(t, tile, out.inner(), out.outer(), true, first, second(t, out.inner()));
        }
        once[t] = idles ? words * idle.moving(t, out, stationaryTensor, first) : words;
      }
    }
    double roughEnergy = energy;
    double roughCycles = cycles;
    double bound = ofVisits(out.cost());
    System.arraycopy(before, 0, once, 0, once.length);
    energy = Math.max(energy, roughEnergy);
    cycles = Math.max(cycles, roughCycles);
    return of(energy, cycles);
  }

  private boolean slides() {
    for (int t = 0; t < problem.tensors; t++) {
      if (once[t] > 0 && !problem.shape.plain[t]) {
        return true;
      }
    }
    return false;
  }

  private double ofVisits(double[] outsideCost) {
    for (int j = 0; j < problem.functions; j++) {
      sums[j] = kept.fixed[j] - kept.saved(j) * firstAccumulationCredit;
      for (int t = 0; t < problem.tensors; t++) {
        sums[j] += cost(j, t, once[t], visits[t]);
      }
    }
    double wait = 0;
    for (int t = 0; t < problem.tensors; t++) {
      boolean held = kept.inRegisters(t);
      passing[t] = share[t] * (held ? once[t] * visits[t] : points);
      wait += waits ? waitCycles(t, once[t], visits[t]) : 0;
    }
    return ofCosts(outsideCost, arrayCycles, working, working, wait);
  }

  /** Dimensions whose loop may be the first of the buffer's to move a tensor. */
  private long first(int t, int[] inner, int stationaryTensor) {
    for (int d : problem.space.levels[1].innermost) {
      if (inner[d] > 1) {
        return problem.isRelevant(t, d) ? 1L << d : -1;
      }
    }
    if (stationaryTensor == t) {
      return -1;
    }
    long mask = 0;
    for (int d = 0; d < problem.dims; d++) {
      mask |= stationaryTensors[d] == stationaryTensor ? 1L << d : 0;
    }
    return mask;
  }

  /** Dimension of the second fixed loop that moves a tensor, or -1. */
  private int second(int t, int[] inner) {
    int moving = 0;
    for (int d : problem.space.levels[1].innermost) {
      if (inner[d] > 1 && problem.isRelevant(t, d) && ++moving == 2) {
        return d;
      }
    }
    return -1;
  }
}
