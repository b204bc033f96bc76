package dance.simulate;

import dance.cost.Measured;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cost of a layer of a network under the best mapping found.
 *
 * @param layer the layer
 * @param repeats how often the network runs it
 * @param result its mapping, with the optimality gap; for one run
 */
public record LayerEvaluation(Layer layer, int repeats, MappingResult result) implements Measured {

  /** Metrics of all repeats. */
  @Override
  public Metrics metrics() {
    Metrics once = evaluation().metrics();
    return new Metrics(latencyMs(), energyPj() / 1e9, once.areaMm2(), once.utilization());
  }

  /** One run of the layer. */
  public Evaluation evaluation() {
    return result.evaluation();
  }

  /**
   * Cycles of all repeats.
   *
   * @throws IllegalArgumentException if they overflow a long
   */
  public long cycles() {
    return times(evaluation().cycles(), "cycles");
  }

  /**
   * Operations of all repeats: multiplications, or additions of pooling and addition.
   *
   * @throws IllegalArgumentException if they overflow a long
   */
  public long operations() {
    return times(layer.einsum().points(), "operations");
  }

  /** Energy of all repeats, in pJ. */
  public double energyPj() {
    return repeats * evaluation().energyPj();
  }

  /** Latency of all repeats, in milliseconds. */
  public double latencyMs() {
    return repeats * evaluation().latencyMs();
  }

  /** Energy of all repeats by level, in pJ, in order of the ledger. */
  public Map<String, Double> energyByLevelPj() {
    Map<String, Double> sums = new LinkedHashMap<>();
    evaluation().ledger().byLevel().forEach((level, pj) -> sums.put(level, repeats * pj));
    return sums;
  }

  private long times(long each, String what) {
    try {
      return Math.multiplyExact(each, (long) repeats);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          repeats + " repeats of layer " + layer.name() + " take more than 2^63 " + what, overflow);
    }
  }

  /** The layer's cost, of all its repeats. */
  @Override
  public String toString() {
    return "%s on %s%s: %s, energy %s mJ"
        .formatted(
            layer.name(),
            evaluation().accelerator().name(),
            repeats == 1 ? "" : ", " + repeats + " times",
            SignificantDigits.plural(cycles(), "cycle"),
            SignificantDigits.measure(energyPj() / 1e9));
  }
}
