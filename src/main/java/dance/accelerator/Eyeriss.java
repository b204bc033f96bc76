package dance.accelerator;

import java.util.List;

/**
 * Eyeriss: Chen, Krishna, Emer, Sze, JSSC 52(1), 2017. 12 × 14 PEs, 108 KB global buffer, 65 nm,
 * 200 MHz, row-stationary.
 *
 * <p>The register file of a PE is modelled as one pool of 260 words, which a mapping may divide
 * freely; the chip has three scratch pads. An access costs the mean over the accesses of one MAC
 * (read of a filter word, an input and a partial sum, write of a partial sum); area is the sum of
 * the pads.
 */
final class Eyeriss {
  // JSSC'17, Section V: filter 448 B, ifmap 24 B, psum 48 B; words of 16 bits.
  static final int FILTER_WORDS = 224;
  static final int IFMAP_WORDS = 12;
  static final int PSUM_WORDS = 24;
  static final int RF_WORDS = FILTER_WORDS + IFMAP_WORDS + PSUM_WORDS;

  static final int COLUMNS = 14;
  static final int ROWS = 12;
  static final long BUFFER_BYTES = 108 * 1024;
  static final double CLOCK_MHZ = 200;

  /** The link: 64 bits at 60 MHz, 2.4 bytes per cycle of the core (JSSC'17, Sections V and VI). */
  static final double LINK_BYTES_PER_CYCLE = 8 * 60 / CLOCK_MHZ;

  /**
   * Bytes per cycle from the buffer to the PEs: its read networks carry 64 bits of filters, 64 bits
   * of partial sums and 16 bits of inputs a cycle (widths as in the 45 nm table).
   */
  static final double BUFFER_READ_BYTES_PER_CYCLE = 18;

  /**
   * Bytes per cycle into the buffer: the 64-bit network of partial sums. With as many partial sums
   * read back it makes 16 bytes a cycle, in agreement with the nearly constant traffic of the chip.
   */
  static final double BUFFER_WRITE_BYTES_PER_CYCLE = 8;

  private Eyeriss() {}

  static Accelerator in(String name, Technology technology) {
    return Template.of(COLUMNS, ROWS, RF_WORDS, Dataflow.ROW_STATIONARY)
        .dram(Dram.LPDDR4, LINK_BYTES_PER_CYCLE)
        .bufferBandwidth(BUFFER_READ_BYTES_PER_CYCLE, BUFFER_WRITE_BYTES_PER_CYCLE)
        .technology(technology)
        .assemble(name, registers(technology))
        .zeros(ZeroSavings.EYERISS);
  }

  static MemoryLevel registers(Technology technology) {
    // accesses of one MAC: filter word, input, partial sum read and written
    CostSource pads =
        new CostSource.ScratchPads(
            technology, List.of(FILTER_WORDS, IFMAP_WORDS, PSUM_WORDS), List.of(1, 1, 2));
    return MemoryLevel.of("RF", RF_WORDS).wordBits(Technology.WORD_BITS).costsOf(pads);
  }

  /**
   * What a technology leaves out, for elements that are not these PEs.
   *
   * @param peUm2 component area of one element
   */
  static Overheads overheads(Technology technology, double peUm2) {
    return technology.isAsPublished()
        ? technology.overheads()
        : technology.overheads().elements(peUm2 / peUm2(technology));
  }

  /** Area of the pads of one PE. */
  static double padsUm2(Technology technology) {
    ScalingRule um2 = technology.registers().areaUm2();
    return um2.at(FILTER_WORDS) + um2.at(IFMAP_WORDS) + um2.at(PSUM_WORDS);
  }

  /** Component area of one PE. */
  static double peUm2(Technology technology) {
    return padsUm2(technology) + technology.mac().areaUm2();
  }
}
