package dance.accelerator;

/**
 * Kinds of off-chip memory with their energy per bit, device and interface together: {@link
 * #SOURCE}. It does not depend on the node of the accelerator.
 */
public enum Dram {
  /** Low-power DDR4, 8 pJ per bit. */
  LPDDR4(8),
  /** Low-power DDR, 40 pJ per bit. */
  LPDDR(40),
  /** DDR3, 70 pJ per bit. */
  DDR3(70),
  /** Graphics DDR5, 14 pJ per bit. */
  GDDR5(14),
  /** High-bandwidth memory 2, 3.9 pJ per bit. */
  HBM2(3.9);

  /** Where the energies per bit come from. */
  public static final String SOURCE = "accelergy-cacti-plug-in, cacti_wrapper.py, lines 49–53";

  private final double pjPerBit;

  Dram(double pjPerBit) {
    this.pjPerBit = pjPerBit;
  }

  /** Energy of reading or writing a bit, in pJ. */
  public double pjPerBit() {
    return pjPerBit;
  }

  /**
   * Off-chip memory that can keep every operand, the outermost level of an accelerator. Its lines
   * are 64 bits (one word where words are wider); its area is not counted.
   *
   * @param wordBits width of a word
   * @param bytesPerCycle bandwidth of the one port, in bytes per accelerator cycle
   */
  public MemoryLevel level(int wordBits, double bytesPerCycle) {
    int lineWords = Math.max(1, 64 / wordBits);
    return MemoryLevel.unbounded("DRAM")
        .wordBits(wordBits)
        .lineWords(lineWords)
        .sharedBandwidth(bytesPerCycle * 8 / wordBits)
        .costsOf(new CostSource.OffChip(this));
  }
}
