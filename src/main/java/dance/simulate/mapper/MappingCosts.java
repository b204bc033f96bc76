package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.Objective;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.Passes;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.ZeroShares;
import dance.workload.Einsum;
import dance.workload.Tensor;

/**
 * What a search for a mapping knows before it starts: sizes, and what accesses cost, tiles hold,
 * instances share and orders change.
 */
final class MappingCosts {
  final CompiledEinsum shape;
  final Accelerator accelerator;
  final MapSpace space;
  final Objective goal;
  final Criterion objective;
  final boolean boundingBoxes;
  final int dims;
  final int tensors;
  final int levels;
  final int[] bounds;
  final int output;

  /** What accesses cost: energy, and the load of each port. */
  final AccessCosts costs;

  /** Number of cost functions; 0 is energy, the others are ports. */
  final int functions;

  /** Words of tiles. */
  final TileGeometry tiles;

  /** Distinct words of each tensor. */
  final double[] words;

  /** What instances of an array share. */
  final ArraySharing sharing;

  /** Loops whose order matters. */
  final FreeLoops freeLoops;

  /** Fan-out of all levels before a level: an upper bound of its instances. */
  final double[] instancesAtMost;

  final double[] fanout;

  /** What fits each level. */
  final Capacity[] capacity;

  /** What every mapping costs: operations, less what coding saves on outputs: [function]. */
  final double[] always;

  /** Clock and control of the accelerator, whatever works. */
  final double floorPjPerCycle;

  /**
   * Cycles that every mapping takes beyond those of its slowest part: filling, draining, waiting.
   */
  final double latency;

  /** For how long MACs wait; the least is part of {@link #latency}. */
  final WaitCycles waits;

  /** Passes over systolic arrays. */
  final Passes passes;

  /** Whether every axis of the output is one dimension. */
  final boolean plainOutput;

  /** Whether accesses of inner levels are rounded up to lines, or leak per instance. */
  final boolean instancesMatter;

  MappingCosts(MapSpace space, Objective goal, Accounting accounting) {
    this.space = space;
    this.goal = goal;
    objective = Criterion.of(goal);
    KnownEnergies.check(space.einsum, space.accelerator, objective);
    accelerator = space.accelerator.unpricedAsFree();
    shape = new CompiledEinsum(space.einsum);
    boundingBoxes = accounting == Accounting.TIMELOOP;
    dims = shape.dimensions;
    tensors = shape.tensors;
    levels = accelerator.levels().size();
    bounds = shape.bounds;
    output = shape.output;
    plainOutput = shape.plain[output];
    fanout = new double[levels];
    instancesAtMost = new double[levels + 1];
    capacity = new Capacity[levels];
    instancesAtMost[0] = 1;
    double pipe = 0;
    boolean matter = accelerator.mac().leakPjPerCycle() > 0;
    for (int l = 0; l < levels; l++) {
      MemoryLevel level = accelerator.levels().get(l);
      fanout[l] = (double) level.fanoutX() * level.fanoutY();
      instancesAtMost[l + 1] = instancesAtMost[l] * fanout[l];
      capacity[l] = new Capacity(level, space.einsum);
      pipe += level.interconnect().fillCycles() + level.interconnect().drainCycles();
      matter |= l > 0 && (level.leakPjPerCycle() > 0 || level.lineWords() > 1);
      matter |= level.clusterSize() > 1;
    }
    instancesMatter = matter;
    floorPjPerCycle = accelerator.overheads().pjPerCycle(accelerator.macUnits());
    tiles = new TileGeometry(shape, boundingBoxes);
    words = tiles.distinctWords;
    sharing = new ArraySharing(shape, space, fanout);
    freeLoops = new FreeLoops(shape, space, boundingBoxes);
    passes = new Passes(shape, accelerator);
    ZeroShares zeros = new ZeroShares(space.einsum, accelerator);
    costs = new AccessCosts(space.einsum, accelerator, output, zeros, instancesAtMost);
    functions = costs.functions;
    always = always(zeros);
    waits =
        new WaitCycles(
            shape,
            space.einsum.tensors().stream().map(Tensor::role).toList(),
            accelerator.levels(),
            instancesAtMost);
    latency = pipe + waits.least;
  }

  private double[] always(ZeroShares zeros) {
    boolean multiplies = space.einsum.operation() == Einsum.Op.MULTIPLY_ACCUMULATE;
    double operationPj = multiplies ? accelerator.mac().macPj() : accelerator.mac().addPj();
    double[] always = new double[functions];
    for (int j = 0; j < functions; j++) {
      always[j] = -costs.update[j][0] * zeros.savedUpdates() * words[output];
    }
    always[0] +=
        space.einsum.points() * (operationPj * zeros.mac() + accelerator.overheads().operationPj());
    return always;
  }

  /** Whether tiles of these extents of the kept tensors fit a level. */
  boolean fits(int level, TensorSet kept, int[] extent) {
    return capacity[level].fits(this, kept, extent);
  }

  /** Energy of clock and control per cycle of an array of this many instances of the last level. */
  double floorPjPerCycle(double instances) {
    double units = instances / instancesAtMost[levels - 1] * accelerator.macUnits();
    return accelerator.overheads().pjPerCycle(units);
  }

  /** Whether the tiles of a tensor may overlap when they move along a dimension. */
  boolean slides(int t, int d) {
    int axis = shape.axisOf[t][d];
    return axis >= 0 && shape.axisDimensions[t][axis].length > 1;
  }

  /** Whether a loop over a dimension moves the tile of a tensor. */
  boolean isRelevant(int t, int d) {
    return shape.axisOf[t][d] >= 0;
  }
}
