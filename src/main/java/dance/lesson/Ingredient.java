package dance.lesson;

import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Objective;
import dance.evaluate.BuildOptions;
import dance.evaluate.CostTable;
import dance.evaluate.Landscape;
import dance.search.Coupling;
import dance.search.LimitGrid;
import dance.search.SearchProblem;
import dance.search.Separation;
import dance.search.TabularTask;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Something that might couple the choices of network and accelerator, alone or with others: a cost
 * model and a space of designs that differ from those of {@link #CONTROL} in it. What is lost by
 * choosing one after the other is then enumerated, {@link Coupling}.
 *
 * @param name in words
 * @param mapper what the mapper may do
 * @param designs the accelerators
 * @param limited whether limits are asked for instead of weights of the cost
 */
public record Ingredient(
    String name, RigidMapper mapper, AcceleratorSpace designs, boolean limited) {
  private static final double[] LAMBDAS = {0.003, 0.01, 0.03, 0.1, 0.3};
  private static final int NETWORKS = 500;
  private static final int DRAWS = 10;

  /** Arrays of DANCE's space, sub-sampled: 150 designs. */
  private static final List<DesignAxis> USUAL = axes(List.of(8, 12, 16, 20, 24), List.of(8, 64));

  /** Nothing: DANCE's designs under a proven mapper. */
  public static final Ingredient CONTROL = of("none", RigidMapper.NONE, USUAL);

  private static List<DesignAxis> axes(List<Integer> sides, List<Integer> words) {
    return List.of(
        DesignAxis.of("pe_x", sides.toArray()),
        DesignAxis.of("pe_y", sides.toArray()),
        DesignAxis.of("rf", words.toArray()),
        DesignAxis.of(
            "dataflow",
            Dataflow.WEIGHT_STATIONARY,
            Dataflow.OUTPUT_STATIONARY,
            Dataflow.ROW_STATIONARY));
  }

  private static Ingredient of(String name, RigidMapper mapper, List<DesignAxis> axes) {
    return new Ingredient(name, mapper, AcceleratorSpace.templates("sub", axes), false);
  }

  private static List<DesignAxis> with(List<DesignAxis> axes, DesignAxis... more) {
    List<DesignAxis> all = new ArrayList<>(axes);
    all.addAll(List.of(more));
    return all;
  }

  /** One at a time, then together. */
  public static List<Ingredient> all() {
    List<DesignAxis> few = axes(List.of(8, 16, 24), List.of(16));
    List<DesignAxis> small = axes(List.of(2, 3, 4, 6, 8), List.of(8, 64));
    DesignAxis buffers = DesignAxis.of("buffer_kb", 2, 8, 32, 108);
    DesignAxis dram = DesignAxis.of("dram_bytes_per_cycle", 2);
    DesignAxis bus = DesignAxis.of("buffer_bytes_per_cycle", 4);
    return List.of(
        CONTROL,
        of("perfect factors only", RigidMapper.PERFECT_FACTORS, USUAL),
        of("one dimension a side", RigidMapper.ONE_DIMENSION_A_SIDE, USUAL),
        of("whole dimensions only", RigidMapper.WHOLE_DIMENSIONS, USUAL),
        of("buffers of 2 to 108 KB", RigidMapper.NONE, with(few, buffers)),
        of("narrow links", RigidMapper.NONE, with(USUAL, dram, bus)),
        of("arrays of 2 to 8", RigidMapper.NONE, small),
        new Ingredient("hard limits", RigidMapper.NONE, CONTROL.designs, true),
        of(
            "one dimension, buffers, links",
            RigidMapper.ONE_DIMENSION_A_SIDE,
            with(few, buffers, dram, bus)));
  }

  /**
   * What is lost, and how much designs differ.
   *
   * @param ingredient its name
   * @param networks name of the networks, with the held-out error of predicted accuracies
   * @param designs number of accelerators
   * @param winners how many of them are the best for some network, of 500 random ones
   * @param dataflows how much more the best design of each dataflow costs than the best of all, as
   *     a fraction, mean over those networks
   * @param regrets of each way to choose, as fractions, the largest over all weights of the cost,
   *     over all accuracies that were made up, and over all limits; infinite if limits are exceeded
   *     somewhere
   */
  public record Outcome(
      String ingredient,
      String networks,
      int designs,
      int winners,
      Map<Dataflow, Double> dataflows,
      Map<String, Double> regrets) {
    /** With immutable copies. */
    public Outcome {
      dataflows = Map.copyOf(dataflows);
      regrets = Map.copyOf(regrets);
    }

    /** The regret of a way to choose. */
    public double regret(String way) {
      return regrets.get(way);
    }
  }

  /** For the networks of a table of accuracies, by EDAP. */
  public Outcome outcome(TabularTask task, int threads) {
    return outcome(List.of(task), threads);
  }

  /** For networks whose choices are between kinds of operation, with ten made-up accuracies. */
  public Outcome ofKinds(int threads) {
    return outcome(
        LongStream.rangeClosed(1, DRAWS).mapToObj(KindsOfOperation::accuracies).toList(), threads);
  }

  private Outcome outcome(List<TabularTask> tasks, int threads) {
    CostTable table =
        CostTable.build(
            mapper, tasks.get(0).space(), designs, BuildOptions.defaults().threads(threads));
    Map<String, Double> worst = new LinkedHashMap<>();
    for (TabularTask task : tasks) {
      SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
      for (Coupling coupling : couplings(problem, threads)) {
        for (Separation way : Separation.values()) {
          worst.merge(way.label(), coupling.way(way).regret(), Math::max);
        }
        worst.merge("alternating, mean of starts", coupling.alternation().mean(), Math::max);
        worst.merge("alternating, worst start", coupling.alternation().worst(), Math::max);
        worst.merge("fixed chip, mean", coupling.fixed().mean(), Math::max);
      }
    }
    int winners = Landscape.of(table, Objective.EDAP, NETWORKS, 1).winners().size();
    String networks = tasks.get(0).space().name() + Design.heldOut(tasks.get(0).predictionError());
    return new Outcome(name, networks, table.designs(), winners, dataflows(table), worst);
  }

  private static Map<Dataflow, Double> dataflows(CostTable table) {
    NetworkSpace space = table.networkSpace();
    SplittableRandom random = new SplittableRandom(1);
    double[] latencyMs = new double[table.designs()];
    double[] energyMj = new double[table.designs()];
    Map<Dataflow, Double> sums = new EnumMap<>(Dataflow.class);
    for (int n = 0; n < NETWORKS; n++) {
      table.sum(space.choice(space.sample(random)), latencyMs, energyMj);
      Map<Dataflow, Double> least = new EnumMap<>(Dataflow.class);
      for (int d = 0; d < latencyMs.length; d++) {
        double cost = Objective.EDAP.cost(latencyMs[d], energyMj[d], table.areaMm2(d));
        least.merge(table.accelerator(d).dataflow(), cost, Math::min);
      }
      double best = Collections.min(least.values());
      least.forEach((flow, cost) -> sums.merge(flow, (cost / best - 1) / NETWORKS, Double::sum));
    }
    return sums;
  }

  private List<Coupling> couplings(SearchProblem problem, int threads) {
    if (!limited) {
      return Coupling.of(problem, threads, LAMBDAS);
    }
    Coupling free = Coupling.of(problem, threads, new double[] {0.03}).get(0);
    double latency = free.optimum().found().metrics().latencyMs();
    double area = free.optimum().found().metrics().areaMm2();
    double[] latencies = DoubleStream.of(0.5, 0.7, 1, 1.5, 2).map(x -> x * latency).toArray();
    double[] areas = DoubleStream.of(0.9, 1, 1.1, 1.3).map(x -> x * area).toArray();
    return LimitGrid.of(problem, latencies, areas).cells().stream()
        .flatMap(cell -> cell.coupling().stream())
        .toList();
  }
}
