package dance.cost;

import dance.accelerator.Accelerator;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.function.Function;

/** Says what a network costs on an accelerator: the exact simulator, or a learned evaluator. */
@FunctionalInterface
public interface CostModel {
  /** Metrics of one pass of the network. */
  Metrics metrics(Network network, Accelerator accelerator);

  /**
   * Prices one layer on one accelerator after the other, so that a model can do once what does not
   * depend on the accelerator. The answers are those of {@link #metrics} for a network of the layer
   * alone, whatever was asked before.
   *
   * @return to be used by one thread at a time
   */
  default Function<Accelerator, Metrics> ofLayer(Layer layer) {
    Network alone = Network.of(layer.name(), layer);
    return accelerator -> metrics(alone, accelerator);
  }

  /**
   * One line that says how the costs are found, such as what a mapping is best in. Models of the
   * same line give the same answers; files that hold answers are told apart by it.
   */
  default String fingerprint() {
    return "unnamed cost model";
  }
}
