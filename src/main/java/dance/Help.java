package dance;

import dance.check.Nearest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of {@link Dance#help}: each verb with its purpose and an example that runs. */
final class Help {
  private static final List<Entry> VERBS =
      List.of(
          new Entry(
              "network",
              "a network by name, of a file (ONNX, CSV), or of a layer",
              "network(\"alexnet\")"),
          new Entry(
              "accelerator",
              "an accelerator by name, or of a file of Timeloop",
              "accelerator(\"eyeriss\")"),
          new Entry(
              "timeloop",
              "architecture, problem and mapping of files of Timeloop",
              "timeloop(\"arch.yaml\", \"problem.yaml\")"),
          new Entry(
              "simulate",
              "cost of a network on an accelerator, layer by layer",
              "simulate(\"alexnet\", \"eyeriss\")"),
          new Entry("map", "the best mapping of a layer", "map(\"alexnet/conv3\", \"eyeriss\")"),
          new Entry(
              "evaluate",
              "cost of a custom mapping",
              "evaluate(\"alexnet/conv3\", \"eyeriss\", map(\"alexnet/conv3\","
                  + " \"eyeriss\").mapping())"),
          new Entry(
              "explain",
              "why a number has its value",
              "explain(map(\"alexnet/conv3\", \"eyeriss\"), \"cycles\")"),
          new Entry(
              "step",
              "a loop nest step by step: what moves, what stays, counts so far",
              "step(map(\"alexnet/conv3\", \"eyeriss\")).toNext(\"fill of Inputs at RF\")"),
          new Entry(
              "whatIf",
              "a mapping before and after a change, and why",
              "whatIf(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")"
                  + ", \"double GLB\")"),
          new Entry(
              "whySlow",
              "which bound decides the time, and how far the others are",
              "whySlow(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")" + ")"),
          new Entry(
              "howOften",
              "how often each word is read from off-chip memory, and how often it must be",
              "howOften(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")"
                  + ", \"Weights\")"),
          new Entry(
              "largerBuffer",
              "what a buffer twice as large would buy",
              "largerBuffer(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")"
                  + ", \"GLB\")"),
          new Entry(
              "whereEnergy",
              "by which level and tensor energy is used",
              "whereEnergy(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")" + ")"),
          new Entry(
              "whyIdle",
              "which PEs idle, and why",
              "whyIdle(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")" + ")"),
          new Entry(
              "fromBest",
              "how far a mapping is from the best, and the first difference",
              "fromBest(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")" + ")"),
          new Entry(
              "gradient",
              "derivative of the cost by every α, as a heat map",
              "gradient(ExactEvaluator.of(CostTable.bundled(\"mini\"), Objective.EDAP))"),
          new Entry(
              "moveAlpha",
              "frames in which one α moves and the accelerator flips",
              "moveAlpha(ExactEvaluator.of(CostTable.bundled(\"mini\"), Objective.EDAP), 5)"),
          new Entry(
              "relax",
              "straight-through and temperature: forwards one-hot, backwards soft",
              "relax(new double[] {1, 2, 0.5})"),
          new Entry(
              "exercise", "an exercise of the labs, with numbers of a seed", "exercise(\"1a\", 7)"),
          new Entry("check", "checks an answer and names the mistake", "check(\"1a\", null)"),
          new Entry(
              "predict",
              "a number that is asked for before it is shown",
              "predict(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\")"
                  + ", \"cycles\", 4000)"),
          new Entry("hint", "the next hint for an exercise", "hint(\"1a\")"),
          new Entry("score", "how far one is with the exercises", "score()"),
          new Entry(
              "sweep",
              "a network on many accelerators",
              "sweep(Layer.conv(\"c\", 16, 16).kernel(3).output(8),"
                  + " AcceleratorSpace.dance().pes(8, 16).rf(16))"),
          new Entry(
              "oracle",
              "the best accelerators for a network of a space, from a table",
              "oracle(\"mini\", \"mb3e1,zero,mb3e6,mb5e3\", o -> o.top(3))"),
          new Entry(
              "trainEvaluator",
              "a differentiable evaluator, trained on a table",
              "trainEvaluator(\"mini\", Objective.EDAP, o -> o.width(16).steps(40, 40))"),
          new Entry(
              "accuracies",
              "accuracies of your own, from CSV or JSON",
              "accuracies(Path.of(\"data/mini-fashion-mnist.csv\"), \"mini\","
                  + " \"network=genotype,accuracy=accuracy\")"),
          new Entry("explore", "a network together with its accelerator", "explore(\"mini\")"),
          new Entry(
              "compare",
              "search methods with the same budget and seeds, or results of mappings",
              "compare(\"mini\", 2, Budget.evaluations(100), RandomSearch.defaults())"),
          new Entry(
              "coupling",
              "what it costs to choose network and accelerator one after the other",
              "coupling(\"mini\")"),
          new Entry(
              "export",
              "mappings as files of Timeloop or AccelForge",
              "export(map(Layer.conv(\"c\", 16, 16).kernel(3).output(8), \"eyeriss\"), \"timeloop\", \"found\")"),
          new Entry(
              "onnx",
              "a network of a space as a model of ONNX",
              "onnx(\"mini\", explore(\"mini\"), \"found.onnx\")"),
          new Entry("help", "this list, or all of one name", "help(\"explain\")"));

  private static final List<Entry> SHOWN =
      List.of(
          new Entry("show", "a value from the middle of a cell", "show(network(\"alexnet\"))"),
          new Entry(
              "table",
              "a result as a table, to sort, select and save",
              "table(network(\"alexnet\")).sortDescendingOn(\"MACs\").first(3)"),
          new Entry("print", "a value in full", "print(network(\"alexnet\"))"),
          new Entry(
              "save",
              "a table as .csv, a chart as .png or .svg, a drawing as .svg",
              "save(drawing(accelerator(\"eyeriss\")), \"eyeriss.svg\")"),
          new Entry(
              "drawing",
              "an accelerator, a mapping on it, a network, or a step of a walk",
              "drawing(accelerator(\"eyeriss\"))"),
          new Entry(
              "strip",
              "steps of a walk side by side",
              "strip(step(map(\"alexnet/conv3\", \"eyeriss\")).frames(4))"),
          new Entry(
              "animation",
              "steps of a walk that play in a browser, for slides",
              "animation(step(map(\"alexnet/conv3\", \"eyeriss\")).frames(\"fill of Inputs at RF\","
                  + " 4))"),
          new Entry("nest", "the loops of a mapping", "nest(map(\"alexnet/conv3\", \"eyeriss\"))"),
          new Entry(
              "roofline",
              "layers under the roofline of array and memory",
              "roofline(simulate(\"alexnet\", \"eyeriss\"))"),
          new Entry("energy", "energy breakdown", "energy(simulate(\"alexnet\", \"eyeriss\"))"),
          new Entry(
              "heatMap",
              "a metric over the axes of a space",
              "heatMap(oracle(\"mini\", \"mb3e1,zero,mb3e6,mb5e3\", o -> o.top(4335)),"
                  + " Metric.EDAP)"),
          new Entry(
              "axes",
              "effect of each axis of a space",
              "axes(List.of(Landscape.of(CostTable.bundled(\"mini\"), Objective.EDAP, 50, 1)))"),
          new Entry(
              "pareto",
              "designs and their front",
              "pareto(oracle(\"mini\", \"mb3e1,zero,mb3e6,mb5e3\", o -> o.top(99)), Metric.LATENCY,"
                  + " Metric.ENERGY)"),
          new Entry(
              "fronts",
              "fronts of search methods over many weights of the cost",
              "fronts(FrontSurvey.of(SearchProblem.of(TabularTask.mini(),"
                  + " CostTable.bundled(\"mini\"), Objective.EDAP, 0.1),"
                  + " List.of(RandomSearch.defaults()), new long[] {1, 2}, new double[] {0.03,"
                  + " 0.3}, Budget.evaluations(50)))"),
          new Entry(
              "fidelity",
              "predicted against exact",
              "fidelity(Metric.EDAP, new double[] {1, 2, 3}, new double[] {1.1, 1.9, 3})"),
          new Entry(
              "trace",
              "losses, cost and entropy of a search",
              "trace(\"losses\", \"loss\", Map.of(\"a\", new double[] {3, 2, 1.5}))"),
          new Entry(
              "alpha",
              "probabilities of operations over time",
              "alpha(\"block 1\", List.of(\"mb3\", \"zero\"), new double[][] {{0.5, 0.5}, {0.9,"
                  + " 0.1}})"),
          new Entry(
              "regret",
              "distance from the optimum over evaluations",
              "regret(compare(\"mini\", 2, Budget.evaluations(100), RandomSearch.defaults()))"),
          new Entry(
              "comparison",
              "a few designs side by side",
              "comparison(Map.of(\"a\", new Metrics(1, 2, 3, 0.5), \"b\", new Metrics(2, 1, 3,"
                  + " 0.6)))"));

  private Help() {}

  /** A name with its purpose, and code that can be pasted. */
  record Entry(String name, String purpose, String example) {}

  /** All of them. */
  static List<Entry> entries() {
    return Stream.of(VERBS, SHOWN).flatMap(List::stream).toList();
  }

  /** The list. */
  static String all() {
    return "Verbs:\n"
        + lines(VERBS)
        + "\nWhat cells show:\n"
        + lines(SHOWN)
        + "\nhelp(\"explain\") says more of one of them. Names to begin with: "
        + "Networks.names(), Accelerators.names(), NetworkSpace.names().\n";
  }

  private static String lines(List<Entry> entries) {
    return entries.stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "  %-14s  %s%n%18s%s%n",
                    entry.name(),
                    entry.purpose(),
                    "",
                    entry.example()))
        .collect(Collectors.joining());
  }

  /**
   * The help on one name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the nearest
   */
  static String of(String name) {
    List<String> names = entries().stream().map(Entry::name).toList();
    Entry entry =
        entries().stream()
            .filter(one -> one.name().equalsIgnoreCase(name.strip().replaceFirst("\\(.*", "")))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no help on %s, only on %s.%s"
                            .formatted(
                                name, String.join(", ", names), Nearest.maybe(name, names))));
    return "%s: %s%n%nFor example:%n  %s%n%n%s"
        .formatted(entry.name(), entry.purpose(), entry.example(), signatures(entry.name()));
  }

  /** The signatures; none if the libraries that they need are absent. */
  private static String signatures(String name) {
    StringBuilder text = new StringBuilder();
    for (String owner : List.of("dance.Dance", "dance.notebook.Notebook", "dance.notebook.Show")) {
      try {
        Arrays.stream(Class.forName(owner).getMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Help::signature)
            .sorted()
            .forEach(signature -> text.append("  ").append(signature).append('\n'));
      } catch (ClassNotFoundException | LinkageError absent) {
        // methods that cannot be called need no signature
      }
    }
    return text.toString();
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameters())
            .map(
                parameter ->
                    parameter.isVarArgs()
                        ? simple(parameter.getType().getComponentType())
                            + "... "
                            + parameter.getName()
                        : simple(parameter.getParameterizedType()) + " " + parameter.getName())
            .collect(Collectors.joining(", ", method.getName() + "(", ")"))
        + " → "
        + simple(method.getGenericReturnType());
  }

  private static String simple(Type type) {
    return type.getTypeName().replaceAll("\\b([a-z]\\w*\\.)+", "").replace('$', '.');
  }
}
