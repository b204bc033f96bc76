package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The cost of every layer of every block and operation on every design: latency and energy under
 * the best mapping, and the area of the designs. The cost of a network on all designs is a sum of
 * rows; that of a relaxed architecture is the sum weighted by its probabilities.
 *
 * <p>Latency and energy of a layer are rounded to the nearest {@code float}, a relative error of at
 * most 2⁻²⁴, both in a computed table and in its file. Sums of them are in {@code double}. Areas
 * are exact.
 *
 * <p>Immutable and thread-safe. Lookups and sums do not allocate.
 */
public final class CostTable implements CostModel {
  private final NetworkSpace networkSpace;
  private final AcceleratorSpace acceleratorSpace;
  private final String model;
  private final List<Layer> layers;
  private final float[][] layerLatencyMs;
  private final float[][] layerEnergyMj;
  private final double[] areaMm2;
  private final TableRows rows;

  /** Made when it is first needed; null before. */
  private TableRows minima;

  private final List<Accelerator> accelerators;
  private final Map<Layer, Integer> layerIndex = new HashMap<>();
  private final Map<String, Integer> designIndex = new HashMap<>();

  private CostTable(
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      List<Accelerator> accelerators,
      String model,
      float[][] layerLatencyMs,
      float[][] layerEnergyMj) {
    this.networkSpace = networkSpace;
    this.acceleratorSpace = acceleratorSpace;
    this.model = model;
    this.layerLatencyMs = layerLatencyMs;
    this.layerEnergyMj = layerEnergyMj;
    layers = networkSpace.distinctLayers();
    layers.forEach(layer -> layerIndex.put(layer, layerIndex.size()));
    this.accelerators = accelerators;
    if (!LargeSpaces.is(accelerators.size())) {
      accelerators.forEach(a -> designIndex.put(a.name(), designIndex.size()));
    }
    areaMm2 = acceleratorSpace.areasMm2();
    rows = new TableRows(networkSpace, layerIndex, layerLatencyMs, layerEnergyMj);
  }

  /**
   * A table of known costs.
   *
   * @param model their source, as {@link CostModel#fingerprint}
   * @param latencyMs {@code [layers, designs]}: of one run of {@link NetworkSpace#distinctLayers};
   *     copied and rounded
   * @param energyMj {@code [layers, designs]}
   * @throws IllegalArgumentException if a shape is wrong, or a cost negative or not finite as a
   *     float
   */
  public static CostTable of(
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      String model,
      double[][] latencyMs,
      double[][] energyMj) {
    List<Accelerator> accelerators = LargeSpaces.accelerators(acceleratorSpace);
    return of(
        networkSpace, acceleratorSpace, accelerators, model, rounded(latencyMs), rounded(energyMj));
  }

  private static float[][] rounded(double[][] values) {
    float[][] floats = new float[values.length][];
    for (int r = 0; r < floats.length; r++) {
      floats[r] = new float[values[r].length];
      for (int d = 0; d < floats[r].length; d++) {
        floats[r][d] = (float) values[r][d];
      }
    }
    return floats;
  }

  /** A table that keeps these costs, which nobody may change. */
  static CostTable of(
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      List<Accelerator> accelerators,
      String model,
      float[][] latencyMs,
      float[][] energyMj) {
    int layers = networkSpace.distinctLayers().size();
    Rules rules = new Rules();
    check(rules, "latency", latencyMs, layers, acceleratorSpace.size());
    check(rules, "energy", energyMj, layers, acceleratorSpace.size());
    rules.check();
    return new CostTable(networkSpace, acceleratorSpace, accelerators, model, latencyMs, energyMj);
  }

  private static void check(Rules rules, String what, float[][] values, int layers, int designs) {
    rules.require(
        values.length == layers,
        "%s has %d rows, but must have one for each of %d layers",
        what,
        values.length,
        layers);
    for (int r = 0; r < Math.min(layers, values.length); r++) {
      rules.require(
          values[r].length == designs,
          "%s of layer %d has %d values, but must have one for each of %d designs",
          what,
          r,
          values[r].length,
          designs);
      int bad = -1;
      for (int d = 0; d < Math.min(designs, values[r].length); d++) {
        bad = values[r][d] >= 0 && values[r][d] <= Float.MAX_VALUE ? bad : d;
      }
      rules.require(
          bad < 0,
          "%s of layer %d on design %d (%s) must be finite and not negative",
          what,
          r,
          bad,
          bad < 0 ? 0 : values[r][bad]);
    }
  }

  /** Computes a table in memory, with one thread per processor. */
  public static CostTable build(
      CostModel model, NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    return build(model, networkSpace, acceleratorSpace, BuildOptions.defaults());
  }

