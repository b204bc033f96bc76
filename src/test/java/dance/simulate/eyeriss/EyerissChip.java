package dance.simulate.eyeriss;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Operand;
import java.util.List;

/**
 * Processing time and global-buffer traffic of the Eyeriss chip, pass by pass.
 *
 * <p>A pass first loads its filters, then waits for the first window of its inputs, then streams:
 *
 * <pre>
 *   cycles = filter words / 4 + first-window words / 1 + max(compute, psum words / 4, input words / 1)
 *   traffic = input words + 2 · psum words
 * </pre>
 *
 * <p>The widths are those of the three networks between global buffer and PEs; partial sums are
 * read and written at the same time, each at the width of its network. That the three phases of a
 * pass follow one another is our reading: a PE needs its filter rows before inputs can slide past
 * them, and the paper does not state an overlap. Nothing is fitted to a layer.
 *
 * <p>Every pass reads the partial sums of its outputs and writes them back; the first pass of an
 * output has nothing to read, but the finished output is read once more when it leaves for the
 * DRAM, so that reads equal writes. Filters and the inputs that arrive from the DRAM are not
 * counted as traffic: without them the table is met within 0.3 % (CONV1, 2, 4, 5).
 *
 * <p>Reference: Chen, Krishna, Emer, Sze, "Eyeriss: An Energy-Efficient Reconfigurable Accelerator
 * for Deep Convolutional Neural Networks", JSSC 52(1), 2017.
 *
 * @param peRows rows of the PE array
 * @param peColumns columns of the PE array
 * @param ifmapSpadWords words of a PE's input scratchpad
 * @param filterSpadWords words of a PE's filter scratchpad
 * @param psumSpadWords words of a PE's partial-sum scratchpad
 * @param globalBufferWords words of the global buffer
 * @param dataBanks its banks for inputs and partial sums; a bank holds one of the two
 * @param bankWords words of such a bank
 * @param filterWordsPerCycle width of the filter network
 * @param ifmapWordsPerCycle width of the input network
 * @param psumWordsPerCycle width of the partial-sum network, in each direction
 * @param wordBytes bytes of a word
 * @param clockMhz core clock
 */
