package dance.simulate.mapper;

import java.util.Arrays;
import java.util.List;

/**
 * Register tiles, and which of them are compatible with an unrolling; one bit per tile. Of
 * {@linkplain FreeLoops#outermost outermost dimensions} a tile has one index, as their loops belong
 * outside; except if larger tiles leave instances unused, so that these need not leak.
 */
final class FittingTiles {
  private final List<RegisterTiles.Tile> tiles;
  private final boolean remainders;
  private final boolean[] outermost;
  private final long[] all;

  /**
   * Bits by dimension and its factors along X and Y: [dimension][x][y]; null if not computed yet.
   */
  private long[][][][] known = new long[0][][][];

  FittingTiles(List<RegisterTiles.Tile> tiles, boolean remainders, boolean[] outermost) {
    this.tiles = tiles;
    this.remainders = remainders;
    this.outermost = outermost;
    all = new long[(tiles.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < tiles.size(); i++) {
      all[i / Long.SIZE] |= 1L << i;
    }
  }

  List<RegisterTiles.Tile> tiles() {
    return tiles;
  }

  /** Sets the bits of the tiles that are compatible with an unrolling. */
  void of(Spatial.Unrolling unrolled, long[] bits) {
    System.arraycopy(all, 0, bits, 0, all.length);
    for (int d = 0; d < unrolled.factor().length; d++) {
      if (unrolled.factor()[d] > 1 || outermost[d]) {
        long[] fitting = along(d, unrolled);
        for (int i = 0; i < all.length; i++) {
          bits[i] &= fitting[i];
        }
      }
    }
  }

  private long[] along(int d, Spatial.Unrolling unrolled) {
    int x = unrolled.x()[d];
    int y = unrolled.y()[d];
    known = d < known.length ? known : Arrays.copyOf(known, d + 1);
    known[d] = known[d] == null ? new long[x + 1][][] : known[d];
    known[d] = x < known[d].length ? known[d] : Arrays.copyOf(known[d], x + 1);
    known[d][x] = known[d][x] == null ? new long[y + 1][] : known[d][x];
    known[d][x] = y < known[d][x].length ? known[d][x] : Arrays.copyOf(known[d][x], y + 1);
    if (known[d][x][y] == null) {
      long[] bits = new long[all.length];
      for (int i = 0; i < tiles.size(); i++) {
        if (fits(d, tiles.get(i), unrolled)) {
          bits[i / Long.SIZE] |= 1L << i;
        }
      }
      known[d][x][y] = bits;
    }
    return known[d][x][y];
  }

  private boolean fits(int d, RegisterTiles.Tile tile, Spatial.Unrolling unrolled) {
    int count = tile.tiles()[d];
    boolean fits = unrolled.factor()[d] == 1 || unrolled.fits(d, count, remainders);
    // With several rounds all instances work, whatever the tile; with one, as many as there are
    // tiles.
    return fits && (!outermost[d] || tile.temporal()[d] == 1 || count < unrolled.factor()[d]);
  }

  /** An empty set of bits. */
  long[] bits() {
    return Arrays.copyOf(all, all.length);
  }
}
