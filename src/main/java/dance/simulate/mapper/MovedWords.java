package dance.simulate.mapper;

import java.util.HashMap;
import java.util.Map;

/**
 * Lower bound of the words of all tiles of a tensor by the number of tiles, if every tile is moved:
 * those that slide without what they may overlap, {@link TileGeometry#leastNew}. Tiles with a
 * partial last one may have several extents for the same number; the least counts. In TIMELOOP
 * accounting a tile that returns to its first place is charged in full, and nothing that is shared
 * there is not shared in EXACT accounting. But boxes with gaps may be larger for larger tiles: if
 * some tile is partial, every word once is the bound.
 */
final class MovedWords {
  private final MappingCosts problem;

  /** An array around the tiles, or null. */
  private final OuterArray array;

  private final DimensionSet unrolled;

  private final MovedFraction fraction;

  /** Words for one iteration of the dimensions that do not move a tensor: [tensor]. */
  private final Map<Long, Double>[] known;

  /**
   * Of tiles of any level.
   *
   * @param unrolled dimensions that an array may unroll
   */
  MovedWords(MappingCosts problem, DimensionSet unrolled) {
    this(problem, null, unrolled);
  }

  /** Of tiles inside an array that is unrolled in this way: no loop moves what it unrolls whole. */
  MovedWords(MappingCosts problem, OuterArray array) {
    this(problem, array, array.unrolled());
  }

  @SuppressWarnings("unchecked")
  private MovedWords(MappingCosts problem, OuterArray array, DimensionSet unrolled) {
    this.problem = problem;
    this.unrolled = unrolled;
    this.array = array;
    fraction = new MovedFraction(problem);
    known = new Map[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      known[t] = new HashMap<>();
    }
  }

  /**
   * The words.
   *
   * @param count tiles along each dimension
   */
  double words(int t, int[] count) {
    double sweeps = 1;
    for (int d = 0; d < problem.dims; d++) {
      sweeps *= problem.isRelevant(t, d) ? 1 : count[d];
    }
    if (problem.shape.plain[t]) {
      return problem.words[t] * sweeps;
    }
    if (problem.boundingBoxes && (!problem.space.spatialRemainders || hasGaps(t))) {
      return problem.words[t] * (problem.space.spatialRemainders ? 1 : sweeps);
    }
    long key = 0;
    for (int d = 0; d < problem.dims; d++) {
      key = problem.isRelevant(t, d) ? key * (problem.bounds[d] + 1L) + count[d] : key;
    }
    Double words = known[t].get(key);
    if (words == null) {
      words = leastOf(t, count);
      known[t].put(key, words);
    }
    // Whatever comes back with the next sweep, every word is moved at least once.
    return Math.max(problem.words[t], words * sweeps);
  }

  /** Whether the bounding box of a tile may have more words than the tile. */
  private boolean hasGaps(int t) {
    for (int d = 0; d < problem.dims; d++) {
      if (problem.isRelevant(t, d) && problem.shape.coefficientOf[t][d] != 1) {
        return true;
      }
    }
    return false;
  }

  private double leastOf(int t, int[] count) {
    int[] tile = new int[problem.dims];
    int[] moving = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      tile[d] = Spatial.ceil(problem.bounds[d], count[d]);
      moving[d] = problem.isRelevant(t, d) ? count[d] : 1;
    }
    return least(t, moving, tile, 0);
  }

  /** The least over all extents of the same number of tiles. */
  private double least(int t, int[] count, int[] tile, int from) {
    for (int d = from; d < problem.dims; d++) {
      if (problem.slides(t, d) && count[d] > 1 && problem.space.spatialRemainders) {
        int smallest = tile[d];
        int most = (problem.bounds[d] - 1) / (count[d] - 1);
        double least = Double.POSITIVE_INFINITY;
        for (int e = smallest; e <= most; e++) {
          tile[d] = e;
          least = Math.min(least, least(t, count, tile, d + 1));
        }
        tile[d] = smallest;
        return least;
      }
    }
    int[] moving = array == null ? count.clone() : array.moving(count);
    double fresh = problem.tiles.leastNew(t, tile, tile, moving);
    if (fresh < 1 && !problem.boundingBoxes && MovedFraction.isFull(problem, t, tile)) {
      DimensionSet unknown = array == null ? DimensionSet.NONE : array.unrolled();
      for (int d = 0; d < problem.dims; d++) {
        // Loops that do not move the tensor set back those inside.
        moving[d] = problem.isRelevant(t, d) ? moving[d] : problem.bounds[d];
      }
      fresh = fraction.least(t, tile, tile, moving, null, unrolled, unknown, fresh);
    }
    return problem.tiles.allWords(t, tile, count) * fresh;
  }
}
