package dance.search.train;

import dance.check.Copy;
import dance.check.Rules;
import dance.cost.Progress;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the weights of a supernet are trained, once for a space: every step draws a network
 * uniformly, one operation for each block, and trains the weights of its operations on one batch
 * (single-path one-shot, Guo et al., ECCV 2020). Gradient descent with momentum; the learning rate
 * rises in the first 2 % of the steps and falls like a cosine.
 *
 * <p>Batches are normalised by their own statistics, in training and in validation: a running mean
 * over different networks fits none of them, and statistics of one network's own would cost more
 * passes than its validation.
 *
 * @param space the networks
 * @param data the images; test images are not used
 * @param validationImages how many of the training images are held out, in balanced classes, to
 *     validate networks
 * @param options of the training
 * @param threads of PyTorch on a processor, on which its last digits depend
 * @param seconds at which the training should have ended; infinite for all epochs. The number of
 *     epochs is then chosen by the measured second one, so that the schedule ends in time
 */
public record SupernetTraining(
    NetworkSpace space,
    ImageData data,
    int validationImages,
    TrainingOptions options,
    int threads,
    double seconds) {

  /** Seed of the choice of the images that are held out. */
  private static final long SPLIT_SEED = 1;

  /** Checks that the images fit the networks and that enough are left to train on. */
  public SupernetTraining {
    TrainableNetwork.checkChain(space);
    Training.checkFits(space, data.train());
    int trained = data.train().size() - validationImages;
    new Rules()
        .require(
            validationImages >= 2 && trained >= 2,
            "validation images (%d) must leave some of %d to train on",
            validationImages,
            data.train().size())
        .require(threads >= 1, "threads (%d) must be at least 1", threads)
        .require(seconds > 0, "seconds (%s) must be positive", seconds)
        .check();
  }

  /**
   * With a tenth of the images for validation; 100 epochs in batches of 256, learning rate 0.1,
   * weight decay 0.001, and for color images shifts of up to 4 pixels and flips.
   */
  public static SupernetTraining of(NetworkSpace space, ImageData data) {
    Augmentation change =
        data.train().channels() == 3 ? new Augmentation(4, true) : new Augmentation(2, false);
    TrainingOptions options =
        TrainingOptions.defaults()
            .epochs(100)
            .batch(256, 0.1)
            .regularisation(0.001, 0)
            .augmentation(change);
    return new SupernetTraining(
        space, data, data.train().size() / 10, options, 1, Double.POSITIVE_INFINITY);
  }

  /** With this number of images held out. */
  public SupernetTraining validationImages(int count) {
    return Copy.with(this, "validationImages", count);
  }

  /** With other options. */
  public SupernetTraining options(TrainingOptions other) {
    return Copy.with(this, "options", other);
  }

  /** With this number of threads. */
  public SupernetTraining threads(int count) {
    return Copy.with(this, "threads", count);
  }

  /** To end after this time. */
  public SupernetTraining seconds(double limit) {
    return Copy.with(this, "seconds", limit);
  }

  /**
   * Trains and writes the file. An interrupted training, even by {@code kill -9}, resumes from
   * {@code FILE.part}, which is kept every minute; on a processor with the same bits as without the
   * interruption.
   *
   * @return what is written
   * @throws IllegalArgumentException if {@code FILE.part} is of another training, or the loss
   *     becomes NaN
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public SupernetFile run(Path file, Progress progress) {
    return run(file, progress, 60);
  }

  /** {@link #run(Path, Progress)} with another time between checkpoints. */
  SupernetFile run(Path file, Progress progress, double secondsBetweenCheckpoints) {
    int trainedOn = data.train().size() - validationImages;
    new Rules()
        .require(
            options.batch() <= trainedOn,
            "batch (%d) must be at most the %d images to train on",
            options.batch(),
            trainedOn)
        .check();
    try (SupernetRun run = new SupernetRun(this, file, secondsBetweenCheckpoints, progress)) {
      SupernetFile trained = run.all();
      trained.write(file);
      run.forget();
      return trained;
    }
  }

  /** The images that are trained on, and those for validation. */
  List<Images> split() {
    return split(data.train(), validationImages);
  }

  static List<Images> split(Images all, int validationImages) {
    return all.split(SPLIT_SEED, all.size() - validationImages, validationImages);
  }

  /** Everything that the weights depend on, besides the machine and the number of epochs. */
  Map<String, String> identity() {
    List<Images> halves = split();
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put(SupernetFile.SPACE, space.fingerprint());
    identity.put(SupernetFile.IMAGES, data.name());
    identity.put(SupernetFile.TRAINED, SupernetFile.text(halves.get(0)));
    identity.put(SupernetFile.VALIDATION, SupernetFile.text(halves.get(1)));
    identity.put(
        SupernetFile.RECIPE,
        "uniform single-path sampling, "
            + options.recipe().replaceFirst("^\\d+ epochs?, ", "")
            + ", warm-up in the first 2 % of the steps, normalized by the statistics of each batch");
    identity.put("seed", Long.toString(options.seed()));
    return identity;
  }
}
