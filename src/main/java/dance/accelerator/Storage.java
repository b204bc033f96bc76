package dance.accelerator;

import dance.check.Copy;
import java.util.List;

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
 * @param partitions how the capacity is divided among operands; empty for one pool
 */
public record Storage(
    long capacityWords,
    int wordBits,
    int lineWords,
    int multipleBuffering,
    int clusterSize,
    List<Partition> partitions) {

  /** Copies the list: the record is immutable. */
  public Storage {
    partitions = List.copyOf(partitions);
  }

  /** One pool for all operands. */
  public Storage(
      long capacityWords, int wordBits, int lineWords, int multipleBuffering, int clusterSize) {
    this(capacityWords, wordBits, lineWords, multipleBuffering, clusterSize, List.of());
  }

  Storage capacityWords(long words) {
    return Copy.with(this, "capacityWords", words);
  }

  Storage wordBits(int bits) {
    return Copy.with(this, "wordBits", bits);
  }

  Storage lineWords(int words) {
    return Copy.with(this, "lineWords", words);
  }

  Storage multipleBuffering(int buffers) {
    return Copy.with(this, "multipleBuffering", buffers);
  }

  Storage clusterSize(int instances) {
    return Copy.with(this, "clusterSize", instances);
  }

  Storage partitions(List<Partition> parts) {
    return Copy.with(this, "partitions", parts);
  }

  /** Bytes of one instance. */
  double bytes() {
    return capacityWords * (double) wordBits / 8;
  }
}
