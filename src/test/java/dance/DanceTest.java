package dance;

import static dance.Dance.compare;
import static dance.Dance.explain;
import static dance.Dance.explore;
import static dance.Dance.map;
import static dance.Dance.oracle;
import static dance.Dance.simulate;
import static dance.Dance.sweep;
import static dance.Dance.trainEvaluator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.cost.CostModel;
import dance.cost.Design;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.neural.NeuralEvaluator;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.Comparison;
import dance.search.ExhaustiveOptimum;
import dance.search.RandomSearch;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.TabularTask;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.simulate.mapper.MappingResult;
import dance.space.AcceleratorSpace;
import dance.space.BlockShape;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Operation;
import dance.workload.Layer;
import dance.workload.Network;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verbs do what the classes behind them do. */
class DanceTest {
  private static final Accelerator DESIGN =
      Accelerators.template(3, 2, 8, Dataflow.WEIGHT_STATIONARY);
  private static final Layer LAYER = Layer.conv("conv", 3, 5).kernel(2).output(4);
  private static final Network NETWORK =
      Network.of("small", LAYER, Layer.fullyConnected("fc", 11, 6));

  @Test
  void simulateIsTheSimulator() {
    assertThat(simulate(NETWORK, DESIGN)).isEqualTo(new Simulator().evaluate(NETWORK, DESIGN));
    assertThat(
            simulate(NETWORK, DESIGN, o -> o.dataflow(Dataflow.OUTPUT_STATIONARY))
                .accelerator()
                .dataflow())
        .isEqualTo(Dataflow.OUTPUT_STATIONARY);
  }

  @Test
  void mapFindsWhatSimulateUses() {
    MappingResult mapped = map(LAYER, DESIGN);
    assertThat(simulate(NETWORK, DESIGN).layers().get(0).result()).isEqualTo(mapped);
    assertThat(
            map(
                LAYER,
                DESIGN.dataflow(Dataflow.ROW_STATIONARY),
                o -> o.dataflow(Dataflow.WEIGHT_STATIONARY)))
        .isEqualTo(mapped);
  }

  @Test
  void optionsAreFunctionsOfTheDefaults() {
    MappingResult fast = map(LAYER, DESIGN, o -> o.objective(Objective.LATENCY));
    assertThat(fast.objective()).isEqualTo(Objective.LATENCY);
    NetworkEvaluation thrifty =
        simulate(NETWORK, DESIGN, o -> o.threads(1).objective(Objective.ENERGY));
    assertThat(thrifty.energyPj()).isLessThanOrEqualTo(simulate(NETWORK, DESIGN).energyPj());
  }

  @Test
  void sweepIsTheSimulatorOnEveryAcceleratorInOrder() {
    List<Accelerator> designs =
        List.of(DESIGN, DESIGN.dataflow(Dataflow.OUTPUT_STATIONARY), DESIGN.named("again"));
    List<Design> swept = sweep(NETWORK, designs, o -> o.threads(3));
    assertThat(swept)
        .isEqualTo(
            designs.stream()
                .map(a -> Design.of("small", a, simulate(NETWORK, a).metrics()))
                .toList())
        .isEqualTo(sweep(NETWORK, designs, o -> o.threads(1)));
  }

