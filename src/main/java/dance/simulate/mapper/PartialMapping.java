package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.Arrays;

/**
 * A mapping whose inner levels are decided, with its cost so far. The costs of a boundary between
 * two levels have three states: pending for the outer level ({@link #pending}, in words), open for
 * loops for which the tile is stationary ({@link #open}), and settled ({@link #cost}).
 */
final class PartialMapping {
  /** Relative tolerance for equal costs summed in another order. */
  private static final double ROUNDING = 1 + 1e-12;

  final PartialMapping inside;

  /** Level whose loops were decided last. */
  final int level;

  /** Temporal factors of that level, or null if its unrolling was decided last. */
  int[] temporal;

  /** Dimensions of its temporal loops of two and more iterations, innermost first. */
  int[] order;

  /** Its unrolling, or null. */
  Spatial.Unrolling unrolled;

  final int[] extent;

  /** Tiles that remain along each dimension. */
  final int[] count;

  /**
   * Fraction of the tiles along each dimension whose instances idle in the last round: a loop of
   * two rounds does not move their tiles. Null if every round is full.
   */
  double[] idle;

  double temporalProduct;
  double spatialProduct;

  /** Dimensions that an array inside unrolled. */
  DimensionSet unrolledDimensions = DimensionSet.NONE;

  /** Leakage energy per cycle of the levels inside, of the instances that are known to be used. */
  double leakPjPerCycle;

  /** Settled cost: [counted]. */
  final double[] cost;

  /** Cost of tiles that no loop outside has moved yet: [counted · tensors + tensor]. */
  final double[] open;

  /**
   * Lower bound of the open costs of a tensor: every word is moved once, whatever outer loops and
   * instances share: [counted · tensors + tensor].
   */
  final double[] compulsory;

  /** Amount by which settled costs are below {@link #compulsory}: [counted]. */
  final double[] missing;

  /**
   * Settled cost without the reads and fills of the output, which first accumulations may save:
   * [counted].
   */
  final double[] sure;

  /**
   * The output's part of {@link #open} and of {@link #compulsory}, without reads and fills:
   * [counted].
   */
  final double[] sureOpen;

  final double[] sureCompulsory;

  /** Words that the innermost tile takes from the next-outer keeping level: [tensor]. */
  final double[] pending;

  /** Pending tensors whose tile no outer loop has moved yet. */
  TensorSet stationary = TensorSet.NONE;

  /** Cost saved by first accumulations that read nothing: [counted]. */
  final double[] firstAccumulationCredit;

  /** Tensors of which a level between the pending tile and this one unrolled a sliding axis. */
  TensorSet unrolledSliding = TensorSet.NONE;

  /** Whether a loop has moved a tile that may overlap itself. */
  boolean slid;

  /** Tensors of which a tile may overlap itself when it moves. */
  TensorSet sliding = TensorSet.NONE;

  /**
   * Extents of the innermost tile of a tensor around which a boundary is open, if its tiles are all
   * full and may overlap: [tensor], else null.
   */
  final int[][] tile;

  /** Fraction of such a tile that is counted as new when it moves: [tensor]. */
  final double[] fresh;

  /**
   * Tensors whose open boundaries, if any, are outside of all arrays, so that no idle instance
   * keeps their tile.
   */
  TensorSet outside = TensorSet.NONE;

  /** Distinguishes mappings with the same extents: tiles that may slide, instances. */
  int[] trait = new int[0];

  /**
   * Passes over each systolic array so far: iterations of the loops around the stationary tile from
   * the first on that moves it; 0 if none does yet.
   */
  final double[] passes;

  /** What no completion undercuts. */
  PartialBound bound;

  PartialMapping(int dims, int tensors, int counted, int levels, int arrays) {
    inside = null;
    level = levels;
    extent = new int[dims];
    count = new int[dims];
    cost = new double[counted];
    open = new double[counted * tensors];
    compulsory = new double[counted * tensors];
    missing = new double[counted];
    sure = new double[counted];
    sureOpen = new double[counted];
    sureCompulsory = new double[counted];
    pending = new double[tensors];
    firstAccumulationCredit = new double[counted];
    passes = new double[arrays];
    tile = new int[tensors][];
    fresh = new double[tensors];
    Arrays.fill(extent, 1);
    temporalProduct = 1;
    spatialProduct = 1;
  }

