package dance.simulate;

import dance.accelerator.Accelerator;
import dance.cost.Measured;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.workload.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Cost of one inference of a network on an accelerator, layer by layer. Every total is the sum over
 * the layers in order.
 *
 * @param network the workload
 * @param accelerator the accelerator
 * @param layers one per entry of the network
 */
public record NetworkEvaluation(
    Network network, Accelerator accelerator, List<LayerEvaluation> layers) implements Measured {

  /** Copies the list: the record is immutable. */
  public NetworkEvaluation {
    layers = List.copyOf(layers);
  }

  /**
   * Latency in clock cycles.
   *
   * @throws IllegalArgumentException if it overflows a long
   */
  public long cycles() {
    return sum(LayerEvaluation::cycles, "cycles");
  }

  /** Latency in milliseconds at the accelerator's clock. */
  public double latencyMs() {
    return cycles() / (accelerator.clockMhz() * 1e3);
  }

  /** Energy in pJ. */
  public double energyPj() {
    return layers.stream().mapToDouble(LayerEvaluation::energyPj).sum();
  }

  /** Energy by level, in pJ, in order of first appearance. */
  public Map<String, Double> energyByLevelPj() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (LayerEvaluation layer : layers) {
      layer.energyByLevelPj().forEach((level, pj) -> sums.merge(level, pj, Double::sum));
    }
    return sums;
  }

  /** Operations over the capacity of all MAC units during the latency, 0…1. */
  public double utilization() {
    long operations = sum(LayerEvaluation::operations, "operations");
    return operations / ((double) cycles() * accelerator.macUnits());
  }

  /** Latency, energy, area and utilization. */
  @Override
  public Metrics metrics() {
    return new Metrics(latencyMs(), energyPj() / 1e9, accelerator.areaMm2(), utilization());
  }

  /** Whether the mapping of every layer is proven optimal in its map space. */
  public boolean optimal() {
    return layers.stream().allMatch(layer -> layer.result().optimal());
  }

  private long sum(ToLongFunction<LayerEvaluation> part, String what) {
    try {
      return layers.stream().mapToLong(part).reduce(0, Math::addExact);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "network " + network.name() + " takes more than 2^63 " + what, overflow);
    }
  }

  /** {@code AlexNet on eyeriss: 8 layers, latency 23.07 ms, …}; says what is not proven. */
  @Override
  public String toString() {
    long proven = layers.stream().filter(layer -> layer.result().optimal()).count();
    return "%s on %s: %s, %s; %s"
        .formatted(
            network.name(),
            accelerator.name(),
            SignificantDigits.plural(layers.size(), "layer"),
            metrics(),
            proven == layers.size()
                ? "every mapping proven optimal"
                : proven + " of " + layers.size() + " mappings proven optimal");
  }
}
