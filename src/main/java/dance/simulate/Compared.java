package dance.simulate;

import dance.cost.Measured;
import dance.cost.Metrics;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One of several results side by side, such as a mapping written by hand and the best one.
 *
 * @param result the result
 * @param cycles latency in clock cycles, if known
 * @param metrics its cost
 * @param dramWords words read from and written to the outermost memory, if known
 */
public record Compared(
    String result, OptionalLong cycles, Metrics metrics, OptionalLong dramWords) {
  /** The row of any result. */
  public static Compared of(Measured result) {
    if (result instanceof MappingResult best) {
      String proof =
          best.optimal()
              ? "proven"
              : String.format(Locale.ROOT, "gap at most %.1f %%", 100 * best.gap());
      Evaluation evaluation = best.evaluation();
      return row(
          evaluation.einsum().name() + ", best " + best.objective().label() + " (" + proof + ")",
          evaluation,
          result);
    }
    if (result instanceof Evaluation evaluation) {
      return row(evaluation.einsum().name() + ", mapping as given", evaluation, result);
    }
    if (result instanceof NetworkEvaluation network) {
      long words =
          network.layers().stream()
              .mapToLong(layer -> layer.repeats() * dramWords(layer.evaluation()))
              .sum();
      return new Compared(
          network.network().name() + " on " + network.accelerator().name(),
          OptionalLong.of(network.cycles()),
          network.metrics(),
          OptionalLong.of(words));
    }
    return new Compared(
        result.toString(), OptionalLong.empty(), result.metrics(), OptionalLong.empty());
  }

  private static Compared row(String name, Evaluation evaluation, Measured result) {
    return new Compared(
        name,
        OptionalLong.of(evaluation.cycles()),
        result.metrics(),
        OptionalLong.of(dramWords(evaluation)));
  }

  private static long dramWords(Evaluation evaluation) {
    AccessCounts.Level outermost = evaluation.counts().levels().get(0);
    return outermost.tensors().stream().mapToLong(t -> t.reads() + t.updates()).sum();
  }
}
