package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.List;

/**
 * The accelerators of a {@link FrontSearch} with one buffer: what accesses cost there, and the best
 * mappings so far.
 */
final class SizedBuffer {
  final JoinBound bound;
  final LinkBests bests;

  /** Position among the buffers. */
  private final int at;

  private final double[] mostShared;

  /** Cost of the tile that is looked at: [function]. */
  private final double[] cost;

  private List<RegisterTiles.Tile> registerTiles = List.of();

  /** Bounds of register tiles over all unrollings with the kept tensors; null if not asked for. */
  private Bound[] known = new Bound[0];

  /**
   * @param at position among the buffers, by ascending size
   * @param bound for this buffer
   * @param bests for this buffer
   * @param mostShared upper bound of the instances that share a word, over all unrollings: [tensor]
   */
  SizedBuffer(int at, JoinBound bound, LinkBests bests, double[] mostShared) {
    this.at = at;
    this.bound = bound;
    this.bests = bests;
    this.mostShared = mostShared;
    cost = new double[bound.problem.functions];
  }

  /** Whether tiles fit a level. */
  boolean fits(int level, TensorSet kept, int[] extent) {
    return bound.problem.fits(level, kept, extent);
  }

  /** Bound of all mappings that keep certain tensors; none if they cannot be the best. */
  Bound keep(StorageChoice keeps) {
    registerTiles = keeps.tiles();
    known = new Bound[registerTiles.size()];
    Bound kept = bound.ofKeeps(keeps);
    return bests.admits(0, kept) ? kept : Bound.NONE;
  }

  /** Lower bound of a register tile over all unrollings, with the tensors kept last. */
  Bound ofTile(int i) {
    if (known[i] == null) {
      bound.within(Bound.ZERO);
      known[i] = bound.ofTile(registerTiles.get(i), mostShared);
    }
    return known[i];
  }

  /** Sets a tile of the buffer, and returns its cost: [function], until the next one is set. */
  double[] cost(BufferTiles tiles, BufferTiles.Tile tile) {
    tiles.cost(tile, at, cost);
    return cost;
  }

  /** Bound of what the shape joined last, with the tile of the buffer set last. */
  Bound priceJoined() {
    return bound.priceJoined(cost);
  }

  /** The same bound, also if the tile does not fit. */
  Bound priceJoinedAlone() {
    return bound.priceJoinedAlone(cost);
  }

  /** Least energy of accesses of what the shape joined last with a tile of the buffer. */
  double joinedPj(BufferTiles tiles, BufferTiles.Tile tile) {
    return bound.joinedPj(cost(tiles, tile));
  }
}
