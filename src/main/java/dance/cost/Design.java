package dance.cost;

import dance.accelerator.Accelerator;
import dance.check.Rules;
import java.util.OptionalDouble;

/**
 * A network on an accelerator, with what it costs and, where known, how well it does.
 *
 * @param network name of the network, or its genotype
 * @param accelerator what it runs on
 * @param metrics what one pass costs
 * @param accuracy part of the test examples that are answered rightly, 0…1; empty if unknown
 */
public record Design(
    String network, Accelerator accelerator, Metrics metrics, OptionalDouble accuracy)
    implements Measured {
  public Design {
    new Rules()
        .require(
            accuracy.isEmpty() || (accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= 1),
            "accuracy of %s (%s) must be a part of one, 0…1. Maybe percent were given.",
            network,
            accuracy)
        .check();
  }

  /** A design of unknown accuracy. */
  public static Design of(String network, Accelerator accelerator, Metrics metrics) {
    return new Design(network, accelerator, metrics, OptionalDouble.empty());
  }

  /** With an accuracy, 0…1. */
  public Design accuracy(double share) {
    return new Design(network, accelerator, metrics, OptionalDouble.of(share));
  }

  /** {@code AlexNet on eyeriss: latency 23.07 ms, …, accuracy 57.10 %}. */
  @Override
  public String toString() {
    return "%s on %s: %s%s"
        .formatted(
            network,
            accelerator.name(),
            metrics,
            accuracy.isEmpty()
                ? ""
                : ", accuracy " + Figures.measure(100 * accuracy.getAsDouble()) + " %");
  }
}
