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
    Bound[] least) {}
