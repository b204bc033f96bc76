package dance.accelerator;

import dance.check.Rules;
import dance.workload.Operand;
import java.util.EnumSet;
import java.util.Set;

/**
 * One level of the memory hierarchy, and the array of instances below each of its instances.
 *
 * @param name as tables call it, unique in the accelerator
 * @param capacityWords words of one instance before multiple buffering; {@link #UNBOUNDED} for
 *     off-chip memory
 * @param wordBits width of a word
 * @param lineWords words that one access moves
 * @param readWordsPerCycle read bandwidth of one instance; infinite if it does not matter
 * @param writeWordsPerCycle bandwidth of fills and updates together
 * @param sharedWordsPerCycle bandwidth of a port that serves reads and writes
 * @param multipleBuffering buffers that share the capacity; 2 is double buffering
 * @param keeps roles of the operands that this level can keep
 * @param fanoutX instances of the next-inner level (or MACs) along X
 * @param fanoutY likewise along Y
 * @param readPj energy of reading one line; NaN, as each energy and the area, where it is unknown
 * @param fillPj energy of writing one line that came from outside
 * @param updatePj energy of writing one line of partial sums
 * @param leakPjPerCycle leakage of one instance
 * @param areaUm2 area of one instance
 * @param interconnect network to the instances below
 * @param clusterSize neighbouring instances that are columns of one physical memory and share the
 *     energy of its line access; 1 where every instance is a memory of its own
 */
public record MemoryLevel(
    String name,
    long capacityWords,
    int wordBits,
    int lineWords,
    double readWordsPerCycle,
    double writeWordsPerCycle,
    double sharedWordsPerCycle,
    int multipleBuffering,
    Set<Operand> keeps,
    int fanoutX,
    int fanoutY,
    double readPj,
    double fillPj,
    double updatePj,
    double leakPjPerCycle,
    double areaUm2,
    Interconnect interconnect,
    int clusterSize) {

  /** Capacity of a level that holds everything. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  public MemoryLevel {
    EnumSet<Operand> kept = EnumSet.noneOf(Operand.class);
    kept.addAll(keeps);
    keeps = java.util.Collections.unmodifiableSet(kept);
    new Rules()
        .require(capacityWords >= 0, "capacity of %s (%d words) is negative", name, capacityWords)
        .require(wordBits >= 1, "word width of %s (%d bits) must be at least 1", name, wordBits)
        .require(lineWords >= 1, "line of %s (%d words) must be at least 1", name, lineWords)
        .require(readWordsPerCycle > 0, "read bandwidth of %s must be positive", name)
        .require(writeWordsPerCycle > 0, "write bandwidth of %s must be positive", name)
        .require(sharedWordsPerCycle > 0, "shared bandwidth of %s must be positive", name)
        .require(
            multipleBuffering >= 1,
            "multiple buffering of %s (%d) must be at least 1",
            name,
            multipleBuffering)
        .require(
            fanoutX >= 1 && fanoutY >= 1,
            "fan-out of %s (%d × %d) must be at least 1 × 1",
            name,
            fanoutX,
            fanoutY)
        .require(
            !(readPj < 0 || fillPj < 0 || updatePj < 0 || leakPjPerCycle < 0),
            "energies of %s must not be negative",
            name)
        .require(!(areaUm2 < 0), "area of %s (%s um2) must not be negative", name, areaUm2)
        .require(
            clusterSize >= 1, "cluster of %s (%d instances) must be at least 1", name, clusterSize)
        .check();
  }

  /** A level of this capacity that keeps everything, costs nothing and is never slow. */
  public static MemoryLevel of(String name, long capacityWords) {
    double none = Double.POSITIVE_INFINITY;
    return new MemoryLevel(
        name,
        capacityWords,
        16,
        1,
        none,
        none,
        none,
        1,
        EnumSet.allOf(Operand.class),
        1,
        1,
        0,
        0,
        0,
        0,
        0,
        Interconnect.IDEAL,
        1);
  }

  /** Off-chip memory: holds everything. */
  public static MemoryLevel unbounded(String name) {
    return of(name, UNBOUNDED);
  }

  /** Whether it is known what an access costs. */
  public boolean isPriced() {
    return !Double.isNaN(readPj + fillPj + updatePj);
  }

  /** Words that the tiles of one instance may take together. */
  public long usableWords() {
    return capacityWords == UNBOUNDED ? UNBOUNDED : capacityWords / multipleBuffering;
  }

  /** With words of this many bits. */
  public MemoryLevel wordBits(int bits) {
    return new MemoryLevel(
        name,
        capacityWords,
        bits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With lines of this many words: one access moves a line. */
  public MemoryLevel lineWords(int words) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        words,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With separate read and write ports, in words per cycle. */
  public MemoryLevel bandwidth(double read, double write) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        read,
        write,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With one port for reads and writes, in words per cycle. */
  public MemoryLevel sharedBandwidth(double wordsPerCycle) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        wordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With the capacity shared by this many buffers. */
  public MemoryLevel multipleBuffering(int buffers) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        buffers,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** Keeping only operands of these roles. */
  public MemoryLevel keeps(Operand... operands) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        Set.of(operands),
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With this array of instances below each instance. */
  public MemoryLevel fanout(int x, int y) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        x,
        y,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With these energies per line, in pJ. */
  public MemoryLevel energy(double read, double fill, double update) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        read,
        fill,
        update,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With this leakage of one instance, in pJ per cycle. */
  public MemoryLevel leak(double pjPerCycle) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        pjPerCycle,
        areaUm2,
        interconnect,
        clusterSize);
  }

  /** With this area of one instance, in square micrometres. */
  public MemoryLevel area(double um2) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        um2,
        interconnect,
        clusterSize);
  }

  /** With this network to the instances below. */
  public MemoryLevel interconnect(Interconnect network) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        network,
        clusterSize);
  }

  /** With this many neighbouring instances in one physical memory. */
  public MemoryLevel clusterSize(int instances) {
    return new MemoryLevel(
        name,
        capacityWords,
        wordBits,
        lineWords,
        readWordsPerCycle,
        writeWordsPerCycle,
        sharedWordsPerCycle,
        multipleBuffering,
        keeps,
        fanoutX,
        fanoutY,
        readPj,
        fillPj,
        updatePj,
        leakPjPerCycle,
        areaUm2,
        interconnect,
        instances);
  }
}
