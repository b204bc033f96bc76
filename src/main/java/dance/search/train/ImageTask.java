package dance.search.train;

import dance.check.Copy;
import dance.cost.Progress;
import dance.search.AccuracyModel;
import dance.search.Task;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.List;

/**
 * A task whose accuracies come from training on images. During the search, half of the training
 * images train the weights of a {@link Supernet}, the other half is its validation set for the
 * architecture. The network found is trained from scratch on all of them. The test images are used
 * only for {@link #accuracy}.
 *
 * @param space the networks
 * @param data the images
 * @param supernet training options of the shared weights
 * @param training options of a training from scratch, except the seed
 * @param splitSeed seed of the split into the two halves
 */
public record ImageTask(
    NetworkSpace space,
    ImageData data,
    SupernetOptions supernet,
    TrainingOptions training,
    long splitSeed)
    implements Task {
  /**
   * @throws IllegalArgumentException if the space cannot be trained, or the images do not fit it
   */
  public ImageTask {
    TrainableNetwork.checkChain(space);
    Training.checkFits(space, data.train());
  }

  /** With the options that fit small images. */
  public static ImageTask of(NetworkSpace space, ImageData data) {
    return new ImageTask(space, data, SupernetOptions.defaults(), TrainingOptions.defaults(), 1);
  }

  /**
   * The bundled task: {@link NetworkSpace#mini} on the subset of Fashion-MNIST, networks trained as
   * in {@link TrainingBenchmark#mini}.
   */
  public static ImageTask mini() {
    TrainingBenchmark benchmark = TrainingBenchmark.mini();
    return of(benchmark.space(), benchmark.data()).training(benchmark.recipe().device("auto"));
  }

  /** With other options of the supernet. */
  public ImageTask supernet(SupernetOptions options) {
    return Copy.with(this, "supernet", options);
  }

  /** With other training options. */
  public ImageTask training(TrainingOptions options) {
    return Copy.with(this, "training", options);
  }

  /** With another split. */
  public ImageTask splitSeed(long seed) {
    return Copy.with(this, "splitSeed", seed);
  }

  /** The images that train the shared weights, and the validation images for the architecture. */
  List<Images> halves() {
    int all = data.train().size();
    return data.train().split(splitSeed, all - all / 2, all / 2);
  }

  @Override
  public String name() {
    return data.name() + " " + space.name();
  }

  @Override
  public double accuracy(Genotype genotype, long seed) {
    return retrain(genotype, seed, Progress.SILENT).accuracy();
  }

  /** Trains a network from scratch on all training images and tests it. */
  public Training.Outcome retrain(Genotype genotype, long seed, Progress progress) {
    return Training.fromScratch(
        space, genotype, data.train(), data.test(), training.seed(seed), progress);
  }

  @Override
  public boolean trains() {
    return true;
  }

  @Override
  public AccuracyModel accuracyModel(long seed) {
    List<Images> halves = halves();
    return new Supernet(space, halves.get(0), halves.get(1), supernet, seed);
  }

  @Override
  public String fingerprint() {
    return String.join(
        "; ",
        name(),
        space.fingerprint(),
        data.train().sha256(),
        data.test().sha256(),
        supernet.toString(),
        training.recipe(),
        "halves " + splitSeed);
  }
}
