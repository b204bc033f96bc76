package dance.search;

import dance.space.Genotype;
import java.util.List;

/**
 * Epochs of a search.
 *
 * @param epochs in order; for a method without epochs one for each improvement
 */
public record Trace(List<Epoch> epochs) {
  /** Copies the list: the record is immutable. */
  public Trace {
    epochs = List.copyOf(epochs);
  }

  /**
   * State of a search. Quantities that a method does not have are NaN.
   *
   * @param restart index of the attempt, from 0
   * @param step steps of this attempt so far
   * @param spent cost of the search so far
   * @param entropy of the probabilities as a fraction of its maximum, 0…1, mean over blocks
   * @param losses terms of the loss
   * @param probabilities {@code [blocks, operations]}; empty if the method has none
   * @param genotype the network that would be derived here; for other methods the best so far
   * @param designIndex its accelerator
   */
  public record Epoch(
      int restart,
      int step,
      Spent spent,
      double entropy,
      Losses losses,
      List<Double> probabilities,
      Genotype genotype,
      int designIndex) {
    /** Copies the list: the record is immutable. */
    public Epoch {
      probabilities = List.copyOf(probabilities);
    }

    /** Evaluations so far. */
    public long evaluations() {
      return spent.evaluations;
    }

    /** Cost-model calls so far. */
    public long costModelCalls() {
      return spent.costModelCalls;
    }

    /** Seconds so far. */
    public double seconds() {
      return spent.seconds;
    }

    /** Loss of the training of shared weights. */
    public double trainingLoss() {
      return losses.trainingLoss;
    }

    /** Loss of the accuracy term at the gates. */
    public double accuracyLoss() {
      return losses.accuracyLoss;
    }

    /** Cost divided by the reference, as predicted by the evaluator. */
    public double expectedCost() {
      return losses.expectedCost;
    }

    /** Weighted sum of all terms. */
    public double loss() {
      return losses.loss;
    }
  }

  /**
   * Cost of a search so far.
   *
   * @param evaluations as {@link SearchCost#evaluations}
   * @param costModelCalls as {@link SearchCost#costModelCalls}
   * @param seconds since its start
   */
  public record Spent(long evaluations, long costModelCalls, double seconds) {}

  /**
   * The terms of the loss.
   *
   * @param trainingLoss loss of the training of shared weights; NaN if nothing was trained
   * @param accuracyLoss of the accuracy term at the gates; NaN while α is frozen
   * @param expectedCost by the objective, divided by the reference, as predicted by the evaluator
   * @param loss weighted sum of all terms; that of training while α is frozen
   */
  public record Losses(
      double trainingLoss, double accuracyLoss, double expectedCost, double loss) {}
}
