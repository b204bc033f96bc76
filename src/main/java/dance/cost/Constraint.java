package dance.cost;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.EnumMap;
import java.util.Map;

/**
 * An upper limit on a metric of a design: {@code latency ≤ 1 ms}.
 *
 * @param metric latency, energy, area, EDP or EDAP
 * @param limit the largest feasible value, in the metric's unit
 */
public record Constraint(Metric metric, double limit) {
  private static final Map<Metric, Objective> VALUES = new EnumMap<>(Metric.class);

  static {
    VALUES.put(Metric.LATENCY, Objective.LATENCY);
    VALUES.put(Metric.ENERGY, Objective.ENERGY);
    VALUES.put(Metric.AREA, Objective.AREA);
    VALUES.put(Metric.EDP, Objective.EDP);
    VALUES.put(Metric.EDAP, Objective.EDAP);
  }

  /**
   * @throws IllegalArgumentException if the metric cannot be limited, or the limit is not positive
   *     and finite
   */
  public Constraint {
    new Rules()
        .require(VALUES.containsKey(metric), "a limit on %s must be on %s", metric, allowed())
        .require(
            limit > 0 && Double.isFinite(limit),
            "limit of %s (%s) must be positive and finite",
            metric == null ? "a metric" : metric.label(),
            limit)
        .check();
  }

  /**
   * Parses {@code latency=1.5}: a metric's label (case-insensitive) and the limit in its unit.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Constraint parse(String text) {
    String[] sides = text.split("=", -1);
    if (sides.length != 2) {
      throw form(text, "");
    }
    String label = Nearest.plain(sides[0]);
    for (Metric metric : VALUES.keySet()) {
      if (Nearest.plain(metric.label()).equals(label)) {
        try {
          return new Constraint(metric, Double.parseDouble(sides[1].strip()));
        } catch (NumberFormatException notNumber) {
          throw form(text, "");
        }
      }
    }
    String maybe =
        Nearest.to(label, VALUES.keySet().stream().map(Metric::label).toList())
            .map(n -> " Maybe " + n + "=" + sides[1] + " was meant.")
            .orElse("");
    throw form(text, maybe);
  }

  /** Value of the constrained metric. */
  public double value(double latencyMs, double energyMj, double areaMm2) {
    return VALUES.get(metric).cost(latencyMs, energyMj, areaMm2);
  }

  /** Relative violation: value / limit − 1; feasible if not positive. */
  public double excess(double latencyMs, double energyMj, double areaMm2) {
    return value(latencyMs, energyMj, areaMm2) / limit - 1;
  }

  /**
   * Writes the partial derivatives of {@link #excess}.
   *
   * @param into {@code [3]}: with respect to latency, energy and area
   */
  public void gradient(double latencyMs, double energyMj, double areaMm2, double[] into) {
    VALUES.get(metric).gradient(latencyMs, energyMj, areaMm2, into);
    for (int i = 0; i < 3; i++) {
      into[i] /= limit;
    }
  }

  @Override
  public String toString() {
    return metric.label() + " ≤ " + limit + " " + metric.unit();
  }

  private static IllegalArgumentException form(String text, String maybe) {
    return new IllegalArgumentException(
        "limit "
            + text
            + " must have the form latency=1.5, with one of "
            + allowed()
            + " and a number."
            + maybe);
  }

  private static String allowed() {
    return String.join(", ", VALUES.keySet().stream().map(Metric::label).toList());
  }
}