  PartialMapping(PartialMapping inside, int level) {
    this.inside = inside;
    this.level = level;
    extent = inside.extent.clone();
    count = inside.count.clone();
    temporalProduct = inside.temporalProduct;
    spatialProduct = inside.spatialProduct;
    leakPjPerCycle = inside.leakPjPerCycle;
    unrolledDimensions = inside.unrolledDimensions;
    cost = inside.cost.clone();
    open = inside.open.clone();
    compulsory = inside.compulsory.clone();
    missing = inside.missing.clone();
    sure = inside.sure.clone();
    sureOpen = inside.sureOpen.clone();
    sureCompulsory = inside.sureCompulsory.clone();
    pending = inside.pending.clone();
    stationary = inside.stationary;
    firstAccumulationCredit = inside.firstAccumulationCredit.clone();
    unrolledSliding = inside.unrolledSliding;
    passes = inside.passes.clone();
    outside = inside.outside;
    tile = inside.tile.clone();
    fresh = inside.fresh.clone();
    idle = inside.idle;
    slid = inside.slid;
    sliding = inside.sliding;
    trait = inside.trait;
  }

  /** The mapping, if all levels are decided. */
  CompleteMapping complete(TensorSet[] keeps, int levels) {
    int[][] temporals = new int[levels][];
    int[][] orders = new int[levels][];
    Spatial.Unrolling[] unrollings = new Spatial.Unrolling[levels];
    for (PartialMapping p = this; p.inside != null; p = p.inside) {
      if (p.temporal != null) {
        temporals[p.level] = p.temporal;
        orders[p.level] = p.order;
      } else {
        unrollings[p.level] = p.unrolled;
      }
    }
    return new CompleteMapping(keeps, temporals, orders, unrollings);
  }

  /** Whether no loop has moved some tile of a tensor that a level keeps, or its first one. */
  boolean isOpen(int t) {
    boolean open = pending[t] != 0 && stationary.contains(t);
    for (int at = t; at < this.open.length; at += pending.length) {
      open |= this.open[at] != 0;
    }
    return open;
  }

  /** Counts this fraction of each tile as new when it moves, if it is more than so far. */
  void refresh(int t, double fraction) {
    if (fraction > fresh[t]) {
      double times = fraction / fresh[t];
      fresh[t] = fraction;
      pending[t] *= stationary.contains(t) ? times : 1;
      for (int at = t; at < open.length; at += pending.length) {
        open[at] *= times;
      }
    }
  }

  /** Fraction of the tiles of a tensor that a loop over a dimension surely moves. */
  double moved(int d, int factor) {
    return idle == null || factor != 2 ? 1 : 1 - idle[d];
  }

  void addTrait(int value) {
    trait = Arrays.copyOf(trait, trait.length + 1);
    trait[trait.length - 1] = value;
  }

  /**
   * Whether every completion of {@code other} costs at least as much as the same one of this:
   * dominance. A difference in energy that no rounding up to lines makes up for needs no comparison
   * of the accesses of each tensor.
   */
  boolean isNoWorseThan(PartialMapping other, MappingCosts problem) {
    if (temporalProduct > other.temporalProduct
        || !stationary.equals(other.stationary)
        || !Arrays.equals(fresh, other.fresh)
        || passesMore(other)) {
      return false;
    }
    boolean clear = cost[0] + problem.costs.mostPartLinesPj <= other.cost[0];
    int functions = clear ? problem.functions : problem.costs.counted;
    for (int j = 0; j < functions; j++) {
      if (cost[j] > other.cost[j] * ROUNDING
          || firstAccumulationCredit[j] * ROUNDING < other.firstAccumulationCredit[j]) {
        return false;
      }
    }
    for (int i = 0; i < functions * pending.length; i++) {
      if (open[i] > other.open[i] * ROUNDING) {
        return false;
      }
    }
    for (int t = 0; t < pending.length; t++) {
      if (pending[t] > other.pending[t] * ROUNDING) {
        return false;
      }
    }
    return true;
  }

  /** Whether a completion of another may have fewer passes than the same one of this. */
  private boolean passesMore(PartialMapping other) {
    for (int i = 0; i < passes.length; i++) {
      if (passes[i] > other.passes[i]) {
        return true;
      }
    }
    return false;
  }

  /** Equal for partial mappings whose completions are the same. */
  record Key(int[] extent, int[] count, int[] trait) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && Arrays.equals(extent, other.extent)
          && Arrays.equals(count, other.count)
          && Arrays.equals(trait, other.trait);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(extent) + Arrays.hashCode(count)) + Arrays.hashCode(trait);
    }
  }

  Key key() {
    return new Key(extent, count, trait);
  }
}
