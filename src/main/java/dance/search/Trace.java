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
   * @param spent what it took so far
   * @param entropy of the probabilities as a fraction of the largest possible, 0…1, mean over
   *     blocks
   * @param losses what was minimised
   * @param probabilities {@code [blocks, operations]}; empty if the method has none
   * @param genotype the network that would be derived here; for others the best so far
   * @param design its accelerator
   */
  public record Epoch(
      int restart,
      int step,
      Spent spent,
      double entropy,
      Losses losses,
      List<Double> probabilities,
      Genotype genotype,
      int design) {
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

    /** Loss that the accuracy term trained with. */
    public double trainingLoss() {
      return losses.trainingLoss;
    }

    /** Loss of the accuracy term at the gates. */
    public double accuracyLoss() {
      return losses.accuracyLoss;
    }

    /** Cost over its reference, as the evaluator believes. */
    public double expectedCost() {
      return losses.expectedCost;
    }

    /** All terms together. */
    public double loss() {
      return losses.loss;
    }
  }

  /**
   * What a search took so far.
   *
   * @param evaluations as {@link SearchCost#evaluations}
   * @param costModelCalls as {@link SearchCost#costModelCalls}
   * @param seconds since it began
   */
  public record Spent(long evaluations, long costModelCalls, double seconds) {}

  /**
   * What a search minimises.
   *
   * @param trainingLoss what the accuracy term trained with; NaN if nothing was trained
   * @param accuracyLoss of the accuracy term at the gates; NaN while α rests
   * @param expectedCost by the objective, over its reference, as the evaluator believes
   * @param loss all terms together; that of training while α rests
   */
  public record Losses(
      double trainingLoss, double accuracyLoss, double expectedCost, double loss) {}
}
