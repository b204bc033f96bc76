package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;

/**
 * Chooses the accelerator for a network and predicts their cost, differentiably in the network:
 * maps a relaxed architecture, in which each operation of a block has a probability, to expected
 * metrics and their gradient.
 *
 * <p>Probabilities are {@code [blocks, operations]}, flattened, as {@link NetworkSpace#encode}
 * writes them; an operation that a block does not offer must have 0. Metrics are {@code [3]}:
 * latency in ms, energy in mJ, area in mm². Not thread-safe.
 */
public interface Evaluator extends CostModel {

  /** Its network space. */
  NetworkSpace networkSpace();

  /** The accelerators that it chooses from. */
  AcceleratorSpace acceleratorSpace();

  /** The objective that the chosen accelerators minimise, with its constraints. */
  Objective objective();

  /**
   * The index of the accelerator chosen for a relaxed architecture.
   *
   * @param probabilities {@code [blocks · operations]}
   */
  int designIndex(double[] probabilities);

  /**
   * Expected metrics of a relaxed architecture on the accelerator chosen for it, where the choice
   * is relaxed so that it, too, has a gradient.
   *
   * @param loss a function of the three metrics; its constraints are ignored
   * @param metrics {@code [3]}, written: latency, energy, area
   * @param gradient {@code [blocks, operations]}, written: derivatives of the loss with respect to
   *     the probabilities; null if not needed
   * @return the loss at these metrics
   */
  double expected(double[] probabilities, Objective loss, double[] metrics, double[] gradient);

  /**
   * Expected metrics of a relaxed architecture on a given accelerator.
   *
   * @param metrics {@code [3]}, written: latency, energy, area
   */
  void on(int designIndex, double[] probabilities, double[] metrics);

  /** The accelerator chosen for a network. */
  default Accelerator generate(Genotype genotype) {
    return generate(networkSpace().encode(genotype));
  }

  /**
   * The accelerator chosen for a network.
   *
   * @throws IllegalArgumentException if the network is not of the space
   */
  default Accelerator generate(Network network) {
    return generate(Genotypes.of(networkSpace(), network));
  }

  /**
   * The accelerator chosen for a relaxed architecture.
   *
   * @param probabilities {@code [blocks · operations]}
   */
  default Accelerator generate(double[] probabilities) {
    return acceleratorSpace().accelerator(designIndex(probabilities));
  }

  /**
   * Metrics of a network of the space on an accelerator of the space.
   *
   * @throws IllegalArgumentException if either is of another space
   */
  @Override
  default Metrics metrics(Network network, Accelerator accelerator) {
    double[] m = new double[3];
    int designIndex = Designs.index(acceleratorSpace(), accelerator);
    on(designIndex, networkSpace().encode(Genotypes.of(networkSpace(), network)), m);
    return Designs.metrics(network, accelerator, m[0], m[1], m[2]);
  }

  /** Name of a search with this evaluator in tables. */
  default String methodName() {
    return "DANCE";
  }

  /** Duration of its training in seconds; 0 if it needs none. */
  default double trainSeconds() {
    return 0;
  }

  /**
   * Checks that a table comes from the cost model used for training, if there was any.
   *
   * @throws IllegalArgumentException if it comes from another
   */
  default void checkTrainedBy(CostTable table) {}

  /** Its fidelity, measured on held-out networks. */
  Fidelity fidelity();
}
