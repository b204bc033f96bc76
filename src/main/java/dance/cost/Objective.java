package dance.cost;

import dance.check.Copy;
import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The quantity that mapping and search minimise, a smooth function of latency, energy and area,
 * with the constraints on a design. Evaluation does not allocate.
 *
 * <p>{@code Objective.EDAP.atMost(Metric.LATENCY, 1.0)} is the energy-delay-area product of designs
 * that take at most 1 ms. Constraints do not change the cost: a search checks {@link #constraints}
 * separately.
 *
 * @param name as the command line takes it
 * @param function the cost
 * @param derivative its gradient
 * @param constraints upper limits, in the order in which they were set; at most one per metric
 */
public record Objective(
    String name, Function function, Derivative derivative, List<Constraint> constraints) {

  /** A cost as a function of latency, energy and area. */
  @FunctionalInterface
  public interface Function {
    /** The cost; smaller is better. */
    double of(double latencyMs, double energyMj, double areaMm2);
  }

  /** The gradient of a cost. */
  @FunctionalInterface
  public interface Derivative {
    /**
     * Writes the partial derivatives.
     *
     * @param into {@code [3]}: with respect to latency, energy and area
     */
    void write(double latencyMs, double energyMj, double areaMm2, double[] into);
  }

  /** Latency alone. */
  public static final Objective LATENCY =
      of("latency", (l, e, a) -> l, (l, e, a, g) -> set(g, 1, 0, 0));

  /** Energy alone. */
  public static final Objective ENERGY =
      of("energy", (l, e, a) -> e, (l, e, a, g) -> set(g, 0, 1, 0));

  /** Area alone. */
  public static final Objective AREA = of("area", (l, e, a) -> a, (l, e, a, g) -> set(g, 0, 0, 1));

  /** Energy-delay product. */
  public static final Objective EDP =
      of("edp", (l, e, a) -> e * l, (l, e, a, g) -> set(g, e, l, 0));

  /** Energy-delay-area product. */
  public static final Objective EDAP =
      of("edap", (l, e, a) -> e * l * a, (l, e, a, g) -> set(g, e * a, l * a, e * l));

  private static final Map<String, Objective> BY_NAME = new LinkedHashMap<>();

  static {
    for (Objective each : List.of(EDAP, EDP, LATENCY, ENERGY, AREA)) {
      BY_NAME.put(each.name(), each);
    }
  }

  private static final String LINEAR = "linear";

  /**
   * @throws IllegalArgumentException if name, function or derivative is missing, or two constraints
   *     limit one metric
   */
  public Objective {
    constraints = List.copyOf(constraints);
    long metrics = constraints.stream().map(Constraint::metric).distinct().count();
    new Rules()
        .require(name != null && !name.isBlank(), "an objective needs a name")
        .require(function != null, "objective %s needs a function", name)
        .require(derivative != null, "objective %s needs a gradient", name)
        .require(
            metrics == constraints.size(),
            "limits %s of objective %s must concern a metric once each",
            constraints,
            name)
        .check();
  }

  /** Any smooth function with its gradient. */
  public static Objective of(String name, Function function, Derivative gradient) {
    return new Objective(name, function, gradient, List.of());
  }

  /**
   * The weighted sum of latency in ms, energy in mJ and area in mm².
   *
   * @throws IllegalArgumentException if a weight is negative or infinite, or all are zero
   */
  public static Objective linear(double latency, double energy, double area) {
    Rules rules = new Rules();
    for (double weight : new double[] {latency, energy, area}) {
      rules.require(
          weight >= 0 && Double.isFinite(weight),
          "weight %s of a linear objective must be finite and not negative",
          weight);
    }
    rules
        .require(
            latency != 0 || energy != 0 || area != 0,
            "a linear objective needs a weight other than 0")
        .check();
    return of(
        LINEAR + ":" + plain(latency) + "," + plain(energy) + "," + plain(area),
        new Linear(latency, energy, area),
        (l, e, a, g) -> set(g, latency, energy, area));
  }

  /**
   * The objective of this name, case-insensitive: {@code edap}, {@code edp}, {@code latency},
   * {@code energy}, {@code area}, or a weighted sum as {@code linear:1,2,0.5} (weights of latency
   * in ms, energy in mJ, area in mm²).
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  public static Objective byName(String name) {
    String plain = Nearest.plain(name);
    if (plain.startsWith(LINEAR)) {
      return parseLinear(name);
    }
    Objective known = BY_NAME.get(plain);
    if (known == null) {
      String maybe = Nearest.maybe(plain, BY_NAME.keySet());
      throw new IllegalArgumentException(
          "objective "
              + name
              + " is not one of "
              + String.join(", ", names())
              + " and weighted sums such as linear:1,1,1."
              + maybe);
    }
    return known;
  }

  /** The names that {@link #byName} accepts, except weighted sums. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** The cost of latency, energy and area; smaller is better. */
  public double cost(double latencyMs, double energyMj, double areaMm2) {
    return function.of(latencyMs, energyMj, areaMm2);
  }

  /** The cost of a design; smaller is better. */
  public double cost(Metrics metrics) {
    return cost(metrics.latencyMs(), metrics.energyMj(), metrics.areaMm2());
  }

  /**
   * Writes the partial derivatives of the cost.
   *
   * @param into {@code [3]}: with respect to latency, energy and area
   */
  public void gradient(double latencyMs, double energyMj, double areaMm2, double[] into) {
    derivative.write(latencyMs, energyMj, areaMm2, into);
  }

  /**
   * With an upper limit; replaces an earlier limit on the same metric.
   *
   * @param metric latency, energy, area, EDP or EDAP
   * @param limit in the metric's unit
   */
  public Objective atMost(Metric metric, double limit) {
    List<Constraint> limits = new ArrayList<>(constraints);
    limits.removeIf(c -> c.metric() == metric);
    limits.add(new Constraint(metric, limit));
    return Copy.with(this, "constraints", limits);
  }

  /** Whether all constraints are satisfied. */
  public boolean feasible(double latencyMs, double energyMj, double areaMm2) {
    // by index: an iterator would allocate
    for (int i = 0; i < constraints.size(); i++) {
      if (constraints.get(i).excess(latencyMs, energyMj, areaMm2) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether all constraints are satisfied. */
  public boolean feasible(Metrics metrics) {
    return feasible(metrics.latencyMs(), metrics.energyMj(), metrics.areaMm2());
  }

  private record Linear(double latency, double energy, double area) implements Function {
    @Override
    public double of(double latencyMs, double energyMj, double areaMm2) {
      return latency * latencyMs + energy * energyMj + area * areaMm2;
    }
  }

  /**
   * Whether the cost is known not to fall where latency, energy or area grows, rounded as it is:
   * that of all objectives with a name, so that minima of the three bound it from below. Violations
   * of constraints are monotone anyway.
   */
  public boolean isMonotone() {
    return function instanceof Linear
        || BY_NAME.values().stream().anyMatch(named -> named.function == function);
  }

  /** Name and constraints for display: {@code EDAP, latency ≤ 1.0 ms}. */
  public String label() {
    String label =
        Arrays.stream(Metric.values())
            .map(Metric::label)
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .orElse(name);
    return label + toString().substring(name.length());
  }

  /** Name and constraints, the name as on the command line: {@code edap, latency ≤ 1.0 ms}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    constraints.forEach(c -> text.append(", ").append(c));
    return text.toString();
  }

  private static Objective parseLinear(String name) {
    String[] weights = name.substring(name.indexOf(':') + 1).split(",", -1);
    try {
      double[] w = Arrays.stream(weights).mapToDouble(Double::parseDouble).toArray();
      if (w.length == 3) {
        return linear(w[0], w[1], w[2]);
      }
    } catch (NumberFormatException notNumbers) {
      // reported below
    }
    throw new IllegalArgumentException(
        "objective "
            + name
            + " must have the form linear:1,2,0.5 (weights of latency in ms, energy in mJ, area in"
            + " mm²)");
  }

  private static String plain(double number) {
    return Double.toString(number).replaceFirst("\\.0$", "");
  }

  private static void set(double[] into, double latency, double energy, double area) {
    into[0] = latency;
    into[1] = energy;
    into[2] = area;
  }
}
