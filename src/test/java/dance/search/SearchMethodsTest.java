package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Metric;
import dance.cost.Metrics;
import dance.evaluate.ExactEvaluator;
import dance.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchMethodsTest {
  private static final SearchProblem PROBLEM = SearchExamples.problem(0.1);

  /** Methods that minimise what the problem asks for. */
  static Stream<SearchMethod> joint() {
    CoExplorerOptions options = CoExplorerOptions.defaults();
    return Stream.of(
        CoExplorer.exact(options),
        new StraightThrough(options.restarts(60, 1)),
        CoExplorer.exact(options.gumbel(false).refine(false).restarts(20, 2).epochs(10, 10)),
        new Reinforce(20_000, 10, 0.1, 0.01),
        new Evolutionary(10_000, 50),
        new RandomSearch(20_000),
        HillClimbing.defaults());
  }

  /** The paper's baselines, which do not. */
  static Stream<SearchMethod> all() {
    CoExplorerOptions options = CoExplorerOptions.defaults();
    return Stream.concat(
        joint(),
        Stream.of(
            GradientBaseline.accuracyOnly(options),
            GradientBaseline.flopsPenalty(options),
            new GradientBaseline(GradientBaseline.Penalty.MACS, options),
            new HindsightPenalty(GradientBaseline.Penalty.MACS, options),
            new ChipFirst(FixedChip.EYERISS, true, options),
            new ChipFirst(FixedChip.TYPICAL, false, options),
            Alternating.of(options)));
  }

  @ParameterizedTest
  @MethodSource("joint")
  void aTinySpaceIsSolved(SearchMethod method) {
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(PROBLEM, 1);
    for (long seed = 1; seed <= 3; seed++) {
      SearchResult result = method.search(PROBLEM, seed, Budget.unlimited());
      assertThat(result.value()).isEqualTo(truth.value());
      assertThat(result.genotype()).isEqualTo(truth.genotype());
      assertThat(result.designIndex()).isEqualTo(truth.designIndex());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsReportedIsExact(SearchMethod method) {
    SearchResult result = method.search(PROBLEM, 5, Budget.unlimited());
    assertThat(result.metrics())
        .isEqualTo(
            PROBLEM
                .table()
                .metrics(PROBLEM.task().space().network(result.genotype()), result.accelerator()));
    assertThat(result.accuracy()).isEqualTo(PROBLEM.task().accuracy(result.genotype(), 5));
    assertThat(result.cost()).isEqualTo(PROBLEM.objective().cost(result.metrics()));
    assertThat(result.value()).isEqualTo(PROBLEM.value(result.accuracy(), result.cost()));
    assertThat(result.accelerator().name())
        .isEqualTo(PROBLEM.table().acceleratorSpace().label(result.designIndex()));
    assertThat(result.trace().epochs()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneSeedGivesOneResult(SearchMethod method) {
    Budget budget = Budget.evaluations(200);
    SearchResult once = method.search(PROBLEM, 11, budget);
    SearchResult again = method.search(PROBLEM, 11, budget);
    assertThat(timeless(again)).isEqualTo(timeless(once));
    assertThat(Stream.of(12L, 13L, 14L, 15L))
        .anyMatch(s -> !timeless(method.search(PROBLEM, s, budget)).equals(timeless(once)));
  }

  /** A result as a text, without its times. */
  static String timeless(SearchResult result) {
    List<Object> parts = new ArrayList<>(List.of(result.toString()));
    parts.addAll(List.of(result.accuracy(), result.value()));
    for (Metrics metrics : List.of(result.metrics(), result.believed())) {
      parts.addAll(List.of(metrics.latencyMs(), metrics.energyMj(), metrics.areaMm2()));
    }
    SearchCost cost = result.searchCost();
    parts.addAll(List.of(cost.used(), cost.costModelCalls()));
    for (Trace.Epoch e : result.trace().epochs()) {
      parts.add(
          new Trace.Epoch(
              e.restart(),
              e.step(),
              new Trace.Spent(e.evaluations(), e.costModelCalls(), 0),
              e.entropy(),
              e.losses(),
              e.probabilities(),
              e.genotype(),
              e.designIndex()));
    }
    return parts.toString();
  }

  @Test
  void recipesOfTheBaselinesStayThoseByWhichStoredResultsAreFound() {
    CoExplorerOptions options = CoExplorerOptions.defaults();
    assertThat(GradientBaseline.accuracyOnly(options).recipe(PROBLEM))
        .isEqualTo("AccuracyOnly[options=" + options + "]");
    assertThat(GradientBaseline.flopsPenalty(options).recipe(PROBLEM))
        .isEqualTo("FlopsPenalty[options=" + options + "]");
  }

  @ParameterizedTest
  @MethodSource("all")
  void budgetsAreKept(SearchMethod method) {
    for (int most : new int[] {1, 7, 30, 60, 333}) {
      SearchCost cost = method.search(PROBLEM, 1, Budget.evaluations(most)).searchCost();
      if (cost.information() == Information.FULL) {
        assertThat(cost.evaluations()).isEqualTo(48);
        continue;
      }
      // a gradient ends with the step that exhausts it: a sample and its 3 + 3 + 2 neighbours
      assertThat(cost.evaluations()).isBetween(1L, Math.min(48, most + 9L));
      assertThat(cost.steps()).isLessThanOrEqualTo(20L * most + 100);
    }
    assertThat(method.search(PROBLEM, 1, Budget.seconds(0.05)).searchCost().seconds())
        .isBetween(0.04, 2.0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anInterruptEndsIt(SearchMethod method) throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread searching =
        new Thread(
            () -> {
              try {
                method.search(PROBLEM, 1, Budget.seconds(60));
              } catch (CancellationException e) {
                thrown.add(e);
              }
            });
    searching.start();
    Thread.sleep(50);
    searching.interrupt();
    searching.join(60_000);
    assertThat(searching.isAlive()).isFalse();
    assertThat(thrown).singleElement().asString().contains(method.name() + " was interrupted");
  }

  @ParameterizedTest
  @MethodSource("all")
  void limitsThatCannotBeKeptAreRefused(SearchMethod method) {
    assertThatThrownBy(() -> method.search(PROBLEM.atMost(Metric.AREA, 1), 1, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("area ≤ 1.0 mm² cannot be kept: the least that any network reaches");
  }

  @Test
  void accuracyAloneFindsTheBestNetworkAndThenItsBestAccelerator() {
    SearchResult result =
        GradientBaseline.accuracyOnly(CoExplorerOptions.defaults())
            .search(PROBLEM, 1, Budget.unlimited());
    ExhaustiveOptimum blind = ExhaustiveOptimum.of(PROBLEM.lambda(0), 1);
    assertThat(result.accuracy()).isEqualTo(blind.value());
    assertThat(result.designIndex())
        .isEqualTo(
            dance.evaluate.HardwareOracle.of(PROBLEM.table())
                .best(PROBLEM.task().space().choice(result.genotype()), PROBLEM.objective()));
  }

  @Test
  void costsOfTrainedEvaluatorsAreCounted() {
    CoExplorer method =
        new CoExplorer(
            "slow",
            p -> ExactEvaluator.of(p.table(), p.objective()),
            100,
            CoExplorerOptions.defaults());
    SearchCost cost = method.search(PROBLEM, 1, Budget.unlimited()).searchCost();
    assertThat(cost.evaluatorSeconds()).isEqualTo(100);
    assertThat(cost.seconds()).isGreaterThan(100);
    assertThat(cost.evaluations()).isEqualTo(48);
    assertThat(cost.information()).isEqualTo(Information.FULL);
    // 14 attempts of five steps; some refinements
    assertThat(cost.steps()).isBetween(14 * 5L, 14 * (5 + 8L));
    assertThat(cost.costModelCalls()).isGreaterThanOrEqualTo(14 * 5 * 36);
  }

  @Test
  void samplesOfATableAreSearchedToo() {
    SearchProblem sampled =
        SearchProblem.of(
            SearchExamples.task().sampled(true), PROBLEM.table(), PROBLEM.objective(), 0.1);
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(sampled, 1);
    CoExplorer method =
        CoExplorer.exact(
            CoExplorerOptions.defaults().epochs(20, 10).restarts(10, 1).learningRate(0.1));
    SearchResult result = method.search(sampled, 1, Budget.unlimited());
    assertThat(truth.regret(result.value(), true)).isLessThan(0.01);
    assertThat(result.searchCost().steps()).isLessThanOrEqualTo(10 * (200 + 20));
    assertThat(result.searchCost().evaluations()).isBetween(10L, 48L);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDifferentNetworkCountsOnce(SearchMethod method) {
    Set<String> read = new TreeSet<>();
    TabularTask known = SearchExamples.task();
    ForwardingTask noting =
        new ForwardingTask() {
          @Override
          public Task task() {
            return known;
          }

          @Override
          public double accuracy(int[] choice, long seed) {
            read.add(space().genotype(choice).toString());
            return known.accuracy(choice, seed);
          }

          @Override
          public AccuracyModel accuracyModel(long seed) {
            return known.accuracyModel(seed);
          }
        };
    boolean gradient = method instanceof StraightThrough;
    SearchProblem problem =
        gradient
            ? PROBLEM
            : SearchProblem.of(noting, PROBLEM.table(), PROBLEM.objective(), PROBLEM.lambda());
    SearchCost cost = method.search(problem, 3, Budget.evaluations(20)).searchCost();
    switch (cost.information()) {
      case FULL -> assertThat(cost.evaluations()).isEqualTo(48);
      case EVALUATIONS ->
          assertThat(cost.evaluations())
              .isEqualTo(gradient ? cost.evaluations() : read.size())
              .isGreaterThanOrEqualTo(20);
      case SUPERNET -> throw new AssertionError("nothing is trained");
    }
  }

  @Test
  void aGradientAtASampleReadsItsNeighboursAndNoOthers() {
    TabularTask task = SearchExamples.task().straightThrough();
    double[] gates = task.space().encode(task.space().genotype(1, 2, 0));
    double[] gradient = new double[gates.length];
    try (AccuracyModel model = task.accuracyModel(1)) {
      double loss = model.loss(gates, null);
      assertThat(model.read().count()).isEqualTo(1);
      assertThat(model.loss(gates, gradient)).isEqualTo(loss);
      assertThat(model.read().count()).isEqualTo(1 + 3 + 3 + 2);
      // the expected accuracy is linear in the gates of a block: its derivatives, up to a constant
      double[] expected = new double[gates.length];
      SearchExamples.task().accuracyModel(1).loss(gates, expected);
      for (int b = 0; b < 3; b++) {
        for (int o = 0; o < 4; o++) {
          if (task.space().allows(b, o)) {
            assertThat(gradient[4 * b + o])
                .isCloseTo(expected[4 * b + o] + 1 - loss, Offset.offset(1e-12));
          }
        }
      }
    }
  }

  @Test
  void lossesThatAreNoNumbersStopTheSearchWithAnExplanation() {
    Task broken =
        new BrokenTask(
            step -> {
              return step == 7 ? Double.NaN : 0.5;
            });
    SearchProblem problem = SearchProblem.of(broken, PROBLEM.table(), PROBLEM.objective(), 0.1);
    assertThatThrownBy(
            () ->
                CoExplorer.exact(CoExplorerOptions.defaults().epochs(4, 10))
                    .search(problem, 1, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "accuracy loss is NaN in attempt 1, step 8 of DANCE exact. Maybe a learning rate is too"
                + " high; that of the architecture is 0.3.");
  }

  /** A task whose losses are what they are said to be. */
  private record BrokenTask(java.util.function.IntToDoubleFunction losses) implements Task {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public dance.space.NetworkSpace space() {
      return SearchExamples.tiny();
    }

    @Override
    public double accuracy(Genotype genotype, long seed) {
      return 0.5;
    }

    @Override
    public boolean trains() {
      return true;
    }

    @Override
    public AccuracyModel accuracyModel(long seed) {
      AccuracyModel model = SearchExamples.task().accuracyModel(seed);
      return new AccuracyModel() {
        private int step;

        @Override
        public boolean sampled() {
          return false;
        }

        @Override
        public double train(double[] gates, double progress) {
          return 1;
        }

        @Override
        public double loss(double[] gates, double[] gradient) {
          model.loss(gates, gradient);
          return losses.applyAsDouble(step++);
        }

        @Override
        public byte[] state() {
          return new byte[0];
        }

        @Override
        public void restore(byte[] state) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public String fingerprint() {
      return name();
    }
  }
}
