package dance.cost;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The metrics, each with its label and unit; units are written nowhere else. */
public enum Metric {
  /** Time of one inference. */
  LATENCY("latency", "ms", Metrics::latencyMs),
  /** Energy of one inference. */
  ENERGY("energy", "mJ", Metrics::energyMj),
  /** Area of the accelerator, without off-chip memory. */
  AREA("area", "mm²", Metrics::areaMm2),
  /** Energy-delay product. */
  EDP("EDP", "mJ·ms", m -> m.energyMj() * m.latencyMs()),
  /** Energy-delay-area product. */
  EDAP("EDAP", "mJ·ms·mm²", m -> m.energyMj() * m.latencyMs() * m.areaMm2()),
  /** Multiply-accumulate operations per MAC unit and cycle. */
  UTILIZATION("utilization", "%", m -> 100 * m.utilization());

  private final String label;
  private final String unit;
  private final ToDoubleFunction<Metrics> reader;

  Metric(String label, String unit, ToDoubleFunction<Metrics> reader) {
    this.label = label;
    this.unit = unit;
    this.reader = reader;
  }

  /** Name without unit. */
  public String label() {
    return label;
  }

  /** Unit, without brackets. */
  public String unit() {
    return unit;
  }

  /** Label and unit, as headings and axis titles show it: {@code latency [ms]}. */
  public String heading() {
    return label + " [" + unit + "]";
  }

  /** The value of any result in {@link #unit}: {@code Metric.EDP.of(simulate(…))}. */
  public double of(Measured result) {
    return reader.applyAsDouble(result.metrics());
  }

  /** The value with four significant digits and its unit. */
  public String format(Measured metrics) {
    return String.format(Locale.ROOT, "%.4g %s", of(metrics), unit);
  }
}
