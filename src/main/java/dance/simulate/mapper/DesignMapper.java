package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.cost.Objective;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the best mapping of one einsum on each of many accelerators, in EXACT accounting. The
 * results are those of {@link Mapper#best} without limit of effort. Accelerators that differ in
 * array size only are searched together ({@link FrontSearch}); the best mappings on earlier ones
 * are the initial incumbents of the next search. Not thread-safe.
 */
public final class DesignMapper {
  private final Function<Accelerator, MapSpace> spaces;
  private final Objective objective;
  private Set<CompleteMapping> seeds = Set.of();
  private dance.accelerator.Dataflow seedsOf;

  /**
   * Minimum cost of one einsum on one accelerator.
   *
   * @param cycles latency in clock cycles
   * @param energyPj energy
   */
  public record Cost(long cycles, double energyPj) {}

  /**
   * @param spaces the map space of each accelerator: of one einsum, and the same for accelerators
   *     that differ in their arrays only
   * @param objective minimised by the mappings
   */
  public DesignMapper(Function<Accelerator, MapSpace> spaces, Objective objective) {
    this.spaces = spaces;
    this.objective = objective;
  }

  /**
   * Cost of the best mapping within the dataflow on each accelerator, in their order.
   *
   * @throws IllegalArgumentException if no mapping is feasible on one of them
   */
  public List<Cost> costs(List<Accelerator> accelerators) {
    Cost[] costs = new Cost[accelerators.size()];
    Map<Accelerator, List<Integer>> families = new LinkedHashMap<>();
    for (int i = 0; i < costs.length; i++) {
      Accelerator family = accelerators.get(i).withoutArrays();
      families.computeIfAbsent(family, f -> new ArrayList<>()).add(i);
    }
    for (List<Integer> members : families.values()) {
      List<Accelerator> alike = members.stream().map(accelerators::get).toList();
      List<Cost> found = ofFamily(alike);
      for (int i = 0; i < found.size(); i++) {
        costs[members.get(i)] = found.get(i);
      }
    }
    return List.of(costs);
  }

  private List<Cost> ofFamily(List<Accelerator> alike) {
    ArrayGrid grid = suits(alike.get(0)) ? new ArrayGrid(alike) : null;
    if (grid == null) {
      return alike.stream().map(this::alone).toList();
    }
    FrontSearch search = search(grid);
    Map<Integer, Pricing> byRows = new LinkedHashMap<>();
    CompiledMapping nest = new CompiledMapping(search.shape().dimensions, 3);
    List<Cost> costs = new ArrayList<>();
    for (Accelerator accelerator : alike) {
      int place = grid.place(accelerator);
      CompleteMapping winner = search.winner(place);
      if (winner == null) {
        costs.add(alone(accelerator));
        continue;
      }
      int y = place % grid.rows.length;
      Pricing pricing =
          byRows.computeIfAbsent(y, r -> new Pricing(search.shape(), grid.withRows(r)));
      winner.into(nest);
      pricing.price(nest, Accounting.EXACT);
      costs.add(new Cost(pricing.cycles, pricing.totalPj(accelerator.macUnits())));
    }
    return costs;
  }

  private FrontSearch search(ArrayGrid grid) {
    Accelerator largest = grid.largest();
    MapSpace space = spaces.apply(largest);
    FrontSearch search =
        new FrontSearch(new MappingCosts(space, objective, Accounting.EXACT), grid);
    search.run(largest.dataflow() == seedsOf ? seeds : Set.of());
    seeds = search.front();
    seedsOf = largest.dataflow();
    return search;
  }

  private boolean suits(Accelerator accelerator) {
    MapSpace space = spaces.apply(accelerator);
    MappingCosts problem = new MappingCosts(space, objective, Accounting.EXACT);
    return ThreeLevelMapper.suits(problem, Accounting.EXACT)
        && ThreeLevelMapper.suitsArrays(problem);
  }

  private Cost alone(Accelerator accelerator) {
    MapSpace space = spaces.apply(accelerator);
    Evaluation best = Mapper.best(space, objective, Accounting.EXACT).evaluation();
    return new Cost(best.cycles(), best.energyPj());
  }
}