  /**
   * Computes a table: every layer on every design, in parallel. The table and its file do not
   * depend on the options.
   *
   * @param model shared by all threads, each of which calls {@link CostModel#ofLayer}
   * @throws IllegalArgumentException if the model has no cost for a layer on a design, or another
   *     process is building the same file
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; with a file,
   *     finished parts are kept
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static CostTable build(
      CostModel model,
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      BuildOptions options) {
    new Rules()
        .require(
            options.shard().equals(Shard.WHOLE),
            "a table has all shards, not %s only. Maybe CostTable.buildShard.",
            options.shard())
        .check();
    return new TableBuild(model, networkSpace, acceleratorSpace, options).run();
  }

  /**
   * Computes one {@linkplain BuildOptions#shard shard} of a table and writes it to the options'
   * file, resumable as {@link #build} is.
   *
   * @throws IllegalArgumentException if there is no file, or as {@link #build}
   */
  public static void buildShard(
      CostModel model,
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      BuildOptions options) {
    new Rules()
        .require(options.file().isPresent(), "a shard needs a file to be written to")
        .check();
    new TableBuild(model, networkSpace, acceleratorSpace, options).writeShard();
  }

  /**
   * Merges all shards of a table; the result equals that of {@link #build}, and so do the bytes of
   * its file.
   *
   * @throws IllegalArgumentException naming every shard that is missing, there twice, of another
   *     table, or damaged
   */
  public static CostTable merge(
      List<Path> shards, NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    return TableMerge.of(shards, networkSpace, acceleratorSpace);
  }

