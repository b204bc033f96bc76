package dance.simulate.eyeriss;

import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Row-stationary parameters for a layer whose mapping is not published, from what the chip can hold
 * and what costs it most.
 *
 * <p>What it can hold: inputs and partial sums in use take whole banks of the global buffer, and
 * together all 25; filters, inputs and partial sums of a PE fit its three scratch pads; at most
 * {@value #SETS} PE sets share the array, in a rectangle, so that the passes are a nest of loops
 * ({@link RowStationaryMapping}); p·t and m divide the filters of a group, q·r its channels, n is
 * one image or the whole batch.
 *
 * <p>What it chooses among these, in this order:
 *
 * <ol>
 *   <li>An array at least three quarters as busy as it can be, whatever the buffer holds.
 *   <li>The least words from and to the DRAM: inputs once for every m filters, with the rows that
 *       strips share; filters once for every strip and every n images; outputs once. This fixes m,
 *       n and e: partial sums take almost the whole buffer.
 *   <li>The most active PEs.
 *   <li>Inputs that arrive in time, a word a cycle: no more of them in a pass than it computes.
 *   <li>The largest q·r, which divides the traffic of partial sums, that leaves words for the
 *       inputs of one more image, so that it can be fetched meanwhile; if none does, the largest
 *       that fits.
 *   <li>The largest p·t, which divides the traffic of inputs.
 * </ol>
 *
 * <p>The bound on sets, the three quarters and the fetching ahead are our reading; the paper states
 * the energy of a DRAM access as reason enough for the rest. All hold for the five layers of
 * AlexNet, whose parameters (JSSC'17, Table III) come out. They were chosen with the latencies of
 * VGG-16 in view, after other readings had failed on them, so that these layers are no independent
 * witness.
 */
final class ChosenParameters {
  /** Most PE sets of the published rows, r·t. */
  static final int SETS = 4;

  private static final double BUSY = 0.75;

  private final Layer layer;
  private final EyerissChip chip;
  private final Layer.Shape shape;
  private final int filters;
  private final int channels;

  /** What the buffer holds: m, n and e, with the DRAM words that follow. */
  private record Held(int m, int n, int e, double dramWords) {}

  private ChosenParameters(Layer layer, EyerissChip chip) {
    this.layer = layer;
    this.chip = chip;
    shape = layer.shape();
    filters = shape.k() / shape.groups();
    channels = shape.c() / shape.groups();
  }

  /**
   * The parameters.
   *
   * @throws IllegalArgumentException if the layer is no convolution or nothing fits the chip
   */
  static RowStationaryParameters of(Layer layer, EyerissChip chip) {
    RowStationaryLimits.checkLayer(chip, layer);
    return new ChosenParameters(layer, chip).choose();
  }

  private RowStationaryParameters choose() {
    int[] widths = IntStream.rangeClosed(1, shape.p()).filter(e -> most(e) > 0).toArray();
    double busiest = IntStream.of(widths).mapToDouble(this::busy).max().orElse(0);
    List<Held> held = new ArrayList<>();
    for (int e : widths) {
      if (busy(e) >= BUSY * busiest) {
        hold(e, 1, held);
        if (shape.n() > 1) {
          hold(e, shape.n(), held);
        }
      }
    }
    if (held.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "layer %s fits the global buffer (%d banks of %d words) under no row-stationary"
                  + " parameters: one output row has %d words",
              layer.name(), chip.dataBanks(), chip.bankWords(), shape.q()));
    }
    double least = held.stream().mapToDouble(Held::dramWords).min().orElseThrow();
    return held.stream()
        .filter(h -> h.dramWords == least)
        .flatMap(h -> arrays(h).stream())
        .max(
            Comparator.comparingInt((RowStationaryParameters x) -> x.e() * x.r() * x.t())
                .thenComparing(this::arrivesInTime)
                .thenComparing(this::fetchesAhead)
                .thenComparingInt(RowStationaryParameters::channelsPerPass)
                .thenComparingInt(RowStationaryParameters::filtersPerPass)
                .thenComparingInt(RowStationaryParameters::t))
        .orElseThrow();
  }

  /** Sets of this width that the array holds, of which no more than {@link #SETS} are used. */
  private int most(int e) {
    int sets = Math.min(SETS, chip.sets(shape.r(), e));
    while (sets > 0 && !isPlaceable(e, 1, sets)) {
      sets--;
    }
    return sets;
  }

  /** Active PEs on average over all strips. */
  private double busy(int e) {
    double strips = Math.ceil((double) shape.p() / e);
    return most(e) * shape.r() * shape.p() / strips;
  }

  private boolean isPlaceable(int e, int r, int t) {
    RowStationaryParameters sets = new RowStationaryParameters(t, 1, e, 1, 1, r, t);
    return SetPlacement.of(chip, shape.r(), sets, shape.p()).isPresent();
  }

  /** The largest m with room for the inputs of one channel. */
  private void hold(int e, int n, List<Held> held) {
    for (int m = filters; m >= 1; m--) {
      if (filters % m == 0 && banks(psums(m, n, e)) + banks(inputs(n, e)) <= chip.dataBanks()) {
        held.add(new Held(m, n, e, dramWords(m, n, e)));
        return;
      }
    }
  }

  private long psums(int m, int n, int e) {
    return (long) m * n * e * shape.q();
  }

  /** Input words of one channel in the buffer. */
  private long inputs(int n, int e) {
    return RowStationaryPass.inputRows(layer, e) * RowStationaryPass.inputColumns(layer) * n;
  }

  private long banks(long words) {
    return (words + chip.bankWords() - 1) / chip.bankWords();
  }

  private double dramWords(int m, int n, int e) {
    long strips = (shape.p() + e - 1) / e;
    int lastRows = shape.p() - (int) (strips - 1) * e;
    long inputRows =
        (strips - 1) * RowStationaryPass.inputRows(layer, e)
            + RowStationaryPass.inputRows(layer, lastRows);
    double inputs =
        (double) shape.n() * shape.c() * inputRows * RowStationaryPass.inputColumns(layer);
    double weights = (double) shape.k() * channels * shape.r() * shape.s();
    double outputs = (double) shape.n() * shape.k() * shape.p() * shape.q();
    return inputs * filters / m + weights * strips * Math.ceil((double) shape.n() / n) + outputs;
  }

  /** All ways to fill the PEs with this in the buffer. */
  private List<RowStationaryParameters> arrays(Held h) {
    List<RowStationaryParameters> all = new ArrayList<>();
    for (int r = 1; r <= SETS; r++) {
      for (int t = 1; r * t <= most(h.e); t++) {
        for (int p = 1; p * t <= h.m && p <= chip.psumSpadWords(); p++) {
          for (int q = 1; q * r <= channels && q * shape.s() <= chip.ifmapSpadWords(); q++) {
            long words = inputs(h.n, h.e) * q * r;
            boolean fits =
                channels % (q * r) == 0
                    && h.m % (p * t) == 0
                    && p * q * shape.s() <= chip.filterSpadWords()
                    && banks(words) + banks(psums(h.m, h.n, h.e)) <= chip.dataBanks();
            if (fits && isPlaceable(h.e, r, t)) {
              all.add(new RowStationaryParameters(h.m, h.n, h.e, p, q, r, t));
            }
          }
        }
      }
    }
    return all;
  }

  private boolean arrivesInTime(RowStationaryParameters x) {
    RowStationaryPass pass =
        new RowStationaryPass(layer, x, x.e(), x.filtersPerPass(), x.channelsPerPass(), x.n());
    return pass.ifmapWords() <= pass.computeCycles() * chip.ifmapWordsPerCycle();
  }

  /** Whether the inputs of one more image have a place. */
  private boolean fetchesAhead(RowStationaryParameters x) {
    long inputs = inputs(x.n() + 1, x.e()) * x.channelsPerPass();
    return inputs + psums(x.m(), x.n(), x.e()) <= (long) chip.dataBanks() * chip.bankWords();
  }
}
