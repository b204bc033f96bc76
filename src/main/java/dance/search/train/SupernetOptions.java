package dance.search.train;

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
  public SupernetOptions {
    // the rules are the same
    new TrainingOptions(
        1, batch, learningRate, weightDecay, labelSmoothing, augmentation, 0, device);
  }

  /** Defaults for small grey images: one path per step. */
  public static SupernetOptions defaults() {
    return new SupernetOptions(true, 32, 0.1, 0.0005, 0.1, Augmentation.NONE, "auto");
  }

  /** One operation of each block per step, or all. */
  public SupernetOptions sampled(boolean onePath) {
    return new SupernetOptions(
        onePath, batch, learningRate, weightDecay, labelSmoothing, augmentation, device);
  }

  /** With this batch size and a matching learning rate. */
  public SupernetOptions batch(int images, double rate) {
    return new SupernetOptions(
        sampled, images, rate, weightDecay, labelSmoothing, augmentation, device);
  }

  /** With other weight decay and label smoothing. */
  public SupernetOptions regularisation(double decay, double smoothing) {
    return new SupernetOptions(
        sampled, batch, learningRate, decay, smoothing, augmentation, device);
  }

  /** With this augmentation of training images. */
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
