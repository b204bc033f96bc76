package dance.evaluate.neural;

import dance.check.Rules;

/**
 * How a {@link NeuralEvaluator} is made.
 *
 * @param form what its networks look like
 * @param featureForwarding whether the cost estimation network sees the architecture, not only the
 *     accelerator
 * @param width values in a hidden layer
 * @param batch examples per step
 * @param generatorSteps steps of the hardware generation network at most
 * @param estimatorSteps steps of the cost estimation network at most
 * @param learningRate of Adam at the start; it falls to 0 like a cosine
 * @param labelTemperature part of cost by which a design may exceed the best one and still be right
 *     with 1/e of its weight, when the hardware generation network is taught; 0 for the best alone
 * @param gumbelTemperature how soft the choice of an accelerator is in the backward pass
 * @param patience validations without progress after which training ends early
 * @param seed of weights and examples: one seed, one result
 */
public record EvaluatorOptions(
    Form form,
    boolean featureForwarding,
    int width,
    int batch,
    int generatorSteps,
    int estimatorSteps,
    double learningRate,
    double labelTemperature,
    double gumbelTemperature,
    int patience,
    long seed) {

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
        .require(form != null, "an evaluator needs a form")
        .require(width >= 1, "width (%d) must be at least 1", width)
        .require(batch >= 2, "batch (%d) must be at least 2", batch)
        .require(
            generatorSteps >= 1 && estimatorSteps >= 1,
            "steps (%d and %d) must be at least 1",
            generatorSteps,
            estimatorSteps)
        .require(
            learningRate > 0 && learningRate < 1,
            "learning rate (%s) must be between 0 and 1",
            learningRate)
        .require(
            labelTemperature >= 0 && Double.isFinite(labelTemperature),
            "label temperature (%s) must be finite and not negative",
            labelTemperature)
        .require(
            gumbelTemperature > 0 && Double.isFinite(gumbelTemperature),
            "Gumbel temperature (%s) must be finite and positive",
            gumbelTemperature)
        .require(patience >= 1, "patience (%d) must be at least 1", patience)
        .check();
  }

  /** What reaches the smallest error in two or three minutes. */
  public static EvaluatorOptions defaults() {
    return new EvaluatorOptions(
        Form.CONTRIBUTIONS, true, 224, 256, 4000, 8000, 0.003, 0.001, 1, 8, 1);
  }

  /**
   * The paper's networks and losses (Choi et al., DAC 2021). Widths, steps and learning rate are
   * not known: they are our choice.
   */
  public static EvaluatorOptions paper() {
    return new EvaluatorOptions(Form.PAPER, true, 224, 256, 4000, 8000, 0.005, 0, 1, 8, 1);
  }

  /** With or without feature forwarding. */
  public EvaluatorOptions featureForwarding(boolean forwarded) {
    return new EvaluatorOptions(
        form,
        forwarded,
        width,
        batch,
        generatorSteps,
        estimatorSteps,
        learningRate,
        labelTemperature,
        gumbelTemperature,
        patience,
        seed);
  }

  /** With so many values in a hidden layer. */
  public EvaluatorOptions width(int values) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        values,
        batch,
        generatorSteps,
        estimatorSteps,
        learningRate,
        labelTemperature,
        gumbelTemperature,
        patience,
        seed);
  }

  /** With so many steps of the hardware generation and of the cost estimation network. */
  public EvaluatorOptions steps(int generator, int estimator) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        width,
        batch,
        generator,
        estimator,
        learningRate,
        labelTemperature,
        gumbelTemperature,
        patience,
        seed);
  }

  /** With so many examples per step, and a learning rate that fits. */
  public EvaluatorOptions batch(int examples, double rate) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        width,
        examples,
        generatorSteps,
        estimatorSteps,
        rate,
        labelTemperature,
        gumbelTemperature,
        patience,
        seed);
  }

  /** With other temperatures. */
  public EvaluatorOptions temperatures(double label, double gumbel) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        width,
        batch,
        generatorSteps,
        estimatorSteps,
        learningRate,
        label,
        gumbel,
        patience,
        seed);
  }

  /** Ending after so many validations without progress. */
  public EvaluatorOptions patience(int validations) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        width,
        batch,
        generatorSteps,
        estimatorSteps,
        learningRate,
        labelTemperature,
        gumbelTemperature,
        validations,
        seed);
  }

  /** With another seed. */
  public EvaluatorOptions seed(long number) {
    return new EvaluatorOptions(
        form,
        featureForwarding,
        width,
        batch,
        generatorSteps,
        estimatorSteps,
        learningRate,
        labelTemperature,
        gumbelTemperature,
        patience,
        number);
  }
}
