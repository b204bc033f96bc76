package dance.accelerator;

import dance.check.Copy;
import dance.check.Rules;
import java.util.List;
import java.util.Optional;

/**
 * The parameterised accelerator of the DANCE space, Eyeriss-like: off-chip memory, a global buffer,
 * an array of PEs with a register file and a MAC unit each. All levels may keep all operands; a
 * register file is one pool of words. Energies and areas are derived from the sizes by the rules of
 * the {@link Technology}; a hop of the interconnect is as long as a PE, so that larger arrays and
 * larger PEs have longer wires.
 *
 * <p>Every component has a wither, so that any of them can be an axis of a design space.
 *
 * @param peX columns of the array
 * @param peY rows of the array
 * @param rfWords words of a register file
 * @param dataflow constraint on its mappings
 * @param words width of a word and clock
 * @param buffer global buffer
 * @param offChip off-chip memory
 * @param process technology and overheads
 */
public record Template(
    int peX,
    int peY,
    int rfWords,
    Dataflow dataflow,
    Words words,
    Buffer buffer,
    OffChip offChip,
    Process process) {

  /**
   * Word width and clock.
   *
   * @param bits width of a word everywhere: 4, 8, 16, 32 or 64
   * @param clockMhz clock frequency
   */
  public record Words(int bits, double clockMhz) {}

  /**
   * The global buffer.
   *
   * @param bytes capacity
   * @param readBytesPerCycle read bandwidth
   * @param writeBytesPerCycle write bandwidth
   */
  public record Buffer(long bytes, double readBytesPerCycle, double writeBytesPerCycle) {}

  /**
   * The off-chip memory.
   *
   * @param kind its kind
   * @param bytesPerCycle bandwidth, reads and writes together
   */
  public record OffChip(Dram kind, double bytesPerCycle) {}

  /**
   * Costs of the components.
   *
   * @param technology process
   * @param overheads what the component tables leave out
   */
  public record Process(Technology technology, Overheads overheads) {}

  /**
   * @throws IllegalArgumentException naming each size, width, clock or bandwidth out of range
   */
  public Template {
    new Rules()
        .require(peX >= 1 && peY >= 1, "array of %d × %d PEs must be at least 1 × 1", peX, peY)
        .require(rfWords >= 1, "register file (%d words) must have at least 1 word", rfWords)
        .require(
            words.bits >= 1 && words.bits <= 64 && 64 % words.bits == 0,
            "words of %d bits must divide the 64-bit lines of the global buffer",
            words.bits)
        .require(
            buffer.bytes >= 8,
            "global buffer (%d bytes) must hold at least one line of 8 bytes",
            buffer.bytes)
        .require(words.clockMhz > 0, "clock (%s MHz) must be positive", words.clockMhz)
        .require(
            offChip.bytesPerCycle > 0
                && buffer.readBytesPerCycle > 0
                && buffer.writeBytesPerCycle > 0,
            "bandwidths (%s, %s and %s bytes per cycle) must be positive",
            offChip.bytesPerCycle,
            buffer.readBytesPerCycle,
            buffer.writeBytesPerCycle)
        .check();
  }

  /**
   * Bytes per cycle of a 32-bit LPDDR4-3200 device, two channels of 16 bits, at Eyeriss' clock:
   * 3,200 MT/s × 4 bytes / 200 MHz (JESD209-4: 16-bit channels, two to a die, speed grade 3200).
   * The link of Eyeriss' test board, 2.4 bytes per cycle, would dominate every comparison of
   * arrays.
   */
  static final double LPDDR4_BYTES_PER_CYCLE = 3200 * 4 / Eyeriss.CLOCK_MHZ;

  /**
   * Bytes per cycle out of the global buffer and into it: as wide as the off-chip memory, our
   * choice. With the interconnects of Eyeriss, 18 and 8 bytes per cycle for 168 PEs, bypassing the
   * buffer would be faster than using it. Its banks could deliver more: JSSC'17 has banks of 4 KB
   * with 64 bits each.
   */
  static final double BUFFER_BYTES_PER_CYCLE = LPDDR4_BYTES_PER_CYCLE;

  /**
   * A design of the DANCE space: as Eyeriss at 65 nm, except for the bandwidths of the off-chip
   * memory and of the buffer, which matches it.
   */
  public static Template of(int peX, int peY, int rfWords, Dataflow dataflow) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        new Words(Technology.WORD_BITS, Eyeriss.CLOCK_MHZ),
        new Buffer(Eyeriss.BUFFER_BYTES, BUFFER_BYTES_PER_CYCLE, BUFFER_BYTES_PER_CYCLE),
        new OffChip(Dram.LPDDR4, LPDDR4_BYTES_PER_CYCLE),
        new Process(Technology.chip65nm(), Technology.chip65nm().overheads()));
  }

  /**
   * {@code template:14x12:rf16:rs}, then whatever differs from {@link #of}, as {@code
   * template:14x12:rf16:rs:glb64k:w8}: templates that differ in anything have different names, and
   * {@link Accelerators#byName} reads them.
   */
  public String name() {
    return TemplateName.of(this);
  }

  /** The template of such a {@link #name}; empty if it is none, or has custom components. */
  public static Optional<Template> named(String name) {
    try {
      return Optional.of(TemplateName.parse(name));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** The accelerator, under {@link #name}. */
  public Accelerator accelerator() {
    return assemble(name(), process.technology.registers("RF", rfWords, words.bits));
  }

  /** The accelerator with another register file of the same capacity. */
  Accelerator assemble(String name, MemoryLevel registers) {
    Technology technology = process.technology;
    int wordBits = words.bits;
    MacUnit mac = technology.mac(wordBits);
    MemoryLevel glb =
        technology
            .sram("GLB", buffer.bytes, wordBits, 64 / wordBits)
            .bandwidth(words(buffer.readBytesPerCycle), words(buffer.writeBytesPerCycle))
            .fanout(peX, peY)
            .interconnect(
                technology.network(
                    wordBits, registers.areaUm2() + (mac.areaUm2() + process.overheads.peUm2())));
    return new Accelerator(
        name,
        List.of(offChip.kind.level(wordBits, offChip.bytesPerCycle), glb, registers),
        mac,
        words.clockMhz,
        dataflow,
        technology.label(),
        process.overheads);
  }

  private double words(double bytes) {
    return bytes * 8 / words.bits;
  }

  /** With an array of this many columns and rows. */
  public Template array(int x, int y) {
    return Copy.with(this, "peX", x, "peY", y);
  }

  /** With register files of this many words. */
  public Template rfWords(int count) {
    return Copy.with(this, "rfWords", count);
  }

  /** With another dataflow. */
  public Template dataflow(Dataflow other) {
    return Copy.with(this, "dataflow", other);
  }

  /** With a global buffer of this many bytes. */
  public Template bufferBytes(long bytes) {
    return buffer(new Buffer(bytes, buffer.readBytesPerCycle, buffer.writeBytesPerCycle));
  }

  /** With another bandwidth of the global buffer, in bytes per cycle. */
  public Template bufferBandwidth(double read, double write) {
    return buffer(new Buffer(buffer.bytes, read, write));
  }

  /** With another global buffer. */
  public Template buffer(Buffer other) {
    return Copy.with(this, "buffer", other);
  }

  /** With words of this many bits. */
  public Template wordBits(int bits) {
    return words(new Words(bits, words.clockMhz));
  }

  /** With another clock; bandwidths stay the same per cycle. */
  public Template clockMhz(double mhz) {
    return words(new Words(words.bits, mhz));
  }

  private Template words(Words other) {
    return Copy.with(this, "words", other);
  }

  /** With another off-chip memory and its bytes per cycle. */
  public Template dram(Dram kind, double bytesPerCycle) {
    OffChip other = new OffChip(kind, bytesPerCycle);
    return Copy.with(this, "offChip", other);
  }

  /** In another process, with its overheads. */
  public Template technology(Technology other) {
    return process(new Process(other, other.overheads()));
  }

  /** With other overheads. */
  public Template overheads(Overheads other) {
    return process(new Process(process.technology, other));
  }

  private Template process(Process other) {
    return Copy.with(this, "process", other);
  }
}
