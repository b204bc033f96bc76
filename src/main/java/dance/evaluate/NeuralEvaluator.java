package dance.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dance.cost.Objective;
import dance.evaluate.EvaluatorOptions.Form;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The paper's evaluator: a hardware generation network and a cost estimation network in series,
 * taught by a {@link CostTable} and frozen (Choi et al., DAC 2021).
 *
 * <p>It owns memory outside the Java heap: close it.
 */
public final class NeuralEvaluator implements Evaluator, AutoCloseable {
  private final NetworkSpace networkSpace;
  private final AcceleratorSpace acceleratorSpace;
  private final Objective objective;
  private final EvaluatorOptions options;
  private final NDManager manager;
  final HardwareGenerator generator;
  final CostEstimator estimator;
  private final SharedRows rows;
  private Fidelity fidelity;
  private double trainSeconds;

  /** With networks that have no weights. */
  NeuralEvaluator(
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      Objective objective,
      EvaluatorOptions options) {
    this.networkSpace = networkSpace;
    this.acceleratorSpace = acceleratorSpace;
    this.objective = objective;
    this.options = options;
    manager = Torch.manager();
    rows = new SharedRows(networkSpace);
    boolean paper = options.form() == Form.PAPER;
    ArchitectureInput input =
        paper
            ? ArchitectureInput.plain(rows.rowOf.length)
            : ArchitectureInput.summed(rows, manager);
    generator = new HardwareGenerator(acceleratorSpace, input, options.width(), !paper);
    estimator = new CostEstimator(acceleratorSpace, input, options);
    inputs = input.size;
  }

  private final int inputs;

  /** Trains both networks by what a table says is right, with the default options. */
  public static NeuralEvaluator train(CostTable table, Objective objective) {
    return train(table, objective, EvaluatorOptions.defaults(), Progress.SILENT);
  }

  /**
   * Trains both networks by what a table says is right.
   *
   * @param objective what the chosen accelerators are to have least of
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static NeuralEvaluator train(
      CostTable table, Objective objective, EvaluatorOptions options, Progress progress) {
    NeuralEvaluator made =
        new NeuralEvaluator(table.networkSpace(), table.acceleratorSpace(), objective, options);
    try {
      made.learn(table, progress);
      return made;
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
  }

  private void learn(CostTable table, Progress progress) {
    long start = System.nanoTime();
    SplittableRandom seeds = new SplittableRandom(options.seed());
    estimator.network.initialize(manager, estimator.inputs, seeds.nextLong());
    generator.network.initialize(manager, inputs, seeds.nextLong());
    int batch = options.batch();

    EstimatorExamples costs =
        new EstimatorExamples(table, objective, rows, estimator, seeds.nextLong());
    costs.calibrate();
    EstimatorExamples.Batch held = costs.validation();
    new Fitting(estimator.network, options, options.estimatorSteps(), progress)
        .run(
            "cost estimation network",
            () -> costs.batch(batch),
            (owner, examples) -> costs.loss(owner, examples, batch),
            () -> costs.error(held));

    GeneratorExamples choices = new GeneratorExamples(table, objective, options, seeds.nextLong());
    GeneratorExamples.Validation networks = choices.validation();
    new Fitting(generator.network, options, options.generatorSteps(), progress)
        .run(
            "hardware generation network",
            () -> choices.batch(batch),
            (owner, examples) -> choices.loss(generator, owner, examples, batch),
            () -> networks.error(generator, acceleratorSpace));
    trainSeconds = (System.nanoTime() - start) / 1e9;
    fidelity = Fidelity.measure(this, table, Fidelity.NETWORKS, Fidelity.SEED);
  }

  @Override
  public NetworkSpace networkSpace() {
    return networkSpace;
  }

  @Override
  public AcceleratorSpace acceleratorSpace() {
    return acceleratorSpace;
  }

  @Override
  public Objective objective() {
    return objective;
  }

  /** How it was made. */
  public EvaluatorOptions options() {
    return options;
  }

  /** How long its training took. */
  public double trainSeconds() {
    return trainSeconds;
  }

  /**
   * Expected metrics of relaxed architectures on the accelerators generated for them, inside any
   * graph of DJL: for a search that has this in its own loss. The networks are frozen; arrays
   * belong to the owner of the probabilities.
   *
   * @param probabilities {@code [batch, blocks × operations]}
   * @param temperature of the softmax in the backward pass through the choice
   * @param noise where Gumbel noise comes from; null for the most probable accelerator
   * @return {@code [batch, 3]}: latency in ms, energy in mJ, area in mm²
   */
  public NDArray metrics(NDArray probabilities, double temperature, RandomGenerator noise) {
    return estimator.estimate(generator.choose(probabilities, temperature, noise), probabilities);
  }

  @Override
  public int design(double[] probabilities) {
    try (NDManager owner = manager.newSubManager()) {
      float[] logits = generator.logits(input(owner, probabilities), false).toFloatArray();
      double[] values = new double[logits.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = logits[i];
      }
      return acceleratorSpace.decode(values);
    }
  }

  @Override
  public double expected(
      double[] probabilities, Objective loss, double[] metrics, double[] gradient) {
    try (NDManager owner = manager.newSubManager()) {
      NDArray p = input(owner, probabilities);
      if (gradient == null) {
        write(metrics(p, options.gumbelTemperature(), null), metrics);
        return loss.cost(metrics[0], metrics[1], metrics[2]);
      }
      p.setRequiresGradient(true);
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray made = metrics(p, options.gumbelTemperature(), null);
        write(made, metrics);
        double[] slope = new double[3];
        loss.gradient(metrics[0], metrics[1], metrics[2], slope);
        float[] slopes = {(float) slope[0], (float) slope[1], (float) slope[2]};
        collector.backward(made.mul(owner.create(slopes)).sum());
      }
      NDArray found = p.getGradient();
      found.attach(owner);
      write(found, gradient);
      return loss.cost(metrics[0], metrics[1], metrics[2]);
    }
  }

  @Override
  public void on(int design, double[] probabilities, double[] metrics) {
    try (NDManager owner = manager.newSubManager()) {
      NDArray x = input(owner, acceleratorSpace.encode(design));
      write(estimator.estimate(x, input(owner, probabilities)), metrics);
    }
  }

  private static NDArray input(NDManager owner, double[] values) {
    return owner
        .create(values)
        .toType(DataType.FLOAT32, false)
        .reshape(new Shape(1, values.length));
  }

  private static void write(NDArray from, double[] into) {
    float[] values = from.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      into[i] = values[i];
    }
  }

  /** As measured after training. */
  @Override
  public Fidelity fidelity() {
    return fidelity;
  }

  @Override
  public void close() {
    manager.close();
  }
}
