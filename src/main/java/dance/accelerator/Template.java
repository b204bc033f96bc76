package dance.accelerator;

import dance.check.Rules;
import java.util.List;

/**
 * The parameterised accelerator of the DANCE space, Eyeriss-like: off-chip memory, a global buffer,
 * an array of PEs with a register file and a MAC unit each. All levels may keep all operands; a
 * register file is one pool of words. Energies and areas follow the sizes by the rules of the
 * {@link Technology}; the network to the array has hops of the length of a PE, so that larger
 * arrays and larger PEs have longer wires.
 *
 * <p>Every component is a parameter of its own, with withers, so that any of them can be an axis of
 * a design space.
 *
 * @param peX columns of the array
 * @param peY rows of the array
 * @param rfWords words of a register file
 * @param dataflow which mappings it can run
 * @param bufferBytes capacity of the global buffer
 * @param wordBits width of a word everywhere: 4, 8, 16, 32 or 64
 * @param clockMhz clock frequency
 * @param dramBytesPerCycle bandwidth of the off-chip memory, reads and writes together
 * @param bufferReadBytesPerCycle read bandwidth of the global buffer
 * @param bufferWriteBytesPerCycle its write bandwidth
 * @param dram kind of off-chip memory
 * @param technology process
 * @param overheads what the tables of components miss
 */
public record Template(
    int peX,
    int peY,
    int rfWords,
    Dataflow dataflow,
    long bufferBytes,
    int wordBits,
    double clockMhz,
    double dramBytesPerCycle,
    double bufferReadBytesPerCycle,
    double bufferWriteBytesPerCycle,
    Dram dram,
    Technology technology,
    Overheads overheads) {

  public Template {
    new Rules()
        .require(peX >= 1 && peY >= 1, "array of %d × %d PEs must be at least 1 × 1", peX, peY)
        .require(rfWords >= 1, "register file (%d words) must have at least 1 word", rfWords)
        .require(
            wordBits >= 1 && wordBits <= 64 && 64 % wordBits == 0,
            "words of %d bits must divide the 64-bit lines of the global buffer",
            wordBits)
        .require(
            bufferBytes >= 8,
            "global buffer (%d bytes) must hold at least one line of 8 bytes",
            bufferBytes)
        .require(clockMhz > 0, "clock (%s MHz) must be positive", clockMhz)
        .require(
            dramBytesPerCycle > 0 && bufferReadBytesPerCycle > 0 && bufferWriteBytesPerCycle > 0,
            "bandwidths (%s, %s and %s bytes per cycle) must be positive",
            dramBytesPerCycle,
            bufferReadBytesPerCycle,
            bufferWriteBytesPerCycle)
        .check();
  }

  /**
   * Bytes per cycle of a 32-bit LPDDR4-3200 device, two channels of 16 bits, at Eyeriss' clock:
   * 3,200 MT/s × 4 bytes / 200 MHz (JESD209-4: 16-bit channels, two to a die, speed grade 3200).
   * The link of Eyeriss' test board, 2.4 bytes per cycle, would decide every comparison of arrays.
   */
  static final double LPDDR4_BYTES_PER_CYCLE = 3200 * 4 / Eyeriss.CLOCK_MHZ;

  /**
   * Bytes per cycle out of the global buffer and into it: as wide as the off-chip memory, our
   * choice. The networks of Eyeriss, 18 and 8 bytes per cycle for 168 PEs, would make it faster to
   * pass the buffer by than to use it. Its banks could give more: JSSC'17 has them of 4 KB with 64
   * bits each.
   */
  static final double BUFFER_BYTES_PER_CYCLE = LPDDR4_BYTES_PER_CYCLE;

  /**
   * A design of the DANCE space: everything else as in Eyeriss at 65 nm, but with the bandwidth of
   * the off-chip memory that it names, and a buffer that keeps up with it.
   */
  public static Template of(int peX, int peY, int rfWords, Dataflow dataflow) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        Eyeriss.BUFFER_BYTES,
        Technology.WORD_BITS,
        Eyeriss.CLOCK_MHZ,
        LPDDR4_BYTES_PER_CYCLE,
        BUFFER_BYTES_PER_CYCLE,
        BUFFER_BYTES_PER_CYCLE,
        Dram.LPDDR4,
        Technology.eyeriss65nm(),
        Overheads.EYERISS_65NM);
  }

  /** {@code template:14x12:rf16:rs}, as {@link Accelerators#byName} reads it. */
  public String name() {
    return "template:" + peX + "x" + peY + ":rf" + rfWords + ":" + dataflow.label();
  }

  /** The accelerator, under {@link #name}. */
  public Accelerator accelerator() {
    return assemble(name(), technology.registers("RF", rfWords, wordBits));
  }

  /** The accelerator with another register file of the same capacity. */
  Accelerator assemble(String name, MemoryLevel registers) {
    MacUnit mac = technology.mac(wordBits);
    MemoryLevel buffer =
        technology
            .sram("GLB", bufferBytes, wordBits, 64 / wordBits)
            .bandwidth(words(bufferReadBytesPerCycle), words(bufferWriteBytesPerCycle))
            .fanout(peX, peY)
            .interconnect(technology.network(wordBits, registers.areaUm2() + mac.areaUm2()));
    return new Accelerator(
        name,
        List.of(dram.level(wordBits, dramBytesPerCycle), buffer, registers),
        mac,
        clockMhz,
        dataflow,
        technology.label(),
        overheads);
  }

  private double words(double bytes) {
    return bytes * 8 / wordBits;
  }

  /** With an array of so many columns and rows. */
  public Template array(int x, int y) {
    return new Template(
        x,
        y,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With register files of so many words. */
  public Template rfWords(int words) {
    return new Template(
        peX,
        peY,
        words,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With another dataflow. */
  public Template dataflow(Dataflow other) {
    return new Template(
        peX,
        peY,
        rfWords,
        other,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With a global buffer of so many bytes. */
  public Template bufferBytes(long bytes) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With words of so many bits. */
  public Template wordBits(int bits) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        bits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With another clock; bandwidths stay the same per cycle. */
  public Template clockMhz(double mhz) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        mhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        overheads);
  }

  /** With another off-chip memory, of so many bytes per cycle. */
  public Template dram(Dram kind, double bytesPerCycle) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        bytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        kind,
        technology,
        overheads);
  }

  /** With another bandwidth of the global buffer, in bytes per cycle. */
  public Template bufferBandwidth(double read, double write) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        read,
        write,
        dram,
        technology,
        overheads);
  }

  /** In another process, with the overheads of Eyeriss at its node. */
  public Template technology(Technology other) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        other,
        Overheads.eyeriss(other));
  }

  /** With other overheads. */
  public Template overheads(Overheads other) {
    return new Template(
        peX,
        peY,
        rfWords,
        dataflow,
        bufferBytes,
        wordBits,
        clockMhz,
        dramBytesPerCycle,
        bufferReadBytesPerCycle,
        bufferWriteBytesPerCycle,
        dram,
        technology,
        other);
  }
}
