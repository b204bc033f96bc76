package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.Arrays;

/**
 * What a joined mapping moves, before any access has a price: lower bounds of words, upper bounds
 * of sharing. They depend on the loops only; {@link JoinBound} prices them.
 *
 * <p>The steps are {@link #keep}, {@link #unroll}, then {@link #spread} for whatever tile, or
 * {@link #inner} for one, then {@link #join} and {@link #refine} with a tile of the buffer.
 */
final class JoinShape {
  final MappingCosts problem;
  final double points;

  /** The tensor that a loop over each dimension leaves stationary: [dimension]. */
  final int[] stationaryTensors;

  // What is kept.
  private TensorSet registers;
  private TensorSet buffer;

  // How it is spread.
  Spatial.Unrolling unrolled;

  /** Whether several unrolled dimensions share an axis, so that instances may share words. */
  boolean meets;

  private int spreadDims;
  private final int[] unrolledOver;

  // A tile.
  private final SlidingWords sliding;
  private final IdleTiles idle;
  private final int[] ones;
  private final int[] around;
  private final int[] step;
  private final DimensionSet fixedLoops;

  /** Each dimension by itself: [dimension]. */
  private final DimensionSet[] only;

  /** As {@link StorageChoice#leaving} has them. */
  private final DimensionSet[] leaving;

  private boolean rough;

  /** Extent of the tile: distance of neighbouring instances. */
  int[] extent;

  /** Fraction of the words that the level above sends, as instances share: [tensor]. */
  final double[] share;

  /** Words that the registers receive if each position is visited once: [tensor]. */
  final double[] once;

  /** The same, if the innermost of the buffer's loops is a fixed one: [tensor]. */
  final double[] onceFixed;

  /** Visits of each position: [tensor]. */
  double[] tileVisits;

  /** Visits of an instance: [tensor]. */
  final double[] runs;

  /** Whether there are tiles of the buffer of each kind: [kind of innermost loop]. */
  final boolean[] exists = new boolean[3];

  /** Tensors that an innermost loop of this kind can leave stationary: [kind]. */
  final TensorSet[] stationary = new TensorSet[3];

  /** Cycles that the array works. */
  double arrayCycles;

  /** Register files in use. */
  double working;

  /** Upper bound of the instances that accumulate the same word of the output. */
  double accumulating;

  private boolean idles;

  /** Fraction of the tiles whose instances idle in the last round: [dimension]. */
  private final double[] idleParts;

  /** Words that enter the buffer if it has no loops, once and how often: [tensor]. */
  final double[] brought;

  final double[] times;

  // Both tiles.

  /** Visits of each position, less those for which a tensor is stationary: [tensor]. */
  final double[] visits;

  /** Words of the registers, each position visited once: [tensor]. */
  final double[] moved;

  JoinShape(MappingCosts problem, int[] stationaryTensors) {
    this.problem = problem;
    this.stationaryTensors = stationaryTensors;
    points = problem.space.einsum.points();
    sliding = new SlidingWords(problem);
    idle = new IdleTiles(problem);
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    around = new int[problem.dims];
    step = new int[problem.dims];
    unrolledOver = new int[problem.dims];
    idleParts = new double[problem.dims];
    share = new double[problem.tensors];
    once = new double[problem.tensors];
    onceFixed = new double[problem.tensors];
    runs = new double[problem.tensors];
    brought = new double[problem.tensors];
    times = new double[problem.tensors];
    visits = new double[problem.tensors];
    moved = new double[problem.tensors];
    fixedLoops = DimensionSet.of(problem.space.levels[1].innermost);
    only = new DimensionSet[problem.dims];
    leaving = StorageChoice.leaving(problem, stationaryTensors);
    for (int d = 0; d < problem.dims; d++) {
      only[d] = DimensionSet.of(d);
    }
  }

  /** Sets the tensors that register files and buffer keep. */
  void keep(TensorSet inRegisters, TensorSet inBuffer) {
    registers = inRegisters;
    buffer = inBuffer;
  }