  /**
   * The shards of a table of a model that are still to be computed: whose file is absent, damaged
   * or of something else.
   *
   * @param files of all shards, in the order of their numbers
   */
  public static List<Shard> missingShards(
      List<Path> files,
      CostModel model,
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace) {
    TableIdentity wanted =
        TableIdentity.of(
            networkSpace,
            acceleratorSpace,
            LargeSpaces.accelerators(acceleratorSpace),
            model.fingerprint());
    return IntStream.rangeClosed(1, files.size())
        .mapToObj(number -> new Shard(number, files.size()))
        .filter(shard -> !TableShard.isIn(files.get(shard.number() - 1), wanted, shard))
        .toList();
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException if the file is not a table, truncated, damaged, or of other
   *     spaces or accelerators; the message lists the lines of its header that differ
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static CostTable read(
      Path file, NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    return read(file.toString(), TableFile.bytes(file), networkSpace, acceleratorSpace);
  }

  private static CostTable read(
      String name, byte[] bytes, NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    TableFile file = TableFile.read(name, bytes);
    String model = file.identity().lines().get(TableIdentity.MODEL);
    List<Accelerator> accelerators = LargeSpaces.accelerators(acceleratorSpace);
    TableIdentity expected = TableIdentity.of(networkSpace, acceleratorSpace, accelerators, model);
    List<String> differences = file.identity().differences(expected);
    if (!differences.isEmpty()) {
      boolean costs =
          List.of(TableIdentity.NETWORKS, TableIdentity.DESIGNS).stream()
              .allMatch(l -> expected.lines().get(l).equals(file.identity().lines().get(l)));
      throw new IllegalArgumentException(
          name
              + (costs ? " is a table of other costs:" : " is the table of something else:")
              + System.lineSeparator()
              + String.join(System.lineSeparator(), differences)
              + (costs ? System.lineSeparator() + "Maybe build it again: dance table build" : ""));
    }
    return new CostTable(
        networkSpace, acceleratorSpace, accelerators, model, file.latencyMs(), file.energyMj());
  }

  /**
   * The lines of the header of a table or a shard by name, without reading the numbers.
   *
   * @throws IllegalArgumentException if the file is neither, or its header is damaged
   */
  public static Map<String, String> header(Path file) {
    byte[] bytes = TableFile.bytes(file);
    return TableShard.is(bytes)
        ? TableShard.header(file.toString(), bytes)
        : TableFile.header(file.toString(), bytes);
  }

  /** The file name of a table of these spaces: {@code cifar-dance.table}. */
  public static String fileName(NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    return (networkSpace.name() + "-" + acceleratorSpace.name()).replace(':', '-') + ".table";
  }

  /**
   * The bundled table of a network space and {@link AcceleratorSpace#dance}.
   *
   * @param space as for {@link NetworkSpace#byName}
   * @throws IllegalArgumentException if none is bundled
   */
  public static CostTable bundled(String space) {
    return bundled(NetworkSpace.byName(space), AcceleratorSpace.dance());
  }

  /** Names of the network spaces with a bundled table. */
  public static List<String> bundledNames() {
    return NetworkSpace.names().stream()
        .filter(
            name -> resource(fileName(NetworkSpace.byName(name), AcceleratorSpace.dance())) != null)
        .toList();
  }

  private static URL resource(String name) {
    return CostTable.class.getResource("/dance/data/" + name);
  }

  /**
   * The bundled table.
   *
   * @throws IllegalArgumentException if none is bundled for these spaces, or it was built for
   *     another version of them
   */
  public static CostTable bundled(NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    String name = fileName(networkSpace, acceleratorSpace);
    InputStream stream = CostTable.class.getResourceAsStream("/dance/data/" + name);
    if (stream == null) {
      throw new IllegalArgumentException(
          "no table "
              + name
              + " is bundled. Maybe build one with CostTable.build, or dance table build"
              + (acceleratorSpace.isPublished() ? " --technology published." : "."));
    }
    return read(name, TableFile.bytes(stream), networkSpace, acceleratorSpace);
  }

  /**
   * Writes the table atomically.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void write(Path file) {
    TableIdentity identity = TableIdentity.of(networkSpace, acceleratorSpace, accelerators, model);
    new TableFile(identity, layerLatencyMs, layerEnergyMj).write(file);
  }

  /** Its network space. */
  public NetworkSpace networkSpace() {
    return networkSpace;
  }

  /** Its accelerator space. */
  public AcceleratorSpace acceleratorSpace() {
    return acceleratorSpace;
  }

  /** Number of designs. */
  public int designs() {
    return areaMm2.length;
  }

  /** Number of blocks times number of operations: the length of a vector of probabilities. */
  public int encodingSize() {
    return networkSpace.blocks() * networkSpace.operations().size();
  }

  /** The layers of {@link #layerLatencyMs}, in the order of {@link NetworkSpace#distinctLayers}. */
  public List<Layer> layers() {
    return layers;
  }

  /** Latency of one run of a layer. */
  public double layerLatencyMs(int layer, int designIndex) {
    return layerLatencyMs[layer][designIndex];
  }

  /** Energy of one run of a layer. */
  public double layerEnergyMj(int layer, int designIndex) {
    return layerEnergyMj[layer][designIndex];
  }

  /** Latency of an operation at a block, 0 where it is not allowed. */
  public double latencyMs(int block, int operation, int designIndex) {
    return rows.latencyMs[rows.row(block, operation)][designIndex];
  }

  /** Energy of an operation at a block, 0 where it is not allowed. */
  public double energyMj(int block, int operation, int designIndex) {
    return rows.energyMj[rows.row(block, operation)][designIndex];
  }

  /** Latency of the fixed layers. */
  public double fixedLatencyMs(int designIndex) {
    return rows.fixedLatencyMs[designIndex];
  }

  /** Energy of the fixed layers. */
  public double fixedEnergyMj(int designIndex) {
    return rows.fixedEnergyMj[designIndex];
  }

  /** The rows of blocks and operations. */
  TableRows rows() {
    return rows;
  }

  /**
   * The minima of the rows over runs of designs, if the space is large enough for bounds to pay.
   */
  Optional<TableRows> minima() {
    if (!LargeSpaces.is(designs())) {
      return Optional.empty();
    }
    synchronized (rows) {
      minima = minima == null ? rows.minima(DesignRuns.RUN) : minima;
      return Optional.of(minima);
    }
  }

  /** The accelerator of a design, as {@link AcceleratorSpace#accelerator}. */
  public Accelerator accelerator(int designIndex) {
    return accelerators.get(designIndex);
  }

  /** Area of a design. */
  public double areaMm2(int designIndex) {
    return areaMm2[designIndex];
  }

  /**
   * Latency and energy of a network on every design.
   *
   * @param choice {@code [blocks]}: indices of the operations, {@link NetworkSpace#choice}
   * @param latencyMs {@code [designs]}, written
   * @param energyMj {@code [designs]}, written
   * @throws IllegalArgumentException if an operation is not allowed at its block
   */
  public void sum(int[] choice, double[] latencyMs, double[] energyMj) {
    rows.sum(choice, latencyMs, energyMj);
  }

  /**
   * Expected latency and energy of a relaxed architecture on every design: linear in the
   * probabilities, whose sums are not checked.
   *
   * @param probabilities {@code [blocks, operations]}, flattened; 0 where an operation is not
   *     allowed
   * @param latencyMs {@code [designs]}, written
   * @param energyMj {@code [designs]}, written
   * @throws IllegalArgumentException if a probability is not finite, or not 0 where it must be
   */
  public void expect(double[] probabilities, double[] latencyMs, double[] energyMj) {
    rows.expect(probabilities, latencyMs, energyMj);
  }

  /**
   * Backpropagates a gradient from the designs to the probabilities: adds to each the derivatives
   * with respect to latency and energy times the table; 0 where an operation is not allowed.
   *
   * @param byLatency {@code [designs]}: derivative with respect to the expected latency on each
   *     design
   * @param byEnergy {@code [designs]}
   * @param gradient {@code [blocks, operations]}, added to
   */
  public void accumulate(double[] byLatency, double[] byEnergy, double[] gradient) {
    rows.accumulate(byLatency, byEnergy, gradient);
  }

  /**
   * As {@link #accumulate(double[], double[], double[])}, for some designs only; coefficients are
   * by position in their list.
   */
  void accumulate(
      int[] designs, int count, double[] byLatency, double[] byEnergy, double[] gradient) {
    rows.accumulate(designs, count, byLatency, byEnergy, gradient);
  }

  /**
   * Latency, energy and area of a network on one design, identical to the last bit with {@link
   * #sum} over all designs.
   *
   * @param operationIndices {@code [blocks]}
   * @param metrics {@code [3]}, written: latency in ms, energy in mJ, area in mm²
   */
  public void metricsOn(int[] operationIndices, int designIndex, double[] metrics) {
    double latency = fixedLatencyMs(designIndex);
    double energy = fixedEnergyMj(designIndex);
    for (int b = 0; b < operationIndices.length; b++) {
      latency += latencyMs(b, operationIndices[b], designIndex);
      energy += energyMj(b, operationIndices[b], designIndex);
    }
    metrics[0] = latency;
    metrics[1] = energy;
    metrics[2] = areaMm2(designIndex);
  }

  /**
   * Expected metrics of a relaxed architecture on one design.
   *
   * @param metrics {@code [3]}, written: latency, energy, area
   */
  public void on(int designIndex, double[] probabilities, double[] metrics) {
    rows.on(designIndex, probabilities, metrics);
    metrics[2] = areaMm2[designIndex];
  }

  /**
   * Latency and energy, on every design, of any network whose layers are in the table.
   *
   * @param latencyMs result, {@code [designs]}
   * @param energyMj result, {@code [designs]}
   * @throws IllegalArgumentException naming each layer that is not
   */
  public void sum(Network network, double[] latencyMs, double[] energyMj) {
    TableRows.sum(
        layersOf(network), repeatsOf(network), layerLatencyMs, layerEnergyMj, latencyMs, energyMj);
  }

  private int[] layersOf(Network network) {
    Rules rules = new Rules();
    int[] indices = new int[network.entries().size()];
    for (int i = 0; i < indices.length; i++) {
      Layer layer = network.entries().get(i).layer();
      Integer index = layerIndex.get(NetworkSpace.form(layer));
      rules.require(
          index != null,
          "layer %s of network %s is in no network of space %s",
          layer,
          network.name(),
          networkSpace.name());
      indices[i] = index == null ? -1 : index;
    }
    rules.check();
    return indices;
  }

  private static int[] repeatsOf(Network network) {
    return network.entries().stream().mapToInt(Network.Entry::repeats).toArray();
  }

  /**
   * Metrics of a network whose layers are in the table, on a design of its space.
   *
   * @throws IllegalArgumentException if it has not
   */
  @Override
  public Metrics metrics(Network network, Accelerator accelerator) {
    Integer known = designIndex.get(accelerator.name());
    // an accelerator that is not in the space as given: the space makes the message
    int designIndex =
        known != null && accelerators.get(known).equals(accelerator)
            ? known
            : Designs.index(acceleratorSpace, accelerator);
    int[] indices = layersOf(network);
    int[] repeats = repeatsOf(network);
    double latency = 0;
    double energy = 0;
    for (int i = 0; i < indices.length; i++) {
      latency += repeats[i] * layerLatencyMs[indices[i]][designIndex];
      energy += repeats[i] * layerEnergyMj[indices[i]][designIndex];
    }
    return Designs.metrics(network, accelerator, latency, energy, areaMm2[designIndex]);
  }

  /** Fingerprint of the cost model that computed the table. */
  @Override
  public String fingerprint() {
    return model;
  }

  /** What is in it, and what the costs come from. */
  @Override
  public String toString() {
    return "cost table of "
        + networkSpace.name()
        + " × "
        + acceleratorSpace.name()
        + ": "
        + SignificantDigits.count(layers.size())
        + " layers × "
        + SignificantDigits.count(designs())
        + " designs, "
        + model;
  }
}
