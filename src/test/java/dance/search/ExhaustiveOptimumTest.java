package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExhaustiveOptimumTest {

  /** Every network on every accelerator, the slow and simple way. */
  private static List<Design> all(SearchProblem problem) {
    List<Design> designs = new ArrayList<>();
    for (Genotype genotype : problem.task().space().genotypes().toList()) {
      for (Accelerator accelerator : problem.table().acceleratorSpace().list()) {
        Metrics metrics =
            problem.table().metrics(problem.task().space().network(genotype), accelerator);
        designs.add(
            Design.of(genotype.toString(), accelerator, metrics)
                .accuracy(problem.task().accuracy(genotype, 1)));
      }
    }
    return designs;
  }

  private static double value(SearchProblem problem, Design design) {
    return design.accuracy().getAsDouble()
        - problem.lambda() * problem.objective().cost(design.metrics()) / problem.reference();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1, 1, 10})
  void optimumIsThatOfBruteForce(double lambda) {
    SearchProblem problem = SearchExamples.problem(lambda);
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, 2);
    double best = all(problem).stream().mapToDouble(d -> value(problem, d)).max().orElseThrow();
    assertThat(truth.pairs()).isEqualTo(48 * 36);
    assertThat(truth.value()).isCloseTo(best, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(value(problem, truth.best())).isEqualTo(truth.value());
    assertThat(truth.best().accelerator())
        .isEqualTo(problem.table().accelerator(truth.designIndex()));
  }

  @Test
  void frontIsThatOfBruteForce() {
    SearchProblem problem = SearchExamples.problem(0.1);
    List<Design> all = all(problem);
    List<Design> front = ExhaustiveOptimum.of(problem, 2).front();
    assertThat(front).hasSizeGreaterThan(3);
    for (Design member : front) {
      double cost = problem.objective().cost(member.metrics());
      assertThat(all)
          .noneMatch(
              d ->
                  problem.objective().cost(d.metrics()) < cost * (1 - 1e-12)
                      && d.accuracy().getAsDouble() >= member.accuracy().getAsDouble());
    }
    for (Design design : all) {
      double cost = problem.objective().cost(design.metrics());
      assertThat(front)
          .anyMatch(
              d ->
                  problem.objective().cost(d.metrics()) <= cost * (1 + 1e-12)
                      && d.accuracy().getAsDouble() >= design.accuracy().getAsDouble());
    }
  }

  @Test
  void limitsAreKept() {
    SearchProblem free = SearchExamples.problem(0.001);
    double latency = ExhaustiveOptimum.of(free, 1).best().metrics().latencyMs();
    SearchProblem problem = free.atMost(Metric.LATENCY, 0.7 * latency);
    ExhaustiveOptimum truth = ExhaustiveOptimum.of(problem, 1);
    double best =
        all(problem).stream()
            .filter(d -> d.metrics().latencyMs() <= 0.7 * latency)
            .mapToDouble(d -> value(problem, d))
            .max()
            .orElseThrow();
    assertThat(truth.value()).isCloseTo(best, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(truth.front()).allMatch(d -> d.metrics().latencyMs() <= 0.7 * latency);
    assertThat(ExhaustiveOptimum.of(free.atMost(Metric.LATENCY, 1e-9), 1).feasible()).isFalse();
  }

  @Test
  void threadsChangeNothing() {
    SearchProblem problem = SearchExamples.problem(0.1);
    ExhaustiveOptimum one = ExhaustiveOptimum.of(problem, 1);
    ExhaustiveOptimum four = ExhaustiveOptimum.of(problem, 4);
    assertThat(four.value()).isEqualTo(one.value());
    assertThat(four.genotype()).isEqualTo(one.genotype());
    assertThat(four.designIndex()).isEqualTo(one.designIndex());
    assertThat(four.front()).isEqualTo(one.front());
  }

  @Test
  void anInterruptEndsIt() {
    SearchProblem problem = SearchExamples.problem(0.1);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ExhaustiveOptimum.of(problem, 1))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aTableOfOtherNetworksIsRefused() {
    SearchProblem problem = SearchExamples.problem(0.1);
    TabularTask other = TabularTask.of("o", dance.space.NetworkSpace.mini(), g -> 0.5);
    assertThatThrownBy(() -> SearchProblem.of(other, problem.table(), problem.objective(), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the table is of networks tiny", "but the task is of networks mini");
    assertThatThrownBy(() -> problem.lambda(-1)).hasMessageContaining("lambda (-1.0)");
  }
}
