package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Random limits on a small space. */
class LimitTrialsTest {
  private static final CoExplorer DANCE = CoExplorer.exact(CoExplorerOptions.defaults());

  private static LimitTrials run(SearchProblem problem, long seed, int threads) {
    return LimitTrials.run(problem, DANCE, 20, seed, Budget.evaluations(300), threads);
  }

  @Test
  void searchesWithConstraintsKeepAllLimitsAndOthersNot() {
    LimitTrials trials = run(SearchExamples.problem(0.02), 1, 1);
    assertThat(trials.each()).hasSize(20);
    assertThat(trials.kept(LimitTrials.KEPT)).isEqualTo(20);
    assertThat(trials.binding()).isBetween(5L, 19L);
    assertThat(trials.kept(LimitTrials.PLAIN)).isLessThanOrEqualTo(20 - trials.binding() + 2);
    assertThat(trials.regret(LimitTrials.KEPT).mean()).isBetween(0.0, 0.02);
    for (Comparison trial : trials.each()) {
      assertThat(trial.truth().orElseThrow().feasible()).isTrue();
      assertThat(trial.problem().objective().constraints()).hasSizeBetween(1, 3);
      SearchResult kept = trial.results().get(LimitTrials.KEPT).get(0);
      assertThat(trial.problem().objective().feasible(kept.metrics())).isTrue();
      SearchResult plain = trial.results().get(LimitTrials.PLAIN).get(0);
      assertThat(plain.feasible()).isEqualTo(trial.problem().objective().feasible(plain.metrics()));
    }
  }

  @Test
  void oneSeedGivesOneAnswer() {
    SearchProblem problem = SearchExamples.problem(0.02);
    LimitTrials once = run(problem, 3, 1);
    LimitTrials again = run(problem, 3, 2);
    LimitTrials other = run(problem, 4, 1);
    for (int i = 0; i < once.each().size(); i++) {
      assertThat(problems(again).get(i)).isEqualTo(problems(once).get(i));
      for (String method : once.each().get(i).results().keySet()) {
        assertThat(again.each().get(i).results().get(method).get(0))
            .hasToString(once.each().get(i).results().get(method).get(0).toString());
      }
    }
    assertThat(problems(other)).isNotEqualTo(problems(once));
  }

  private static List<String> problems(LimitTrials trials) {
    return trials.each().stream().map(trial -> trial.problem().toString()).toList();
  }

  @Test
  void noTrialsAreRefused() {
    assertThatThrownBy(
            () ->
                LimitTrials.run(SearchExamples.problem(1), DANCE, 0, 1, Budget.evaluations(10), 1))
        .hasMessageContaining("random limits (0) must be at least 1");
  }
}
