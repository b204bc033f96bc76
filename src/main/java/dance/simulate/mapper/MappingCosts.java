package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.Objective;
import dance.simulate.count.AffineSets;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.Passes;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.ZeroShares;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Precomputed data of a search for a mapping: weights of the linear cost functions, tiles,
 * movements. A cost function is energy, or the load of one memory port.
 */
final class MappingCosts {
  /** Actions that a port serves: bit 0 reads, 1 fills, 2 updates. */
  private static final int READS = 1;

  private static final int UPDATES = 4;
  private static final int WRITES = 2 | UPDATES;

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

  /** Cost functions; 0 is energy, the others are ports. */
  final int functions;

  /** Level of each port; -1 for energy. */
  final int[] portLevel;

  /**
   * Whether cycles are at least the load of a port. Those for whose words MACs may wait, depending
   * on what inner levels keep, only decide which partial mappings dominate others: [function].
   */
  final boolean[] slows;

  /**
   * The cost functions; then, if some level rounds accesses up to lines, the energy of all other
   * levels and the accesses of each tensor to each of these. A sum of several may be less, and need
   * more lines: these only decide which partial mappings dominate others.
   */
  final int counted;

  /** What rounding accesses up to lines may add to the energy of a mapping, pJ. */
  final double mostPartLinesPj;

  /** Cost of a word that is read: [counted][level · tensors + tensor], as zeros leave it. */
  private final double[][] read;

  /** Cost of a word that is filled: [counted][level · tensors + tensor]. */
  private final double[][] fill;

  /** Cost of a word of the output that is updated: [counted][level]. */
  final double[][] update;

  /** Fan-out of all levels before a level: an upper bound of its instances. */
  final double[] instancesAtMost;

  final double[] fanout;

  /** What fits each level. */
  final Capacity[] capacity;

  /** What every mapping costs: operations, less what coding saves on outputs: [function]. */
  final double[] always;

  /** Clock and control of the accelerator, whatever works. */
  final double floorPjPerCycle;

  final double leakPjPerCycle;
  final double latency;

  /**
   * Cycles for which MACs wait per word of each tensor that the second level sends, or the first if
   * the second does not keep it: [tensor]. Of the output, whose first reads are saved, none.
   */
  final double[] waitCyclesPerWord;

  /** Part of {@link #latency}: cycles for which MACs wait at least. */
  final double leastWaitCycles;

  /** Passes over systolic arrays. */
  final Passes passes;

  /** Distinct words of each tensor. */
  final double[] words;

  /** Weights λ for which ∏ sharingᵗ^λᵗ never exceeds the size of the array: [choice][tensor]. */
  final double[][] sharingWeights;

  /** Their logarithms. */
  final double[][] sharingLogWeights;

  /**
   * Dimensions whose loops belong outside of all others: each tensor has an axis of these alone.
   *
   * <p>Their iterations share no word. Iteration by iteration, a level holds a word for a step if
   * it held it in the step before; with such a loop outside of all others the steps of an iteration
   * follow one another, and a word held before is still held then. So no order fetches less, no
   * smaller tile has to be fetched again, and as rounds over the array are not rounded up twice,
   * nothing takes fewer cycles. ({@link FittingTiles} names the exception: tiles that leave
   * instances of the array unused.)
   */
  final boolean[] outermost;

  /** Whether every axis of the output is one dimension. */
  final boolean plainOutput;

  /** Whether instances may share tiles along an axis, see {@link #sharesAlong}: [tensor][axis]. */
  private final boolean[][] sharesAlong;

  /** Whether accesses of inner levels are rounded up to lines, or leak per instance. */
  final boolean instancesMatter;

