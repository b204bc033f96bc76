package dance.search.train;

/**
 * How a {@link Supernet} is trained.
 *
 * @param sampled whether a step takes one operation of each block, at the memory and time of one
 *     network, or all of them, weighted
 * @param batch images in a step
 * @param learningRate at the start; it falls to 0 like a cosine
 * @param weightDecay part by which weights shrink in a step, times the learning rate
 * @param labelSmoothing probability that the label shares with all classes
 * @param augmentation of images that weights are taught by
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
  public SupernetOptions {
    // the rules are the same
    new TrainingOptions(
        1, batch, learningRate, weightDecay, labelSmoothing, augmentation, 0, device);
  }

  /** One path, for small grey images. */
  public static SupernetOptions defaults() {
    return new SupernetOptions(true, 32, 0.1, 0.0005, 0.1, Augmentation.NONE, "auto");
  }

  /** One operation of each block in a step, or all. */
  public SupernetOptions sampled(boolean onePath) {
    return new SupernetOptions(
        onePath, batch, learningRate, weightDecay, labelSmoothing, augmentation, device);
  }

  /** With so many images in a step, and a learning rate that fits. */
  public SupernetOptions batch(int images, double rate) {
    return new SupernetOptions(
        sampled, images, rate, weightDecay, labelSmoothing, augmentation, device);
  }

  /** With other weight decay and label smoothing. */
  public SupernetOptions regularisation(double decay, double smoothing) {
    return new SupernetOptions(
        sampled, batch, learningRate, decay, smoothing, augmentation, device);
  }

  /** With images changed at random. */
  public SupernetOptions augmentation(Augmentation change) {
    return new SupernetOptions(
        sampled, batch, learningRate, weightDecay, labelSmoothing, change, device);
  }

  /** On another device. */
  public SupernetOptions device(String name) {
    return new SupernetOptions(
        sampled, batch, learningRate, weightDecay, labelSmoothing, augmentation, name);
  }
}
