package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.cost.Objective;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the best mapping of one einsum on each of many accelerators, in EXACT accounting. The
 * results are those of {@link Mapper#best} without limit of effort. Accelerators that differ in
 * array size only, a family, are searched together ({@link FrontSearch}); the best mappings on
 * earlier ones are the initial incumbents of the next search.
 *
 * <p>Families that differ only in off-chip bandwidth take their turns from the fastest: with less
 * bandwidth no mapping takes fewer cycles, and so less energy. So where the best mapping takes as
 * many cycles as before, it is the best again, and only the other arrays are searched. Not
 * thread-safe.
 */
public final class DesignMapper {
  private final Function<Accelerator, MapSpace> spaces;
  private final Objective objective;

  /**
   * Best mappings of the families before: of the last one with an off-chip bandwidth, and of the
   * last one with a buffer, too, whose register files differ.
   */
  private final Map<Object, Set<CompleteMapping>> seeds = new HashMap<>();

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
    Map<Accelerator, List<List<Integer>>> relatives = new LinkedHashMap<>();
    families.forEach(
        (family, members) ->
            relatives
                .computeIfAbsent(withBandwidth(family, 1), f -> new ArrayList<>())
                .add(members));
    for (List<List<Integer>> related : relatives.values()) {
      related.sort(Comparator.comparingDouble(m -> -bandwidth(accelerators.get(m.get(0)))));
      Map<Long, Found> known = new HashMap<>();
      for (List<Integer> members : related) {
        List<Accelerator> alike = members.stream().map(accelerators::get).toList();
        List<Cost> found = ofFamily(alike, known);

        for (int i = 0; i < found.size(); i++) {
          costs[members.get(i)] = found.get(i);
        }
      }
    }
    return List.of(costs);
  }

  /** The best mapping on an array, and its cost with the off-chip bandwidth before. */
  private record Found(CompleteMapping mapping, Cost cost) {}

  private static double bandwidth(Accelerator accelerator) {
    return accelerator.levels().get(0).sharedWordsPerCycle();
  }

  private static List<Object> bufferAndBandwidth(Accelerator accelerator) {
    long words = accelerator.levels().get(ArrayGrid.BUFFER).capacityWords();
    return List.of(words, bandwidth(accelerator));
  }

  private static Accelerator withBandwidth(Accelerator accelerator, double wordsPerCycle) {
    List<MemoryLevel> levels = new ArrayList<>(accelerator.levels());
    levels.set(0, levels.get(0).sharedBandwidth(wordsPerCycle));
    return accelerator.withLevels(levels);
  }

  /**
   * Costs of a family.
   *
   * @param known what was found with more off-chip bandwidth, by array; replaced by what is found
   */
  private List<Cost> ofFamily(List<Accelerator> alike, Map<Long, Found> known) {
    ArrayGrid grid = suits(problem(alike.get(0))) ? new ArrayGrid(alike) : null;
    if (grid == null) {
      return alike.stream().map(this::mapAlone).toList();
    }
    Prices prices = new Prices(grid);
    Cost[] costs = new Cost[alike.size()];
    Set<CompleteMapping> best = new LinkedHashSet<>();
    List<Accelerator> open = new ArrayList<>();
    for (int i = 0; i < costs.length; i++) {
      Found before = known.get(array(alike.get(i)));
      if (before != null && prices.cycles(before.mapping) == before.cost.cycles) {
        costs[i] = before.cost;
        best.add(before.mapping);
      } else {
        open.add(alike.get(i));
      }
    }
    FrontSearch search = open.isEmpty() ? null : search(grid, open, best, known);
    for (int i = 0; i < costs.length; i++) {
      Accelerator accelerator = alike.get(i);
      if (costs[i] != null) {
        continue;
      }
      CompleteMapping winner = search.winner(grid.place(accelerator));
      costs[i] = winner == null ? mapAlone(accelerator) : prices.of(winner, accelerator);
      if (winner != null) {
        best.add(winner);
        known.put(array(accelerator), new Found(winner, costs[i]));
      }
    }
    seeds.put(bandwidth(alike.get(0)), best);
    seeds.put(bufferAndBandwidth(alike.get(0)), best);
    return List.of(costs);
  }

  private static long array(Accelerator accelerator) {
    MemoryLevel buffer = accelerator.levels().get(ArrayGrid.BUFFER);
    return (long) buffer.fanoutX() << Integer.SIZE | buffer.fanoutY();
  }

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
      anyRows = new Pricing(shape, grid.withoutNetwork());
    }

    /** Cycles of a mapping, the same on all arrays with room for it. */
    long cycles(CompleteMapping mapping) {
      return knownCycles.computeIfAbsent(mapping, m -> price(m, anyRows).cycles);
    }

    Cost of(CompleteMapping mapping, Accelerator accelerator) {
      int y = grid.place(accelerator) % grid.rows.length;
      Pricing pricing = price(mapping, byRows.computeIfAbsent(y, this::withRows));
      return new Cost(pricing.cycles, pricing.totalPj(accelerator.macUnits()));
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

  /** Searches for the best mappings on accelerators, given those on others of their family. */
  private FrontSearch search(
      ArrayGrid all, List<Accelerator> open, Set<CompleteMapping> others, Map<Long, Found> known) {
    ArrayGrid grid = all.only(open);
    Accelerator largest = grid.largest();
    if (largest.dataflow() != seedsOf) {
      seeds.clear();
      seedsOf = largest.dataflow();
    }
    Set<CompleteMapping> first = new LinkedHashSet<>();
    for (Accelerator accelerator : open) {
      Found before = known.get(array(accelerator));
      if (before != null) {
        first.add(before.mapping);
      }
    }
    first.addAll(seeds.getOrDefault(bufferAndBandwidth(largest), Set.of()));
    first.addAll(seeds.getOrDefault(bandwidth(largest), Set.of()));
    first.addAll(others);
    MappingCosts problem = problem(largest);
    if (unrollings == null || !unrollings.serve(problem, grid)) {
      unrollings = new GridUnrollings(problem, grid);
    }
    FrontSearch search = new FrontSearch(problem, grid, unrollings);
    search.run(first);
    return search;
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
