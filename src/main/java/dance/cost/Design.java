package dance.cost;

import dance.accelerator.Accelerator;
import dance.check.Copy;
import dance.check.Rules;
import java.util.OptionalDouble;

/**
 * A network on an accelerator, with its cost and, where known, its accuracy.
 *
 * @param network name of the network, or its genotype
 * @param accelerator what it runs on
 * @param metrics cost of one inference
 * @param accuracy test accuracy, 0…1; empty if unknown
 * @param accuracyError of accuracies that are predicted from those of other networks: root mean
 *     square on held-out ones, a fraction; empty if all were measured
 */
public record Design(
    String network,
    Accelerator accelerator,
    Metrics metrics,
    OptionalDouble accuracy,
    OptionalDouble accuracyError)
    implements Measured {
  /**
   * @throws IllegalArgumentException if the accuracy is not 0…1
   */
  public Design {
    new Rules()
        .require(
            accuracy.isEmpty() || (accuracy.getAsDouble() >= 0 && accuracy.getAsDouble() <= 1),
            "accuracy of %s (%s) must be a fraction, 0…1. Maybe it was given in percent.",
            network,
            accuracy)
        .check();
  }

  /** A design of unknown accuracy. */
  public static Design of(String network, Accelerator accelerator, Metrics metrics) {
    OptionalDouble unknown = OptionalDouble.empty();
    return new Design(network, accelerator, metrics, unknown, unknown);
  }

  /** With an accuracy, 0…1. */
  public Design accuracy(double share) {
    return Copy.with(this, "accuracy", OptionalDouble.of(share));
  }

  /** With the held-out error of predicted accuracies, a fraction; empty if there are none. */
  public Design accuracyError(OptionalDouble error) {
    return Copy.with(this, "accuracyError", error);
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
                : ", accuracy "
                    + SignificantDigits.measure(100 * accuracy.getAsDouble())
                    + " %"
                    + heldOut(accuracyError));
  }

  /** {@code , held-out error of accuracies 0.33 points}; nothing if none is predicted. */
  public static String heldOut(OptionalDouble accuracyError) {
    return accuracyError.isEmpty()
        ? ""
        : ", held-out error of accuracies "
            + SignificantDigits.measure(100 * accuracyError.getAsDouble())
            + " points";
  }
}
