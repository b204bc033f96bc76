package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Objective;
import dance.cost.ParetoFront;
import dance.workload.Network;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Costs of one network on every design of a table. Immutable. */
public final class DesignCosts {
  private final CostTable table;
  private final String name;
  private final Network network;
  private final double[] latencyMs;
  private final double[] energyMj;

  DesignCosts(
      CostTable table, String name, Network network, double[] latencyMs, double[] energyMj) {
    this.table = table;
    this.name = name;
    this.network = network;
    this.latencyMs = latencyMs.clone();
    this.energyMj = energyMj.clone();
  }

  /** Number of designs. */
  public int designs() {
    return latencyMs.length;
  }

  /** Latency on a design. */
  public double latencyMs(int designIndex) {
    return latencyMs[designIndex];
  }

  /** Energy on a design. */
  public double energyMj(int designIndex) {
    return energyMj[designIndex];
  }

  /** The objective of a design, ignoring constraints. */
  public double cost(int designIndex, Objective objective) {
    return objective.cost(
        latencyMs[designIndex], energyMj[designIndex], table.areaMm2(designIndex));
  }

  /** A design with its metrics. */
  public Design design(int designIndex) {
    Accelerator accelerator = table.accelerator(designIndex);
    double area = table.areaMm2(designIndex);
    return Design.of(
        name,
        accelerator,
        Designs.metrics(network, accelerator, latencyMs[designIndex], energyMj[designIndex], area));
  }

  /** Every design, by index. */
  public List<Design> all() {
    return IntStream.range(0, designs()).mapToObj(this::design).toList();
  }

  /** The best designs, best first; all of them if there are fewer. */
  public List<Design> top(int count, Objective objective) {
    return Arrays.stream(ranking(objective)).limit(count).mapToObj(this::design).toList();
  }

  /**
   * Indices of all designs, best first, in the order of {@link HardwareOracle}; of equal ones the
   * first comes first.
   *
   * @return {@code [designs]}
   */
  public int[] ranking(Objective objective) {
    double[] excess = new double[designs()];
    double[] cost = new double[designs()];
    for (int d = 0; d < cost.length; d++) {
      cost[d] = cost(d, objective);
      excess[d] = HardwareOracle.excess(objective, latencyMs[d], energyMj[d], table.areaMm2(d));
    }
    return IntStream.range(0, cost.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer d) -> excess[d]).thenComparingDouble(d -> cost[d]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The exact Pareto front in latency, energy and area. */
  public ParetoFront<Design> front() {
    double[][] values = new double[designs()][];
    for (int d = 0; d < values.length; d++) {
      values[d] = new double[] {latencyMs[d], energyMj[d], table.areaMm2(d)};
    }
    List<ToDoubleFunction<? super Design>> objectives =
        List.of(
            d -> d.metrics().latencyMs(), d -> d.metrics().energyMj(), d -> d.metrics().areaMm2());
    List<Design> front = Arrays.stream(ParetoFront.indices(values)).mapToObj(this::design).toList();
    return new ParetoFront<>(front, objectives);
  }

  @Override
  public String toString() {
    return name + " on " + designs() + " designs of " + table.acceleratorSpace().name();
  }
}
