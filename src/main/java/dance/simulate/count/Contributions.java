package dance.simulate.count;

/**
 * Hears what a number is made of while a {@link Counter} computes it: so an explanation cannot say
 * anything else than what was counted.
 */
public interface Contributions {

  /** The words of the tile, or tiles, that come first. */
  void first(long words);

  /**
   * A temporal loop whose advances are all alike, seen by one instance.
   *
   * @param loop its place in the nest
   * @param times how often it advances
   * @param words words of the new tile
   * @param overlap those of them that count as held
   * @param move by how much the tile moves, by axis; valid during the call only
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
