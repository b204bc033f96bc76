package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.evaluate.ExactEvaluator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontSurveyTest {
  private static final double[] LAMBDAS = {0.001, 0.01, 0.05, 0.2, 1, 5};

  @Test
  void aFrontIsDominatedByTheTrueOneAndMoreWeightsDominateMore() {
    SearchProblem problem = SearchExamples.problem(0.1);
    List<SearchMethod> methods =
        List.of(CoExplorer.exact(CoExplorerOptions.defaults()), RandomSearch.defaults());
    long[] seeds = {1, 2, 3};
    FrontSurvey few =
        FrontSurvey.of(problem, methods, seeds, new double[] {0.05}, Budget.evaluations(20));
    FrontSurvey many = FrontSurvey.of(problem, methods, seeds, LAMBDAS, Budget.evaluations(20));
    for (String method : many.found().keySet()) {
      assertThat(many.hypervolume(method).mean())
          .isBetween(few.hypervolume(method).mean(), 1 + 1e-12);
      assertThat(many.designs(method)).hasSize(seeds.length * LAMBDAS.length);
    }
    assertThat(many.hypervolume("DANCE exact").mean())
        .isCloseTo(many.hypervolumeOfOptima(), within(1e-12));
    assertThat(few.hypervolumeOfOptima()).isLessThan(many.hypervolumeOfOptima());
    assertThat(few.typical("DANCE exact")).hasSize(1);
    assertThat(many.typical("random")).extracting(many::cost).isSorted().doesNotHaveDuplicates();
    // what the exact search finds at each weight is on the true front
    List<String> front = many.truth().front().stream().map(d -> d.network()).toList();
    assertThat(many.designs("DANCE exact")).allMatch(d -> front.contains(d.network()));
    assertThat(many.hypervolume("DANCE exact").margin()).isCloseTo(0, within(1e-9));
  }

  @Test
  void anEvaluatorThatAllSearchesShareIsTrainedOnce() {
    SearchProblem problem = SearchExamples.problem(0.1);
    CoExplorer trained =
        new CoExplorer(
            "trained for 500 s",
            p -> ExactEvaluator.of(p.table(), p.objective()),
            500,
            CoExplorerOptions.defaults());
    FrontSurvey fronts =
        FrontSurvey.of(
            problem, List.of(trained), new long[] {1, 2}, LAMBDAS, Budget.evaluations(20));
    String method = trained.name();
    assertThat(fronts.found().get(method).get(0))
        .hasSize(LAMBDAS.length)
        .allMatch(r -> r.searchCost().seconds() > 500);
    assertThat(fronts.seconds(method).mean()).isBetween(500.0, 1000.0);
  }
}
