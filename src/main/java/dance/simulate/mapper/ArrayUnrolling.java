package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An unrolling over the arrays of a grid, with the energy of a word on its way to the register
 * files: with more rows the way from the middle of the array's edge is longer, or as long ({@link
 * HopCosts}); with more columns it is the same.
 */
final class ArrayUnrolling extends UnrollingBounds {
  final Spatial.Unrolling unrolled;

  /** Dimensions that are unrolled. */
  final int[] over;

  /** Whether several of them share an axis of a tensor, so that instances may share words. */
  final boolean meets;

  private final MappingCosts problem;
  private final int[] ones;
  private final HopCosts[] byRows;

  /** Dimensions whose steps determine which instances receive the same words. */
  private final int[] meeting;

  private final List<Hops> known = new ArrayList<>();

  /** Energy of a word: [rows][tensor], from the rows of the smallest array with room. */
  private static final class Hops {
    final int[] steps;
    final double[][] pjPerWord;

    /** In addition to the smallest array: [tensor][rows]. */
    double[][] more;

    Hops(int[] steps, int rows) {
      this.steps = steps;
      pjPerWord = new double[rows][];
    }
  }

  /**
   * An unrolling over the arrays with room for it.
   *
   * @param spread what it determines
   * @param byRows costs of hops by the position of the array's rows in the grid
   */
  ArrayUnrolling(
      MappingCosts problem,
      ArrayGrid grid,
      Spatial.Unrolling unrolled,
      JoinShape.Spread spread,
      HopCosts[] byRows) {
    super(grid.place(unrolled.columns(), unrolled.rows()), fewestCycles(problem, unrolled), spread);
    this.problem = problem;
    this.unrolled = unrolled;
    this.byRows = byRows;
    over = over(problem, unrolled);
    meeting = Arrays.stream(over).filter(this::meetsAnother).toArray();
    meets = meeting.length > 0;
    ones = new int[problem.dims];
    Arrays.fill(ones, 1);
  }

  private static int[] over(MappingCosts problem, Spatial.Unrolling choice) {
    return IntStream.range(0, problem.dims).filter(d -> choice.factor()[d] > 1).toArray();
  }

  private boolean meetsAnother(int d) {
    for (int t = 0; t < problem.tensors; t++) {
      int axis = problem.shape.axisOf[t][d];
      for (int other : over) {
        if (axis >= 0 && other != d && problem.shape.axisOf[t][other] == axis) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  double[] pjPerWord() {
    return meets ? null : pjPerWord(ones);
  }

  @Override
  double[][] morePjPerWord() {
    return meets ? null : morePjPerWord(ones);
  }

  /** Energy of a word of each tensor on the smallest array, or null if hops cost nothing. */
  double[] pjPerWord(int[] steps) {
    return pjPerWord(steps, home() % byRows.length);
  }

  /**
   * Energy of a word of each tensor.
   *
   * @param steps extent of a register tile: distance of neighbouring instances
   * @param rows position of the array's rows in the grid
   */
  double[] pjPerWord(int[] steps, int rows) {
    double[][] all = hops(steps).pjPerWord;
    if (all[rows] == null) {
      all[rows] = byRows[rows].pjPerWord(ArrayGrid.BUFFER, unrolled, steps);
    }
    return all[rows];
  }

  /**
   * Energy of a word of each tensor on arrays of more rows in addition to that on the smallest with
   * room: [tensor][rows], zero for fewer rows; null if hops cost nothing.
   */
  double[][] morePjPerWord(int[] steps) {
    Hops hops = hops(steps);
    if (hops.more == null && pjPerWord(steps) != null) {
      int from = home() % byRows.length;
      hops.more = new double[problem.tensors][byRows.length];
      for (int y = from; y < byRows.length; y++) {
        double[] pj = pjPerWord(steps, y);
        for (int t = 0; t < problem.tensors; t++) {
          hops.more[t][y] = pj[t] - hops.pjPerWord[from][t];
        }
      }
    }
    return hops.more;
  }

  private Hops hops(int[] steps) {
    for (Hops hops : known) {
      if (isAlike(hops.steps, steps)) {
        return hops;
      }
    }
    Hops hops = new Hops(steps.clone(), byRows.length);
    known.add(hops);
    return hops;
  }

  private boolean isAlike(int[] a, int[] b) {
    for (int d : meeting) {
      if (a[d] != b[d]) {
        return false;
      }
    }
    return true;
  }

  /** Lower bound over all tiles, dimension by dimension. */
  private static double fewestCycles(MappingCosts problem, Spatial.Unrolling unrolled) {
    double cycles = problem.space.einsum.points();
    for (int d : over(problem, unrolled)) {
      double least = 1;
      for (int tiles : Spatial.divisorsOf(problem.bounds[d])) {
        int left = Spatial.remaining(tiles, unrolled.x()[d], unrolled.y()[d]);
        least = Math.min(least, (double) left / tiles);
      }
      cycles *= least;
    }
    return Math.ceil(cycles * (1 - 1e-12)) + problem.latency;
  }

  /** Cycles of a register tile's operations with this unrolling. */
  double cycles(RegisterTiles.Tile tile, double points) {
    double cycles = points;
    for (int d : over) {
      int tiles = tile.tiles()[d];
      cycles *= (double) Spatial.remaining(tiles, unrolled.x()[d], unrolled.y()[d]) / tiles;
    }
    // Cycles are whole; the product may exceed a whole number by a rounding error.
    return Math.ceil(cycles * (1 - 1e-12));
  }
}
