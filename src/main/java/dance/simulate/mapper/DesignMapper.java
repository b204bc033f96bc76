package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the best mapping of one einsum on each of many accelerators, in EXACT accounting. The
 * results are those of {@link Mapper#best} without limit of effort. Accelerators of a {@link
 * Family}, which differ only in array, buffer and off-chip bandwidth, are searched together ({@link
 * FrontSearch}); the best mappings on earlier ones are the initial incumbents of the next search.
 * Not thread-safe.
 */
public final class DesignMapper {
  private final Function<Accelerator, MapSpace> spaces;
  private final Objective objective;

  /** Best mappings of the last family. */
  private Set<CompleteMapping> latest = Set.of();

  private Dataflow seedsOf;

  /** Of the family priced last, by its rows. */
  private final Map<Integer, Pricing> pricedByRows = new HashMap<>();

  /** Of the family searched last; those of the next one are often the same. */
  private GridUnrollings unrollings;

  /**
   * Minimum cost of one einsum on one accelerator.
   *
   * @param cycles latency in clock cycles
   * @param energyPj energy
   */
  public record Cost(long cycles, double energyPj) {}

  /**
   * @param spaces the map space of each accelerator: of one einsum, and the same for accelerators
   *     that differ in array, buffer and off-chip bandwidth only
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
    for (Family family : Family.of(accelerators)) {
      ofFamily(family, accelerators, costs);
    }
    return List.of(costs);
  }

  /** Sets the costs of a family. */
  private void ofFamily(Family family, List<Accelerator> accelerators, Cost[] costs) {
    if (!suits(problem(family.like(0)))) {
      family.members().forEach(i -> costs[i] = mapAlone(accelerators.get(i)));
      return;
    }
    ArrayGrid all = family.grid();
    List<Searched> searched = search(family, all);
    Set<CompleteMapping> best = new LinkedHashSet<>();
    for (int b = 0; b < family.buffers(); b++) {
      Found[] known = new Found[all.places()];
      for (int link = 0; link < family.wordsPerCycle().length; link++) {
        List<Integer> members = family.members(b, link);
        if (members.isEmpty()) {
          continue;
        }
        Prices prices = new Prices(new ArrayGrid(members.stream().map(accelerators::get).toList()));
        for (int i : members) {
          Accelerator accelerator = accelerators.get(i);
          int place = all.place(accelerator);
          CompleteMapping winner = searched.get(b).winner(link, place);
          if (winner == null) {
            costs[i] = mapAlone(accelerator);
          } else {
            best.add(winner);
            known[place] = prices.found(winner, accelerator, known[place]);
            costs[i] = known[place].cost;
          }
        }
      }
    }
    latest = best;
  }

  /** The best mapping on an array, and its cost with more off-chip bandwidth. */
  private record Found(CompleteMapping mapping, Cost cost) {}

  /** Costs of mappings on the accelerators of a grid. */
  private final class Prices {
    private final ArrayGrid grid;
    private final CompiledEinsum shape;
    private final CompiledMapping nest;
    private final Pricing anyRows;
    private final Map<Integer, Pricing> byRows = new HashMap<>();
    private final Map<CompleteMapping, Long> knownCycles = new IdentityHashMap<>();

    Prices(ArrayGrid grid) {
      this.grid = grid;
      shape = problem(grid.largest()).shape;
      nest = new CompiledMapping(shape.dimensions, 3);
      anyRows = new Pricing(shape, ArrayGrid.withoutNetwork(grid.largest()));
    }

    /** Cycles of a mapping, the same on all arrays with room for it. */
    private long cycles(CompleteMapping mapping) {
      return knownCycles.computeIfAbsent(mapping, m -> price(m, anyRows).cycles);
    }

    /**
     * The cost of a mapping.
     *
     * @param before what was found on the same array with more bandwidth, or null: the same mapping
     *     costs the same in as many cycles
     */
    Found found(CompleteMapping mapping, Accelerator accelerator, Found before) {
      if (before != null && before.mapping == mapping && before.cost.cycles == cycles(mapping)) {
        return before;
      }
      int y = grid.place(accelerator) % grid.rows.length;
      Pricing pricing = price(mapping, byRows.computeIfAbsent(y, this::withRows));
      return new Found(mapping, new Cost(pricing.cycles, pricing.totalPj(accelerator.macUnits())));
    }

    private Pricing withRows(int y) {
      Pricing before = pricedByRows.get(grid.rows[y]);
      Pricing pricing = new Pricing(shape, grid.withRows(y), before);
      pricedByRows.put(grid.rows[y], pricing);
      return pricing;
    }

    private Pricing price(CompleteMapping mapping, Pricing pricing) {
      mapping.into(nest);
      pricing.price(nest, Accounting.EXACT);
      return pricing;
    }
  }

  /** What a search found for one of its buffers. */
  private record Searched(FrontSearch search, int buffer) {
    CompleteMapping winner(int link, int place) {
      return search.winner(buffer, link, place);
    }
  }

  /** Searches for the best mappings on the accelerators of a family: [buffer]. */
  private List<Searched> search(Family family, ArrayGrid all) {
    List<MappingCosts> sizes = new ArrayList<>();
    List<List<ArrayGrid>> grids = new ArrayList<>();
    for (int b = 0; b < family.buffers(); b++) {
      sizes.add(problem(all.largest(family.like(b))));
      grids.add(family.grids(all, b));
    }
    MappingCosts problem = sizes.get(0);
    if (problem.accelerator.dataflow() != seedsOf) {
      latest = Set.of();
      seedsOf = problem.accelerator.dataflow();
    }
    if (unrollings == null || !unrollings.serve(problem, all)) {
      unrollings = new GridUnrollings(problem, all);
    }
    // The best mappings with the smallest buffer fit the others, where little is left to do.
    List<Searched> searched = new ArrayList<>();
    Set<CompleteMapping> seeds = latest;
    for (int from = 0; from < sizes.size(); from = searched.size()) {
      int end = from == 0 ? 1 : sizes.size();
      FrontSearch search =
          new FrontSearch(
              sizes.subList(from, end),
              grids.subList(from, end),
              family.wordsPerCycle(),
              unrollings);
      search.run(seeds);
      for (int b = from; b < end; b++) {
        searched.add(new Searched(search, b - from));
      }
      seeds = new LinkedHashSet<>(seeds);
      seeds.addAll(search.winners());
    }
    return searched;
  }

  private MappingCosts problem(Accelerator accelerator) {
    return new MappingCosts(spaces.apply(accelerator), objective, Accounting.EXACT);
  }

  private static boolean suits(MappingCosts problem) {
    return ThreeLevelMapper.suits(problem, Accounting.EXACT)
        && ThreeLevelMapper.suitsArrays(problem);
  }

  /**
   * What of an accelerator does not fit the search for all arrays at once, such as "4 memory
   * levels, not 3", so that it is mapped alone; empty if it fits.
   */
  public Optional<String> alone(Accelerator accelerator) {
    MappingCosts problem = problem(accelerator);
    return suits(problem) ? Optional.empty() : Optional.of(ThreeLevelMapper.unsuited(problem));
  }

  private Cost mapAlone(Accelerator accelerator) {
    MapSpace space = spaces.apply(accelerator);
    Evaluation best = Mapper.best(space, objective, Accounting.EXACT).evaluation();
    return new Cost(best.cycles(), best.energyPj());
  }
}
