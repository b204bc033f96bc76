package dance;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Measured;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.Evaluator;
import dance.evaluate.OracleOptions;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.interchange.ExportFormat;
import dance.interchange.TimeloopFiles;
import dance.interchange.onnx.OnnxOptions;
import dance.lesson.AlphaGradient;
import dance.lesson.AlphaMove;
import dance.lesson.Answer;
import dance.lesson.Change;
import dance.lesson.Exercise;
import dance.lesson.Exercises;
import dance.lesson.Prediction;
import dance.lesson.Questions;
import dance.lesson.Relaxation;
import dance.lesson.Step;
import dance.lesson.Verdict;
import dance.lesson.Walk;
import dance.lesson.WhatIf;
import dance.lesson.WrongAnswer;
import dance.report.RecordAccuracies;
import dance.search.AccuracyColumns;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.Comparison;
import dance.search.Coupling;
import dance.search.ExploreOptions;
import dance.search.SearchListener;
import dance.search.SearchMethod;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.search.train.TrainableNetwork;
import dance.simulate.Compared;
import dance.simulate.Dataflows;
import dance.simulate.Explain;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.simulate.Sweep;
import dance.simulate.count.Analysis;
import dance.simulate.explain.Explanation;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.space.NetworkSpace;
import dance.workload.Einsum;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * The verbs, for cells: {@code import static dance.Dance.*}.
 *
 * <pre>{@code
 * var evaluation = simulate("mobilenetv2", "eyeriss", o -> o.dataflow(Dataflow.ROW_STATIONARY));
 * var best = map("alexnet/conv3", accelerator("eyeriss").level("GLB", b -> b.capacityBytes(65536)));
 * var mine = evaluate("alexnet/conv3", "eyeriss", "DRAM: … | GLB: … | RF: …");
 * print(explain(best, "clock and control"));
 * var designs = oracle("mini", "mb3e1,zero,mb3e6,mb5e3", o -> o.top(3));
 * }</pre>
 *
 * <p>Wherever a network, a layer, an accelerator, a mapping, a cost table or a search problem is
 * taken, so is its name: see {@link #network}, {@link #accelerator}. Options are functions of the
 * defaults: {@code o -> o.objective(Objective.ENERGY)}. Every verb throws an {@link
 * IllegalArgumentException} that names all that is wrong with its arguments.
 */
public final class Dance {
  private static Exercises lesson = new Exercises();

  private Dance() {}

  /** Without attempts at exercises, as in a new session. */
  static void restart() {
    lesson = new Exercises();
  }

  /**
   * Looks up a network.
   *
   * @param network a name as {@link dance.workload.Networks#byName} knows it, a file as {@link
   *     dance.interchange.NetworkReader} reads it (ONNX, CSV), a {@link dance.workload.Layer}, or a
   *     {@link Network} itself
   */
  public static Network network(Object network) {
    return Named.network(network);
  }

  /**
   * {@link #network(Object)} of a name or a file, with the sizes that it leaves open: {@code
   * network("bert.onnx", o -> o.batch(8).dimension("sequence", 128))}. What became of every node of
   * a model says {@link dance.interchange.onnx.OnnxNetwork#read}.
   */
  public static Network network(Object nameOrFile, UnaryOperator<OnnxOptions> sizes) {
    return Named.network(nameOrFile, sizes.apply(OnnxOptions.defaults()));
  }

  /**
   * Looks up an accelerator.
   *
   * @param accelerator a name as {@link dance.accelerator.Accelerators#byName} knows it, a file as
   *     {@link dance.interchange.AcceleratorReader} reads it, a {@link dance.accelerator.Template},
   *     a {@link dance.accelerator.Chip}, or an {@link Accelerator} itself
   */
  public static Accelerator accelerator(Object accelerator) {
    return Named.accelerator(accelerator);
  }

  /**
   * Reads files of Timeloop: workload, accelerator, and mapping and constraints where there are.
   *
   * @param filesOrFolders paths, as texts or as {@link Path}
   */
  public static TimeloopFiles timeloop(Object... filesOrFolders) {
    return TimeloopFiles.read(
        Arrays.stream(filesOrFolders).map(file -> Path.of(file.toString())).toList());
  }

  /**
   * Maps each layer optimally and returns latency, energy and area of one inference.
   *
   * @param network as {@link #network} takes it
   * @param accelerator as {@link #accelerator} takes it
   */
  public static NetworkEvaluation simulate(Object network, Object accelerator) {
    return simulate(network, accelerator, o -> o);
  }

  /** {@link #simulate(Object, Object)} with options: {@code o -> o.objective(Objective.ENERGY)}. */
  public static NetworkEvaluation simulate(
      Object network, Object accelerator, UnaryOperator<Simulator.Options> options) {
    return new Simulator(options.apply(Simulator.Options.defaults()))
        .evaluate(Named.network(network), Named.accelerator(accelerator), Progress.shown());
  }

  /**
   * Finds the best mapping of a layer within the accelerator's dataflow.
   *
   * @param layer a {@link dance.workload.Layer}, an {@link Einsum}, or a name such as {@code
   *     alexnet/conv3}
   * @param accelerator as {@link #accelerator} takes it
   */
  public static MappingResult map(Object layer, Object accelerator) {
    return map(layer, accelerator, o -> o);
  }

  /** {@link #map(Object, Object)} with options. */
  public static MappingResult map(
      Object layer, Object accelerator, UnaryOperator<Simulator.Options> options) {
    Simulator.Options chosen = options.apply(Simulator.Options.defaults());
    Accelerator chip = chosen.under(Named.accelerator(accelerator));
    return Mapper.best(
        Dataflows.space(Named.einsum(layer), chip),
        chosen.objective(),
        chosen.accounting(),
        chosen.effort());
  }

  /**
   * Counts and prices a mapping of one's own.
   *
   * @param layer as {@link #map} takes it
   * @param accelerator as {@link #accelerator} takes it
   * @param mapping a {@link dance.simulate.mapping.Mapping}, or its text, a level a line: {@code
   *     GLB: K=7 P=13; X: K=4; Y: S=3; keeps Inputs, Outputs}
   */
  public static Evaluation evaluate(Object layer, Object accelerator, Object mapping) {
    return evaluate(layer, accelerator, mapping, o -> o);
  }

  /** {@link #evaluate(Object, Object, Object)} in the accounting of the options. */
  public static Evaluation evaluate(
      Object layer, Object accelerator, Object mapping, UnaryOperator<Simulator.Options> options) {
    Einsum einsum = Named.einsum(layer);
    Accelerator chip = Named.accelerator(accelerator);
    return Analysis.of(einsum, chip)
        .evaluate(
            Named.mapping(mapping, einsum, chip),
            options.apply(Simulator.Options.defaults()).accounting());
  }

  /**
   * Simulates a network on each accelerator; in their order.
   *
   * @param network as {@link #network} takes it
   * @param accelerators a space, or a collection of what {@link #accelerator} takes
   */
  public static List<Design> sweep(Object network, Object accelerators) {
    return sweep(network, accelerators, o -> o);
  }

  /** {@link #sweep(Object, Object)} with options. */
  public static List<Design> sweep(
      Object network, Object accelerators, UnaryOperator<Simulator.Options> options) {
    return Sweep.of(
        Named.network(network),
        Named.accelerators(accelerators),
        options.apply(Simulator.Options.defaults()),
        Progress.shown());
  }

  /**
   * Says why a number is what it is.
   *
   * @param result of {@link #map}, {@link #evaluate} or {@link #simulate}
   * @param path nothing for the top and what to ask next; a name as a chart, a table or an
   *     explanation shows it; of a network also a layer, or a layer and a name
   */
  public static Explanation explain(Object result, String... path) {
    return Explain.of(result, path);
  }

  /**
   * The first step of a walk through the loop nest of a result.
   *
   * @param result of {@link #map} or {@link #evaluate}, or a layer of {@link #simulate}
   */
  public static Step step(Object result) {
    return Walk.of(Explain.evaluation(result)).first();
  }

  /**
   * The first step of a walk through the loop nest of a mapping: {@code step(…).next()}, {@code
   * .toNext("fill of Inputs at RF")}, {@code .to(1_000_000)}, {@code .back()}.
   *
   * @param layer as {@link #map} takes it
   * @param accelerator as {@link #accelerator} takes it
   * @param mapping as {@link #evaluate} takes it
   */
  public static Step step(Object layer, Object accelerator, Object mapping) {
    return Walk.of(evaluate(layer, accelerator, mapping)).first();
  }

  /**
   * A mapped layer before and after a change, and the reason term by term.
   *
   * @param result of {@link #map} or {@link #evaluate}, or a layer of {@link #simulate}
   * @param change a {@link Change}, or its text: {@code swap C and P at GLB}, {@code move K=2 from
   *     RF to GLB}, {@code double GLB}, {@code bypass Inputs at RF}, {@code dataflow os}
   */
  public static WhatIf whatIf(Object result, Object change) {
    Change known = change instanceof Change c ? c : Change.parse(String.valueOf(change));
    return WhatIf.of(Explain.evaluation(result), known);
  }

  /** Why is this layer slow: which bound decides, and how far the others are. */
  public static Answer whySlow(Object result) {
    return Questions.whySlow(Explain.evaluation(result));
  }

  /**
   * How often is each word of a tensor read from the outermost memory, and how often must it be.
   */
  public static Answer howOften(Object result, String tensor) {
    return Questions.howOften(Explain.evaluation(result), tensor);
  }

  /** What would a buffer twice as large buy, with the best mapping of each. */
  public static Answer largerBuffer(Object result, String level) {
    return Questions.largerBuffer(Explain.evaluation(result), level);
  }

  /** Where does the energy go. */
  public static Answer whereEnergy(Object result) {
    return Questions.whereEnergy(Explain.evaluation(result));
  }

  /** Which PEs idle, and why. */
  public static Answer whyIdle(Object result) {
    return Questions.whyIdle(Explain.evaluation(result));
  }

  /** How far is this mapping from the best, and what is the first difference. */
  public static Answer fromBest(Object result) {
    return Questions.fromBest(Explain.evaluation(result));
  }

  /**
   * The derivative of the evaluator's objective with respect to every α.
   *
   * @param evaluator exact or neural
   * @param alpha {@code [blocks, operations]}, flattened; without any, all are 0
   */
  public static AlphaGradient gradient(Evaluator evaluator, double... alpha) {
    return AlphaGradient.of(evaluator, alpha);
  }

  /**
   * Frames in which one α moves from −6 to 6: the first one of those that change the accelerator
   * most often. {@link AlphaMove#of} moves one of your choice.
   *
   * @param frames at least 2
   */
  public static AlphaMove moveAlpha(Evaluator evaluator, int frames) {
    return AlphaMove.flipping(evaluator, frames);
  }

  /**
   * A choice by logits, made differentiable: straight-through, at several temperatures.
   *
   * @param logits {@code [operations]}
   * @param temperatures {@code [temperatures]}; without any, 5, 1, 0.5 and 0.1
   */
  public static Relaxation relax(double[] logits, double... temperatures) {
    return Relaxation.of(logits, temperatures);
  }

  /**
   * An exercise of the labs with numbers of one's own.
   *
   * @param id such as {@code 1a}; {@link Exercises#ids} lists them
   * @param seed another one has other numbers
   */
  public static Exercise exercise(String id, long seed) {
    return lesson.ask(id, seed);
  }

  /**
   * Checks an answer to an exercise, with the numbers of the seed that was asked for last.
   *
   * @param answer a number, a text with its unit, a mapping or names, as the statement says; null
   *     for none yet
   * @throws WrongAnswer if it is wrong; names the mistake if it is a usual one
   */
  public static Verdict check(String id, Object answer) {
    return lesson.check(id, answer);
  }

  /**
   * A number of a result, which is asked for before it is shown; the first prediction counts.
   *
   * @param result of {@link #map} or {@link #evaluate}, or a layer of {@link #simulate}
   * @param quantity as {@link #explain} takes it, such as {@code GLB reads of Inputs}
   * @param prediction a number, or a text with its unit; null for none yet: nothing is shown
   */
  public static Prediction predict(Object result, String quantity, Object prediction) {
    return lesson.predict(result, quantity, prediction);
  }

  /** The next hint for an exercise. */
  public static String hint(String id) {
    return lesson.hint(id);
  }

  /** How far one is with the exercises: a row for each that was begun. */
  public static List<Exercises.Score> score() {
    return lesson.score();
  }

  /**
   * The best designs for a network of a space, best first: out of all of a cost table.
   *
   * @param table a {@link dance.evaluate.CostTable}, or the name of a bundled one such as {@code
   *     mini}
   * @param network a {@link dance.space.Genotype}, its text, or a network whose layers the table
   *     has
   */
  public static List<Design> oracle(Object table, Object network) {
    return oracle(table, network, o -> o);
  }

  /** {@link #oracle(Object, Object)} with options: {@code o -> o.top(3)}. */
  public static List<Design> oracle(
      Object table, Object network, UnaryOperator<OracleOptions> options) {
    OracleOptions chosen = options.apply(OracleOptions.defaults());
    return Named.costs(Named.table(table), network).top(chosen.top(), chosen.objective());
  }

  /**
   * Trains the paper's evaluator by a table, in a few minutes; close it when it is not needed.
   *
   * @param table as {@link #oracle} takes it
   */
  public static NeuralEvaluator trainEvaluator(Object table, Objective objective) {
    return trainEvaluator(table, objective, o -> o);
  }

  /**
   * {@link #trainEvaluator(Object, Objective)} with options.
   *
   * @throws IllegalStateException if the libraries that it needs are not on the class path
   */
  public static NeuralEvaluator trainEvaluator(
      Object table, Objective objective, UnaryOperator<EvaluatorOptions> options) {
    return NeuralEvaluator.train(
        Named.table(table),
        objective,
        options.apply(EvaluatorOptions.defaults()),
        Progress.shown());
  }

  /**
   * Accuracies of your own, from CSV or JSON, for {@link #explore} and {@link #compare}. Networks
   * without a row are predicted; the task's name has the held-out error.
   *
   * @param space {@code mini}, or another preset of network spaces
   * @param columns as {@value AccuracyColumns#FORM}
   */
  public static TabularTask accuracies(Path file, String space, String columns) {
    return RecordAccuracies.read(file, NetworkSpace.byName(space), AccuracyColumns.parse(columns));
  }

  /**
   * Searches a network together with its accelerator, with exact costs and seed 1: DANCE's one
   * backpropagation. Tables of accuracies take a second, images a minute or two.
   *
   * @param problem a {@link SearchProblem}, or {@code mini}: its bundled accuracies, EDAP, λ = 0.1;
   *     or a task, such as {@link #accuracies}, with the bundled costs of its networks
   */
  public static SearchResult explore(Object problem) {
    return explore(problem, o -> o);
  }

  /** {@link #explore(Object)} with options: {@code o -> o.epochs(30).seed(1)}. */
  public static SearchResult explore(Object problem, UnaryOperator<ExploreOptions> options) {
    SearchProblem known = Named.problem(problem);
    ExploreOptions chosen = options.apply(ExploreOptions.of(known));
    return CoExplorer.exact(chosen.search())
        .search(known, chosen.seed(), Budget.unlimited(), SearchListener.line("explore"));
  }

  /**
   * Compares ways to search, by the same budget and the seeds from 1 on.
   *
   * @param problem as {@link #explore} takes it
   * @param seeds number of searches of each
   * @param methods each a {@link dance.search.SearchMethod}, or a name such as {@code exact} or
   *     {@code random}
   */
  public static Comparison compare(Object problem, int seeds, Budget budget, Object... methods) {
    SearchProblem known = Named.problem(problem);
    long[] numbers = LongStream.rangeClosed(1, seeds).toArray();
    List<SearchMethod> named =
        Arrays.stream(methods).map(method -> Named.method(method, known)).toList();
    return Comparison.run(known, named, numbers, budget);
  }

  /**
   * The exact price of choosing network and accelerator one after the other: each way to separate
   * the choices against the joint optimum of all pairs.
   *
   * @param problem as {@link #explore} takes it, of a table of accuracies
   */
  public static Coupling coupling(Object problem) {
    return Coupling.of(Named.problem(problem));
  }

  /**
   * {@link #coupling(Object)} for several weights of the cost at once.
   *
   * @param lambdas {@code [results]}
   */
  public static List<Coupling> coupling(Object problem, double... lambdas) {
    return Coupling.of(Named.problem(problem), lambdas);
  }

  /**
   * Writes architecture, problem and mapping as files of another tool.
   *
   * @param result of {@link #map} or {@link #evaluate}, or a layer of {@link #simulate}: a folder;
   *     or of {@link #simulate}: mapped again, as {@link #export(Object, Object, Object, Object)}
   * @param format {@code timeloop} or {@code accelforge}, or an {@link ExportFormat}
   * @param folder a path, as a text or as {@link Path}; created if missing
   */
  public static ExportFormat.Written export(Object result, Object format, Object folder) {
    if (result instanceof NetworkEvaluation network) {
      return export(network.network(), network.accelerator(), format, folder);
    }
    return Named.format(format).write(Explain.evaluation(result), Named.file(folder));
  }

  /**
   * Maps the layers of a network by EDP, a dimension along one side of the array only, and writes a
   * folder of each as files of another tool.
   *
   * @param network as {@link #network} takes it
   * @param accelerator as {@link #accelerator} takes it
   * @param format as {@link #export(Object, Object, Object)} takes it
   * @param folder as {@link #export(Object, Object, Object)} takes it
   * @return also why layers were left out
   */
  public static ExportFormat.Written export(
      Object network, Object accelerator, Object format, Object folder) {
    return Named.format(format)
        .write(Named.network(network), Named.accelerator(accelerator), Named.file(folder));
  }

  /**
   * Writes a network of a space as a model of ONNX, with random weights of seed 1. Models with
   * trained weights are written by {@code TrainableNetwork.writeOnnx}.
   *
   * @param space a {@link NetworkSpace}, its name, or a file of it
   * @param network a {@link dance.space.Genotype}, its text, or what {@link #explore} found
   * @param file a path, as a text or as {@link Path}
   * @return the file
   * @throws IllegalStateException if the libraries that it needs are not on the class path
   */
  public static Path onnx(Object space, Object network, Object file) {
    Path written = Named.file(file);
    TrainableNetwork.writeOnnx(Named.space(space), Named.genotype(network), 1, written);
    return written;
  }

  /** Results side by side, such as a mapping of one's own and the best one; a table shows them. */
  public static List<Compared> compare(Measured... results) {
    return Arrays.stream(results).map(Compared::of).toList();
  }

  /** Prints what there is, with an example of each. */
  public static void help() {
    System.out.print(Help.all());
  }

  /**
   * Prints all of one name: what it is for, an example, and how it can be called.
   *
   * @param name as {@code "explain"}
   * @throws IllegalArgumentException if there is nothing of that name; the message says the nearest
   */
  public static void help(String name) {
    System.out.print(Help.of(name));
  }
}
