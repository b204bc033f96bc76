package dance.accelerator;

/**
 * Geometry of a memory.
 *
 * @param capacityWords words of one instance before multiple buffering; {@link
 *     MemoryLevel#UNBOUNDED} for off-chip memory
 * @param wordBits width of a word
 * @param lineWords words that one access moves
 * @param multipleBuffering buffers that share the capacity; 2 is double buffering
 * @param clusterSize neighbouring instances that are columns of one physical memory and share the
 *     energy of its line access; 1 if every instance is a memory of its own
 */
public record Storage(
    long capacityWords, int wordBits, int lineWords, int multipleBuffering, int clusterSize) {
  Storage capacityWords(long words) {
    return new Storage(words, wordBits, lineWords, multipleBuffering, clusterSize);
  }

  Storage wordBits(int bits) {
    return new Storage(capacityWords, bits, lineWords, multipleBuffering, clusterSize);
  }

  Storage lineWords(int words) {
    return new Storage(capacityWords, wordBits, words, multipleBuffering, clusterSize);
  }

  Storage multipleBuffering(int buffers) {
    return new Storage(capacityWords, wordBits, lineWords, buffers, clusterSize);
  }

  Storage clusterSize(int instances) {
    return new Storage(capacityWords, wordBits, lineWords, multipleBuffering, instances);
  }

  /** Bytes of one instance. */
  double bytes() {
    return capacityWords * (double) wordBits / 8;
  }
}