  private boolean tilesReturn = true;
  private final long[] extents;
  private final int[] bigger;

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
    List<double[][]> list = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    BitSet waited = new BitSet();
    list.add(new double[3][levels * tensors]);
    ports.add(-1);
    ZeroShares zeros = new ZeroShares(space.einsum, accelerator);
    fanout = new double[levels];
    instancesAtMost = new double[levels + 1];
    capacity = new Capacity[levels];
    instancesAtMost[0] = 1;
    double leak = 0;
    double pipe = 0;
    double waiting = 0;
    waitCyclesPerWord = new double[tensors];
    boolean matter = accelerator.mac().leakPjPerCycle() > 0;
    Set<Operand> all = EnumSet.allOf(Operand.class);
    for (int l = 0; l < levels; l++) {
      MemoryLevel level = accelerator.levels().get(l);
      fanout[l] = (double) level.fanoutX() * level.fanoutY();
      instancesAtMost[l + 1] = instancesAtMost[l] * fanout[l];
      capacity[l] = new Capacity(level, space.einsum);
      for (int t = 0; t < tensors; t++) {
        Operand role = space.einsum.tensors().get(t).role();
        double[] pj = {
          level.readPj(role), level.fillPj(role), level.updatePj(role) * zeros.update(l)
        };
        for (int action = 0; action < pj.length; action++) {
          double each = pj[action] / level.lineWords();
          list.get(0)[action][l * tensors + t] =
              level.clusterSize() > 1 ? each / level.clusterSize() : each;
        }
      }
      leak += level.leakPjPerCycle();
      pipe += level.interconnect().fillCycles() + level.interconnect().drainCycles();
      matter |= l > 0 && (level.leakPjPerCycle() > 0 || level.lineWords() > 1);
      matter |= level.clusterSize() > 1;
      addPort(list, ports, l, level.readWordsPerCycle(), READS, all);
      addPort(list, ports, l, level.writeWordsPerCycle(), WRITES, all);
      addPort(list, ports, l, level.sharedWordsPerCycle(), READS | WRITES, all);
      for (Operand role : Operand.values()) {
        double network = level.bandwidth().network(role);
        addPort(list, ports, l, network, READS, Set.of(role));
        if (role == Operand.OUTPUT) {
          addPort(list, ports, l, network, UPDATES, Set.of(role));
        }
        boolean waits = level.bandwidth().waits().contains(role);
        for (int outer = 0; waits && outer < l; outer++) {
          // What the MACs wait for may come from there.
          addPort(list, ports, outer, network, READS, Set.of(role));
          waited.set(ports.size() - 1);
        }
        for (int t = 0; waits && t < tensors; t++) {
          // The first access of an output word reads nothing.
          boolean awaited = space.einsum.tensors().get(t).role() == role && t != output;
          waiting += awaited ? shape.words(t) / network / instancesAtMost[l] : 0;
          waitCyclesPerWord[t] += awaited && l == 1 ? 1 / network : 0;
        }
      }
    }
    functions = list.size();
    slows = new boolean[functions];
    for (int j = 1; j < functions; j++) {
      slows[j] = !waited.get(j);
    }
    double partLinesPj = 0;
    double[][] others = new double[3][levels * tensors];
    for (int l = 0; l < levels; l++) {
      double more = addLines(list, ports, l);
      partLinesPj += more;
      for (int action = 0; action < others.length && more == 0; action++) {
        System.arraycopy(list.get(0)[action], l * tensors, others[action], l * tensors, tensors);
      }
    }
    if (partLinesPj > 0) {
      list.add(others);
      ports.add(-1);
    }
    mostPartLinesPj = partLinesPj;
    counted = list.size();
    portLevel = ports.stream().mapToInt(Integer::intValue).toArray();
    read = new double[counted][];
    fill = new double[counted][];
    update = new double[counted][];
    for (int j = 0; j < counted; j++) {
      read[j] = new double[levels * tensors];
      for (int l = 0; l < levels; l++) {
        for (int t = 0; t < tensors; t++) {
          boolean coded = l == 0 && t != output;
          double share = j == 0 ? zeros.read(l, t) : coded ? zeros.offChip(t) : 1;
          read[j][l * tensors + t] = list.get(j)[0][l * tensors + t] * share;
        }
      }
      fill[j] = list.get(j)[1];
      update[j] = new double[levels];
      for (int l = 0; l < levels; l++) {
        update[j][l] = list.get(j)[2][l * tensors + output];
      }
    }
    boolean multiplies = space.einsum.operation() == dance.workload.Einsum.Op.MULTIPLY_ACCUMULATE;
    double each = multiplies ? accelerator.mac().macPj() : accelerator.mac().addPj();
    floorPjPerCycle = accelerator.overheads().pjPerCycle(accelerator.macUnits());
    leakPjPerCycle = leak + accelerator.mac().leakPjPerCycle();
    leastWaitCycles = Math.floor(waiting);
    latency = pipe + leastWaitCycles;
    passes = new Passes(shape, accelerator);
    instancesMatter = matter;
    sharesAlong = sharesAlong();
    extents = new long[Math.max(1, shape.maxTerms)];
    bigger = new int[Math.max(1, shape.maxTerms)];
    sharingWeights = sharingWeights();
    sharingLogWeights =
        Arrays.stream(sharingWeights)
            .map(weights -> Arrays.stream(weights).map(Math::log).toArray())
            .toArray(double[][]::new);
    outermost = new boolean[dims];
    for (int d = 0; d < dims; d++) {
      outermost[d] = bounds[d] > 1 && isOutermost(d);
    }
    words = new double[tensors];
    for (int t = 0; t < tensors; t++) {
      words[t] = 1;
      for (int a = 0; a < shape.axisDimensions[t].length; a++) {
        int[] axis = shape.axisDimensions[t][a];
        for (int i = 0; i < axis.length; i++) {
          extents[i] = bounds[axis[i]];
        }
        words[t] *= AffineSets.size(shape.axisCoefficients[t][a], extents, axis.length);
      }
    }
    always = new double[functions];
    for (int j = 0; j < functions; j++) {
      always[j] = -update[j][0] * zeros.savedUpdates() * words[output];
    }
    always[0] +=
        space.einsum.points() * (each * zeros.mac() + accelerator.overheads().operationPj());
  }

  /** Cost of a word of a tensor that is read at a level. */
  double read(int j, int level, int t) {
    return read[j][level * tensors + t];
  }

  /**
   * Whether instances of some array may need the same tile although they differ along an axis: if
   * arrays unroll two of its dimensions. Along one of them, neighbouring tiles may overlap, but no
   * two are the same.
   */
  private boolean[][] sharesAlong() {
    long unrolled = 0;
    for (int l = 0; l < levels; l++) {
      for (MapSpace.Axes axes : space.levels[l].axes) {
        unrolled |= fanout[l] > 1 ? axes.alongX() | axes.alongY() : 0;
      }
    }
    boolean[][] shares = new boolean[tensors][];
    for (int t = 0; t < tensors; t++) {
      shares[t] = new boolean[shape.axisDimensions[t].length];
      for (int a = 0; a < shares[t].length; a++) {
        int several = 0;
        for (int d : shape.axisDimensions[t][a]) {
          several += bounds[d] > 1 && (unrolled >> d & 1) != 0 ? 1 : 0;
        }
        shares[t][a] = several > 1;
      }
    }
    return shares;
  }

  /** Whether instances that differ along a dimension may share tiles of a tensor. */
  boolean mayShare(int t, int d) {
    int axis = shape.axisOf[t][d];
    return axis < 0 || sharesAlong[t][axis];
  }

  /**
   * ArrayUnrolling a dimension over s instances lets s of them share a tensor that it does not
   * move, and at most s^((k-1)/k) one that it moves together with k - 1 others along an axis. With
   * these exponents α, Σₜ λₜ·αₜᵈ ≤ 1 for every dimension d bounds the weighted sharing of all
   * tensors.
   */
  private double[][] sharingWeights() {
    double[] steps = {0, 0.5, 2.0 / 3, 1};
    List<double[]> valid = new ArrayList<>();
    int all = 1;
    for (int t = 0; t < tensors && all < 4096; t++) {
      all *= steps.length;
    }
    for (int code = 1; code < all; code++) {
      double[] weights = new double[tensors];
      int rest = code;
      for (int t = 0; t < tensors; t++) {
        weights[t] = steps[rest % steps.length];
        rest /= steps.length;
      }
      if (boundsSharing(weights)) {
        valid.removeIf(v -> isAtMost(v, weights));
        if (valid.stream().noneMatch(v -> isAtMost(weights, v))) {
          valid.add(weights);
        }
      }
    }
    return valid.toArray(new double[0][]);
  }

  private boolean isOutermost(int d) {
    boolean outermost = !boundingBoxes;
    for (int t = 0; t < tensors; t++) {
      int axis = shape.axisOf[t][d];
      outermost &= axis >= 0 && shape.axisDimensions[t][axis].length == 1;
    }
    for (int l = 0; l < levels; l++) {
      MapSpace.Level rule = space.levels[l];
      outermost &= l == 0 ? rule.isFree(d) : rule.allowsTemporal(d, 1);
    }
    return outermost;
  }

  private boolean boundsSharing(double[] weights) {
    for (int d = 0; d < dims; d++) {
      double sum = 0;
      for (int t = 0; t < tensors; t++) {
        int axis = shape.axisOf[t][d];
        double terms = axis < 0 ? 0 : shape.axisDimensions[t][axis].length;
        sum += weights[t] * (axis < 0 ? 1 : sharesAlong[t][axis] ? (terms - 1) / terms : 0);
      }
      if (bounds[d] > 1 && sum > 1 + 1e-9) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtMost(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }

  private void addPort(
      List<double[][]> list,
      List<Integer> ports,
      int level,
      double wordsPerCycle,
      int actions,
      Set<Operand> roles) {
    if (wordsPerCycle == Double.POSITIVE_INFINITY) {
      return;
    }
    double[][] weights = new double[3][levels * tensors];
    for (int t = 0; t < tensors; t++) {
      for (int action = 0; action < weights.length; action++) {
        boolean counts =
            (actions >> action & 1) != 0 && roles.contains(space.einsum.tensors().get(t).role());
        weights[action][level * tensors + t] = counts ? 1 / wordsPerCycle : 0;
      }
    }
    list.add(weights);
    ports.add(level);
  }

  /**
   * Adds the accesses of each tensor to a level with lines of several words.
   *
   * @return what rounding up to lines may add to the energy, pJ
   */
  private double addLines(List<double[][]> list, List<Integer> ports, int level) {
    MemoryLevel memory = accelerator.levels().get(level);
    int line = memory.lineWords();
    double partLines = (line - 1) * instancesAtMost[level] * memory.clusterSize();
    double mostPj = 0;
    for (int t = 0; t < tensors && line > 1; t++) {
      for (int action = 0; action < 3; action++) {
        double pj = list.get(0)[action][level * tensors + t];
        if (pj > 0 && (action < 2 || t == output)) {
          double[][] weights = new double[3][levels * tensors];
          weights[action][level * tensors + t] = 1;
          list.add(weights);
          ports.add(level);
          mostPj += pj * partLines;
        }
      }
    }
    return mostPj;
  }

  /** Cost of a word of a tensor that is filled into a level. */
  double fill(int j, int level, int t) {
    return fill[j][level * tensors + t];
  }

  /** Whether tiles of these extents of the kept tensors fit a level. */
  boolean fits(int level, int kept, int[] extent) {
    return capacity[level].fits(this, kept, extent);
  }

  /** Energy of clock and control per cycle of an array of this many instances of the last level. */
  double floorPjPerCycle(double instances) {
    double units = instances / instancesAtMost[levels - 1] * accelerator.macUnits();
    return accelerator.overheads().pjPerCycle(units);
  }

  /** Whether tiles of any tensor overlap when they move. */
  boolean slides() {
    for (boolean plain : shape.plain) {
      if (!plain) {
        return true;
      }
    }
    return false;
  }

  /**
   * From now on, bounds assume that no tile that slides comes back to words that are still there
   * from the pass before: tighter, mostly right, and no proof.
   */
  void leaveOutReturningTiles() {
    tilesReturn = false;
  }

  /** Whether bounds credit tiles that come back to words from the pass before. */
  boolean tilesReturn() {
    return tilesReturn;
  }

  /** Load of a port of the outermost level that first accumulations save. */
  double savedOutside(int j) {
    return read(j, 0, output) * words[output];
  }

  boolean isRelevant(int t, int d) {
    return shape.axisOf[t][d] >= 0;
  }

  /** Words of a tile with these extents. */
  double tile(int t, int[] extent) {
    double product = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] axis = shape.axisDimensions[t][a];
      for (int i = 0; i < axis.length; i++) {
        extents[i] = Math.min(extent[axis[i]], bounds[axis[i]]);
      }
      product *= size(t, a);
    }
    return product;
  }

  /** Elements along an axis of a set with the extents in {@link #extents}. */
  private long size(int t, int a) {
    int[] c = shape.axisCoefficients[t][a];
    if (c.length == 0) {
      return 1;
    }
    return boundingBoxes
        ? AffineSets.box(c, extents, c.length)
        : AffineSets.size(c, extents, c.length);
  }

  /**
   * Words of all tiles of a tensor with these extents and this number of tiles along each
   * dimension; each instance alone, without credit for overlap.
   */
  double allTiles(int t, int[] extent, int[] count) {
    double product = 1;
    for (int d = 0; d < dims; d++) {
      if (!isRelevant(t, d)) {
        product *= count[d];
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      product *= allTilesAlong(t, a, extent, count);
    }
    return product;
  }

  /** Elements of all tiles along one axis. */
  double allTilesAlong(int t, int a, int[] extent, int[] count) {
    int[] axis = shape.axisDimensions[t][a];
    if (axis.length == 0) {
      return 1;
    }
    if (axis.length == 1 && !(boundingBoxes && shape.axisCoefficients[t][a][0] > 1)) {
      return bounds[axis[0]];
    }
    double total = 0;
    for (int partial = 0; partial < 1 << axis.length; partial++) {
      double times = 1;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        long last = bounds[d] - (long) (count[d] - 1) * extent[d];
        boolean isLast = (partial >> i & 1) == 1;
        extents[i] = isLast ? last : extent[d];
        times *= isLast ? 1 : count[d] - 1;
      }
      if (times > 0) {
        total += times * size(t, a);
      }
    }
    return total;
  }

  /**
   * Lower bound of the fraction of a tile that is new when it moves: 1 if tiles never overlap.
   *
   * @param extent of the tile
   * @param step distance of successive tiles
   * @param count tiles along each dimension; loops move it along those with more than one
   */
  double leastNew(int t, int[] extent, int[] step, int[] count) {
    double least = 1;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] axis = shape.axisDimensions[t][a];
      if (axis.length < 2) {
        continue;
      }
      long common = 0;
      boolean moves = false;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        extents[i] = Math.min(extent[d], bounds[d]);
        if (count[d] > 1) {
          moves = true;
          common = gcd((long) shape.axisCoefficients[t][a][i] * step[d], common);
        }
      }
      if (moves) {
        long size = size(t, a);
        long box = AffineSets.box(shape.axisCoefficients[t][a], extents, axis.length);
        long fresh = size == box || boundingBoxes ? Math.min(size, common) : 1;
        double share = (double) fresh / size;
        // A tile that returns to its place, such as row 2·0 + 2 = 2·1 + 0, fetches nothing; but it
        // must have moved away before.
        least = Math.min(least, mayReturn(t, a, step, count) ? share / 2 : share);
      }
    }
    return least;
  }

  /** Whether a tile may return to its place along an axis after it moved along it. */
  boolean mayReturn(int t, int[] step, int[] count) {
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      if (mayReturn(t, a, step, count)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayReturn(int t, int a, int[] distance, int[] count) {
    int[] axis = shape.axisDimensions[t][a];
    int moving = 0;
    long[] step = new long[2];
    int[] times = new int[2];
    for (int i = 0; i < axis.length; i++) {
      int d = axis[i];
      if (count[d] > 1) {
        if (moving == 2) {
          return true;
        }
        step[moving] = (long) shape.axisCoefficients[t][a][i] * distance[d];
        times[moving++] = count[d] - 1;
      }
    }
    if (moving < 2) {
      return false;
    }
    long common = step[0] / gcd(step[0], step[1]) * step[1];
    return common / step[0] <= times[0] && common / step[1] <= times[1];
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * Fraction of the accesses of a tensor that remains when instances share: 1 over the instances
   * that need the same tile. A lower bound if several levels unroll the same axis.
   *
   * @param choice spatial factors of this level
   * @param count tiles along each dimension before unrolling
   * @param unrolledBefore whether an inner level unrolled a sliding axis already
   */
  double sharing(int t, Spatial.Unrolling choice, int[] count, boolean unrolledBefore) {
    int[] factor = choice.factor();
    double share = 1;
    for (int d = 0; d < dims; d++) {
      if (factor[d] > 1 && !isRelevant(t, d)) {
        int left = Spatial.remaining(count[d], choice.x()[d], choice.y()[d]);
        share *= (double) left / count[d];
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] axis = shape.axisDimensions[t][a];
      int unrolled = 0;
      double instances = 1;
      for (int d : axis) {
        unrolled += factor[d] > 1 ? 1 : 0;
        instances *= factor[d];
      }
      if (!sharesAlong[t][a]) {
        continue;
      }
      if (axis.length > 1 && unrolledBefore && unrolled > 0) {
        share /= instances;
      } else if (unrolled > 1) {
        share *= sharingAlong(t, a, factor, count);
      }
    }
    return share;
  }

  private double sharingAlong(int t, int a, int[] factor, int[] count) {
    int[] axis = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    double distinct = 0;
    double all = 0;
    for (int partial = 0; partial < 1 << axis.length; partial++) {
      double times = 1;
      double instances = 1;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        int blocks = (count[d] + factor[d] - 1) / factor[d];
        boolean isLast = (partial >> i & 1) == 1;
        extents[i] = isLast ? count[d] - (blocks - 1) * factor[d] : factor[d];
        times *= isLast ? 1 : blocks - 1;
        instances *= extents[i];
        bigger[i] = Math.multiplyExact(c[i], unrolledStep[d]);
      }
      if (times > 0) {
        distinct += times * AffineSets.size(bigger, extents, axis.length);
        all += times * instances;
      }
    }
    return distinct / all;
  }

  /** Extent of a tile along each dimension: the distance of neighbouring instances. */
  private int[] unrolledStep;

  void unrolledStep(int[] extent) {
    unrolledStep = extent;
  }

  /** Whether a level unrolls an axis in which several dimensions move a tensor. */
  boolean spreadsSliding(int t, int[] factor) {
    for (int[] axis : shape.axisDimensions[t]) {
      if (axis.length > 1) {
        for (int d : axis) {
          if (factor[d] > 1 && mayShare(t, d)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Number of loops of a level whose order is free and relevant; they are the outer ones of its
   * order.
   *
   * @param keeps tensors kept: [level]
   * @param temporal factors: [level][dimension]
   * @param order of the loops: [level][loop], innermost first
   */
  int freeLoops(int[] keeps, int[][] temporal, int[][] order, int level) {
    boolean matters = false;
    for (int l = level + 1; l < levels; l++) {
      matters |= keeps[l] != 0;
    }
    if (!matters) {
      return 0;
    }
    int fixed = 0;
    for (int d : space.levels[level].innermost) {
      fixed += temporal[level][d] > 1 ? 1 : 0;
    }
    return Math.max(0, order[level].length - fixed);
  }

  /** Number of {@link #freeLoops}, without those of {@link #outermost} dimensions. */
  int movableLoops(int[] keeps, int[][] temporal, int[][] order, int level) {
    int fixed = 0;
    int[] loops = order[level];
    while (level == 0 && fixed < loops.length && outermost[loops[loops.length - 1 - fixed]]) {
      fixed++;
    }
    return Math.max(0, freeLoops(keeps, temporal, order, level) - fixed);
  }
}
