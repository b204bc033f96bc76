package dance.simulate.mapper;

import dance.cost.Measured;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;

/**
 * Result of a search for a mapping.
 *
 * @param evaluation the mapping with its counts, cycles and energy
 * @param objective the minimised quantity
 * @param value of the objective: pJ, cycles or pJ·cycles
 * @param lowerBound value that no mapping of the map space undercuts
 * @param optimal whether value and bound agree, up to one part in 10⁹
 * @param mappings number of partial and complete mappings considered
 */
public record MappingResult(
    Evaluation evaluation,
    Objective objective,
    double value,
    double lowerBound,
    boolean optimal,
    long mappings)
    implements Measured {

  @Override
  public Metrics metrics() {
    return evaluation.metrics();
  }

  /** The mapping. */
  public Mapping mapping() {
    return evaluation.mapping();
  }

  /** The same result for an einsum of another name and the same shape. */
  public MappingResult of(Einsum twin) {
    Evaluation e = evaluation;
    Evaluation renamed =
        new Evaluation(
            twin,
            e.accelerator(),
            e.mapping(),
            e.accounting(),
            e.counts(),
            e.cycles(),
            e.utilization(),
            e.ledger());
    return new MappingResult(renamed, objective, value, lowerBound, optimal, mappings);
  }

  /** Optimality gap: upper bound on the relative improvement, as a fraction of the value. */
  public double gap() {
    return (value - lowerBound) / value;
  }

  /** Cost and optimality of the mapping, in one line; {@link #mapping()} is the mapping itself. */
  @Override
  public String toString() {
    String proof =
        optimal
            ? "proven optimal"
            : "at most " + SignificantDigits.measure(100 * gap()) + " % from the optimum";
    return "%s; %s by %s, %s considered"
        .formatted(
            evaluation, proof, objective.label(), SignificantDigits.plural(mappings, "mapping"));
  }
}
