package dance.cost;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cost of a network on an accelerator.
 *
 * @param latencyMs time of one inference
 * @param energyMj energy of one inference
 * @param areaMm2 area of the accelerator
 * @param utilization operations per MAC unit and cycle, 0…1
 */
public record Metrics(double latencyMs, double energyMj, double areaMm2, double utilization)
    implements Measured {

  @Override
  public Metrics metrics() {
    return this;
  }

  /**
   * Four significant digits each: {@code latency 6.585 ms, energy 1.2 mJ, area 3.4 mm², utilization
   * 56 %}.
   */
  @Override
  public String toString() {
    return Stream.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.UTILIZATION)
        .map(m -> m.label() + " " + SignificantDigits.measure(m.of(this)) + " " + m.unit())
        .collect(Collectors.joining(", "));
  }
}
