package dance.cost;

import dance.accelerator.Accelerator;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.List;
import java.util.function.Function;

/** Says what a network costs on an accelerator: the exact simulator, or a learned evaluator. */
@FunctionalInterface
public interface CostModel {
  /** Metrics of one pass of the network. */
  Metrics metrics(Network network, Accelerator accelerator);

  /**
   * Prices one layer on some accelerators after others, so that a model can do once what does not
   * depend on the accelerator. The answers are those of {@link #metrics} for a network of the layer
   * alone, in the order of the accelerators, whatever was asked before.
   *
   * @return to be used by one thread at a time
   */
  default Function<List<Accelerator>, List<Metrics>> ofLayer(Layer layer) {
    Network alone = Network.of(layer.name(), layer);
    return accelerators -> accelerators.stream().map(a -> metrics(alone, a)).toList();
  }

  /**
   * One line that says how the costs are found, such as what a mapping is best in. Models of the
   * same line give the same answers; files that hold answers are told apart by it.
   */
  default String fingerprint() {
    return "unnamed cost model";
  }
}
