package dance.simulate;

import dance.accelerator.Accelerator;
import java.util.Arrays;

/**
 * Lower bounds for {@link BufferSearch}: of a register tile spread over the array, whatever the
 * buffer's tile, and of both together.
 */
final class JointBound {
  private final MapProblem problem;
  private final int[] owners;
  private final SlidingWords sliding;
  private final int[] ones;
  private final int[] around;
  private final double leakInside;
  private final double leakOutside;
  private final int[] step;

  // What is kept.
  private int registers;
  private int buffer;
  private BufferTiles outside;
  private final double[] fixed;
  private final double[][] fill;
  private final double[][] outer;
  private final double[][] direct;

  // How it is spread.
  private Spatial.Choice spread;
  private HopCosts networks;
  private boolean meets;
  private double[] hops;
  private double saved;

  // A tile.
  private final double[] share;
  private final double[] once;
  private final double[] half;
  private double arrayCycles;
  private double cycles;

  JointBound(MapProblem problem, int[] owners) {
    this.problem = problem;
    this.owners = owners;
    sliding = new SlidingWords(problem);
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    around = new int[problem.dims];
    step = new int[problem.dims];
    fixed = new double[problem.functions];
    fill = new double[problem.functions][problem.tensors];
    outer = new double[problem.functions][problem.tensors];
    direct = new double[problem.functions][problem.tensors];
    share = new double[problem.tensors];
    once = new double[problem.tensors];
    half = new double[problem.functions];
    Accelerator accelerator = problem.accelerator;
    leakInside = accelerator.levels().get(2).leakPjPerCycle() + accelerator.mac().leakPjPerCycle();
    leakOutside =
        accelerator.levels().get(0).leakPjPerCycle() + accelerator.levels().get(1).leakPjPerCycle();
  }

  /** Chooses what is kept. */
  void begin(int registers, int buffer, BufferTiles outside) {
    this.registers = registers;
    this.buffer = buffer;
    this.outside = outside;
    double points = problem.space.einsum.points();
    for (int j = 0; j < problem.functions; j++) {
      fixed[j] = j == 0 ? problem.computePj : 0;
      for (int t = 0; t < problem.tensors; t++) {
        int from = (buffer >> t & 1) != 0 ? 1 : 0;
        fill[j][t] = 0;
        outer[j][t] = 0;
        direct[j][t] = 0;
        if ((registers >> t & 1) != 0) {
          fixed[j] += points * access(j, t, 2);
          fill[j][t] = problem.fill[j][2];
          outer[j][t] = access(j, t, from);
        } else {
          direct[j][t] = points * access(j, t, from);
        }
        if (t == problem.output) {
          fixed[j] -= problem.read[j][0] * problem.words[t];
          if (from == 1) {
            fixed[j] -= (problem.read[j][1] + problem.fill[j][1]) * problem.words[t];
          }
        }
      }
    }
  }

  /** What an access from inside costs at a level. */
  private double access(int j, int t, int level) {
    return problem.read[j][level] + (t == problem.output ? problem.update[j][level] : 0);
  }

  /** Words of the output that a register file need not read before it adds to them. */
  private double savedWords(int j) {
    boolean kept = (registers >> problem.output & 1) != 0;
    return kept ? (problem.read[j][2] + problem.fill[j][2]) * problem.words[problem.output] : 0;
  }

  /** Bound over all mappings with certain tensors kept. */
  double ofKeeps(int registers, int buffer, BufferTiles outside) {
    begin(registers, buffer, outside);
    double array = problem.instancesAtMost[2];
    return ofArray(array);
  }

  /** Bound over all tiles, from the number of instances in use alone. */
  double ofArray(Spatial.Choice spread) {
    return ofArray(spread.product());
  }

  private double ofArray(double array) {
    double all = problem.instancesAtMost[2];
    double energy = fixed[0] + outside.least[0] - savedWords(0) * reducing(all);
    for (int t = 0; t < problem.tensors; t++) {
      energy += problem.words[t] * (fill[0][t] + outer[0][t]) + direct[0][t] / all;
    }
    return value(energy, problem.space.einsum.points() / array, array);
  }

