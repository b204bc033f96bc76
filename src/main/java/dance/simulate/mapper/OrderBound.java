package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.AffineSets;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Counter;
import dance.simulate.count.Pricing;
import dance.workload.Operand;
import java.util.Arrays;

/**
 * Lower bound of the energy over all orders of the temporal loops, for a mapping without partial
 * tiles. Energy is that of a nest in which every advance fetches a whole tile, minus a credit for
 * each loop; the credit of a loop depends only on the set of loops inside it. So the best order of
 * a level is a shortest path over the subsets of its loops, and levels are independent. In TIMELOOP
 * accounting fewer advances are credited: there it is a bound; the order of the nest is credited as
 * it is counted.
 */
final class OrderBound {
  private final MappingCosts problem;
  private final Pricing pricing;
  private final int axes;
  private final long[] extents;
  private final double[] best = new double[1 << 12];

  /** One boundary: a tensor, the level that keeps it, and the cost of a word that enters. */
  private final int[] tensorOf;

  private final int[] innerOf;
  private final int[] outerOf;
  private final double[] eachOf;
  private final double[] weightOf;
  private final double[] tileOf;
  private final int[][] extentOf;
  private int boundaries;

  OrderBound(MappingCosts problem, Pricing pricing) {
    this.problem = problem;
    this.pricing = pricing;
    int most = problem.levels * problem.tensors;
    tensorOf = new int[most];
    innerOf = new int[most];
    outerOf = new int[most];
    eachOf = new double[most];
    weightOf = new double[most];
    tileOf = new double[most];
    extentOf = new int[most][];
    int widest = 1;
    for (int[][] tensor : problem.shape.axisDimensions) {
      widest = Math.max(widest, tensor.length);
    }
    axes = widest;
    extents = new long[Math.max(1, problem.shape.maxTerms)];
  }

  /**
   * Lower bound of the energy of all orders, from the nest priced last.
   *
   * @param nest the mapping under one order, without partial tiles
   * @param freeLoops number of outer loops of each level whose order may change
   * @param fewestCycles lower bound of the cycles of all orders
   */
  double energy(CompiledMapping nest, int[] freeLoops, double fewestCycles) {
    return energy(nest, freeLoops, fewestCycles, new double[problem.tensors], 0);
  }

  /**
   * As {@link #energy(CompiledMapping, int[], double)}, with an interconnect that was not priced.
   *
   * @param networkPj energy of the words of each tensor on it in this nest: [tensor]
   * @param above the level above it
   */
  double energy(
      CompiledMapping nest, int[] freeLoops, double fewestCycles, double[] networkPj, int above) {
    describeBoundaries(nest);
    double network = 0;
    for (double pj : networkPj) {
      network += pj;
    }
    for (int b = 0; b < boundaries; b++) {
      if (innerOf[b] > above && outerOf[b] <= above) {
        weightOf[b] += 2 * networkPj[tensorOf[b]] / eachOf[b];
      }
    }
    double timed = pricing.macLeak + pricing.floor;
    for (double leak : pricing.leak) {
      timed += leak;
    }
    double energy =
        network + pricing.totalPj - timed + timed * Math.min(1, fewestCycles / pricing.cycles);
    for (int l = 0; l < problem.levels; l++) {
      energy -= slack(nest, l);
      if (freeLoops[l] > 1) {
        energy -= gain(nest, l, freeLoops[l]);
      }
    }
    return energy;
  }

  /** Upper bound of the effect of rounding up to lines. */
  private double slack(CompiledMapping nest, int l) {
    MemoryLevel level = problem.accelerator.levels().get(l);
    if (level.lineWords() == 1) {
      return 0;
    }
    double each = 0;
    for (int t = 0; t < problem.tensors; t++) {
      Operand role = problem.space.einsum.tensors().get(t).role();
      each += level.readPj(role) + level.fillPj(role) + level.updatePj(role);
    }
    return each * pricing.counter().instances[l];
  }

