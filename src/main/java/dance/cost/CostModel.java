package dance.cost;

import dance.accelerator.Accelerator;
import dance.workload.Network;

/** Says what a network costs on an accelerator: the exact simulator, or a learned evaluator. */
@FunctionalInterface
public interface CostModel {
  /** Metrics of one pass of the network. */
  Metrics metrics(Network network, Accelerator accelerator);
}
