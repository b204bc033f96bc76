package dance.lesson;

import dance.simulate.explain.Explanation;
import java.util.List;
import java.util.Optional;

/** A number that is asked for before it is shown: without a prediction it stays hidden. */
public final class Prediction {
  private static final double NEAR = 5e-3;

  private final Explanation explanation;
  private final Object predicted;

  /**
   * A prediction.
   *
   * @param predicted the number, also as a text with its unit; null for none yet
   */
  Prediction(Explanation explanation, Object predicted) {
    this.explanation = explanation;
    this.predicted = predicted;
  }

  /** What the prediction is compared with, and why; empty as long as there is none. */
  public Optional<Explanation> shown() {
    return predicted == null ? Optional.empty() : Optional.of(explanation);
  }

  /** What was predicted and what is, or the question. */
  public String sentence() {
    String unit = explanation.unit();
    if (predicted == null) {
      return "predict first: "
          + explanation.subject()
          + (unit.isEmpty() || explanation.subject().equals(unit) ? "?" : " [" + unit + "]?")
          + " Nothing is shown before you write a number.";
    }
    Verdict verdict =
        new NumberSolution(explanation.value().doubleValue(), unit, NEAR, List.of(), "")
            .check(predicted);
    return "you predicted %s: %s"
        .formatted(
            predicted,
            verdict.right() ? "right." : verdict.message().replaceFirst("^.* is ", "it is "));
  }

  @Override
  public String toString() {
    return predicted == null ? sentence() : sentence() + "\n" + explanation;
  }
}