  private void describeBoundaries(CompiledMapping nest) {
    boundaries = 0;
    Counter counter = pricing.counter();
    for (int t = 0; t < problem.tensors; t++) {
      int inner = problem.levels;
      for (int l = problem.levels - 1; l >= 0; l--) {
        if (!nest.keeps[l].contains(t)) {
          continue;
        }
        if (inner < problem.levels) {
          addBoundary(nest, counter, t, l, inner);
        }
        inner = l;
      }
    }
  }

  private void addBoundary(CompiledMapping nest, Counter counter, int t, int outer, int inner) {
    int[] extent = new int[problem.dims];
    Arrays.fill(extent, 1);
    for (int i = nest.start[inner]; i < nest.size; i++) {
      extent[nest.dimension[i]] *= nest.bound[i];
    }
    boolean isOutput = t == problem.output;
    int cell = outer * problem.tensors + t;
    double each = counter.enteringOf(t, inner);
    double words = isOutput ? counter.updates[cell] : counter.reads[cell];
    double shared = words / each;
    MemoryLevel from = problem.accelerator.levels().get(outer);
    MemoryLevel to = problem.accelerator.levels().get(inner);
    Operand role = problem.space.einsum.tensors().get(t).role();
    double read = from.readPj(role) * pricing.zeros().read(outer, t);
    double update = isOutput ? from.updatePj(role) * pricing.zeros().update(outer) : 0;
    double weight = shared * (read + update) / from.lineWords();
    weight += counter.instances[inner] * to.fillPj(role) / to.lineWords();
    for (int l = outer; l < inner; l++) {
      weight += 2 * pricing.transferPj(t, l) / each;
    }
    tensorOf[boundaries] = t;
    innerOf[boundaries] = inner;
    outerOf[boundaries] = outer;
    eachOf[boundaries] = each;
    weightOf[boundaries] = weight;
    extentOf[boundaries] = extent;
    tileOf[boundaries++] = problem.tiles.words(t, extent);
  }

