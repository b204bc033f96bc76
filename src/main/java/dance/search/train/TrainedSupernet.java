package dance.search.train;

import dance.check.Rules;
import dance.cost.Progress;
import dance.evaluate.neural.Torch;
import dance.search.AccuracyModel;
import dance.search.SupernetWeights;
import dance.search.ValidatedNetworks;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A supernet whose weights stay as they were trained, with the images that were held out from its
 * training. Holds native memory until closed.
 */
public final class TrainedSupernet implements AutoCloseable {
  /** The most networks that are all validated. */
  private static final int MOST_NETWORKS = 100_000;

  /** Images after which networks are compared too, in slices. */
  private static final int[] FIRST_SLICES = {1, 4};

  private final SupernetFile file;
  private final NetworkSpace space;
  private final int threads;
  private final SharedPaths paths;
  private final Images held;
  private final Normalization normalization;
  private final Validation validation;

  /**
   * Loads a file.
   *
   * @param data the images of its training
   * @param device as in {@link TrainingOptions}
   * @param threads of PyTorch on a processor
   * @throws IllegalArgumentException if the file is damaged, or of another space or other images
   */
  public TrainedSupernet(
      Path path, NetworkSpace space, ImageData data, String device, int threads) {
    file = SupernetFile.read(path);
    this.space = space;
    this.threads = threads;
    Map<String, String> lines = file.lines();
    List<Images> halves = halves(path.toString(), data);
    int batch = Integer.parseInt(lines.get(SupernetFile.BATCH));
    paths = file.paths(path.toString(), space, device);
    held = halves.get(1);
    normalization = Normalization.of(halves.get(0));
    validation = new Validation(paths, space, held, normalization, batch);
  }

  private List<Images> halves(String name, ImageData data) {
    String held = file.lines().get(SupernetFile.VALIDATION);
    String wrong = name + " was trained on other images: " + file.lines().get(SupernetFile.TRAINED);
    int count = Integer.parseInt(held.substring(0, held.indexOf(' ')));
    new Rules().require(count < data.train().size(), "%s", wrong).check();
    List<Images> halves = SupernetTraining.split(data.train(), count);
    new Rules()
        .require(
            SupernetFile.text(halves.get(0)).equals(file.lines().get(SupernetFile.TRAINED))
                && SupernetFile.text(halves.get(1)).equals(held),
            "%s, not on these %s. Maybe the same --task and --images as in its training.",
            wrong,
            data.train())
        .check();
    return halves;
  }

  /** The file. */
  public SupernetFile file() {
    return file;
  }

  /** Its networks. */
  public NetworkSpace space() {
    return space;
  }

  /** Number of images that were held out. */
  public int validationImages() {
    return validation.start(validation.slices());
  }

  /** The accuracy of a network on the images that were held out, 0…1. */
  public double accuracy(Genotype genotype) {
    double[] accuracy = new double[1];
    Torch.threads(threads, () -> accuracy[0] = validation.accuracy(genotype));
    return accuracy[0];
  }

  /**
   * What gradient searches see of it.
   *
   * @param batch validation images of a step
   */
  public SupernetWeights weights(int batch) {
    new Rules()
        .require(
            batch >= 2 && batch <= held.size(),
            "batch (%d) must be from 2 to the %d images for validation",
            batch,
            held.size())
        .check();
    return new SupernetWeights() {
      @Override
      public NetworkSpace space() {
        return space;
      }

      @Override
      public AccuracyModel model(long seed) {
        return new SupernetLoss(space, paths, held, normalization, batch, threads, seed);
      }

      @Override
      public long imagesPerStep() {
        return (long) batch * SupernetLoss.passes(space);
      }

      @Override
      public String fingerprint() {
        return "supernet " + file.sha256() + ", batches of " + batch;
      }
    };
  }

  /**
   * Validates every network of the space. Networks that begin with the same operations share what
   * these compute.
   *
   * @throws IllegalArgumentException if there are more than 100,000 networks
   */
  public ValidatedNetworks validate(Progress progress) {
    new Rules()
        .require(
            space.count().bitLength() < 31 && space.count().intValue() <= MOST_NETWORKS,
            "%s: only spaces of up to %d networks are validated as a whole",
            space,
            MOST_NETWORKS)
        .check();
    long start = System.nanoTime();
    List<int[]> bySlice = new ArrayList<>();
    Torch.threads(threads, () -> bySlice.addAll(List.of(validation.all(progress))));
    List<Integer> columns = new ArrayList<>();
    for (int first : FIRST_SLICES) {
      if (first < validation.slices()) {
        columns.add(first);
      }
    }
    columns.add(validation.slices());
    int[][] right = new int[space.count().intValue()][columns.size()];
    for (int n = 0; n < right.length; n++) {
      for (int c = 0; c < columns.size(); c++) {
        for (int s = 0; s < columns.get(c); s++) {
          right[n][c] += bySlice.get(s)[n];
        }
      }
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("supernet", file.summary() + ", sha256 " + file.sha256());
    provenance.put(SupernetFile.VALIDATION, file.lines().get(SupernetFile.VALIDATION));
    provenance.put("slices", validation.slices() + ", each normalized by its own statistics");
    boolean gpu = paths.manager().getDevice().isGpu();
    provenance.put(
        "computed with", "PyTorch " + Torch.engine().getVersion() + (gpu ? ", gpu" : ", cpu"));
    provenance.put("seconds", Long.toString(Math.round((System.nanoTime() - start) / 1e9)));
    return new ValidatedNetworks(
        provenance, space, columns.stream().map(validation::start).toList(), right);
  }

  @Override
  public void close() {
    paths.close();
  }
}
