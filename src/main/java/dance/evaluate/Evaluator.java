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
 * Chooses the accelerator for a network and says what the two cost, differentiably in the network:
 * a relaxed architecture, where each operation of a block has a probability, in; expected metrics
 * and their gradient out.
 *
 * <p>Probabilities are {@code [blocks, operations]}, one after the other, as {@link
 * NetworkSpace#encode} writes them; an operation that a block does not offer must have 0. Metrics
 * are {@code [3]}: latency in ms, energy in mJ, area in mm². One thread at a time may use an
 * evaluator.
 */
public interface Evaluator extends CostModel {

  /** The networks that it knows. */
  NetworkSpace networkSpace();

  /** The accelerators that it chooses from. */
  AcceleratorSpace acceleratorSpace();

  /** What the accelerators that it chooses have least of, within its limits. */
  Objective objective();

  /** The index of the accelerator chosen for a relaxed architecture. */
  int design(double[] probabilities);

  /**
   * Expected metrics of a relaxed architecture on the accelerator chosen for it, where the choice
   * is softened so that it, too, has a gradient.
   *
   * @param loss a function of the three metrics; its limits play no part
   * @param metrics {@code [3]}, written: latency, energy, area
   * @param gradient {@code [blocks, operations]}, written: derivatives of the loss by the
   *     probabilities; null if not wanted
   * @return the loss at these metrics
   */
  double expected(double[] probabilities, Objective loss, double[] metrics, double[] gradient);

  /**
   * Expected metrics of a relaxed architecture on a given accelerator.
   *
   * @param metrics {@code [3]}, written: latency, energy, area
   */
  void on(int design, double[] probabilities, double[] metrics);

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

  /** The accelerator chosen for a relaxed architecture. */
  default Accelerator generate(double[] probabilities) {
    return acceleratorSpace().accelerator(design(probabilities));
  }

  /**
   * Metrics of a network of the space on an accelerator of the space.
   *
   * @throws IllegalArgumentException if either is of another space
   */
  @Override
  default Metrics metrics(Network network, Accelerator accelerator) {
    double[] m = new double[3];
    int design = Designs.index(acceleratorSpace(), accelerator);
    on(design, networkSpace().encode(Genotypes.of(networkSpace(), network)), m);
    return Designs.metrics(network, accelerator, m[0], m[1], m[2]);
  }

  /** What tables call a search with it. */
  default String methodName() {
    return "DANCE";
  }

  /** Time of its training in seconds; 0 if it needs none. */
  default double trainSeconds() {
    return 0;
  }

  /**
   * Checks that a table comes from the cost model used for training, if there was any.
   *
   * @throws IllegalArgumentException if it is of other costs
   */
  default void checkTrainedBy(CostTable table) {}

  /** How far it can be trusted, on networks that it has not seen. */
  Fidelity fidelity();
}