  /**
   * Upper bound of the credit of the best order of a level, minus that of the order in the nest.
   */
  private double gain(CompiledMapping nest, int level, int free) {
    int[] loops = new int[free];
    int at = 0;
    int to = nest.start[level + 1];
    for (int i = nest.start[level]; i < to && at < free; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        loops[at++] = i;
      }
    }
    int all = (1 << free) - 1;
    double present = present(nest, level, free);
    Arrays.fill(best, 0, all + 1, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int inside = 0; inside < all; inside++) {
      for (int k = 0; k < free; k++) {
        if ((inside >> k & 1) == 0) {
          double credit = best[inside] + credit(nest, level, loops, inside, k);
          best[inside | 1 << k] = Math.max(best[inside | 1 << k], credit);
        }
      }
    }
    return Math.max(0, best[all] - present);
  }

  /**
   * Credit of the outermost temporal loops of a level in the order of the nest. In TIMELOOP
   * accounting only advances that move a tile like its innermost one share anything, and those that
   * do not move it at all.
   */
  private double present(CompiledMapping nest, int level, int free) {
    double total = 0;
    for (int b = 0; b < boundaries; b++) {
      if (innerOf[b] > level) {
        total += weightOf[b] * sharedWords(nest, level, free, b);
      }
    }
    return total;
  }

  private double sharedWords(CompiledMapping nest, int level, int free, int b) {
    int t = tensorOf[b];
    int axes = problem.shape.axisDimensions[t].length;
    long[] reset = new long[axes];
    long[] first = null;
    double words = 0;
    int last = nest.start[level];
    for (int n = 0; n < free && last < nest.start[level + 1]; last++) {
      n += nest.kind[last] == CompiledMapping.TEMPORAL ? 1 : 0;
    }
    for (int i = nest.start[innerOf[b]] - 1; i >= nest.start[level]; i--) {
      if (nest.kind[i] != CompiledMapping.TEMPORAL) {
        continue;
      }
      long[] move = new long[axes];
      double shared = tileOf[b];
      boolean still = true;
      for (int a = 0; a < axes; a++) {
        long step = step(nest, t, a, i);
        move[a] = step - reset[a];
        reset[a] += (nest.bound[i] - 1) * step;
        still &= move[a] == 0;
        if (move[a] != 0 && shared != 0) {
          shared = shared / along(t, a, extentOf[b], 0) * along(t, a, extentOf[b], move[a]);
        }
      }
      first = first == null && !still ? move : first;
      boolean credited = still || !problem.boundingBoxes || Arrays.equals(move, first);
      if (i < last && credited) {
        words += shared * (nest.bound[i] - 1) * around(nest, i);
      }
    }
    return words;
  }

  /** Iterations of the temporal loops outside a loop. */
  private static double around(CompiledMapping nest, int loop) {
    double around = 1;
    for (int i = 0; i < loop; i++) {
      around *= nest.kind[i] == CompiledMapping.TEMPORAL ? nest.bound[i] : 1;
    }
    return around;
  }

  /** Savings of the advances of loop k if exactly the marked loops of its level are inside. */
  private double credit(CompiledMapping nest, int level, int[] loops, int inside, int k) {
    double around = 1;
    for (int i = 0; i < nest.start[level]; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        around *= nest.bound[i];
      }
    }
    for (int i = 0; i < loops.length; i++) {
      if (i != k && (inside >> i & 1) == 0) {
        around *= nest.bound[loops[i]];
      }
    }
    double total = 0;
    for (int b = 0; b < boundaries; b++) {
      if (innerOf[b] > level) {
        total += weightOf[b] * overlap(nest, level, loops, inside, k, b);
      }
    }
    return total * (nest.bound[loops[k]] - 1) * around;
  }

  private double overlap(CompiledMapping nest, int level, int[] loops, int inside, int k, int b) {
    int t = tensorOf[b];
    double shared = tileOf[b];
    for (int a = 0; a < problem.shape.axisDimensions[t].length && shared != 0; a++) {
      long move = -reset(nest, t, a, firstInner(nest, level, loops), nest.start[innerOf[b]]);
      for (int i = 0; i < loops.length; i++) {
        if ((inside >> i & 1) != 0) {
          move -= (nest.bound[loops[i]] - 1) * step(nest, t, a, loops[i]);
        }
      }
      move += step(nest, t, a, loops[k]);
      if (move != 0) {
        double size = along(t, a, extentOf[b], 0);
        shared = shared / size * along(t, a, extentOf[b], move);
      }
    }
    return shared;
  }

  /** First loop inside the free loops of a level. */
  private static int firstInner(CompiledMapping nest, int level, int[] loops) {
    return loops[loops.length - 1] + 1;
  }

  private long reset(CompiledMapping nest, int t, int a, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      if (nest.kind[i] == CompiledMapping.TEMPORAL) {
        sum += (nest.bound[i] - 1) * step(nest, t, a, i);
      }
    }
    return sum;
  }

  private long step(CompiledMapping nest, int t, int a, int loop) {
    int d = nest.dimension[loop];
    return problem.shape.axisOf[t][d] == a
        ? problem.shape.coefficientOf[t][d] * nest.stride[loop]
        : 0;
  }

  /** Elements along an axis that a tile shares with itself after a move. */
  private long along(int t, int a, int[] extent, long move) {
    int[] axis = problem.shape.axisDimensions[t][a];
    int[] c = problem.shape.axisCoefficients[t][a];
    for (int i = 0; i < axis.length; i++) {
      extents[i] = extent[axis[i]];
    }
    return problem.boundingBoxes
        ? Math.max(0, AffineSets.box(c, extents, axis.length) - Math.abs(move))
        : AffineSets.overlap(c, extents, extents, move, axis.length);
  }
}
