package dance.evaluate.neural;

import dance.check.Rules;

/**
 * Architecture and training of a {@link NeuralEvaluator}.
 *
 * @param form architecture of its networks
 * @param featureForwarding whether the input of the cost estimation network includes the network
 *     architecture, not only the accelerator
 * @param width width of a hidden layer
 * @param batch examples per step
 * @param generatorSteps maximum number of steps of the hardware generation network
 * @param estimatorSteps maximum number of steps of the cost estimation network
 * @param learningRate of Adam at the start; cosine decay to 0
 * @param labelTemperature relative excess cost at which the label weight of a design falls to 1/e,
 *     in training the hardware generation network; 0 for the best design alone
 * @param gumbelTemperature of the softmax in the backward pass through the choice of an accelerator
 * @param patience validations without improvement before early stopping
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

  /** The options of the smallest error after two or three minutes of training. */
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

  /** With this width of a hidden layer. */
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

  /** With these numbers of steps of the hardware generation and the cost estimation network. */
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

  /** With this batch size and a matching learning rate. */
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

  /** With these label and Gumbel temperatures. */
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

  /** With this patience: validations without improvement before early stopping. */
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
