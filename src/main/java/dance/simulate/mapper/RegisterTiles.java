package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The feasible tiles of the innermost level for a choice of kept tensors. */
final class RegisterTiles {
  /**
   * One tile.
   *
   * @param temporal iterations inside the tile along each dimension
   * @param tiles tiles along each dimension
   * @param words words at all its positions, each visited once, without credit for overlap:
   *     [tensor]
   * @param visits upper bound of the visits of each position: [tensor]
   */
  record Tile(int[] temporal, int[] tiles, double[] words, double[] visits) {

    /**
     * The array's tile if this one is unrolled.
     *
     * @param base is set to its extents: [dimension]
     * @param count is set to the number of these tiles: [dimension]
     */
    void around(Spatial.Unrolling unrolled, int[] base, int[] count) {
      for (int d = 0; d < base.length; d++) {
        base[d] = temporal[d] * unrolled.factor()[d];
        count[d] = Spatial.remaining(tiles[d], unrolled.x()[d], unrolled.y()[d]);
      }
    }
  }

  private final MappingCosts problem;
  private final TensorSet keeps;
  private final int level;
  private final List<Tile> list = new ArrayList<>();

  private RegisterTiles(MappingCosts problem, TensorSet keeps) {
    this.problem = problem;
    this.keeps = keeps;
    level = problem.levels - 1;
  }

  static List<Tile> of(MappingCosts problem, TensorSet keeps) {
    RegisterTiles tiles = new RegisterTiles(problem, keeps);
    int[] temporal = new int[problem.dims];
    Arrays.fill(temporal, 1);
    if (keeps.isEmpty() || problem.fits(tiles.level, keeps, temporal)) {
      tiles.choose(0, temporal);
    }
    return tiles.list;
  }

  private void choose(int d, int[] temporal) {
    if (d == problem.dims) {
      list.add(tile(temporal));
      return;
    }
    MapSpace.Level rule = problem.space.levels[level];
    for (int f : Spatial.divisorsOf(problem.bounds[d])) {
      temporal[d] = f;
      if (f > 1 && !problem.fits(level, keeps, temporal)) {
        break;
      }
      if (rule.allowsTemporal(d, f)) {
        choose(d + 1, temporal);
      }
    }
    temporal[d] = 1;
  }

  private Tile tile(int[] temporal) {
    int[] own = temporal.clone();
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      tiles[d] = problem.bounds[d] / own[d];
    }
    double[] words = new double[problem.tensors];
    double[] visits = new double[problem.tensors];
    for (int t = 0; t < problem.tensors; t++) {
      words[t] = 1;
      visits[t] = 1;
      for (int a = 0; a < problem.shape.axisDimensions[t].length; a++) {
        words[t] *= problem.tiles.allElements(t, a, own, tiles);
      }
      for (int d = 0; d < problem.dims; d++) {
        visits[t] *= problem.isRelevant(t, d) ? 1 : tiles[d];
      }
    }
    return new Tile(own, tiles, words, visits);
  }
}
