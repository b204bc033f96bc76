package dance.lesson;

import dance.check.Rules;
import dance.cost.SignificantDigits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A choice by logits, made differentiable: one-hot forwards, the softmax of the logits over a
 * temperature backwards (straight-through; Jang, Gu and Poole, ICLR 2017).
 *
 * @param logits of the choices
 * @param temperatures from the warmest
 */
public record Relaxation(List<Double> logits, List<Double> temperatures) {
  /**
   * @throws IllegalArgumentException if there are fewer than two logits, or a temperature is not
   *     positive
   */
  public Relaxation {
    logits = List.copyOf(logits);
    temperatures = List.copyOf(temperatures);
    new Rules()
        .require(logits.size() > 1, "a choice needs at least two logits")
        .require(
            !temperatures.isEmpty()
                && temperatures.stream().allMatch(t -> t > 0 && Double.isFinite(t)),
            "temperatures %s must be positive",
            temperatures)
        .check();
  }

  /**
   * Of some logits, at 5, 1, 0.5 and 0.1 if no temperatures are given.
   *
   * @param logits {@code [operations]}
   * @param temperatures {@code [temperatures]}
   */
  public static Relaxation of(double[] logits, double... temperatures) {
    return new Relaxation(
        Arrays.stream(logits).boxed().toList(),
        (temperatures.length == 0 ? DoubleStream.of(5, 1, 0.5, 0.1) : Arrays.stream(temperatures))
            .boxed()
            .toList());
  }

  /** The choice that is made forwards: the first of the largest logits. */
  public int chosen() {
    int best = 0;
    for (int i = 0; i < logits.size(); i++) {
      best = logits.get(i) > logits.get(best) ? i : best;
    }
    return best;
  }

  /** What the gradient sees instead: the softmax at a temperature, {@code [operations]}. */
  public double[] soft(double temperature) {
    double largest = logits.get(chosen());
    double[] p = logits.stream().mapToDouble(l -> Math.exp((l - largest) / temperature)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  /**
   * Derivatives of the chosen one's weight by every logit: ∂p_c/∂l_i = p_c (δ_ci − p_i) / T.
   *
   * @return {@code [operations]}
   */
  public double[] slope(double temperature) {
    double[] p = soft(temperature);
    int chosen = chosen();
    double[] slope = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      slope[i] = p[chosen] * ((i == chosen ? 1 : 0) - p[i]) / temperature;
    }
    return slope;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("logits " + logits + "; one-hot at " + chosen());
    for (double t : temperatures) {
      text.append("\n  T = ").append(SignificantDigits.brief(t)).append(": softmax");
      Arrays.stream(soft(t)).forEach(p -> text.append(' ').append(SignificantDigits.measure(p)));
      text.append("; slope");
      Arrays.stream(slope(t)).forEach(s -> text.append(' ').append(SignificantDigits.measure(s)));
    }
    return text.toString();
  }
}
