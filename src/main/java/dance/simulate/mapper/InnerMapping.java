package dance.simulate.mapper;

/**
 * A register tile with its unrolling, to be joined with tiles of the buffer of one kind.
 *
 * @param innermost kind of the innermost of the buffer's loops, as in {@link BufferTiles}
 * @param least its bounds, none where it cannot be the best: [buffer]
 */
record InnerMapping(
    StorageChoice keeps,
    ArrayUnrolling unrolling,
    RegisterTiles.Tile tile,
    int innermost,
    Bound[] least) {
  /**
   * A number that those have in common around which the tiles of the buffer are the same: a hash of
   * the extents of the array's tile and of the kind of the innermost loop.
   */
  int around() {
    int hash = innermost;
    for (int d = 0; d < tile.temporal().length; d++) {
      hash = 31 * hash + tile.temporal()[d] * unrolling.unrolled.factor()[d];
    }
    return hash;
  }
}
