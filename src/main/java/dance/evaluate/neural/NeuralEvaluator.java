package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dance.check.Rules;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.Evaluator;
import dance.evaluate.Fidelity;
import dance.evaluate.FidelityMeasurement;
import dance.evaluate.TableFile;
import dance.evaluate.TableIdentity;
import dance.evaluate.neural.EvaluatorOptions.Form;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/**
 * The paper's evaluator: a hardware generation network and a cost estimation network in series,
 * trained on a {@link CostTable} and frozen (Choi et al., DAC 2021).
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
  private final DistinctCostRows rows;
  private final int inputs;
  private final String costModel;
  private Fidelity fidelity;
  private double trainSeconds;
  private Map<String, Long> examples = Map.of();

  /** With networks whose weights are not initialised. */
  NeuralEvaluator(
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      Objective objective,
      String costModel,
      EvaluatorOptions options) {
    this.networkSpace = networkSpace;
    this.acceleratorSpace = acceleratorSpace;
    this.objective = objective;
    this.costModel = costModel;
    this.options = options;
    manager = Torch.manager();
    rows = new DistinctCostRows(networkSpace);
    boolean paper = options.form() == Form.PAPER;
    ArchitectureInput input =
        paper
            ? ArchitectureInput.plain(rows.rowOf.length)
            : ArchitectureInput.summed(rows, manager);
    generator = new HardwareGenerator(acceleratorSpace, input, options.width(), !paper);
    estimator = new CostEstimator(acceleratorSpace, input, options);
    inputs = input.size;
  }

  /** Trains both networks on a table, with the default options. */
  public static NeuralEvaluator train(CostTable table, Objective objective) {
    return train(table, objective, EvaluatorOptions.defaults(), Progress.SILENT);
  }

  /**
   * Trains both networks on a table.
   *
   * @param objective minimised by the generated accelerators
   * @throws CancellationException if the thread is interrupted
   */
  public static NeuralEvaluator train(
      CostTable table, Objective objective, EvaluatorOptions options, Progress progress) {
    Torch.engine();
    if (Thread.currentThread().isInterrupted()) {
      // asked here, as libraries of DJL's swallow an interrupt when they are first used
      throw new CancellationException("training of an evaluator was cancelled before it began");
    }
    NeuralEvaluator made =
        new NeuralEvaluator(
            table.networkSpace(),
            table.acceleratorSpace(),
            objective,
            table.fingerprint(),
            options);
    try {
      // the other core makes examples
      Torch.alone(() -> made.learn(table, progress));
      return made;
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
  }

  private void learn(CostTable table, Progress progress) {
    long start = System.nanoTime();
    Set<IntBuffer> heldOut = heldOut(table.networkSpace());
    SplittableRandom seeds = new SplittableRandom(options.seed());
    estimator.network.initialize(manager, estimator.inputs, seeds.nextLong());
    generator.network.initialize(manager, inputs, seeds.nextLong());
    int batch = options.batch();

    EstimatorExamples costs =
        new EstimatorExamples(
            table,
            objective,
            rows,
            estimator,
            new RelaxedArchitectures(networkSpace, heldOut),
            seeds.nextLong());
    costs.calibrate();
    EstimatorExamples.Batch held = costs.validation();
    int estimatorSteps =
        new EarlyStopping(estimator.network, options, options.estimatorSteps(), progress)
            .run(
                "cost estimation network",
                () -> costs.batch(batch),
                (owner, examples) -> costs.loss(owner, examples, batch),
                () -> costs.error(held));

    GeneratorExamples choices =
        new GeneratorExamples(
            table,
            objective,
            options,
            new RelaxedArchitectures(networkSpace, heldOut),
            seeds.nextLong());
    GeneratorExamples.Validation networks = choices.validation();
    int generatorSteps =
        new EarlyStopping(generator.network, options, options.generatorSteps(), progress)
            .run(
                "hardware generation network",
                () -> choices.batch(batch),
                (owner, examples) -> choices.loss(generator, owner, examples, batch),
                () -> networks.error(generator, acceleratorSpace));
    examples = new LinkedHashMap<>();
    examples.put("cost estimation network", (long) estimatorSteps * batch);
    examples.put("hardware generation network", (long) generatorSteps * batch);
    trainSeconds = (System.nanoTime() - start) / 1e9;
    fidelity = Fidelity.measure(this, table, Fidelity.NETWORKS, Fidelity.SEED);
  }

  /** The networks on which {@link #fidelity} is measured; empty if they are most of the space. */
  private static Set<IntBuffer> heldOut(NetworkSpace space) {
    Set<IntBuffer> held = new HashSet<>();
    for (int[] choice :
        FidelityMeasurement.networks(space, Fidelity.NETWORKS, new Random(Fidelity.SEED))) {
      held.add(IntBuffer.wrap(choice));
    }
    boolean most = space.count().compareTo(BigInteger.valueOf(10L * held.size())) < 0;
    return most ? Set.of() : held;
  }

  /**
   * Loads the files of {@link #save}.
   *
   * @param json the readable one of the two files
   * @throws IllegalArgumentException if a file is damaged, or was trained for other spaces,
   *     accelerators or another technology; the message names what differs
   * @throws UncheckedIOException if a file cannot be read
   */
  public static NeuralEvaluator load(
      Path json, NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace) {
    return load(json, networkSpace, acceleratorSpace, null, null);
  }

  /**
   * Loads the files of {@link #save} for the spaces of a table, its cost model and any objective.
   *
   * @throws IllegalArgumentException if a file is damaged, or was trained for anything else; the
   *     message names what differs
   */
  public static NeuralEvaluator load(Path json, CostTable table, Objective objective) {
    return load(
        json, table.networkSpace(), table.acceleratorSpace(), table.fingerprint(), objective);
  }

  /** The files of {@link #save}, for any cost model or objective where that is null. */
  private static NeuralEvaluator load(
      Path json,
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      String costModel,
      Objective objective) {
    Torch.need();
    String name = json.toString();
    EvaluatorFile file = EvaluatorFile.parse(name, TableFile.bytes(json));
    Path weights = json.resolveSibling(EvaluatorFile.weightsName(json.getFileName().toString()));
    return restored(
        name,
        file,
        TableFile.bytes(weights),
        networkSpace,
        acceleratorSpace,
        costModel,
        objective == null ? file.namedObjective() : objective);
  }

  /** Whether an evaluator for these is bundled, valid or damaged. */
  public static boolean isBundled(
      NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace, Objective objective) {
    String name = fileName(networkSpace, acceleratorSpace, objective);
    return NeuralEvaluator.class.getResource("/dance/data/" + name) != null;
  }

  /**
   * The bundled evaluator.
   *
   * @throws IllegalArgumentException if none is bundled for these, or it was trained for another
   *     version of them
   */
  public static NeuralEvaluator bundled(
      NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace, Objective objective) {
    Torch.need();
    String name = fileName(networkSpace, acceleratorSpace, objective);
    InputStream json = NeuralEvaluator.class.getResourceAsStream("/dance/data/" + name);
    InputStream weights =
        NeuralEvaluator.class.getResourceAsStream("/dance/data/" + EvaluatorFile.weightsName(name));
    if (json == null || weights == null) {
      throw new IllegalArgumentException(
          "no evaluator " + name + " is bundled. Maybe train one with NeuralEvaluator.train.");
    }
    EvaluatorFile file = EvaluatorFile.parse(name, TableFile.bytes(json));
    return restored(
        name, file, TableFile.bytes(weights), networkSpace, acceleratorSpace, null, objective);
  }

  /**
   * The header of a saved evaluator, without its weights: texts by name.
   *
   * @throws IllegalArgumentException if the file is not an evaluator, or damaged
   */
  public static Map<String, String> header(Path json) {
    Torch.need();
    return EvaluatorFile.parse(json.toString(), TableFile.bytes(json)).header();
  }

  /** The file name of an evaluator: {@code cifar-dance-edap.json}. */
  public static String fileName(
      NetworkSpace networkSpace, AcceleratorSpace acceleratorSpace, Objective objective) {
    String table = CostTable.fileName(networkSpace, acceleratorSpace);
    return table.substring(0, table.lastIndexOf('.'))
        + "-"
        + objective.name().replaceAll("[^\\w.]+", "-")
        + ".json";
  }

  private static NeuralEvaluator restored(
      String name,
      EvaluatorFile file,
      byte[] weights,
      NetworkSpace networkSpace,
      AcceleratorSpace acceleratorSpace,
      String costModel,
      Objective objective) {
    file.checkMadeFor(name, networkSpace, acceleratorSpace, costModel, objective);
    NeuralEvaluator made =
        new NeuralEvaluator(
            networkSpace,
            acceleratorSpace,
            objective,
            file.madeFor().get(TableIdentity.MODEL),
            file.options());
    try {
      file.restore(name, weights, made);
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
    made.fidelity = file.training().fidelity();
    made.trainSeconds = file.training().trainSeconds();
    made.examples = file.training().examples();
    return made;
  }

  /**
   * Writes two files, each atomically: {@code x.json} holds spaces, training and fidelity; {@code
   * x.weights} beside it holds the weights in DJL's format.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public void save(Path json) {
    EvaluatorFile.write(this, json);
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

  /** Its architecture and training options. */
  public EvaluatorOptions options() {
    return options;
  }

  /** Fingerprint of the cost model used for training: {@link CostTable#fingerprint}. */
  public String costModel() {
    return costModel;
  }

  /**
   * Checks that the table comes from the cost model used for training.
   *
   * @throws IllegalArgumentException naming both cost models
   */
  @Override
  public void checkTrainedBy(CostTable table) {
    new Rules()
        .require(
            table.fingerprint().equals(costModel),
            "cost model of the table is %s, but the evaluator was trained on %s",
            table.fingerprint(),
            costModel)
        .check();
  }

  @Override
  public String methodName() {
    return options.featureForwarding() ? "DANCE" : "DANCE without FF";
  }

  /** Number of training examples of each network. */
  public Map<String, Long> examples() {
    return examples;
  }

  /** Duration of its training in seconds. */
  @Override
  public double trainSeconds() {
    return trainSeconds;
  }

  /**
   * Expected metrics of relaxed architectures on the accelerators generated for them, inside any
   * computation graph of DJL, such as the loss of a search. The networks are frozen; arrays belong
   * to the owner of the probabilities.
   *
   * @param probabilities {@code [batch, blocks × operations]}
   * @param temperature of the softmax in the backward pass through the choice
   * @param noise generator of the Gumbel noise; null for the most probable accelerator
   * @return {@code [batch, 3]}: latency in ms, energy in mJ, area in mm²
   */
  public NDArray metrics(NDArray probabilities, double temperature, RandomGenerator noise) {
    return estimator.estimate(generator.choose(probabilities, temperature, noise), probabilities);
  }

  @Override
  public int designIndex(double[] probabilities) {
    int[] chosen = new int[1];
    Torch.alone(() -> chosen[0] = chosen(probabilities));
    return chosen[0];
  }

  private int chosen(double[] probabilities) {
    try (NDManager owner = manager.newSubManager()) {
      float[] logits = generator.logits(encoding(owner, probabilities), false).toFloatArray();
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
    // sums over several threads depend on their number
    Torch.alone(() -> expect(probabilities, loss, metrics, gradient));
    return loss.cost(metrics[0], metrics[1], metrics[2]);
  }

  private void expect(double[] probabilities, Objective loss, double[] metrics, double[] gradient) {
    try (NDManager owner = manager.newSubManager()) {
      NDArray p = encoding(owner, probabilities);
      if (gradient == null) {
        write(metrics(p, options.temperatures().gumbel(), null), metrics);
        return;
      }
      p.setRequiresGradient(true);
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray made = metrics(p, options.temperatures().gumbel(), null);
        write(made, metrics);
        double[] slope = new double[3];
        loss.gradient(metrics[0], metrics[1], metrics[2], slope);
        float[] slopes = {(float) slope[0], (float) slope[1], (float) slope[2]};
        collector.backward(made.mul(owner.create(slopes)).sum());
      }
      NDArray found = p.getGradient();
      found.attach(owner);
      write(found, gradient);
    }
  }

  @Override
  public void on(int designIndex, double[] probabilities, double[] metrics) {
    Torch.alone(() -> price(designIndex, probabilities, metrics));
  }

  private void price(int designIndex, double[] probabilities, double[] metrics) {
    try (NDManager owner = manager.newSubManager()) {
      NDArray x = input(owner, acceleratorSpace.encode(designIndex));
      write(estimator.estimate(x, encoding(owner, probabilities)), metrics);
    }
  }

  private NDArray encoding(NDManager owner, double[] probabilities) {
    int size = networkSpace.blocks() * networkSpace.operations().size();
    new Rules()
        .require(
            probabilities.length == size,
            "%d probabilities do not fit space %s, which has %d pairs of block and operation",
            probabilities.length,
            networkSpace.name(),
            size)
        .check();
    return input(owner, probabilities);
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

  NDManager manager() {
    return manager;
  }

  /** Differs between evaluators with different outputs, even for the same costs. */
  @Override
  public String fingerprint() {
    return "neural evaluator of " + costModel + ", sha256:" + EvaluatorFile.digest(this);
  }

  @Override
  public String toString() {
    return "neural evaluator for "
        + objective
        + ", "
        + networkSpace.name()
        + " × "
        + acceleratorSpace.name();
  }

  @Override
  public void close() {
    manager.close();
  }
}
