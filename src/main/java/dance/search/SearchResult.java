package dance.search;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Figures;
import dance.cost.Measured;
import dance.cost.Metrics;
import dance.space.Genotype;

/**
 * Result of a search.
 *
 * @param method its name
 * @param seed of the search
 * @param genotype the network
 * @param design index of the accelerator
 * @param accelerator the accelerator
 * @param metrics by the exact model
 * @param believed metrics predicted by the evaluator of the search; equal to the exact ones if it
 *     used those
 * @param accuracy of the network by the task, 0…1
 * @param cost by the objective, exact
 * @param value accuracy minus weighted cost, exact
 * @param feasible whether all constraints are satisfied, exactly
 * @param trace epochs of the search
 * @param searchCost cost of the search
 */
public record SearchResult(
    String method,
    long seed,
    Genotype genotype,
    int design,
    Accelerator accelerator,
    Metrics metrics,
    Metrics believed,
    double accuracy,
    double cost,
    double value,
    boolean feasible,
    Trace trace,
    SearchCost searchCost)
    implements Measured {

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
    Accelerator accelerator = problem.table().accelerator(found.design());
    Metrics metrics =
        problem.table().metrics(problem.task().space().network(genotype), accelerator);
    double rate = metrics.latencyMs() / (believed == null ? metrics.latencyMs() : believed[0]);
    return new SearchResult(
        method,
        seed,
        genotype,
        found.design(),
        accelerator,
        metrics,
        believed == null
            ? metrics
            : new Metrics(believed[0], believed[1], believed[2], metrics.utilization() * rate),
        found.accuracy(),
        found.cost(),
        found.value(),
        found.feasible(),
        trace,
        cost);
  }

  /** Network, accelerator, exact metrics and accuracy. */
  public Design found() {
    return Design.of(genotype.toString(), accelerator, metrics).accuracy(accuracy);
  }

  /** Method, design and value in one line; four digits each. */
  @Override
  public String toString() {
    return "%s: %s on %s, accuracy %s %%, %s, value %s%s"
        .formatted(
            method,
            genotype,
            accelerator.name(),
            Figures.measure(100 * accuracy),
            metrics,
            Figures.measure(value),
            feasible ? "" : ", infeasible");
  }
}
