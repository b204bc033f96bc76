package dance;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.check.Nearest;
import dance.cost.Design;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.DesignCosts;
import dance.evaluate.HardwareOracle;
import dance.evaluate.OracleOptions;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.ExploreOptions;
import dance.search.SearchMethod;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Watch;
import dance.simulate.Dataflows;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.simulate.Sweep;
import dance.simulate.explain.Explanation;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.space.Genotype;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * The verbs, for cells: {@code import static dance.Dance.*}.
 *
 * <pre>{@code
 * var evaluation = simulate("mobilenetv2", "eyeriss", Dataflow.ROW_STATIONARY);
 * var mapping = map(Layer.conv("conv3", 256, 384).kernel(3).output(13), Accelerators.eyeriss());
 * System.out.println(explain(mapping, "cycles"));
 * var best = oracle("mini", "mb3e3,zero,mb5e6,mb3e6", o -> o.top(3));
 * }</pre>
 *
 * <p>Options are functions of the defaults: {@code o -> o.objective(Objective.ENERGY)}. Every
 * verb throws an {@link IllegalArgumentException} that names all that is wrong with its arguments.
 */
public final class Dance {
  private Dance() {}

  /** Maps every layer as well as can be and sums what one pass of the network costs. */
  public static NetworkEvaluation simulate(Network network, Accelerator accelerator) {
    return simulate(network, accelerator, o -> o);
  }

  /** Likewise, under a dataflow instead of the accelerator's own. */
  public static NetworkEvaluation simulate(
      Network network, Accelerator accelerator, Dataflow dataflow) {
    return simulate(network, accelerator.dataflow(dataflow), o -> o);
  }

  /** Likewise, with options. */
  public static NetworkEvaluation simulate(
      Network network, Accelerator accelerator, UnaryOperator<Simulator.Options> options) {
    return new Simulator(options.apply(Simulator.Options.defaults()))
        .evaluate(network, accelerator, Progress.shown());
  }

  /** Simulates by name, as {@link Networks#byName} and {@link Accelerators#byName} know them. */
  public static NetworkEvaluation simulate(String network, String accelerator) {
    return simulate(Networks.byName(network), Accelerators.byName(accelerator));
  }

  /** Likewise, under a dataflow instead of the accelerator's own. */
  public static NetworkEvaluation simulate(String network, String accelerator, Dataflow dataflow) {
    return simulate(Networks.byName(network), Accelerators.byName(accelerator), dataflow);
  }

  /** Finds the best mapping of one run of a layer within the accelerator's dataflow. */
  public static MappingResult map(Layer layer, Accelerator accelerator) {
    return map(layer, accelerator, o -> o);
  }

  /** Likewise, under a dataflow instead of the accelerator's own. */
  public static MappingResult map(Layer layer, Accelerator accelerator, Dataflow dataflow) {
    return map(layer, accelerator.dataflow(dataflow), o -> o);
  }

  /** Likewise, with options. */
  public static MappingResult map(
      Layer layer, Accelerator accelerator, UnaryOperator<Simulator.Options> options) {
    Simulator.Options chosen = options.apply(Simulator.Options.defaults());
    return Mapper.best(
        Dataflows.space(layer.einsum(), accelerator),
        chosen.objective(),
        chosen.accounting(),
        chosen.effort());
  }

  /** Simulates a network on each accelerator, such as all those of a space; in their order. */
  public static List<Design> sweep(
      Network network, Collection<? extends Accelerator> accelerators) {
    return sweep(network, accelerators, o -> o);
  }

  /** Likewise, with options. */
  public static List<Design> sweep(
      Network network,
      Collection<? extends Accelerator> accelerators,
      UnaryOperator<Simulator.Options> options) {
    return Sweep.of(
        network, accelerators, options.apply(Simulator.Options.defaults()), Progress.shown());
  }

  /** Says why a number is what it is; its name is one of {@link Evaluation#explainable}. */
  public static Explanation explain(Evaluation evaluation, String name) {
    return evaluation.explain(name);
  }

  /** Says why a number of the best mapping is what it is. */
  public static Explanation explain(MappingResult result, String name) {
    return explain(result.evaluation(), name);
  }

