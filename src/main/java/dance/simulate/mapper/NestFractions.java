package dance.simulate.mapper;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Lower bound of the fraction of a sliding tile that is new when it moves, over all nests of loops
 * around it: dynamic programming over the tiles inside of the next loop.
 *
 * <p>When the loop over a dimension advances, the loops inside are set back. Along its own
 * dimension the tile moves by one step, whichever of several loops over it advances; along every
 * other dimension it moves back by the tiles inside but one. So what stays depends on the tiles
 * inside, not on their order. Of all visits that are not inside, those of a loop of f iterations
 * are all but one in f, and the least fraction of the others is known from more tiles inside. A
 * loop that does not move the tensor sets back all those inside, and may make up all of these
 * visits. One along an axis that it moves alone leaves nothing, then or later.
 *
 * <p>All tiles are full ones, and steps are known: no array outside unrolls a dimension that
 * slides. An instance that idles along another dimension has loops without it for a time, which are
 * among the nests.
 */
final class NestFractions {
  /** Numbers of tiles inside beyond which nothing is bounded. */
  private static final int MOST = 4096;

  private final MappingCosts problem;
  private final Map<IntBuffer, Table> known = new HashMap<>();

  NestFractions(MappingCosts problem) {
    this.problem = problem;
  }

  /**
   * The fractions for a tile.
   *
   * @param tile extents
   * @param step distances of successive tiles
   * @param count tiles along each dimension
   * @return null if there are too many
   */
  Table of(int t, int[] tile, int[] step, int[] count) {
    int[] key = new int[2 + 3 * problem.dims];
    boolean others = false;
    int at = 2;
    for (int d = 0; d < problem.dims; d++) {
      others |= !problem.isRelevant(t, d) && count[d] > 1;
      if (problem.slides(t, d)) {
        key[at++] = tile[d];
        key[at++] = step[d];
        key[at++] = count[d];
      }
    }
    key[0] = t;
    key[1] = others ? 1 : 0;
    IntBuffer wrapped = IntBuffer.wrap(key);
    Table table = known.get(wrapped);
    if (table == null) {
      table = new Table(t, tile, step, count, others);
      known.put(wrapped, table);
    }
    return table.rest == null ? null : table;
  }

  /** The fractions for one tile. */
  final class Table {
    private final int t;

    /** Dimensions of several tiles that slide. */
    private final int[] dims;

    private final int[] axes;

    /** Numbers of tiles inside: [position of the dimension]. */
    private final int[][] inside;

    /** Distances: [position]. */
    private final long[] shift;

    /** Upper bound of the least fraction that is new outside of these: [numbers of tiles]. */
    private double[] rest;

    private final int[] tile;

    // Of the numbers of tiles that are looked at.
    private final int[] at;
    private final long[] back;
    private final double[] kept;

    private Table(int t, int[] tile, int[] step, int[] count, boolean others) {
      this.t = t;
      this.tile = tile.clone();
      int n = 0;
      int[] found = new int[problem.dims];
      for (int d = 0; d < problem.dims; d++) {
        if (count[d] > 1 && problem.slides(t, d)) {
          found[n++] = d;
        }
      }
      dims = Arrays.copyOf(found, n);
      axes = new int[n];
      inside = new int[n][];
      shift = new long[n];
      long states = 1;
      for (int i = 0; i < n; i++) {
        int d = dims[i];
        axes[i] = problem.shape.axisOf[t][d];
        inside[i] = Spatial.divisorsOf(count[d]);
        shift[i] = (long) problem.shape.coefficientOf[t][d] * step[d];
        states *= inside[i].length;
      }
      at = new int[n];
      int axisCount = problem.shape.axisDimensions[t].length;
      back = new long[axisCount];
      kept = new double[axisCount];
      if (states <= MOST) {
        rest = new double[(int) states];
        for (int s = rest.length - 1; s >= 0; s--) {
          rest[s] = find(s, others);
        }
      }
    }

    /** The fraction for all visits. */
    double least() {
      return rest[0];
    }

    /**
     * The fraction for the visits when loops outside of these advance.
     *
     * @param tiles inside: [dimension], divisors of those of the table
     */
    double outside(int[] tiles) {
      int s = 0;
      for (int i = 0; i < dims.length; i++) {
        int position = Arrays.binarySearch(inside[i], tiles[dims[i]]);
        s = s * inside[i].length + position;
      }
      return rest[s];
    }

    private double find(int s, boolean others) {
      int left = s;
      Arrays.fill(back, 0);
      for (int i = dims.length - 1; i >= 0; i--) {
        at[i] = left % inside[i].length;
        left /= inside[i].length;
        back[axes[i]] += (inside[i][at[i]] - 1) * shift[i];
      }
      double all = 1;
      for (int a = 0; a < kept.length; a++) {
        kept[a] = overlap(a, -back[a]);
        all *= kept[a];
      }
      double least = others && s > 0 ? 1 - all : 1;
      int stride = 1;
      for (int i = dims.length - 1; i >= 0; i--) {
        int[] numbers = inside[i];
        int own = numbers[at[i]];
        if (at[i] < numbers.length - 1) {
          double fresh = 1 - keptBy(i, own);
          for (int k = at[i] + 1; k < numbers.length; k++) {
            if (numbers[k] % own == 0) {
              double part = (double) own / numbers[k];
              double later = rest[s + (k - at[i]) * stride];
              least = Math.min(least, (1 - part) * fresh + part * later);
            }
          }
        }
        stride *= numbers.length;
      }
      return least;
    }

    /** The fraction of the tile that stays when the loop over a dimension advances. */
    private double keptBy(int i, int own) {
      double stays = overlap(axes[i], own * shift[i] - back[axes[i]]);
      for (int a = 0; a < kept.length && stays > 0; a++) {
        stays *= a == axes[i] ? 1 : kept[a];
      }
      return stays;
    }

    /** The fraction of the tile along an axis that is still there after a shift. */
    private double overlap(int a, long moved) {
      if (moved == 0) {
        return 1;
      }
      double size = problem.tiles.shared(t, a, tile, 0);
      return problem.tiles.shared(t, a, tile, moved) / size;
    }
  }
}
