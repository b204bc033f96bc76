package dance.cost;

import dance.accelerator.Accelerator;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Maps a network and an accelerator to metrics: the exact simulator, or a trained evaluator. */
@FunctionalInterface
public interface CostModel {
  /** Metrics of one inference. */
  Metrics metrics(Network network, Accelerator accelerator);

  /**
   * Cost function of one layer for batches of accelerators, so that work that does not depend on
   * the accelerator is done once. Returns the {@link #metrics} of a network of this layer alone, in
   * the order of the accelerators, independent of earlier calls.
   *
   * @return not thread-safe
   */
  default Function<List<Accelerator>, List<Metrics>> ofLayer(Layer layer) {
    Network alone = Network.of(layer.name(), layer);
    return accelerators -> accelerators.stream().map(a -> metrics(alone, a)).toList();
  }

  /**
   * Why this accelerator is priced alone, where others that differ in a few parameters are priced
   * together many times faster: such as "4 memory levels, not 3". Empty if it is not, and by
   * default.
   */
  default Optional<String> alone(Layer layer, Accelerator accelerator) {
    return Optional.empty();
  }

  /**
   * One line that identifies the cost model, such as the objective of its mapper. Models with equal
   * fingerprints return equal costs; files of results store it.
   */
  default String fingerprint() {
    return "unnamed cost model";
  }
}
