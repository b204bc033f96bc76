package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Metric;
import dance.cost.Objective;
import dance.space.Genotype;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every separate choice against the slow and simple way: lists of all pairs. */
class CouplingTest {
  private static final double[] LAMBDAS = {0, 0.02, 0.1, 0.5, 3};

  /** A pair with everything that the choices look at. */
  private record Pair(
      Genotype network, int design, double accuracy, double cost, double value, boolean feasible) {}

  private static List<Pair> pairs(SearchProblem problem) {
    List<Pair> pairs = new ArrayList<>();
    double[] m = new double[3];
    for (Genotype genotype : problem.task().space().genotypes().toList()) {
      double accuracy = problem.task().accuracy(genotype, 1);
      for (int d = 0; d < problem.table().designs(); d++) {
        problem.table().metricsOn(problem.task().space().choice(genotype), d, m);
        double cost = problem.objective().cost(m[0], m[1], m[2]);
        boolean feasible = problem.objective().feasible(m[0], m[1], m[2]);
        double value = accuracy - problem.lambda() * cost / problem.reference();
        pairs.add(new Pair(genotype, d, accuracy, cost, value, feasible));
      }
    }
    return pairs;
  }

  private static Pair best(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    return pairs.stream().max(Comparator.comparingDouble(value)).orElse(null);
  }

  /** A network's cheapest feasible accelerator. */
  private static Pair accelerator(List<Pair> pairs, Genotype network) {
    return best(
        pairs.stream().filter(p -> p.network.equals(network) && p.feasible).toList(), p -> -p.cost);
  }

  private static Pair network(List<Pair> pairs, int design) {
    return best(
        pairs.stream().filter(p -> p.design == design && p.feasible).toList(), p -> p.value);
  }

  private static SearchProblem limited(SearchProblem free) {
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(free, 1);
    return free.atMost(Metric.LATENCY, 0.8 * truth.best().metrics().latencyMs())
        .atMost(Metric.AREA, 1.02 * truth.best().metrics().areaMm2());
  }

  @ParameterizedTest
  @CsvSource({"EDAP, false", "EDP, false", "LINEAR, false", "EDAP, true", "EDP, true"})
  void everyChoiceIsThatOfBruteForce(String objective, boolean limits) {
    Objective goal =
        switch (objective) {
          case "EDP" -> Objective.EDP;
          case "LINEAR" -> Objective.linear(1, 1, 0.01);
          default -> Objective.EDAP;
        };
    SearchProblem free =
        SearchProblem.of(
            SearchExamples.task(),
            SearchExamples.table(SearchExamples.tiny(), SearchExamples.few()),
            goal,
            0.1);
    SearchProblem asked = limits ? limited(free.lambda(0.01)) : free;
    List<Coupling> all = Coupling.of(asked, 2, LAMBDAS);
    for (int l = 0; l < LAMBDAS.length; l++) {
      check(asked.lambda(LAMBDAS[l]), all.get(l));
    }
  }

  private static void check(SearchProblem problem, Coupling coupling) {
    List<Pair> pairs = pairs(problem);
    Pair joint = best(pairs.stream().filter(p -> p.feasible).toList(), p -> p.value);
    assertThat(coupling.optimum().value()).isCloseTo(joint.value, within(1e-12));
    Pair accurate = best(pairs, p -> p.accuracy);
    same(coupling, Separation.NETWORK_FIRST, accelerator(pairs, accurate.network), joint);
    Map<Genotype, Double> least =
        pairs.stream().collect(Collectors.toMap(p -> p.network, p -> p.cost, Math::min));
    int average =
        IntStream.range(0, problem.table().designs())
            .boxed()
            .min(Comparator.comparingDouble(d -> excess(pairs, least, d)))
            .orElseThrow();
    Pair onIt = network(pairs, average);
    same(coupling, Separation.ACCELERATOR_FIRST, onIt, joint);
    same(
        coupling,
        Separation.ACCELERATOR_FIRST_AGAIN,
        onIt == null ? null : accelerator(pairs, onIt.network),
        joint);
    same(coupling, Separation.MACS, proxy(problem, pairs, n -> n.macs()), joint);
    same(
        coupling,
        Separation.OPERATIONS,
        proxy(
            problem,
            pairs,
            n ->
                n.entries().stream()
                    .mapToDouble(e -> e.repeats() * (double) e.layer().einsum().points())
                    .sum()),
        joint);
    alternation(problem, coupling, pairs, joint);
    double[] onEach =
        IntStream.range(0, problem.table().designs())
            .mapToObj(d -> network(pairs, d))
            .filter(Objects::nonNull)
            .mapToDouble(p -> (joint.value - p.value) / Math.abs(joint.value))
            .toArray();
    assertThat(coupling.fixed().chips() - coupling.fixed().failed()).isEqualTo(onEach.length);
    assertThat(coupling.fixed().mean())
        .isCloseTo(Arrays.stream(onEach).average().orElseThrow(), within(1e-9));
    assertThat(coupling.fixed().worst())
        .isCloseTo(Arrays.stream(onEach).max().orElseThrow(), within(1e-9));
  }

  /** How much more each network costs on a design than on its cheapest, in all. */
  private static double excess(List<Pair> pairs, Map<Genotype, Double> least, int design) {
    return pairs.stream()
        .filter(p -> p.design == design)
        .mapToDouble(p -> p.cost / least.get(p.network))
        .sum();
  }

