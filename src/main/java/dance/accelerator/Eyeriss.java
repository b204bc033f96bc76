package dance.accelerator;

import dance.workload.Operand;
import java.util.List;

/**
 * Eyeriss: Chen, Krishna, Emer, Sze, JSSC 52(1), 2017. 12 × 14 PEs, 108 KB global buffer, 65 nm,
 * 200 MHz, row-stationary.
 *
 * <p>A PE has a scratch pad for each operand, 224 filter, 12 input and 24 partial-sum words. Of the
 * global buffer, 8 KB prefetch filters; 25 banks of 4 KB hold inputs or partial sums, a bank one of
 * the two. Filters, inputs and partial sums have networks of their own, of 64, 16 and 64 bits; a PE
 * needs its filters before inputs can slide past them, so that MACs wait for them (our reading: the
 * paper does not state an overlap).
 *
 * <p>Against the chip: {@code EyerissPresetTest}.
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

  /**
   * Of 108 KB, 100 KB are 25 banks of 512 × 64 bits; 8 KB prefetch filters (JSSC'17, Section V).
   */
  static final int BANKS = 25;

  static final int BANK_WORDS = 512 * 4;
  static final int FILTER_PREFETCH_WORDS = 8 * 1024 / 2;

  /** Words of 16 bits per cycle of the networks between buffer and PEs (as in the 45 nm table). */
  static final double FILTER_NETWORK_WORDS = 4;

  static final double INPUT_NETWORK_WORDS = 1;
  static final double PSUM_NETWORK_WORDS = 4;

  private Eyeriss() {}

  static Accelerator in(String name, Technology technology) {
    return Template.of(COLUMNS, ROWS, RF_WORDS, Dataflow.ROW_STATIONARY)
        .dram(Dram.LPDDR4, LINK_BYTES_PER_CYCLE)
        .bufferBandwidth(BUFFER_READ_BYTES_PER_CYCLE, BUFFER_WRITE_BYTES_PER_CYCLE)
        .technology(technology)
        .assemble(name, registers(technology))
        .level("GLB", Eyeriss::chip)
        .zeros(ZeroSavings.EYERISS);
  }

  /** The buffer as the chip divides it, and its networks. */
  private static MemoryLevel chip(MemoryLevel buffer) {
    Partition filters = Partition.region(FILTER_PREFETCH_WORDS, Operand.WEIGHT);
    Partition banks =
        Partition.region((long) BANKS * BANK_WORDS, Operand.INPUT, Operand.OUTPUT)
            .banks(BANK_WORDS);
    return buffer
        .partition(List.of(filters, banks))
        .network(Operand.WEIGHT, FILTER_NETWORK_WORDS)
        .network(Operand.INPUT, INPUT_NETWORK_WORDS)
        .network(Operand.OUTPUT, PSUM_NETWORK_WORDS)
        .waitsFor(Operand.WEIGHT);
  }

  static MemoryLevel registers(Technology technology) {
    return technology
        .registers("RF", RF_WORDS, Technology.WORD_BITS)
        .partition(FILTER_WORDS, IFMAP_WORDS, PSUM_WORDS);
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
