package dance.evaluate.neural;

import com.google.gson.annotations.SerializedName;
import dance.check.Rules;

/**
 * How a {@link NeuralEvaluator} is made. Its text and its JSON are one flat list, as evaluators
 * that are saved have it.
 *
 * @param networks what its networks look like
 * @param steps how they are trained
 * @param temperatures how soft choices are
 * @param patience validations without progress after which training ends early
 * @param seed of weights and examples: one seed, one result
 */
public record EvaluatorOptions(
    Networks networks, Steps steps, Temperatures temperatures, int patience, long seed) {

  /**
   * The networks of an evaluator.
   *
   * @param form what they look like
   * @param featureForwarding whether the cost estimation network sees the architecture, not only
   *     the accelerator
   * @param width values in a hidden layer
   */
  public record Networks(Form form, boolean featureForwarding, int width) {}

  /**
   * Steps of training.
   *
   * @param batch examples per step
   * @param generatorSteps steps of the hardware generation network at most
   * @param estimatorSteps steps of the cost estimation network at most
   * @param learningRate of Adam at the start; it falls to 0 like a cosine
   */
  public record Steps(int batch, int generatorSteps, int estimatorSteps, double learningRate) {}

  /**
   * Temperatures of choices.
   *
   * @param label fraction of cost by which a design may exceed the best one and still be right with
   *     1/e of its weight, when the hardware generation network is trained; 0 for the best alone
   * @param gumbel how soft the choice of an accelerator is in the backward pass
   */
  public record Temperatures(
      @SerializedName("labelTemperature") double label,
      @SerializedName("gumbelTemperature") double gumbel) {}

  /** What the networks look like. */
  public enum Form {
    /**
     * As in the paper: the encoding goes in; latency, energy and area come out, each times a
     * constant; taught by mean squared relative error.
     */
    PAPER,
    /**
     * Ours: blocks of the same shape share an input; the cost estimation network says what every
     * block and operation would cost on an accelerator, as logarithms, taught as such; the
     * probabilities weigh them. Costs are truly linear in the probabilities.
     */
    CONTRIBUTIONS
  }

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

  /** What reaches the smallest error in two or three minutes. */
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

  /** What the networks look like. */
  public Form form() {
    return networks.form;
  }

  /** Whether the cost estimation network sees the architecture. */
  public boolean featureForwarding() {
    return networks.featureForwarding;
  }

  /** Values in a hidden layer. */
  public int width() {
    return networks.width;
  }

  /** Examples per step. */
  public int batch() {
    return steps.batch;
  }

  /** Steps of the hardware generation network at most. */
  public int generatorSteps() {
    return steps.generatorSteps;
  }

  /** Steps of the cost estimation network at most. */
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

  /** With so many values in a hidden layer. */
  public EvaluatorOptions width(int values) {
    return networks(new Networks(networks.form, networks.featureForwarding, values));
  }

  /** With so many steps of the hardware generation and of the cost estimation network. */
  public EvaluatorOptions steps(int generator, int estimator) {
    return steps(new Steps(steps.batch, generator, estimator, steps.learningRate));
  }

  /** With so many examples per step, and a learning rate that fits. */
  public EvaluatorOptions batch(int examples, double rate) {
    return steps(new Steps(examples, steps.generatorSteps, steps.estimatorSteps, rate));
  }

  /** With other temperatures. */
  public EvaluatorOptions temperatures(double label, double gumbel) {
    return temperatures(new Temperatures(label, gumbel));
  }

  /** With other networks. */
  public EvaluatorOptions networks(Networks other) {
    return new EvaluatorOptions(other, steps, temperatures, patience, seed);
  }

  /** With other steps of training. */
  public EvaluatorOptions steps(Steps other) {
    return new EvaluatorOptions(networks, other, temperatures, patience, seed);
  }

  /** With other temperatures. */
  public EvaluatorOptions temperatures(Temperatures other) {
    return new EvaluatorOptions(networks, steps, other, patience, seed);
  }

  /** Ending after so many validations without progress. */
  public EvaluatorOptions patience(int other) {
    return new EvaluatorOptions(networks, steps, temperatures, other, seed);
  }

  /** With another seed. */
  public EvaluatorOptions seed(long other) {
    return new EvaluatorOptions(networks, steps, temperatures, patience, other);
  }

  /** A flat list of all values: part of what identifies an evaluator, so its form stays. */
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
