package dance.search;

import dance.space.Genotype;
import java.util.List;

/**
 * How a search went.
 *
 * @param epochs in order; of a method without epochs one for each better design found
 */
public record Trace(List<Epoch> epochs) {
  public Trace {
    epochs = List.copyOf(epochs);
  }

  /**
   * Where a search was. Figures that a method does not have are NaN.
   *
   * @param restart the how manieth attempt, from 0
   * @param step steps of this attempt so far
   * @param evaluations so far, as {@link SearchCost#evaluations}
   * @param costModelCalls so far
   * @param seconds so far
   * @param entropy of the probabilities as a part of the largest possible, 0…1, mean over blocks
   * @param trainingLoss what the accuracy term trained with; NaN if nothing was trained
   * @param accuracyLoss of the accuracy term at the gates; NaN while α rests
   * @param expectedCost by the objective, over its reference, as the evaluator believes
   * @param loss all terms together; that of training while α rests
   * @param probabilities {@code [blocks, operations]}; empty if the method has none
   * @param genotype the network that would be derived here; for others the best so far
   * @param design its accelerator
   */
  public record Epoch(
      int restart,
      int step,
      long evaluations,
      long costModelCalls,
      double seconds,
      double entropy,
      double trainingLoss,
      double accuracyLoss,
      double expectedCost,
      double loss,
      List<Double> probabilities,
      Genotype genotype,
      int design) {
    public Epoch {
      probabilities = List.copyOf(probabilities);
    }
  }
}
