package dance.cost;

/** A result that has latency, energy, area and utilization, so that {@link Metric#of} reads it. */
public interface Measured {
  /** Latency, energy, area and utilization. */
  Metrics metrics();
}
