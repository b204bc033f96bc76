package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.Arrays;

/**
 * Joins inner mappings of a {@link FrontSearch} with the tiles of the buffer around them: bounds
 * what results, and tries what could be the best somewhere.
 */
final class Joiner {
  /** Number of tiles of the buffer between tests of all that are left. */
  private static final int CLOSING = 4;

  private final MappingCosts problem;
  private final JoinShape shape;
  private final MoreRows more;
  private final OrderChoices orders;
  private final SizedBuffer[] buffers;
  private final OrderTrials trials;

  /**
   * @param shape of what is bounded for all of the buffers
   * @param more of the same shape
   * @param buffers by ascending size
   * @param trials of complete mappings
   */
  Joiner(
      MappingCosts problem,
      JoinShape shape,
      MoreRows more,
      OrderChoices orders,
      SizedBuffer[] buffers,
      OrderTrials trials) {
    this.problem = problem;
    this.shape = shape;
    this.more = more;
    this.orders = orders;
    this.buffers = buffers;
    this.trials = trials;
  }

  /**
   * Joins the inner mapping that the shape and the buffers were set to with all tiles of the
   * buffer.
   *
   * @param moreEnergy energy that it takes more on arrays of more rows, at least: [rows]
   * @param whole its bounds; none where it cannot be the best: [buffer]
   */
  void join(InnerMapping inner, double[] moreEnergy, Bound[] whole) {
    new Joining(inner, moreEnergy, whole).join();
  }

  /** An inner mapping while it is joined. */
  private final class Joining {
    private final InnerMapping inner;
    private final BufferTiles outside;
    private final int home;

    /** Energy that it takes more on arrays of more rows, at least: [rows]. */
    private final double[] moreEnergy;

    /** Whether it could be the best with this and later tiles: [buffer]. */
    private final boolean[] open;

    /** Whether it could be the best with this tile: [buffer]. */
    private final boolean[] opened;

    /** Bounds of a joined mapping, none where it cannot be the best: [buffer]. */
    private final Bound[] joined = Bound.none(buffers.length);

    /**
     * @param whole its bounds; none where it cannot be the best
     */
    Joining(InnerMapping inner, double[] moreEnergy, Bound[] whole) {
      this.inner = inner;
      this.moreEnergy = moreEnergy;
      outside = inner.keeps().outside();
      home = inner.unrolling().home();
      open = new boolean[buffers.length];
      opened = new boolean[buffers.length];
      for (int b = 0; b < open.length; b++) {
        open[b] = whole[b].exists();
      }
    }

    private boolean admits(int b, Bound bound) {
      return buffers[b].bests.admits(home, bound, moreEnergy);
    }

    /** Whether it could be the best with such a cost between the buffer and the outside. */
    private boolean admits(int b, double[] cost) {
      return cost[0] < Double.POSITIVE_INFINITY
          && admits(b, buffers[b].bound.ofHalfWith(inner.innermost(), cost));
    }

    /** Joins it with all tiles of the buffer. */
    void join() {
      int[] base = new int[problem.dims];
      int[] tiles = new int[problem.dims];
      inner.tile().around(inner.unrolling().unrolled, base, tiles);
      if (!close(outside.least(base, inner.innermost()))) {
        return;
      }
      BufferTiles.Candidates candidates = outside.of(base, tiles, inner.innermost());
      for (int i = 0; i < candidates.tiles().size(); i++) {
        if (i % CLOSING == 0 && !close(candidates.leastFrom(i))) {
          return;
        }
        join(candidates.tiles().get(i));
      }
    }

    /**
     * Gives up where it cannot be the best with these costs between the buffer and the outside.
     *
     * @param least [buffer][function]
     * @return whether it still could be somewhere
     */
    private boolean close(double[][] least) {
      boolean any = false;
      for (int b = 0; b < open.length; b++) {
        open[b] = open[b] && admits(b, least[b]);
        any |= open[b];
      }
      return any;
    }

    private void join(BufferTiles.Tile tile) {
      boolean any = false;
      for (int b = 0; b < open.length; b++) {
        opened[b] = open[b] && tile.room() <= b;
        if (opened[b]) {
          buffers[b].cost(outside, tile);
          any = true;
        }
      }
      if (any) {
        for (int stationaryTensor : orders.stationaryTensors(tile)) {
          if (bound(tile, stationaryTensor)) {
            evaluate(tile, stationaryTensor);
          }
        }
      }
    }

    /** Bounds a joined mapping; whether it could be the best somewhere. */
    private boolean bound(BufferTiles.Tile tile, int stationaryTensor) {
      Arrays.fill(joined, Bound.NONE);
      shape.join(inner.tile(), tile, stationaryTensor);
      boolean any = false;
      for (int b = 0; b < joined.length; b++) {
        Bound rough = opened[b] ? buffers[b].priceJoined() : Bound.NONE;
        joined[b] = rough.exists() && admits(b, rough) ? rough : Bound.NONE;
        any |= joined[b].exists();
      }
      if (!any || !shape.refines()) {
        return any;
      }
      shape.refine(inner.tile(), tile, stationaryTensor);
      any = false;
      for (int b = 0; b < joined.length; b++) {
        if (joined[b].exists()) {
          Bound fine = joined[b].and(buffers[b].priceJoined());
          joined[b] = admits(b, fine) ? fine : Bound.NONE;
          any |= joined[b].exists();
        }
      }
      return any;
    }

    /** Evaluates a joined mapping, unless its bounds exclude it everywhere. */
    private void evaluate(BufferTiles.Tile tile, int stationaryTensor) {
      ArrayUnrolling unrolling = inner.unrolling();
      more.ofJoined(unrolling, inner.tile().temporal());
      boolean any = false;
      for (int b = 0; b < joined.length; b++) {
        boolean could =
            joined[b].exists() && buffers[b].bests.couldWin(home, joined[b], more.energyPj);
        joined[b] = could ? joined[b] : Bound.NONE;
        any |= could;
      }
      if (any) {
        TensorSet[] keeps = inner.keeps().kept(problem);
        int[][] temporal = {tile.outer(), tile.inner(), inner.tile().temporal()};
        trials.offer(
            unrolling,
            tile.room(),
            CompleteMapping.ofThree(keeps, temporal, unrolling.unrolled),
            orders.of(inner.tile(), tile, stationaryTensor),
            joinedBounds(tile));
      }
    }

    /** The bounds of the joined mapping, where it could be the best. */
    private OrderTrials.Least joinedBounds(BufferTiles.Tile tile) {
      double[] accessPj = new double[buffers.length];
      for (int b = 0; b < accessPj.length; b++) {
        accessPj[b] = buffers[b].joinedPj(outside, tile);
      }
      Bound smallest = joined[0].exists() ? joined[0] : buffers[0].priceJoinedAlone();
      return new OrderTrials.Least(smallest, joined.clone(), accessPj, more.energyPj.clone());
    }
  }
}
