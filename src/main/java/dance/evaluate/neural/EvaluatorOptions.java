package dance.evaluate.neural;

import com.google.gson.annotations.SerializedName;
import dance.check.Copy;
import dance.check.Rules;

/**
 * Architecture and training of a {@link NeuralEvaluator}. Text and JSON are one flat list, as in
 * saved evaluators.
 *
 * @param networks architecture of its networks
 * @param steps of the training
 * @param temperatures of labels and choices
 * @param patience validations without improvement before early stopping
 * @param seed of weights and examples: one seed, one result
 */
public record EvaluatorOptions(
    Networks networks, Steps steps, Temperatures temperatures, int patience, long seed) {

  /**
   * Architecture of the networks.
   *
   * @param form one of two
   * @param featureForwarding whether the input of the cost estimation network includes the network
   *     architecture, not only the accelerator
   * @param width width of a hidden layer
   */
  public record Networks(Form form, boolean featureForwarding, int width) {}

  /**
   * Steps of the training.
   *
   * @param batch examples per step
   * @param generatorSteps maximum number of steps of the hardware generation network
   * @param estimatorSteps maximum number of steps of the cost estimation network
   * @param learningRate of Adam at the start; cosine decay to 0
   */
  public record Steps(int batch, int generatorSteps, int estimatorSteps, double learningRate) {}

  /**
   * Temperatures.
   *
   * @param label relative excess cost at which the label weight of a design falls to 1/e, in
   *     training the hardware generation network; 0 for the best design alone
   * @param gumbel of the softmax in the backward pass through the choice of an accelerator
   */
  public record Temperatures(
      @SerializedName("labelTemperature") double label,
      @SerializedName("gumbelTemperature") double gumbel) {}

  /** Architectures of the networks. */
  public enum Form {
    /**
     * As in the paper: the input is the encoding; the outputs are latency, energy and area, each
     * times a constant; trained with the mean squared relative error.
     */
    PAPER,
    /**
     * Ours: blocks of the same shape share an input; the cost estimation network outputs the
     * logarithm of the cost of every block and operation on an accelerator and is trained on these;
     * the probabilities weight them. Costs are exactly linear in the probabilities.
     */
    CONTRIBUTIONS
  }

  /**
   * @throws IllegalArgumentException naming each number out of range
   */
  public EvaluatorOptions {
    new Rules()
        .require(networks.form != null, "an evaluator needs a form")
        .require(networks.width >= 1, "width (%d) must be at least 1", networks.width)
        .require(steps.batch >= 2, "batch (%d) must be at least 2", steps.batch)
        .require(
            steps.generatorSteps >= 1 && steps.estimatorSteps >= 1,
            "steps (%d and %d) must be at least 1",
            steps.generatorSteps,
            steps.estimatorSteps)
        .require(
            steps.learningRate > 0 && steps.learningRate < 1,
            "learning rate (%s) must be between 0 and 1",
            steps.learningRate)
        .require(
            temperatures.label >= 0 && Double.isFinite(temperatures.label),
            "label temperature (%s) must be finite and not negative",
            temperatures.label)
        .require(
            temperatures.gumbel > 0 && Double.isFinite(temperatures.gumbel),
            "Gumbel temperature (%s) must be finite and positive",
            temperatures.gumbel)
        .require(patience >= 1, "patience (%d) must be at least 1", patience)
        .check();
  }

  private static EvaluatorOptions of(Form form) {
    return new EvaluatorOptions(
            new Networks(form, true, 1), new Steps(2, 1, 1, 0.1), new Temperatures(0, 1), 1, 1)
        .width(224)
        .batch(256, 0.003)
        .steps(4000, 8000)
        .patience(8);
  }

  /** The options of the smallest error after two or three minutes of training. */
  public static EvaluatorOptions defaults() {
    return of(Form.CONTRIBUTIONS).temperatures(0.001, 1);
  }

  /**
   * The paper's networks and losses (Choi et al., DAC 2021). Widths, steps and learning rate are
   * not known: they are our choice.
   */
  public static EvaluatorOptions paper() {
    return of(Form.PAPER).batch(256, 0.005);
  }

  /** Architecture of the networks. */
  public Form form() {
    return networks.form;
  }

  /** Whether the input of the cost estimation network includes the network architecture. */
  public boolean featureForwarding() {
    return networks.featureForwarding;
  }

  /** Width of a hidden layer. */
  public int width() {
    return networks.width;
  }

  /** Examples per step. */
  public int batch() {
    return steps.batch;
  }

  /** Maximum number of steps of the hardware generation network. */
  public int generatorSteps() {
    return steps.generatorSteps;
  }

  /** Maximum number of steps of the cost estimation network. */
  public int estimatorSteps() {
    return steps.estimatorSteps;
  }

  /** Learning rate of Adam at the start. */
  public double learningRate() {
    return steps.learningRate;
  }

  /** With or without feature forwarding. */
  public EvaluatorOptions featureForwarding(boolean forwarded) {
    return networks(new Networks(networks.form, forwarded, networks.width));
  }

  /** With this width of a hidden layer. */
  public EvaluatorOptions width(int values) {
    return networks(new Networks(networks.form, networks.featureForwarding, values));
  }

  /** With these numbers of steps of the hardware generation and the cost estimation network. */
  public EvaluatorOptions steps(int generator, int estimator) {
    return steps(new Steps(steps.batch, generator, estimator, steps.learningRate));
  }

  /** With this batch size and a matching learning rate. */
  public EvaluatorOptions batch(int examples, double rate) {
    return steps(new Steps(examples, steps.generatorSteps, steps.estimatorSteps, rate));
  }

  /** With these label and Gumbel temperatures. */
  public EvaluatorOptions temperatures(double label, double gumbel) {
    return temperatures(new Temperatures(label, gumbel));
  }

  /** With other networks. */
  public EvaluatorOptions networks(Networks other) {
    return Copy.with(this, "networks", other);
  }

  /** With other steps of training. */
  public EvaluatorOptions steps(Steps other) {
    return Copy.with(this, "steps", other);
  }

  /** With other temperatures. */
  public EvaluatorOptions temperatures(Temperatures other) {
    return Copy.with(this, "temperatures", other);
  }

  /** With this patience: validations without improvement before early stopping. */
  public EvaluatorOptions patience(int other) {
    return Copy.with(this, "patience", other);
  }

  /** With another seed. */
  public EvaluatorOptions seed(long other) {
    return Copy.with(this, "seed", other);
  }

  /** A flat list of all values: part of the identity of an evaluator, so its format is fixed. */
  @Override
  public String toString() {
    return ("EvaluatorOptions[form=%s, featureForwarding=%s, width=%s, batch=%s, generatorSteps=%s,"
            + " estimatorSteps=%s, learningRate=%s, labelTemperature=%s, gumbelTemperature=%s,"
            + " patience=%s, seed=%s]")
        .formatted(
            networks.form,
            networks.featureForwarding,
            networks.width,
            steps.batch,
            steps.generatorSteps,
            steps.estimatorSteps,
            steps.learningRate,
            temperatures.label,
            temperatures.gumbel,
            patience,
            seed);
  }
}
