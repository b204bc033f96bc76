package dance.simulate.count;

/**
 * Listener for the contributions to a number while a {@link Counter} computes it, so that an
 * explanation cannot differ from the count.
 */
public interface Contributions {

  /** Words of the first tile, or tiles. */
  void first(long words);

  /**
   * A temporal loop with identical advances, for one instance.
   *
   * @param loop its place in the nest
   * @param times number of advances
   * @param words words of the new tile
   * @param overlap those of them that count as held
   * @param move displacement of the tile, {@code [axis]}; valid during the call only
   * @param credited false if words are held that do not count as such
   */
  void advance(int loop, long times, long words, long overlap, long[] move, boolean credited);

  /**
   * A temporal loop that moves partial tiles.
   *
   * @param words words of the new tiles of all its advances, over all instances that are charged
   * @param overlap those of them that were held
   */
  void advance(int loop, long words, long overlap);

  /** A factor that an axis of the tensor contributes. */
  void axis(int axis, long factor);

  /** A factor that a dimension contributes. */
  void dimension(int dimension, long factor);
}
