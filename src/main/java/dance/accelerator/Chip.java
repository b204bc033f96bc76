package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * A custom chip, built component by component from outside to inside; {@link #accelerator} derives
 * all energies and areas by the rules of the {@link Technology}.
 *
 * <pre>{@code
 * var mine = Chip.named("mine")
 *     .sram("GLB", 64 * 1024)
 *     .array(16, 16)
 *     .registers("RF", 32)
 *     .clockMhz(500)
 *     .accelerator();
 * }</pre>
 *
 * <p>Defaults: words of 16 bits, 65 nm, 200 MHz, any mapping, LPDDR4 of 64 bytes per cycle, the
 * costs of the Eyeriss chip, SRAM ports as wide as the off-chip memory. Every prefix of the chain
 * is a valid value; {@link #accelerator} reports what is missing.
 *
 * @param name as tables show it
 * @param words width of a word and clock
 * @param dataflow which mappings it can run
 * @param offChip the off-chip memory, level DRAM
 * @param process technology and overheads
 * @param levels on-chip memories, outermost first, without networks
 * @param mac the MAC unit; null for the technology's, of the width of a word
 */
public record Chip(
    String name,
    Template.Words words,
    Dataflow dataflow,
    Template.OffChip offChip,
    Template.Process process,
    List<MemoryLevel> levels,
    MacUnit mac) {

  private static final int LINE_BITS = 64;

  /** Copies the list: the record is immutable. */
  public Chip {
    levels = List.copyOf(levels);
  }

  /** An empty chip of this name. */
  public static Chip named(String name) {
    Template usual = Template.of(1, 1, 1, Dataflow.UNCONSTRAINED);
    return new Chip(
        name, usual.words(), usual.dataflow(), usual.offChip(), usual.process(), List.of(), null);
  }

  /** With words of this many bits in the memories added after this. */
  public Chip wordBits(int bits) {
    Template.Words other = new Template.Words(bits, words.clockMhz());
    return Copy.with(this, "words", other);
  }

  /** At this clock. */
  public Chip clockMhz(double mhz) {
    Template.Words other = new Template.Words(words.bits(), mhz);
    return Copy.with(this, "words", other);
  }

  /** With this dataflow. */
  public Chip dataflow(Dataflow other) {
    return Copy.with(this, "dataflow", other);
  }

  /** With this off-chip memory and its bytes per cycle, reads and writes together. */
  public Chip dram(Dram kind, double bytesPerCycle) {
    Template.OffChip other = new Template.OffChip(kind, bytesPerCycle);
    return Copy.with(this, "offChip", other);
  }

  /** In this technology, with its overheads; applies to memories added after this. */
  public Chip technology(Technology other) {
    return Copy.with(this, "process", new Template.Process(other, other.overheads()));
  }

  /** With other overheads; {@link Overheads#NONE} counts the components only. */
  public Chip overheads(Overheads other) {
    Template.Process changed = new Template.Process(process.technology(), other);
    return Copy.with(this, "process", changed);
  }

  /** Adds an SRAM of this many bytes below the memories so far, in lines of 64 bits. */
  public Chip sram(String level, long bytes) {
    int lineWords = Math.max(1, LINE_BITS / Math.max(1, words.bits()));
    double port = offChip.bytesPerCycle() * 8 / words.bits();
    return level(
        process.technology().sram(level, bytes, words.bits(), lineWords).bandwidth(port, port));
  }

  /** Adds a register file of this many words below the memories so far, without bandwidth limit. */
  public Chip registers(String level, long count) {
    return level(process.technology().registers(level, count, words.bits()));
  }

  /** Adds a memory level below those so far. */
  public Chip level(MemoryLevel level) {
    List<MemoryLevel> more = new ArrayList<>(levels);
    more.add(level);
    return Copy.with(this, "levels", more);
  }

  /**
   * With an array of columns and rows, below each instance of the last memory, of whatever is added
   * next: memories or MAC units.
   */
  public Chip array(int columns, int rows) {
    List<MemoryLevel> changed = new ArrayList<>(levels);
    if (changed.isEmpty()) {
      changed.add(dram());
    }
    int last = changed.size() - 1;
    changed.set(last, changed.get(last).fanout(columns, rows));
    return Copy.with(this, "levels", changed);
  }

  /** With this MAC unit. */
  public Chip mac(MacUnit other) {
    return Copy.with(this, "mac", other);
  }

  private MemoryLevel dram() {
    return offChip.kind().level(words.bits(), offChip.bytesPerCycle());
  }

  /**
   * The accelerator.
   *
   * @throws IllegalArgumentException if something is missing or contradictory; the message lists
   *     all of it
   */
  public Accelerator accelerator() {
    List<MemoryLevel> all = new ArrayList<>();
    if (levels.isEmpty() || !levels.get(0).name().equals("DRAM")) {
      all.add(dram());
    }
    all.addAll(levels);
    new Rules()
        .require(!name.isBlank(), "a chip needs a name: Chip.named(\"mine\")")
        .require(
            all.size() > 1,
            "chip %s needs a memory on it, such as .sram(\"GLB\", 65536) or .registers(\"RF\", 16)",
            name)
        .require(
            all.stream().anyMatch(level -> level.fanout().instances() > 1),
            "chip %s needs an array, such as .array(16, 16) after the memory that feeds it",
            name)
        .require(
            words.clockMhz() > 0, "clock of %s (%s MHz) must be positive", name, words.clockMhz())
        .check();
    MacUnit arithmetic = mac == null ? process.technology().mac(words.bits()) : mac;
    List<MemoryLevel> wired = new ArrayList<>();
    for (int l = 0; l < all.size(); l++) {
      MemoryLevel level = all.get(l);
      boolean connects = level.fanout().instances() > 1;
      boolean own = !level.interconnect().equals(Interconnect.IDEAL);
      double um2 = Hops.elementUm2(all, arithmetic, process.overheads().peUm2(), l);
      wired.add(
          connects && !own
              ? level.interconnect(process.technology().network(level.wordBits(), um2))
              : level);
    }
    return new Accelerator(
        name,
        wired,
        arithmetic,
        words.clockMhz(),
        dataflow,
        process.technology().label(),
        process.overheads());
  }

  /** Name and memories, in one line. */
  @Override
  public String toString() {
    return name
        + ": "
        + (levels.isEmpty() ? "nothing yet" : levels.stream().map(l -> l.name()).toList());
  }
}
