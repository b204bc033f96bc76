package dance.simulate.eyeriss;

import dance.workload.Layer;

/**
 * Row-stationary parameters for a layer whose mapping is not published: those that spend the least
 * energy on moving data between DRAM, global buffer and array.
 *
 * <pre>
 *   energy = 200 · DRAM words + 6 · global-buffer words        (Chen et al., ISCA 2016, Table IV)
 * </pre>
 *
 * <p>Inputs come from the DRAM once for every m output channels, with the rows that strips of
 * output rows share; filters once for every strip and every n images; outputs leave once. Inputs
 * and partial sums take whole banks of the global buffer; the sets fill a rectangle of the array,
 * so that the passes are a nest of loops ({@link RowStationaryMapping}). Our choices, all kept by
 * the published mappings: p is a power of two, p·t and m divide the filters of a group, n is one
 * image or the whole batch, m is the largest that fits. Of equal energies the one with more active
 * PEs wins, then the one met first, in ascending order of e, r, t, p, q, n.
 *
 * <p>For AlexNet with batch 4 this finds Table III of JSSC'17 but for CONV3, where it finds the
 * mapping of CONV4.
 */
final class EnergyOptimalParameters {
  private static final double DRAM_ENERGY = 200;
  private static final double GLOBAL_BUFFER_ENERGY = 6;

  private final Layer layer;
  private final EyerissChip chip;
  private final Layer.Shape shape;
  private final int filters;
  private final int channels;
  private RowStationaryParameters best;
  private double leastEnergy = Double.POSITIVE_INFINITY;
  private int mostPes;

  private EnergyOptimalParameters(Layer layer, EyerissChip chip) {
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
    EnergyOptimalParameters search = new EnergyOptimalParameters(layer, chip);
    search.tryAll();
    if (search.best == null) {
      throw new IllegalArgumentException(
          String.format(
              "layer %s fits the global buffer (%d banks of %d words) under no row-stationary"
                  + " parameters: one output row has %d words",
              layer.name(), chip.dataBanks(), chip.bankWords(), search.shape.q()));
    }
    return search.best;
  }

  private void tryAll() {
    for (int e = 1; e <= shape.p(); e++) {
      int sets = chip.sets(shape.r(), e);
      for (int r = 1; r <= sets; r++) {
        for (int t = 1; r * t <= sets; t++) {
          if (isPlaceable(e, r, t)) {
            trySpads(e, r, t);
          }
        }
      }
    }
  }

  private boolean isPlaceable(int e, int r, int t) {
    RowStationaryParameters sets = new RowStationaryParameters(t, 1, e, 1, 1, r, t);
    return SetPlacement.of(chip, shape.r(), sets, shape.p()).isPresent();
  }

  private void trySpads(int e, int r, int t) {
    for (int p = 1; p <= chip.psumSpadWords() && filters % (p * t) == 0; p *= 2) {
      for (int q = 1; q * shape.s() <= chip.ifmapSpadWords() && q * r <= channels; q++) {
        if (p * q * shape.s() <= chip.filterSpadWords()) {
          tryImages(1, e, p, q, r, t);
          if (shape.n() > 1) {
            tryImages(shape.n(), e, p, q, r, t);
          }
        }
      }
    }
  }

  private void tryImages(int n, int e, int p, int q, int r, int t) {
    long inputs =
        RowStationaryPass.inputRows(layer, e) * RowStationaryPass.inputColumns(layer) * q * r * n;
    long inputBanks = (inputs + chip.bankWords() - 1) / chip.bankWords();
    long psumWords = (chip.dataBanks() - inputBanks) * chip.bankWords();
    int m = 0;
    for (int next = p * t; next <= filters; next += p * t) {
      if (filters % next == 0 && (long) next * n * e * shape.q() <= psumWords) {
        m = next;
      }
    }
    if (m == 0) {
      return;
    }
    RowStationaryParameters found = new RowStationaryParameters(m, n, e, p, q, r, t);
    double energy = energy(found);
    int pes = shape.r() * e * r * t;
    if (energy < leastEnergy || energy == leastEnergy && pes > mostPes) {
      best = found;
      leastEnergy = energy;
      mostPes = pes;
    }
  }

  private double energy(RowStationaryParameters x) {
    long strips = (shape.p() + x.e() - 1) / x.e();
    int lastRows = shape.p() - (int) (strips - 1) * x.e();
    long inputRows =
        (strips - 1) * RowStationaryPass.inputRows(layer, x.e())
            + RowStationaryPass.inputRows(layer, lastRows);
    double inputs =
        (double) shape.n() * shape.c() * inputRows * RowStationaryPass.inputColumns(layer);
    double weights = (double) shape.k() * channels * shape.r() * shape.s();
    double outputs = (double) shape.n() * shape.k() * shape.p() * shape.q();
    double imageRounds = Math.ceil((double) shape.n() / x.n());
    double channelRounds = Math.ceil((double) channels / x.channelsPerPass());
    double dram = inputs * filters / x.m() + weights * strips * imageRounds + outputs;
    double buffer = 2 * outputs * channelRounds + inputs * filters / x.filtersPerPass();
    return DRAM_ENERGY * dram + GLOBAL_BUFFER_ENERGY * buffer;
  }
}