  /** A fine ladder of weights instead of the hull. */
  private static Pair proxy(
      SearchProblem problem, List<Pair> pairs, ToDoubleFunction<Network> count) {
    List<Genotype> networks = problem.task().space().genotypes().toList();
    double[] accuracy = networks.stream().mapToDouble(g -> problem.task().accuracy(g, 1)).toArray();
    double[] counts =
        networks.stream()
            .mapToDouble(g -> count.applyAsDouble(problem.task().space().network(g)))
            .toArray();
    Set<Genotype> chosen = new LinkedHashSet<>();
    for (double weight = 1e-9; weight < 1; weight *= 1.01) {
      double mu = weight;
      chosen.add(
          IntStream.range(0, networks.size())
              .boxed()
              .max(Comparator.comparingDouble(i -> accuracy[i] - mu * counts[i]))
              .map(networks::get)
              .orElseThrow());
    }
    return chosen.stream()
        .map(g -> accelerator(pairs, g))
        .filter(Objects::nonNull)
        .max(Comparator.comparingDouble(p -> p.value))
        .orElse(null);
  }

  private static void alternation(
      SearchProblem problem, Coupling coupling, List<Pair> pairs, Pair joint) {
    double sum = 0;
    double worst = 0;
    int ended = 0;
    for (int start = 0; start < problem.table().designs(); start++) {
      Pair here = network(pairs, start);
      while (here != null) {
        Pair own = accelerator(pairs, here.network);
        Pair next = network(pairs, own.design);
        if (next.value <= own.value + 1e-13) {
          here = own;
          break;
        }
        here = next;
      }
      if (here != null) {
        double regret = (joint.value - here.value) / Math.abs(joint.value);
        ended++;
        sum += regret;
        worst = Math.max(worst, regret);
      }
    }
    Coupling.Alternation found = coupling.alternation();
    assertThat(found.starts()).isEqualTo(36);
    assertThat(found.starts() - found.failed()).isEqualTo(ended);
    assertThat(found.mean()).isCloseTo(sum / ended, within(1e-9));
    assertThat(found.worst()).isCloseTo(worst, within(1e-9));
  }

  private static void same(Coupling coupling, Separation separation, Pair pair, Pair joint) {
    Coupling.Way way = coupling.way(separation);
    if (pair == null) {
      assertThat(way.pair()).as(separation.label()).isNull();
      assertThat(way.regret()).isInfinite();
      return;
    }
    assertThat(way.pair().value()).as(separation.label()).isCloseTo(pair.value, within(1e-12));
    assertThat(way.regret())
        .isCloseTo((joint.value - pair.value) / Math.abs(joint.value), within(1e-9));
  }

  @Test
  void aGridHasTheMostAccurateNetworkWithinEveryPairOfLimits() {
    SearchProblem problem = SearchExamples.problem(0.1);
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, 1);
    double latency = truth.best().metrics().latencyMs();
    double area = truth.best().metrics().areaMm2();
    double[] latencies = {1e-9, 0.9 * latency, 2 * latency};
    double[] areas = {0.98 * area, 1.2 * area};
    LimitGrid grid = LimitGrid.of(problem, latencies, areas);
    assertThat(grid.cells()).hasSize(6);
    for (LimitGrid.Cell cell : grid.cells()) {
      SearchProblem asked =
          problem
              .lambda(0)
              .atMost(Metric.LATENCY, cell.latencyMs())
              .atMost(Metric.AREA, cell.areaMm2());
      Pair best = best(pairs(asked).stream().filter(p -> p.feasible).toList(), p -> p.accuracy);
      assertThat(cell.coupling().isPresent()).isEqualTo(best != null);
      cell.coupling().ifPresent(c -> assertThat(c.optimum().value()).isEqualTo(best.accuracy));
    }
    assertThat(grid.cells()).anyMatch(cell -> cell.coupling().isPresent());
  }

  @Test
  void waysHaveDifferentNames() {
    assertThat(Arrays.stream(Separation.values()).map(Separation::label)).doesNotHaveDuplicates();
  }

  @Test
  void threadsChangeNothing() {
    SearchProblem problem = SearchExamples.problem(0.1);
    assertThat(Coupling.of(problem, 4, LAMBDAS)).isEqualTo(Coupling.of(problem, 1, LAMBDAS));
  }

  @Test
  void noWayIsBetterThanTheOptimum() {
    for (Coupling coupling : Coupling.of(SearchExamples.problem(0.1), 1, LAMBDAS)) {
      assertThat(coupling.optimum().value())
          .isEqualTo(ExhaustiveOptimum.of(coupling.problem(), 1).value());
      assertThat(coupling.ways()).allMatch(way -> way.regret() >= 0);
      assertThat(coupling.alternation().mean()).isBetween(0.0, coupling.alternation().worst());
    }
  }

  @Test
  void whatCannotBeEnumeratedIsRefused() {
    SearchProblem problem = SearchExamples.problem(0.1);
    assertThatThrownBy(() -> Coupling.of(problem, 0, -1))
        .hasMessageContaining("threads (0)")
        .hasMessageContaining("lambda (-1.0)");
    assertThatThrownBy(() -> Coupling.of(problem.atMost(Metric.AREA, 1)))
        .hasMessageContaining("area ≤ 1.0 mm² cannot be kept");
  }
}
