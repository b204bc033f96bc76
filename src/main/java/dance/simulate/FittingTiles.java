package dance.simulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Register tiles, and which of them a way to spread goes with; one bit for each tile. */
final class FittingTiles {
  private final List<RegisterTiles.Tile> tiles;
  private final boolean remainders;
  private final Map<Spread, long[]> known = new HashMap<>();
  private final long[] all;

  /** Factors of a dimension. */
  private record Spread(int d, int x, int y) {}

  FittingTiles(List<RegisterTiles.Tile> tiles, boolean remainders) {
    this.tiles = tiles;
    this.remainders = remainders;
    all = new long[(tiles.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < tiles.size(); i++) {
      all[i / Long.SIZE] |= 1L << i;
    }
  }

  List<RegisterTiles.Tile> tiles() {
    return tiles;
  }

  /** Sets the bits of the tiles that go with a way to spread. */
  void of(Spatial.Choice spread, long[] bits) {
    System.arraycopy(all, 0, bits, 0, all.length);
    for (int d = 0; d < spread.factor().length; d++) {
      if (spread.factor()[d] > 1) {
        long[] fitting = along(d, spread);
        for (int i = 0; i < all.length; i++) {
          bits[i] &= fitting[i];
        }
      }
    }
  }

  private long[] along(int d, Spatial.Choice spread) {
    return known.computeIfAbsent(
        new Spread(d, spread.x()[d], spread.y()[d]),
        key -> {
          long[] bits = new long[all.length];
          for (int i = 0; i < tiles.size(); i++) {
            if (spread.fits(d, tiles.get(i).tiles()[d], remainders)) {
              bits[i / Long.SIZE] |= 1L << i;
            }
          }
          return bits;
        });
  }

  /** An empty set of bits. */
  long[] bits() {
    return Arrays.copyOf(all, all.length);
  }
}
