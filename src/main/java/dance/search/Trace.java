package dance.search;

import dance.space.Genotype;
import java.util.List;

/**
 * Epochs of a search.
 *
 * @param epochs in order; for a method without epochs one for each improvement
 */
public record Trace(List<Epoch> epochs) {
  public Trace {
    epochs = List.copyOf(epochs);
  }

  /**
   * State of a search. Quantities that a method does not have are NaN.
   *
   * @param restart index of the attempt, from 0
   * @param step steps of this attempt so far
   * @param evaluations so far, as {@link SearchCost#evaluations}
   * @param costModelCalls so far
   * @param seconds so far
   * @param entropy of the probabilities as a fraction of its maximum, 0…1, mean over blocks
   * @param trainingLoss loss of the training of shared weights; NaN if nothing was trained
   * @param accuracyLoss of the accuracy term at the gates; NaN while α is frozen
   * @param expectedCost by the objective, divided by the reference, as predicted by the evaluator
   * @param loss weighted sum of all terms; that of training while α is frozen
   * @param probabilities {@code [blocks, operations]}; empty if the method has none
   * @param genotype the network that would be derived here; for other methods the best so far
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
