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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the best mapping of one einsum on each of many accelerators, in EXACT accounting. The
 * results are those of {@link Mapper#best} without limit of effort. Accelerators that differ only
 * in array size and off-chip bandwidth, a family, are searched together ({@link FrontSearch}); the
 * best mappings on earlier ones are the initial incumbents of the next search. Not thread-safe.
 */
public final class DesignMapper {
  private static final Comparator<Double> FASTEST_FIRST = Comparator.reverseOrder();

  private final Function<Accelerator, MapSpace> spaces;
  private final Objective objective;

  /** Best mappings of the last family, by the words of its buffer. */
  private final Map<Long, Set<CompleteMapping>> byBuffer = new HashMap<>();

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
    Map<Accelerator, Map<Double, List<Integer>>> families = new LinkedHashMap<>();
    for (int i = 0; i < costs.length; i++) {
      Accelerator any = accelerators.get(i).withoutArrays();
      double words = bandwidth(any);
      boolean limited = words < Double.POSITIVE_INFINITY;
      families
          .computeIfAbsent(limited ? withBandwidth(any, 1) : any, f -> new TreeMap<>(FASTEST_FIRST))
          .computeIfAbsent(words, w -> new ArrayList<>())
          .add(i);
    }
    for (Map<Double, List<Integer>> family : families.values()) {
      List<List<Accelerator>> alike =
          family.values().stream().map(m -> m.stream().map(accelerators::get).toList()).toList();
      Iterator<List<Cost>> found = ofFamily(alike).iterator();
      for (List<Integer> members : family.values()) {
        Iterator<Cost> each = found.next().iterator();
        members.forEach(i -> costs[i] = each.next());
      }
    }
    return List.of(costs);
  }

  private static double bandwidth(Accelerator accelerator) {
    return accelerator.levels().get(0).sharedWordsPerCycle();
  }

  private static long bufferWords(Accelerator accelerator) {
    return accelerator.levels().get(ArrayGrid.BUFFER).capacityWords();
  }

  private static Accelerator withBandwidth(Accelerator accelerator, double wordsPerCycle) {
    List<MemoryLevel> levels = new ArrayList<>(accelerator.levels());
    levels.set(0, levels.get(0).sharedBandwidth(wordsPerCycle));
    return accelerator.withLevels(levels);
  }

  /**
   * Costs of a family.
   *
   * @param alike accelerators that differ in their arrays, for each bandwidth, the greatest first
   */
  private List<List<Cost>> ofFamily(List<List<Accelerator>> alike) {
    Accelerator any = alike.get(0).get(0);
    if (!suits(problem(any))) {
      return alike.stream().map(some -> some.stream().map(this::mapAlone).toList()).toList();
    }
    ArrayGrid all = new ArrayGrid(alike.stream().flatMap(List::stream).toList());
    FrontSearch search = search(all, alike);
    Set<CompleteMapping> best = new LinkedHashSet<>();
    Found[] known = new Found[all.places()];
    List<List<Cost>> costs = new ArrayList<>();
    for (int link = 0; link < alike.size(); link++) {
      Prices prices = new Prices(new ArrayGrid(alike.get(link)));
      List<Cost> ofLink = new ArrayList<>();
      for (Accelerator accelerator : alike.get(link)) {
        int place = all.place(accelerator);
        CompleteMapping winner = search.winner(link, place);
        if (winner == null) {
          ofLink.add(mapAlone(accelerator));
        } else {
          best.add(winner);
          known[place] = prices.found(winner, accelerator, known[place]);
          ofLink.add(known[place].cost);
        }
      }
      costs.add(ofLink);
    }
    byBuffer.put(bufferWords(any), best);
    latest = best;
    return costs;
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
      anyRows = new Pricing(shape, grid.withoutNetwork());
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

  /** Searches for the best mappings on the accelerators of a family. */
  private FrontSearch search(ArrayGrid all, List<List<Accelerator>> alike) {
    Accelerator largest = all.largest();
    if (largest.dataflow() != seedsOf) {
      byBuffer.clear();
      latest = Set.of();
      seedsOf = largest.dataflow();
    }
    Set<CompleteMapping> first =
        new LinkedHashSet<>(byBuffer.getOrDefault(bufferWords(largest), Set.of()));
    first.addAll(latest);
    MappingCosts problem = problem(largest);
    if (unrollings == null || !unrollings.serve(problem, all)) {
      unrollings = new GridUnrollings(problem, all);
    }
    List<ArrayGrid> grids = alike.stream().map(all::only).toList();
    double[] words = alike.stream().mapToDouble(some -> bandwidth(some.get(0))).toArray();
    FrontSearch search = new FrontSearch(problem, grids, words, unrollings);
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
