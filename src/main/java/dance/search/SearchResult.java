package dance.search;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Measured;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.space.Genotype;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Result of a search.
 *
 * @param method its name
 * @param seed of the search
 * @param point network and accelerator
 * @param metrics by the exact model
 * @param believed metrics predicted by the evaluator of the search; equal to the exact ones if it
 *     used those
 * @param score accuracy, cost and value
 * @param trace epochs of the search
 * @param searchCost cost of the search
 */
public record SearchResult(
    String method,
    long seed,
    Point point,
    Metrics metrics,
    Metrics believed,
    Score score,
    Trace trace,
    SearchCost searchCost)
    implements Measured {

  /**
   * A network on an accelerator.
   *
   * @param genotype the network
   * @param designIndex index of the accelerator in the cost table
   * @param accelerator the accelerator
   */
  public record Point(Genotype genotype, int designIndex, Accelerator accelerator) {}

  /**
   * Score of a network on an accelerator.
   *
   * @param accuracy of the network by the task, 0…1
   * @param cost by the objective, exact
   * @param value accuracy minus weighted cost, exact
   * @param feasible whether all constraints are satisfied, exactly
   * @param trainings accuracies of the known trainings of the network, that which the search saw
   *     first; empty if there is only one
   * @param accuracyError of accuracies that are predicted from those of other networks: root mean
   *     square on held-out ones, a fraction; empty if all were measured
   */
  public record Score(
      double accuracy,
      double cost,
      double value,
      boolean feasible,
      List<Double> trainings,
      OptionalDouble accuracyError) {
    /** Copies the list: the record is immutable. */
    public Score {
      trainings = List.copyOf(trainings);
    }
  }

  /** With the exact metrics and the quantities derived from them. */
  static SearchResult of(
      String method,
      long seed,
      SearchProblem problem,
      Candidate found,
      double[] believed,
      Trace trace,
      SearchCost cost) {
    Genotype genotype = problem.task().space().genotype(found.choice());
    Accelerator accelerator = problem.table().accelerator(found.designIndex());
    Metrics metrics =
        problem.table().metrics(problem.task().space().network(genotype), accelerator);
    double rate = metrics.latencyMs() / (believed == null ? metrics.latencyMs() : believed[0]);
    return new SearchResult(
        method,
        seed,
        new Point(genotype, found.designIndex(), accelerator),
        metrics,
        believed == null
            ? metrics
            : new Metrics(believed[0], believed[1], believed[2], metrics.utilization() * rate),
        new Score(
            found.accuracy(),
            found.cost(),
            found.value(),
            found.feasible(),
            Arrays.stream(problem.task().trainings(found.choice())).boxed().toList(),
            problem.task().predictionError()),
        trace,
        cost);
  }

  /** The network. */
  public Genotype genotype() {
    return point.genotype;
  }

  /** Index of the accelerator in the cost table. */
  public int designIndex() {
    return point.designIndex;
  }

  /** The accelerator. */
  public Accelerator accelerator() {
    return point.accelerator;
  }

  /** Accuracy of the network by the task, 0…1. */
  public double accuracy() {
    return score.accuracy;
  }

  /** Cost by the objective, exact. */
  public double cost() {
    return score.cost;
  }

  /** Accuracy minus weighted cost, exact. */
  public double value() {
    return score.value;
  }

  /** Whether all constraints are satisfied, exactly. */
  public boolean feasible() {
    return score.feasible;
  }

  /**
   * Mean accuracy of the network over the trainings that the search did not see, 0…1; empty if
   * there are none.
   */
  public OptionalDouble heldOut() {
    return score.trainings.stream().skip(1).mapToDouble(a -> a).average();
  }

  /** Held-out error of the accuracies, if some are predicted, a fraction. */
  public OptionalDouble accuracyError() {
    return score.accuracyError;
  }

  /** Network, accelerator, exact metrics and accuracy. */
  public Design found() {
    return Design.of(point.genotype.toString(), point.accelerator, metrics)
        .accuracy(score.accuracy)
        .accuracyError(score.accuracyError);
  }

  /** Method, design and value in one line; four digits each. */
  @Override
  public String toString() {
    return "%s: %s on %s, accuracy %s %%%s, %s, value %s%s"
        .formatted(
            method,
            point.genotype,
            point.accelerator.name(),
            SignificantDigits.measure(100 * score.accuracy),
            Design.heldOut(score.accuracyError),
            metrics,
            SignificantDigits.measure(score.value),
            score.feasible ? "" : ", limits exceeded");
  }
}