  boolean inRegisters(int t) {
    return registers.contains(t);
  }

  /** An extent of one index along each dimension. */
  int[] ones() {
    return ones;
  }

  /** Sets the unrolling. */
  void unroll(ArrayUnrolling unrolling) {
    unrolled = unrolling.unrolled;
    meets = unrolling.meets;
    spreadDims = unrolling.over.length;
    System.arraycopy(unrolling.over, 0, unrolledOver, 0, spreadDims);
  }

  /** Sets the unrolling. */
  void unroll(Spatial.Unrolling choice) {
    unrolled = choice;
    meets = problem.sharing.meets(choice);
    spreadDims = 0;
    for (int d = 0; d < problem.dims; d++) {
      if (choice.factor()[d] > 1) {
        unrolledOver[spreadDims++] = d;
      }
    }
  }

  /**
   * What an unrolling, or several over as many instances, determine whatever the tile.
   *
   * @param mostShared upper bound of the instances that receive the same word: [tensor]
   * @param fewestWorking lower bound of the instances that work
   * @param instances columns × rows that are used
   */
  record Spread(double[] mostShared, double fewestWorking, double instances) {}

  /**
   * What the unrolling determines whatever the tile: no word is shared by more instances than there
   * are along the dimensions for which it is stationary.
   */
  Spread spread() {
    double[] most = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      most[t] = 1;
      for (int k = 0; k < spreadDims; k++) {
        int d = unrolledOver[k];
        most[t] *= mayShare(t, d, unrolled) ? unrolled.factor()[d] : 1;
      }
    }
    double used = 1;
    for (int k = 0; k < spreadDims; k++) {
      int d = unrolledOver[k];
      used *= fewestWorking(unrolled.x()[d], unrolled.y()[d]);
    }
    return new Spread(most, used, unrolled.product());
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
  double[] mostShared(Iterable<Spatial.Unrolling> unrollings) {
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

  /** Upper bound of the instances of an array that accumulate the same word of the output. */
  double mostAccumulating(double array) {
    double iterations = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(problem.output, d)) {
        iterations *= problem.bounds[d];
      }
    }
    return Math.min(array, iterations);
  }

  /** Cycles of a tile with the unrolling: its rounds over the array. */
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
   * Sets the tile, unrolled.
   *
   * @param roughly weaker but faster: every word of a tensor whose tiles slide is fetched only once
   */
  void inner(RegisterTiles.Tile tile, boolean roughly) {
    rough = roughly;
    int[] factor = unrolled.factor();
    int[] tiles = tile.tiles();
    extent = tile.temporal();
    tileVisits = tile.visits();
    System.arraycopy(tiles, 0, around, 0, around.length);
    System.arraycopy(tile.temporal(), 0, step, 0, step.length);
    Arrays.fill(share, 1);
    arrayCycles = points;
    working = 1;
    accumulating = 1;
    idles = false;
    Arrays.fill(idleParts, 0);
    for (int k = 0; k < spreadDims; k++) {
      int d = unrolledOver[k];
      int left = Spatial.remaining(tiles[d], unrolled.x()[d], unrolled.y()[d]);
      double part = (double) left / tiles[d];
      around[d] = left;
      step[d] *= factor[d];
      long unused = (long) left * factor[d] - tiles[d];
      if (left > 1 && unused > 0) {
        idles = true;
        idleParts[d] = Math.min(1, (double) unused * (left - 1) / tiles[d]);
      }
      arrayCycles *= part;
      double used = Math.min(factor[d], tiles[d]);
      working *= used;
      for (int t = 0; t < problem.tensors; t++) {
        share[t] *= problem.isRelevant(t, d) ? 1 : part;
      }
      accumulating *= problem.isRelevant(problem.output, d) ? 1 : used;
    }
    idle.begin(tiles, around, factor);
    sliding.idle(idleParts);
    for (int t = 0; t < problem.tensors; t++) {
      words(t, tile);
    }
    DimensionSet loops = DimensionSet.NONE;
    for (int d = 0; d < problem.dims; d++) {
      loops = around[d] > 1 ? loops.with(d) : loops;
    }
    exists[BufferTiles.FIXED] = !loops.and(fixedLoops).isEmpty();
    exists[BufferTiles.FREE] = !loops.minus(fixedLoops).isEmpty();
    exists[BufferTiles.NO_LOOP] = true;
    stationary[BufferTiles.FIXED] = stationary(loops.and(fixedLoops));
    stationary[BufferTiles.FREE] = stationary(loops.minus(fixedLoops));
    stationary[BufferTiles.NO_LOOP] = stationary(loops);
    if (!roughly) {
      unmoved();
    }
  }

  private void words(int t, RegisterTiles.Tile tile) {
    runs[t] = tile.visits()[t] * share[t];
    if (meets) {
      share[t] = problem.sharing.remaining(t, unrolled, tile.tiles(), tile.temporal(), false);
    }
    once[t] = 0;
    onceFixed[t] = 0;
    if (inRegisters(t)) {
      boolean plain = problem.shape.plain[t];
      double words =
          plain ? tile.words()[t] : least(t, tile, around, ones, false, DimensionSet.ALL, -1);
      DimensionSet first = plain ? DimensionSet.ALL : firstIfFixed(t);
      double fixedWords =
          first.equals(DimensionSet.ALL) ? words : least(t, tile, around, ones, false, first, -1);
      double moving = idles ? idle.moving(t) : 1;
      once[t] = words * moving;
      onceFixed[t] = fixedWords * moving;
    }
  }

  /**
   * Which loops may be the first to move a tensor if the innermost of the buffer's loops is a fixed
   * one: one of these, if all of them move it.
   */
  private DimensionSet firstIfFixed(int t) {
    DimensionSet mask = DimensionSet.NONE;
    for (int d : problem.space.levels[1].innermost) {
      if (around[d] > 1) {
        if (!problem.isRelevant(t, d)) {
          return DimensionSet.ALL;
        }
        mask = mask.with(d);
      }
    }
    return mask.isEmpty() ? DimensionSet.ALL : mask;
  }

  /** Tensors that one of these loops leaves stationary. */
  private TensorSet stationary(DimensionSet loops) {
    TensorSet set = TensorSet.NONE;
    for (int d = 0; d < problem.dims; d++) {
      boolean stays = loops.contains(d) && stationaryTensors[d] >= 0;
      set = stays ? set.with(stationaryTensors[d]) : set;
    }
    return set;
  }

  /** If the buffer has no loops it keeps the array's tile: every iteration brings what moves. */
  private void unmoved() {
    for (int t = 0; t < problem.tensors; t++) {
      brought[t] = 0;
      times[t] = 1;
      if (buffer.contains(t)) {
        brought[t] = sliding.least(t, step, around, step, around, ones, true, DimensionSet.ALL, -1);
        for (int d = 0; d < problem.dims; d++) {
          times[t] *= problem.isRelevant(t, d) ? 1 : around[d];
        }
      }
    }
  }

  private double least(
      int t,
      RegisterTiles.Tile tile,
      int[] inner,
      int[] outer,
      boolean decided,
      DimensionSet first,
      int second) {
    if (rough) {
      return problem.words[t];
    }
    return sliding.least(
        t, tile.temporal(), tile.tiles(), step, inner, outer, decided, first, second);
  }

  /** Sets a tile of the buffer with a class of orders, around the tile set last. */
  void join(RegisterTiles.Tile tile, BufferTiles.Tile out, int stationaryTensor) {
    join(
        tile,
        stationaryTensor,
        iterations(
            stationaryTensors, out.inner(), out.outer(), out.stationaryTensor(), stationaryTensor));
  }

  /** Sets a tensor that is stationary for some iterations, of the tile set last. */
  void join(RegisterTiles.Tile tile, int stationaryTensor, double iterations) {
    for (int t = 0; t < problem.tensors; t++) {
      visits[t] = tile.visits()[t];
      moved[t] = once[t];
      if (t == stationaryTensor && once[t] > 0) {
        visits[t] /= iterations;
      }
    }
  }

  /**
   * Iterations for which a tensor of the registers is stationary if the innermost of the buffer's
   * loops are those that leave it where it is: the outermost loops continue if there are no others.
   *
   * @param stationaryTensors the tensor that a loop over each dimension leaves stationary
   * @param inner iterations of the buffer's loops
   * @param outer iterations of the outermost loops
   * @param outerTensor stationary tensor of the innermost of the outermost loops
   */
  static double iterations(
      int[] stationaryTensors, int[] inner, int[] outer, int outerTensor, int stationaryTensor) {
    boolean alone = outerTensor == stationaryTensor;
    for (int d = 0; d < inner.length; d++) {
      alone &= inner[d] == 1 || stationaryTensors[d] == stationaryTensor;
    }
    double iterations = 1;
    for (int d = 0; stationaryTensor >= 0 && d < inner.length; d++) {
      if (stationaryTensors[d] == stationaryTensor) {
        iterations *= inner[d] * (alone ? (double) outer[d] : 1);
      }
    }
    return iterations;
  }

  /** Whether {@link #refine} can make a difference. */
  boolean refines() {
    return idles || slides();
  }

  /** Counts sliding tiles and idle instances of the tiles joined last. */
  void refine(RegisterTiles.Tile tile, BufferTiles.Tile out, int stationaryTensor) {
    boolean none = true;
    for (int d = 0; d < problem.dims; d++) {
      none &= out.inner()[d] == 1;
    }
    for (int t = 0; t < problem.tensors; t++) {
      if (once[t] > 0) {
        double words = tile.words()[t];
        DimensionSet first = none ? DimensionSet.ALL : first(t, out.inner(), stationaryTensor);
        if (!problem.shape.plain[t]) {
          words = least(t, tile, out.inner(), out.outer(), true, first, second(t, out.inner()));
        }
        moved[t] = idles ? words * idle.moving(t, out, stationaryTensor, first) : words;
      }
    }
  }

  private boolean slides() {
    for (int t = 0; t < problem.tensors; t++) {
      if (once[t] > 0 && !problem.shape.plain[t]) {
        return true;
      }
    }
    return false;
  }

  /** Words of a tensor that the interconnect carries at least. */
  double passing(int t, Spread spread) {
    return inRegisters(t) ? problem.words[t] : points / spread.mostShared[t];
  }

  /**
   * Words of a tensor that the interconnect carries at least around the tile set last, if the
   * innermost of the buffer's loops is of this kind and does not leave the tensor stationary.
   */
  double passingIfInner(int t, int kind) {
    return share[t] * (inRegisters(t) ? once(kind)[t] * tileVisits[t] : points);
  }

  /** Whether an innermost loop of this kind may leave a tensor of the registers stationary. */
  boolean mayRest(int t, int kind) {
    return once(kind)[t] > 0 && stationary[kind].contains(t);
  }

  /**
   * Words that the registers receive if each position is visited once, with an innermost loop of
   * this kind: [tensor].
   */
  double[] once(int kind) {
    return kind == BufferTiles.FIXED ? onceFixed : once;
  }

  /** Words of a tensor that the interconnect carries, by the tiles joined last. */
  double passing(int t) {
    return share[t] * (inRegisters(t) ? moved[t] * visits[t] : points);
  }

  /** Dimensions whose loop may be the first of the buffer's to move a tensor. */
  private DimensionSet first(int t, int[] inner, int stationaryTensor) {
    for (int d : problem.space.levels[1].innermost) {
      if (inner[d] > 1) {
        return problem.isRelevant(t, d) ? only[d] : DimensionSet.ALL;
      }
    }
    return stationaryTensor == t ? DimensionSet.ALL : leaving[stationaryTensor + 1];
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
