package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;

/**
 * Finds the best mappings of one einsum on one accelerator after the other, in EXACT accounting.
 * The answers are those of {@link Mapper#best} without limits; where an accelerator differs from
 * the one before by the size of its array only, what was learnt is used again. Larger arrays after
 * smaller ones are fastest. For one thread.
 */
public final class ArrayMapper {
  private final Einsum einsum;
  private final Objective objective;
  private Accelerator family;
  private BufferSearch search;

  public ArrayMapper(Einsum einsum, Objective objective) {
    this.einsum = einsum;
    this.objective = objective;
  }

  /**
   * The best mapping within the accelerator's dataflow.
   *
   * @throws IllegalArgumentException if no mapping fits
   */
  public MappingResult best(Accelerator accelerator) {
    MapSpace space = Dataflows.space(einsum, accelerator);
    MapProblem problem = new MapProblem(space, objective, Accounting.EXACT);
    boolean suits = BufferSearch.suits(problem, Accounting.EXACT);
    if (!suits || !BufferSearch.suitsArrays(problem)) {
      return Mapper.best(space, objective, Accounting.EXACT);
    }
    Accelerator own = accelerator.withoutArrays();
    if (!own.equals(family)) {
      family = own;
      search = new BufferSearch(problem, true);
    }
    Effort.Meter meter = new Effort.Meter(Long.MAX_VALUE, () -> false);
    Incumbent incumbent = new Incumbent(problem, Accounting.EXACT, meter, true);
    search.run(incumbent);
    return Mapper.result(problem, incumbent, Accounting.EXACT, search.dropped(), meter.mappings());
  }
}
