package dance.search.train;

import dance.check.Copy;
import dance.check.Rules;

/**
 * Training options of a network: gradient descent with momentum and cosine decay of the learning
 * rate.
 *
 * @param epochs passes over the training images
 * @param batch batch size
 * @param learningRate at the start
 * @param weightDecay relative decay of weights per step, times the learning rate
 * @param labelSmoothing probability shared by all classes
 * @param augmentation of training images
 * @param seed of weights, order and augmentation: one seed, one result
 * @param device {@code cpu}, {@code gpu}, {@code gpu1} and so on, or {@code auto} for the GPU if
 *     there is one, otherwise the CPU
 */
public record TrainingOptions(
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    double labelSmoothing,
    Augmentation augmentation,
    long seed,
    String device) {
  /**
   * @throws IllegalArgumentException naming each number out of range
   */
  public TrainingOptions {
    new Rules()
        .require(epochs >= 1, "epochs (%d) must be at least 1", epochs)
        .require(batch >= 2, "batch (%d) must be at least 2", batch)
        .require(
            learningRate > 0 && Double.isFinite(learningRate),
            "learning rate (%s) must be positive",
            learningRate)
        .require(
            weightDecay >= 0 && weightDecay * learningRate < 1,
            "weight decay (%s) must be from 0 to below 1 / learning rate",
            weightDecay)
        .require(
            labelSmoothing >= 0 && labelSmoothing < 1,
            "label smoothing (%s) must be from 0 to below 1",
            labelSmoothing)
        .require(augmentation != null, "training needs an augmentation, maybe NONE")
        .require(device != null && !device.isBlank(), "training needs a device, maybe auto")
        .check();
  }

  // one epoch without regularisation: the defaults name what differs
  private static final TrainingOptions PLAIN =
      new TrainingOptions(1, 2, 1, 0, 0, Augmentation.NONE, 1, "auto");

  /** Defaults: train a network of {@code NetworkSpace.mini()} in seconds. */
  public static TrainingOptions defaults() {
    return PLAIN.epochs(8).batch(32, 0.2).regularisation(0.0005, 0.1);
  }

  /** With this number of epochs. */
  public TrainingOptions epochs(int count) {
    return Copy.with(this, "epochs", count);
  }

  /** With this batch size and a matching learning rate. */
  public TrainingOptions batch(int images, double rate) {
    return Copy.with(this, "batch", images, "learningRate", rate);
  }

  /** With other weight decay and label smoothing. */
  public TrainingOptions regularisation(double decay, double smoothing) {
    return Copy.with(this, "weightDecay", decay, "labelSmoothing", smoothing);
  }

  /** With this augmentation of training images. */
  public TrainingOptions augmentation(Augmentation change) {
    return Copy.with(this, "augmentation", change);
  }

  /** With another seed. */
  public TrainingOptions seed(long number) {
    return Copy.with(this, "seed", number);
  }

  /** On another device. */
  public TrainingOptions device(String name) {
    return Copy.with(this, "device", name);
  }

  /** All options but seed and device, as text. */
  public String recipe() {
    return epochs
        + (epochs == 1 ? " epoch" : " epochs")
        + ", batch "
        + batch
        + ", gradient descent with momentum 0.9, learning rate "
        + learningRate
        + " falling like a cosine, weight decay "
        + weightDecay
        + ", label smoothing "
        + labelSmoothing
        + (augmentation.equals(Augmentation.NONE) ? ", images as they are" : ", " + augmentation);
  }
}