  /** Most instances that work on the same word of the output. */
  private double reducing(double array) {
    double iterations = 1;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(problem.output, d)) {
        iterations *= problem.bounds[d];
      }
    }
    return Math.min(array, iterations);
  }

  private double value(double energy, double atLeast, double instances) {
    // Cycles are whole; the product of bounds may exceed a whole number by a rounding error.
    cycles = Math.ceil(atLeast * (1 - 1e-12)) + problem.latency;
    double perCycle = problem.floorPjPerCycle + leakOutside + leakInside * instances;
    return problem.objective.of(energy + perCycle * cycles, cycles);
  }

  /** Chooses how tiles are spread. */
  void spread(Spatial.Choice choice, HopCosts costs) {
    spread = choice;
    networks = costs;
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
    hops = costs.pjPerWord(1, choice, ones);
  }

  /** Bound over all tiles of the buffer. */
  double ofHalf(RegisterTiles.Tile tile) {
    int[] factor = spread.factor();
    int[] tiles = tile.tiles();
    if (meets) {
      hops = networks.pjPerWord(1, spread, tile.temporal());
    }
    arrayCycles = 1;
    double working = 1;
    saved = 1;
    for (int d = 0; d < problem.dims; d++) {
      around[d] = Spatial.remaining(tiles[d], spread.x()[d], spread.y()[d]);
      step[d] = tile.temporal()[d] * factor[d];
      arrayCycles *= (double) tile.temporal()[d] * around[d];
      double used = Math.min(factor[d], tiles[d]);
      working *= used;
      if (!problem.isRelevant(problem.output, d)) {
        saved *= used;
      }
    }
    this.working = working;
    problem.spreadStep(tile.temporal());
    double most = 0;
    Arrays.fill(half, 0);
    for (int t = 0; t < problem.tensors; t++) {
      share[t] = problem.sharing(t, spread, tiles, false);
      once[t] = 0;
      if ((registers >> t & 1) != 0) {
        double words =
            problem.shape.plain[t] ? tile.words()[t] : least(t, tile, around, ones, false, -1, -1);
        once[t] = words * staying(t, tiles);
      }
    }
    for (int j = 0; j < problem.functions; j++) {
      double sum = fixed[j];
      most = 0;
      for (int t = 0; t < problem.tensors; t++) {
        double cost = cost(j, t, tile.visits()[t]);
        sum += cost;
        if (once[t] > 0) {
          double run = 1;
          for (int d = 0; d < problem.dims; d++) {
            run *= owners[d] == t ? around[d] : 1;
          }
          most = Math.max(most, cost * (1 - 1 / run));
        }
      }
      half[j] = sum - most - savedWords(j) * saved;
    }
    return ofHalfWith(outside.least);
  }

  private double working;

  private double cost(int j, int t, double visits) {
    double pj = j == 0 && hops != null ? hops[t] : 0;
    if ((registers >> t & 1) != 0) {
      return once[t] * visits * (fill[j][t] + share[t] * (outer[j][t] + pj));
    }
    double points = pj == 0 ? 0 : pj * problem.space.einsum.points();
    return share[t] * (direct[j][t] + points);
  }

  /** Bound with a certain cost between the buffer and the outside. */
  double ofHalfWith(double[] cost) {
    return ofCosts(half, cost);
  }

  private double ofCosts(double[] inside, double[] outsideCost) {
    double slowest = arrayCycles;
    for (int j = 1; j < problem.functions; j++) {
      double load = inside[j] + outsideCost[j];
      slowest = Math.max(slowest, load / (problem.portLevel[j] == 2 ? working : 1));
    }
    return value(inside[0] + outsideCost[0], slowest, spread.product());
  }

  /** Whether a tile of the buffer with more energy cannot be better otherwise. */
  boolean onlyEnergyGrows() {
    return problem.objective == MapObjective.ENERGY || cycles <= arrayCycles + problem.latency;
  }

  /** Cycles of the bound computed last. */
  double cycles() {
    return cycles;
  }

  private double least(
      int t,
      RegisterTiles.Tile tile,
      int[] inner,
      int[] outer,
      boolean decided,
      long first,
      int second) {
    return sliding.least(
        t, tile.temporal(), tile.tiles(), step, inner, outer, decided, first, second);
  }

  /**
   * Part of the tiles that surely move, whatever the loops. An instance that idles in the last
   * round of a loop of two still has its tile when a loop further out comes back to it.
   */
  private double staying(int t, int[] tiles) {
    double most = 0;
    boolean comesBack = false;
    for (int d = 0; d < problem.dims; d++) {
      comesBack |= around[d] > 1 && !problem.isRelevant(t, d);
      most = Math.max(most, around[d] % 2 == 0 && problem.isRelevant(t, d) ? idle(d, tiles) : 0);
    }
    return comesBack ? 1 - most : 1;
  }

  /** Part of the tiles along a dimension whose instances idle in the last round. */
  private double idle(int d, int[] tiles) {
    long idle = (long) spread.factor()[d] * around[d] - tiles[d];
    return idle > 0 && around[d] > 1 ? Math.min(1, (double) idle / (tiles[d] - 1)) : 0;
  }

  /**
   * Part of the tiles that surely move, given the loops. Everything that moves the tensor inside a
   * loop that does not must be a loop of two in which the instance idles. For the tensor that the
   * innermost loops leave still, all of the buffer's other loops are inside; for another tensor at
   * least the innermost one is.
   */
  private double staying(int t, int[] tiles, BufferTiles.Tile out, int owner, long first) {
    boolean comesBack = false;
    boolean near = false;
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.isRelevant(t, d)) {
        comesBack |= out.outer()[d] > 1 || (t != owner && out.inner()[d] > 1);
      } else {
        near |= out.inner()[d] > 1;
      }
    }
    if (!comesBack) {
      return 1;
    }
    double all = 1;
    double most = 0;
    for (int d = 0; d < problem.dims; d++) {
      int loop = near ? out.inner()[d] : out.outer()[d];
      if (loop > 1 && problem.isRelevant(t, d)) {
        double part = loop == 2 ? idle(d, tiles) : 0;
        all *= part;
        most = Math.max(most, (first >> d & 1) != 0 ? part : 0);
      }
    }
    return 1 - (near && t == owner ? all : most);
  }

  private final double[] joint = new double[8];

  /** Bound of both tiles with a class of orders; the half must be the last one bounded. */
  double ofJoint(RegisterTiles.Tile tile, BufferTiles.Tile out, int[] base, int owner) {
    double[] inside = joint.length >= problem.functions ? joint : new double[problem.functions];
    boolean alone = true;
    boolean none = true;
    for (int d = 0; d < problem.dims; d++) {
      alone &= out.inner()[d] == 1 || owners[d] == owner;
      none &= out.inner()[d] == 1;
    }
    for (int j = 0; j < problem.functions; j++) {
      inside[j] = fixed[j] - savedWords(j) * saved;
    }
    for (int t = 0; t < problem.tensors; t++) {
      double visits = tile.visits()[t];
      double before = once[t];
      if (once[t] > 0) {
        double words = tile.words()[t];
        long first = none ? -1 : first(t, out.inner(), owner);
        if (!problem.shape.plain[t]) {
          words = least(t, tile, out.inner(), out.outer(), true, first, second(t, out.inner()));
        }
        once[t] = words * staying(t, tile.tiles(), out, owner, first);
      }
      if (t == owner && once[t] > 0) {
        for (int d = 0; d < problem.dims; d++) {
          if (owners[d] == t) {
            visits /= out.inner()[d];
            visits /= alone && out.owner() == t ? out.outer()[d] : 1;
          }
        }
      }
      for (int j = 0; j < problem.functions; j++) {
        inside[j] += cost(j, t, visits);
      }
      once[t] = before;
    }
    return ofCosts(inside, out.cost());
  }

  /** Dimensions whose loop may be the first of the buffer's to move a tensor. */
  private long first(int t, int[] inner, int owner) {
    for (int d : problem.space.levels[1].innermost) {
      if (inner[d] > 1) {
        return problem.isRelevant(t, d) ? 1L << d : -1;
      }
    }
    if (owner == t) {
      return -1;
    }
    long mask = 0;
    for (int d = 0; d < problem.dims; d++) {
      mask |= owners[d] == owner ? 1L << d : 0;
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
