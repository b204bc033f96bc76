package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One level of the memory hierarchy, and the array of instances below each of its instances.
 *
 * <p>Every wither has the name of what it changes. A change of size derives energies, leakage and
 * area again if the {@link CostSource} has a rule for them:
 *
 * <pre>{@code
 * var glb = Accelerators.eyeriss().level("GLB").capacityBytes(216 * 1024);
 * }</pre>
 *
 * @param name as tables show it, unique in the accelerator
 * @param storage capacity, words, lines and how instances share a memory
 * @param bandwidth of its ports
 * @param keeps roles of the operands that this level can keep
 * @param fanout instances of the next-inner level (or MACs) below each instance
 * @param interconnect to the instances below
 * @param costs of one instance; NaN where an energy or the area is unknown
 * @param source where the costs come from
 */
public record MemoryLevel(
    String name,
    Storage storage,
    Bandwidth bandwidth,
    Set<Operand> keeps,
    Fanout fanout,
    Interconnect interconnect,
    StorageCosts costs,
    CostSource source) {

  /** Capacity of a level without limit. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /**
   * Checks that the parts fit each other; lists all that is wrong.
   *
   * @throws IllegalArgumentException naming each rule violated: partitions against capacity,
   *     bandwidths, costs
   */
  public MemoryLevel {
    EnumSet<Operand> kept = EnumSet.noneOf(Operand.class);
    kept.addAll(keeps);
    keeps = Collections.unmodifiableSet(kept);
    Storage s = storage;
    List<Partition> partitions = s.partitions();
    StorageCosts c = costs;
    List<Operand> divided = partitions.stream().flatMap(p -> p.operands().stream()).toList();
    new Rules()
        .require(
            partitions.isEmpty()
                || divided.size() == keeps.size() && EnumSet.copyOf(divided).equals(kept),
            "partitions of %s (%s) must name each operand that it keeps once: %s",
            name,
            partitions,
            keeps)
        .require(
            partitions.isEmpty()
                || partitions.stream().mapToLong(Partition::words).sum() == s.capacityWords(),
            "partitions of %s (%s) must be its capacity: %d words",
            name,
            partitions,
            s.capacityWords())
        .require(
            s.capacityWords() >= 0,
            "capacity of %s (%d words) is negative",
            name,
            s.capacityWords())
        .require(
            s.wordBits() >= 1, "word width of %s (%d bits) must be at least 1", name, s.wordBits())
        .require(
            s.lineWords() >= 1, "line of %s (%d words) must be at least 1", name, s.lineWords())
        .require(bandwidth.readWordsPerCycle() > 0, "read bandwidth of %s must be positive", name)
        .require(bandwidth.writeWordsPerCycle() > 0, "write bandwidth of %s must be positive", name)
        .require(
            bandwidth.sharedWordsPerCycle() > 0, "shared bandwidth of %s must be positive", name)
        .require(
            bandwidth.networks().values().stream().allMatch(words -> words > 0),
            "networks of %s (%s words per cycle) must be positive",
            name,
            bandwidth.networks())
        .require(
            s.multipleBuffering() >= 1,
            "multiple buffering of %s (%d) must be at least 1",
            name,
            s.multipleBuffering())
        .require(
            fanout.x() >= 1 && fanout.y() >= 1,
            "fan-out of %s (%d × %d) must be at least 1 × 1",
            name,
            fanout.x(),
            fanout.y())
        .require(
            !(c.readPj() < 0 || c.fillPj() < 0 || c.updatePj() < 0 || c.leakPjPerCycle() < 0),
            "energies of %s must not be negative",
            name)
        .require(!(c.areaUm2() < 0), "area of %s (%s um2) must not be negative", name, c.areaUm2())
        .require(
            s.clusterSize() >= 1,
            "cluster of %s (%d instances) must be at least 1",
            name,
            s.clusterSize())
        .check();
  }

  /** A level of this capacity that can keep every operand, without energy and bandwidth limits. */
  public static MemoryLevel of(String name, long capacityWords) {
    return new MemoryLevel(
        name,
        new Storage(capacityWords, 16, 1, 1, 1),
        Bandwidth.UNLIMITED,
        EnumSet.allOf(Operand.class),
        new Fanout(1, 1),
        Interconnect.IDEAL,
        StorageCosts.FREE,
        CostSource.GIVEN);
  }

  /** Off-chip memory of unlimited capacity. */
  public static MemoryLevel unbounded(String name) {
    return of(name, UNBOUNDED);
  }

  /** Whether all access energies are known. */
  public boolean isPriced() {
    return !Double.isNaN(costs.readPj() + costs.fillPj() + costs.updatePj());
  }

  /** Words of one instance before multiple buffering; {@link #UNBOUNDED} for off-chip memory. */
  public long capacityWords() {
    return storage.capacityWords();
  }

  /** Words available to the tiles of one instance together. */
  public long usableWords() {
    return capacityWords() == UNBOUNDED ? UNBOUNDED : capacityWords() / multipleBuffering();
  }

  /** Width of a word. */
  public int wordBits() {
    return storage.wordBits();
  }

  /** Words that one access moves. */
  public int lineWords() {
    return storage.lineWords();
  }

  /** Buffers that share the capacity; 2 is double buffering. */
  public int multipleBuffering() {
    return storage.multipleBuffering();
  }

  /** Read bandwidth of one instance, words per cycle; infinite if unlimited. */
  public double readWordsPerCycle() {
    return bandwidth.readWordsPerCycle();
  }

  /** Bandwidth of fills and updates together, words per cycle. */
  public double writeWordsPerCycle() {
    return bandwidth.writeWordsPerCycle();
  }

  /** Bandwidth of a port that serves reads and writes, words per cycle. */
  public double sharedWordsPerCycle() {
    return bandwidth.sharedWordsPerCycle();
  }

  /** Instances of the next-inner level (or MACs) along X. */
  public int fanoutX() {
    return fanout.x();
  }

  /** Instances of the next-inner level (or MACs) along Y. */
  public int fanoutY() {
    return fanout.y();
  }

  /** Neighbouring instances that form one physical memory. */
  public int clusterSize() {
    return storage.clusterSize();
  }

  /** Energy of reading one line, pJ. */
  public double readPj() {
    return costs.readPj();
  }

  /** Energy of writing one line received from the level above, pJ. */
  public double fillPj() {
    return costs.fillPj();
  }

  /** Energy of writing one line of partial sums, pJ. */
  public double updatePj() {
    return costs.updatePj();
  }

  /** Leakage of one instance. */
  public double leakPjPerCycle() {
    return costs.leakPjPerCycle();
  }

  /** Area of one instance, µm². */
  public double areaUm2() {
    return costs.areaUm2();
  }

  /** Under another name. */
  public MemoryLevel named(String other) {
    return Copy.with(this, "name", other);
  }

  /**
   * With another capacity; energies, leakage and area are derived again. Regions of one memory keep
   * their shares, banks their size.
   *
   * @throws IllegalArgumentException if the costs of the level were given for one size only, or if
   *     it has a pad for each operand
   */
  public MemoryLevel capacityWords(long words) {
    Storage other = storage.capacityWords(words);
    if (other.equals(storage)) {
      return this;
    }
    new Rules()
        .require(
            partitions().stream().allMatch(part -> part.costs().isEmpty()),
            "%s of %,d words is divided into pads (%s): no one capacity says how. Maybe"
                + " .partition(…) with other words, or .pooled() for one pool.",
            name,
            capacityWords(),
            partitions())
        .check();
    Storage divided = other.partitions(Partition.ofCapacity(partitions(), words));
    if (costs.equals(StorageCosts.FREE)) {
      return storage(divided, costs);
    }
    return storage(divided, source.costs(other).orElseThrow(() -> notDerived(words)));
  }

  /**
   * With a scratch pad for each operand, a memory of its own: energies, leakage and area are
   * derived from the sizes of the pads, or stay those of the level if no rule derives them. An
   * operand with a pad of 0 words is not kept.
   */
  public MemoryLevel partition(long weightWords, long inputWords, long outputWords) {
    List<Partition> pads = new ArrayList<>();
    long[] words = {weightWords, inputWords, outputWords};
    Operand[] operands = {Operand.WEIGHT, Operand.INPUT, Operand.OUTPUT};
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        pads.add(Partition.pad(operands[i], words[i]));
      }
    }
    return partition(pads);
  }

  /** With its capacity divided; the level keeps the operands that the partitions() name. */
  public MemoryLevel partition(List<Partition> parts) {
    EnumSet<Operand> kept = EnumSet.noneOf(Operand.class);
    parts.forEach(part -> kept.addAll(part.operands()));
    Storage other = storage.capacityWords(parts.stream().mapToLong(Partition::words).sum());
    return priced(other, kept, parts);
  }

  /** With one pool for all operands that it keeps; costs are those of a memory of this capacity. */
  public MemoryLevel pooled() {
    return partitions().isEmpty() ? this : priced(storage, keeps, List.of());
  }

  /** With costs that its source derives: those of pads from their own sizes. */
  private MemoryLevel priced(Storage other, Set<Operand> kept, List<Partition> parts) {
    List<Partition> priced = new ArrayList<>();
    StorageCosts pads = StorageCosts.FREE;
    for (Partition part : parts) {
      StorageCosts own = costs(other.capacityWords(part.words()));
      priced.add(part.costs().isPresent() ? part.costs(own) : part);
      pads = part.costs().isPresent() ? pads.plus(own) : pads;
    }
    boolean all = !parts.isEmpty() && parts.stream().allMatch(p -> p.costs().isPresent());
    boolean derived = all && !source.costs(other).isEmpty() && !costs.equals(StorageCosts.FREE);
    double n = parts.size();
    // One energy for a level of pads is their mean: a summary, which nothing is charged by.
    StorageCosts known =
        derived
            ? pads.energy(pads.readPj() / n, pads.fillPj() / n, pads.updatePj() / n)
            : costs(other);
    return Copy.with(
        this, Map.of("storage", other.partitions(priced), "keeps", kept, "costs", known));
  }

  /** Costs of a memory of this size by the source, or the level's. */
  private StorageCosts costs(Storage other) {
    boolean free = costs.equals(StorageCosts.FREE);
    return free ? costs : source.costs(other).orElse(costs);
  }

  /** How the capacity is divided among operands; empty for one pool. */
  public List<Partition> partitions() {
    return storage.partitions();
  }

  /** The partition of an operand; empty in one pool. */
  public Optional<Partition> partition(Operand operand) {
    return partitions().stream().filter(p -> p.operands().contains(operand)).findFirst();
  }

  /** Costs of an access to words of an operand. */
  private StorageCosts costs(Operand operand) {
    return partition(operand).flatMap(Partition::costs).orElse(costs);
  }

  /** Energy of reading a line of an operand, pJ. */
  public double readPj(Operand operand) {
    return costs(operand).readPj();
  }

  /** Energy of writing a line of an operand received from the level above, pJ. */
  public double fillPj(Operand operand) {
    return costs(operand).fillPj();
  }

  /** Energy of writing a line of partial sums to where an operand is, pJ. */
  public double updatePj(Operand operand) {
    return costs(operand).updatePj();
  }

  private IllegalArgumentException notDerived(long words) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s of %,d words has energies, leakage and area (%s) that no rule derives for %,d"
                + " words. Maybe .free().capacityWords(%d).costsOf(new"
                + " CostSource.Sram(technology)), or .energy(…), .leak(…) and .area(…) of the new"
                + " size.",
            name,
            capacityWords(),
            source.text(),
            words,
            words));
  }

  /** With a capacity in bytes, in whole words: {@link #capacityWords(long)}. */
  public MemoryLevel capacityBytes(long bytes) {
    return capacityWords(Math.multiplyExact(bytes, 8L) / wordBits());
  }

  /** With words of this many bits, the same number of them; given costs are kept. */
  public MemoryLevel wordBits(int bits) {
    return storage(storage.wordBits(bits));
  }

  /** With lines of this many words: one access moves a line. Given costs are kept. */
  public MemoryLevel lineWords(int words) {
    return storage(storage.lineWords(words));
  }

  /** With the capacity shared by this many buffers. */
  public MemoryLevel multipleBuffering(int buffers) {
    return storage(storage.multipleBuffering(buffers), costs);
  }

  /** With this many neighbouring instances in one physical memory. */
  public MemoryLevel clusterSize(int instances) {
    return storage(storage.clusterSize(instances), costs);
  }

  /** With other storage; costs are derived again where there is a rule. */
  MemoryLevel storage(Storage other) {
    boolean derived = !other.equals(storage) && source.costs(other).isPresent();
    List<Partition> parts =
        partitions().stream().map(p -> p.scaled(other.capacityWords(), capacityWords())).toList();
    return derived ? priced(other, keeps, parts) : storage(other.partitions(parts), costs);
  }

  private MemoryLevel storage(Storage other, StorageCosts known) {
    return Copy.with(this, "storage", other, "costs", known);
  }

  /** With separate read and write ports, in words per cycle. */
  public MemoryLevel bandwidth(double read, double write) {
    return bandwidth(bandwidth.ports(read, write));
  }

  /** With one port for reads and writes, in words per cycle. */
  public MemoryLevel sharedBandwidth(double wordsPerCycle) {
    return bandwidth(bandwidth.shared(wordsPerCycle));
  }

  /** With a network for one operand to and from the instances inside, words per cycle each way. */
  public MemoryLevel network(Operand operand, double wordsPerCycle) {
    return bandwidth(bandwidth.network(operand, wordsPerCycle));
  }

  /** With instances inside that do not work while words of these operands are on their networks. */
  public MemoryLevel waitsFor(Operand... operands) {
    return bandwidth(bandwidth.waits(Set.of(operands)));
  }

  /** With other ports. */
  public MemoryLevel bandwidth(Bandwidth ports) {
    return Copy.with(this, "bandwidth", ports);
  }

  /** Keeping only operands of these roles. */
  public MemoryLevel keeps(Operand... operands) {
    Set<Operand> roles = Set.of(operands);
    if (!partitions().isEmpty()) {
      return partition(partitions().stream().filter(p -> roles.containsAll(p.operands())).toList());
    }
    return Copy.with(this, "keeps", roles);
  }

  /** With this array of instances below each instance. */
  public MemoryLevel fanout(int x, int y) {
    Fanout array = new Fanout(x, y);
    return Copy.with(this, "fanout", array);
  }

  /** With this interconnect to the instances below. */
  public MemoryLevel interconnect(Interconnect network) {
    return Copy.with(this, "interconnect", network);
  }

  /** With these energies per line, in pJ. */
  public MemoryLevel energy(double read, double fill, double update) {
    return derived(costs.energy(read, fill, update), CostSource.GIVEN);
  }

  /** With this leakage of one instance, in pJ per cycle. */
  public MemoryLevel leak(double pjPerCycle) {
    return with(costs.leak(pjPerCycle), CostSource.GIVEN, partitions());
  }

  /** With this area of one instance, in square micrometres. */
  public MemoryLevel area(double um2) {
    return with(costs.area(um2), CostSource.GIVEN, partitions());
  }

  /** Without any costs. */
  public MemoryLevel free() {
    return derived(StorageCosts.FREE, CostSource.GIVEN);
  }

  /**
   * With the costs that a rule derives from the size.
   *
   * @throws IllegalArgumentException if the rule does not cover this size
   */
  public MemoryLevel costsOf(CostSource rule) {
    MemoryLevel costed =
        derived(rule.costs(storage).orElseThrow(() -> notDerived(capacityWords())), rule);
    return partitions().isEmpty() ? costed : costed.priced(storage, keeps, partitions());
  }

  /** With costs of this source, those of pads too. */
  MemoryLevel derived(StorageCosts known, CostSource from) {
    List<Partition> parts =
        partitions().stream().map(p -> p.costs().isPresent() ? p.costs(known) : p).toList();
    return with(known, from, parts);
  }

  private MemoryLevel with(StorageCosts known, CostSource from, List<Partition> parts) {
    Storage other = storage.partitions(parts);
    return Copy.with(this, Map.of("storage", other, "costs", known, "source", from));
  }

  /** Capacity, words, bandwidths, operands, fan-out and access energies, in one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": ");
    text.append(
        capacityWords() == UNBOUNDED
            ? "unbounded"
            : String.format(Locale.ROOT, "%,d words", capacityWords()));
    text.append(" of ").append(wordBits()).append(" bits");
    if (lineWords() > 1) {
      text.append(", lines of ").append(lineWords());
    }
    if (!partitions().isEmpty()) {
      text.append(": ").append(partitions().stream().map(Partition::toString).toList());
    } else if (!keeps.equals(EnumSet.allOf(Operand.class))) {
      text.append(", keeps ").append(keeps.isEmpty() ? "nothing" : keeps);
    }
    if (fanout.instances() > 1) {
      text.append(", over ").append(fanout.x()).append(" × ").append(fanout.y());
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "; read %.4g, fill %.4g, update %.4g pJ a line; %.4g mm²",
                readPj(),
                fillPj(),
                updatePj(),
                areaUm2() / 1e6))
        .toString();
  }
}
