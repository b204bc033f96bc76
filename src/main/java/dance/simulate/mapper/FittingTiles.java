package dance.simulate.mapper;

import java.util.Arrays;
import java.util.List;

/**
 * Register tiles, and which of them are compatible with an unrolling; one bit per tile. Of
 * {@linkplain MappingCosts#apart outermost dimensions} a tile has one index, as their loops belong
 * outside; except if larger tiles leave instances unused, so that these need not leak.
 */
final class FittingTiles {
  private final List<RegisterTiles.Tile> tiles;
  private final boolean remainders;
  private final boolean[] apart;
  private final long[] all;

  /**
   * Bits by dimension and its factors along X and Y: [dimension][x][y]; null if not computed yet.
   */
  private long[][][][] known = new long[0][][][];

  FittingTiles(List<RegisterTiles.Tile> tiles, boolean remainders, boolean[] apart) {
    this.tiles = tiles;
    this.remainders = remainders;
    this.apart = apart;
    all = new long[(tiles.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < tiles.size(); i++) {
      all[i / Long.SIZE] |= 1L << i;
    }
  }

  List<RegisterTiles.Tile> tiles() {
    return tiles;
  }

  /** Sets the bits of the tiles that are compatible with an unrolling. */
  void of(Spatial.Unrolling spread, long[] bits) {
    System.arraycopy(all, 0, bits, 0, all.length);
    for (int d = 0; d < spread.factor().length; d++) {
      if (spread.factor()[d] > 1 || apart[d]) {
        long[] fitting = along(d, spread);
        for (int i = 0; i < all.length; i++) {
          bits[i] &= fitting[i];
        }
      }
    }
  }

  private long[] along(int d, Spatial.Unrolling spread) {
    int x = spread.x()[d];
    int y = spread.y()[d];
    known = d < known.length ? known : Arrays.copyOf(known, d + 1);
    known[d] = known[d] == null ? new long[x + 1][][] : known[d];
    known[d] = x < known[d].length ? known[d] : Arrays.copyOf(known[d], x + 1);
    known[d][x] = known[d][x] == null ? new long[y + 1][] : known[d][x];
    known[d][x] = y < known[d][x].length ? known[d][x] : Arrays.copyOf(known[d][x], y + 1);
    if (known[d][x][y] == null) {
      long[] bits = new long[all.length];
      for (int i = 0; i < tiles.size(); i++) {
        if (fits(d, tiles.get(i), spread)) {
          bits[i / Long.SIZE] |= 1L << i;
        }
      }
      known[d][x][y] = bits;
    }
    return known[d][x][y];
  }

  private boolean fits(int d, RegisterTiles.Tile tile, Spatial.Unrolling spread) {
    int count = tile.tiles()[d];
    boolean fits = spread.factor()[d] == 1 || spread.fits(d, count, remainders);
    // With several rounds all instances work, whatever the tile; with one, as many as there are
    // tiles.
    return fits && (!apart[d] || tile.temporal()[d] == 1 || count < spread.factor()[d]);
  }

  /** An empty set of bits. */
  long[] bits() {
    return Arrays.copyOf(all, all.length);
  }
}