public record EyerissChip(
    int peRows,
    int peColumns,
    int ifmapSpadWords,
    int filterSpadWords,
    int psumSpadWords,
    int globalBufferWords,
    int dataBanks,
    int bankWords,
    int filterWordsPerCycle,
    int ifmapWordsPerCycle,
    int psumWordsPerCycle,
    int wordBytes,
    double clockMhz) {

  public EyerissChip {
    int[] sizes = {
      peRows, peColumns, ifmapSpadWords, filterSpadWords, psumSpadWords, globalBufferWords,
      dataBanks, bankWords, filterWordsPerCycle, ifmapWordsPerCycle, psumWordsPerCycle, wordBytes
    };
    String[] labels = {
      "rows of PEs",
      "columns of PEs",
      "input scratchpad",
      "filter scratchpad",
      "psum scratchpad",
      "global buffer",
      "data banks",
      "bank",
      "filter network",
      "input network",
      "psum network",
      "bytes of a word"
    };
    Rules rules = new Rules();
    for (int i = 0; i < sizes.length; i++) {
      rules.require(sizes[i] >= 1, "%s of the chip (%d) must be at least 1", labels[i], sizes[i]);
    }
    rules.require(clockMhz > 0, "clock of the chip (%s MHz) must be positive", clockMhz).check();
  }

  /**
   * The chip as measured.
   *
   * <p>Array, scratchpads (24, 448 and 48 B), 108 KB of global buffer, 16 bits, 200 MHz: JSSC'17,
   * Table V and section V. Of the buffer, 100 KB are 25 banks of 512 × 64 bits for inputs and
   * partial sums, 8 KB prefetch filters. Networks: 64 bits for filters and partial sums, 16 bits
   * for inputs, as in the ISPASS'20 Eyeriss-like reference architecture.
   */
  public static EyerissChip jssc2017() {
    return new EyerissChip(12, 14, 12, 224, 24, 54 * 1024, 25, 512 * 4, 4, 1, 4, 2, 200);
  }

  /**
   * Processing of a layer, its batch ({@link Layer#batch}) included, mapped by given parameters.
   *
   * @throws IllegalArgumentException if the layer is not a convolution, or the parameters do not
   *     fit the array, a scratchpad or the global buffer; all violations at once
   */
  public EyerissProcessing processing(Layer layer, RowStationaryParameters parameters) {
    RowStationaryLimits.check(this, layer, parameters);
    long passes = 0;
    long load = 0;
    long window = 0;
    long stream = 0;
    long compute = 0;
    long psum = 0;
    long ifmapWords = 0;
    long psumWords = 0;
    for (RowStationaryPass.Repeated repeated : RowStationaryPass.of(layer, parameters)) {
      RowStationaryPass pass = repeated.pass();
      long count = repeated.count();
      long computed = pass.computeCycles();
      long moved = cycles(pass.psumWords(), psumWordsPerCycle);
      passes += count;
      load += count * cycles(pass.filterWords(), filterWordsPerCycle);
      window += count * cycles(pass.firstWindowWords(), ifmapWordsPerCycle);
      long fed = cycles(pass.ifmapWords(), ifmapWordsPerCycle);
      stream += count * Math.max(Math.max(computed, moved), fed);
      compute += count * computed;
      psum += count * moved;
      ifmapWords += count * pass.ifmapWords();
      psumWords += count * pass.psumWords();
    }
    return new EyerissProcessing(
        layer.name(),
        parameters,
        passes,
        activePes(layer, parameters),
        load,
        window,
        stream,
        compute,
        psum,
        ifmapWords,
        psumWords,
        psumWords,
        wordBytes,
        clockMhz);
  }

  /** Processing of a layer mapped by {@link ChosenParameters}. */
  public EyerissProcessing processing(Layer layer) {
    return processing(layer, ChosenParameters.of(layer, this));
  }

  /** The chip as a memory hierarchy, so that the general analysis can count on it. */
  public Accelerator accelerator() {
    MemoryLevel dram = MemoryLevel.unbounded("DRAM");
    MemoryLevel buffer =
        MemoryLevel.of("GlobalBuffer", globalBufferWords)
            .keeps(Operand.INPUT, Operand.OUTPUT)
            .fanout(peColumns, peRows);
    MemoryLevel spads = MemoryLevel.of("Spads", ifmapSpadWords + filterSpadWords + psumSpadWords);
    return new Accelerator(
        "Eyeriss chip",
        List.of(dram, buffer, spads),
        new MacUnit("MAC", 0, 0, 0, 0),
        clockMhz,
        Dataflow.ROW_STATIONARY,
        "65 nm",
        Overheads.NONE);
  }

  /**
   * PE sets of R rows by e columns that the array holds; a set wider than the array is folded into
   * equal segments, one above the other.
   */
  int sets(int filterRows, int e) {
    int segments = segments(e);
    int width = (e + segments - 1) / segments;
    return peRows / filterRows * (peColumns / width) / segments;
  }

  /** Segments into which a set of e columns is folded. */
  int segments(int e) {
    return (e + peColumns - 1) / peColumns;
  }

  private static long cycles(long words, int wordsPerCycle) {
    return (words + wordsPerCycle - 1) / wordsPerCycle;
  }

  private static int activePes(Layer layer, RowStationaryParameters x) {
    Layer.Shape shape = layer.shape();
    int channelSets = Math.min(x.r(), ceil(shape.c() / shape.groups(), x.q()));
    int filterSets = Math.min(x.t(), ceil(shape.k() / shape.groups(), x.p()));
    return shape.r() * x.e() * channelSets * filterSets;
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