  /** Says why a number of one run of a layer of a network is what it is. */
  public static Explanation explain(NetworkEvaluation evaluation, String layer, String name) {
    for (LayerEvaluation candidate : evaluation.layers()) {
      if (candidate.layer().name().equals(layer)) {
        return explain(candidate.evaluation(), name);
      }
    }
    List<String> names = evaluation.network().layers().stream().map(Layer::name).toList();
    String maybe = Nearest.to(layer, names).map(n -> " Maybe " + n + " was meant.").orElse("");
    throw new IllegalArgumentException(
        "network %s has no layer %s, only %s.%s"
            .formatted(evaluation.network().name(), layer, String.join(", ", names), maybe));
  }

  /**
   * The best designs for a network of a space, best first: out of all 4,335, by the table that
   * comes with the program.
   *
   * @param space as {@link dance.space.NetworkSpace#byName} knows it
   * @param network as {@link Genotype#parse} reads it
   */
  public static List<Design> oracle(String space, String network) {
    return oracle(space, network, o -> o);
  }

  /** Likewise, with options. */
  public static List<Design> oracle(
      String space, String network, UnaryOperator<OracleOptions> options) {
    return oracle(CostTable.shipped(space), Genotype.parse(network), options);
  }

  /** The best designs of a table for a network of its space, best first. */
  public static List<Design> oracle(CostTable table, Genotype network) {
    return oracle(table, network, o -> o);
  }

  /** Likewise, with options. */
  public static List<Design> oracle(
      CostTable table, Genotype network, UnaryOperator<OracleOptions> options) {
    return best(HardwareOracle.of(table).costs(network), options);
  }

  /** The best designs of a table for any network whose layers it has, best first. */
  public static List<Design> oracle(CostTable table, Network network) {
    return oracle(table, network, o -> o);
  }

  /** Likewise, with options. */
  public static List<Design> oracle(
      CostTable table, Network network, UnaryOperator<OracleOptions> options) {
    return best(HardwareOracle.of(table).costs(network), options);
  }

  private static List<Design> best(DesignCosts costs, UnaryOperator<OracleOptions> options) {
    OracleOptions chosen = options.apply(OracleOptions.defaults());
    return costs.top(chosen.top(), chosen.objective());
  }

  /** Trains the paper's evaluator by a table, in a few minutes; close it when it is not needed. */
  public static NeuralEvaluator trainEvaluator(CostTable table, Objective objective) {
    return trainEvaluator(table, objective, o -> o);
  }

  /**
   * Likewise, with options.
   *
   * @throws IllegalStateException if the libraries that it needs are not on the class path
   */
  public static NeuralEvaluator trainEvaluator(
      CostTable table, Objective objective, UnaryOperator<EvaluatorOptions> options) {
    return Training.evaluator(table, objective, options.apply(EvaluatorOptions.defaults()));
  }

  /**
   * Searches a network together with its accelerator, with exact costs and seed 1: DANCE's one
   * backpropagation. Tables of accuracies take a second, images a minute or two.
   */
  public static SearchResult explore(SearchProblem problem) {
    return explore(problem, o -> o);
  }

  /** Likewise, with options: {@code explore(problem, o -> o.epochs(30).seed(1))}. */
  public static SearchResult explore(SearchProblem problem, UnaryOperator<ExploreOptions> options) {
    ExploreOptions chosen = options.apply(ExploreOptions.of(problem));
    return CoExplorer.exact(chosen.search())
        .search(problem, chosen.seed(), Budget.unlimited(), Watch.line("explore"));
  }

  /** Likewise, with a seed and options: those for tables, or those for tasks that train. */
  public static SearchResult explore(
      SearchProblem problem, long seed, UnaryOperator<CoExplorerOptions> options) {
    return explore(problem, o -> o.search(options).seed(seed));
  }

  /**
   * Compares ways to search, by the same budget and the seeds from 1 on.
   *
   * @param seeds how many searches of each
   */
  public static Comparison compare(
      SearchProblem problem, int seeds, Budget budget, SearchMethod... methods) {
    long[] numbers = LongStream.rangeClosed(1, seeds).toArray();
    return Comparison.run(problem, List.of(methods), numbers, budget);
  }
}