  @Test
  void sweepNamesEveryAcceleratorThatCannotRunTheNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sweep(NETWORK, List.of(tiny("first"), DESIGN, tiny("second"))))
        .withMessageContaining("first")
        .withMessageContaining("second");
  }

  private static Accelerator tiny(String memory) {
    return new Accelerator(
        "tiny",
        List.of(MemoryLevel.of(memory, 1)),
        DESIGN.mac(),
        100,
        Dataflow.UNCONSTRAINED,
        "none",
        Overheads.NONE);
  }

  @Test
  void explainOpensAnyNumber() {
    NetworkEvaluation evaluation = simulate(NETWORK, DESIGN);
    assertThat(explain(evaluation, "conv", "cycles").value())
        .isEqualTo(evaluation.layers().get(0).evaluation().cycles())
        .isEqualTo(explain(map(LAYER, DESIGN), "cycles").value());
  }

  /** Costs that only a lambda knows, of 16 networks on 12 designs. */
  private static CostTable table() {
    Operation[] operations = {Operation.mbConv(3, 3), Operation.mbConv(5, 6)};
    NetworkSpace networks =
        NetworkSpace.of("two")
            .block("b1", BlockShape.of(8, 8, 8), operations)
            .block("b2", BlockShape.of(8, 16, 8), operations);
    CostModel model =
        (network, accelerator) -> {
          double work = network.macs() / 1e6;
          double units = accelerator.macUnits();
          return new Metrics(work / units, work + units / 1e3, accelerator.areaMm2(), 1);
        };
    return CostTable.build(model, networks, AcceleratorSpace.dance().pes(8, 16).rf(4));
  }

  @Test
  void oracleIsTheBestOfAllDesigns() {
    CostTable table = table();
    Genotype network = Genotype.of("mb3e3", "mb5e6");
    List<Design> all = oracle(table, network, o -> o.objective(Objective.LATENCY).top(1000));
    assertThat(all).hasSize(12);
    assertThat(all).isSortedAccordingTo((a, b) -> Double.compare(latency(a), latency(b)));
    assertThat(oracle(table, network, o -> o.objective(Objective.LATENCY).top(3)))
        .isEqualTo(all.subList(0, 3));
    assertThat(oracle(table, network)).hasSize(10);
    assertThat(oracle(table, table.networkSpace().network(network)))
        .extracting(Design::metrics)
        .isEqualTo(oracle(table, network).stream().map(Design::metrics).toList());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oracle(table, network, o -> o.top(0)))
        .withMessage("number of designs (0) must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> oracle("cifer", "mb3e3"))
        .withMessageContaining("cifar");
  }

  private static double latency(Design design) {
    return design.metrics().latencyMs();
  }

  @Test
  void trainEvaluatorTakesOptionsOfTheDefaults() {
    try (NeuralEvaluator made =
        trainEvaluator(
            table(), Objective.EDP, o -> o.width(8).batch(16, 0.005).steps(3, 4).seed(7))) {
      assertThat(made.objective()).isEqualTo(Objective.EDP);
      assertThat(made.options().width()).isEqualTo(8);
      assertThat(made.options().seed()).isEqualTo(7);
      assertThat(made.examples()).containsEntry("cost estimation network", 4 * 16L);
    }
  }

  @Test
  void unknownNamesGetTheNearest() {
    NetworkEvaluation evaluation = simulate(NETWORK, DESIGN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> explain(evaluation, "cnv", "cycles"))
        .withMessage("network small has no layer cnv, only conv, fc. Maybe conv was meant.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulate("mobilenetv3", "eyeriss"))
        .withMessageContaining("Maybe MobileNetV2 was meant.");
  }

  @Test
  void verbsThatNeedNoTrainingWorkWithOurClassesAloneOnTheClassPath() throws Exception {
    URL[] ours = {classes(Dance.class), classes(VerbsAlone.class)};
    try (URLClassLoader alone = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
      Object lines = alone.loadClass(VerbsAlone.class.getName()).getMethod("run").invoke(null);
      assertThat(lines).isEqualTo("map energy\nsimulate true\nsweep 1\noracle 10\nexplore true");
      // listing the methods loads the types of all their signatures
      assertThat(alone.loadClass("dance.Dance").getMethods())
          .extracting(m -> m.getName())
          .contains("simulate", "map");
    }
  }

  private static URL classes(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void exploreFindsTheBestOfAllPairsOfTheBenchmark() {
    SearchProblem problem = mini();
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, 1);
    SearchResult found = explore(problem);
    assertThat(truth.regret(found.value(), found.feasible())).isLessThan(0.01);
    assertThat(explore(problem, o -> o.epochs(3).restarts(2).seed(5)))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*[sS]econds")
        .withEqualsForType(Double::equals, Double.class) // NaN is what is unknown
        .isEqualTo(
            explore(
                problem,
                o -> o.search(s -> s.epochs(3, s.stepsPerEpoch()).restarts(2, 1)).seed(5)));
    assertThat(explore(problem, o -> o.search(s -> s.restarts(2, 1))).value())
        .isLessThanOrEqualTo(truth.value());
  }

  @Test
  void compareSearchesWithEverySeed() {
    Comparison compared =
        compare(
            mini(),
            3,
            Budget.evaluations(60),
            RandomSearch.defaults(),
            CoExplorer.exact(CoExplorerOptions.defaults()));
    assertThat(compared.results().values()).hasSize(2).allSatisfy(r -> assertThat(r).hasSize(3));
  }

  @Test
  void compareTakesNamesOfMethods() {
    Budget few = Budget.evaluations(60);
    Comparison named = compare("mini", 2, few, "exact", RandomSearch.defaults());
    assertThat(named.results().keySet()).containsExactly("DANCE exact", "random");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compare("mini", 2, few, "rndom"))
        .withMessageContaining("Maybe random was meant");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compare("mini", 2, few, "neural"))
        .withMessageContaining("needs a trained evaluator");
  }

  private static SearchProblem mini() {
    CostTable table = CostTable.bundled("mini");
    return SearchProblem.of(TabularTask.mini(), table, Objective.EDAP, 0.1);
  }
}
