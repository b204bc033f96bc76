package dance.search.train;

import dance.check.Copy;

/**
 * Training options of a {@link Supernet}.
 *
 * @param sampled whether a step runs one operation of each block, at the memory and time of one
 *     network, or all of them, weighted
 * @param batch batch size
 * @param learningRate at the start; cosine decay to 0
 * @param weightDecay relative decay of weights per step, times the learning rate
 * @param labelSmoothing probability shared by all classes
 * @param augmentation of training images
 * @param device {@code cpu}, {@code gpu}, {@code gpu1} and so on, or {@code auto} for the GPU if
 *     there is one, otherwise the CPU
 */
public record SupernetOptions(
    boolean sampled,
    int batch,
    double learningRate,
    double weightDecay,
    double labelSmoothing,
    Augmentation augmentation,
    String device) {
  /**
   * @throws IllegalArgumentException naming each number out of range, as {@link TrainingOptions}
   *     does
   */
  public SupernetOptions {
    // the rules are the same
    new TrainingOptions(
        1, batch, learningRate, weightDecay, labelSmoothing, augmentation, 0, device);
  }

  // all paths without regularisation: the defaults name what differs
  private static final SupernetOptions PLAIN =
      new SupernetOptions(false, 2, 1, 0, 0, Augmentation.NONE, "auto");

  /** Defaults for small grey images: one path per step. */
  public static SupernetOptions defaults() {
    return PLAIN.sampled(true).batch(32, 0.1).regularisation(0.0005, 0.1);
  }

  /** One operation of each block per step, or all. */
  public SupernetOptions sampled(boolean onePath) {
    return Copy.with(this, "sampled", onePath);
  }

  /** With this batch size and a matching learning rate. */
  public SupernetOptions batch(int images, double rate) {
    return Copy.with(this, "batch", images, "learningRate", rate);
  }

  /** With other weight decay and label smoothing. */
  public SupernetOptions regularisation(double decay, double smoothing) {
    return Copy.with(this, "weightDecay", decay, "labelSmoothing", smoothing);
  }

  /** With this augmentation of training images. */
  public SupernetOptions augmentation(Augmentation change) {
    return Copy.with(this, "augmentation", change);
  }

  /** On another device. */
  public SupernetOptions device(String name) {
    return Copy.with(this, "device", name);
  }
}
