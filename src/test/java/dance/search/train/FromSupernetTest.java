package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.search.AccuracyModel;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.FromSupernet;
import dance.search.GradientBaseline;
import dance.search.HillClimbing;
import dance.search.Information;
import dance.search.RandomSearch;
import dance.search.SearchExamples;
import dance.search.SearchMethod;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.SupernetWeights;
import dance.search.TabularTask;
import dance.search.ValidatedNetworks;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches of all kinds from the same trained weights. */
class FromSupernetTest {
  private static final NetworkSpace SPACE = SyntheticImages.SPACE;
  private static final ImageData DATA = SyntheticImages.data(420, 60);
  private static final int BATCH = 20;

  @TempDir private static Path folder;
  private static TrainedSupernet supernet;
  private static ValidatedNetworks validated;
  private static SearchProblem problem;

  @BeforeAll
  static void train() {
    Path file = folder.resolve("tiny.supernet");
    SupernetTraining usual = SupernetTraining.of(SPACE, DATA).validationImages(180);
    usual
        .options(usual.options().epochs(20).batch(40, 0.1).device("cpu"))
        .run(file, Progress.SILENT);
    supernet = new TrainedSupernet(file, SPACE, DATA, "cpu", 1);
    validated = supernet.validate(Progress.SILENT);
    // unlike what the supernet says, so that a score is seen to be from here
    TabularTask scratch =
        TabularTask.of("scratch", SPACE, g -> 0.5 + SPACE.index(g).intValue() / 100.0);
    problem =
        SearchProblem.of(
            scratch, SearchExamples.table(SPACE, SearchExamples.few()), Objective.EDAP, 0.01);
  }

  @AfterAll
  static void close() {
    supernet.close();
  }

  private static List<SearchMethod> methods() {
    SupernetWeights weights = supernet.weights(BATCH);
    CoExplorerOptions options = CoExplorerOptions.supernet();
    return List.of(
        FromSupernet.gradient(GradientBaseline.accuracyOnly(options), weights),
        FromSupernet.gradient(GradientBaseline.flopsPenalty(options), weights),
        FromSupernet.gradient(CoExplorer.exact(options), weights),
        FromSupernet.blackBox(RandomSearch.defaults(), validated, 36),
        FromSupernet.blackBox(HillClimbing.defaults(), validated, 180));
  }

  @Test
  void everyMethodPaysForItsImagesAndIsScoredByTrainingsFromScratch() {
    for (SearchMethod method : methods()) {
      SearchResult found = method.search(problem, 3, Budget.images(1600));
      assertThat(found.searchCost().information()).isEqualTo(Information.SUPERNET);
      assertThat(found.searchCost().trainings()).isEqualTo(1);
      assertThat(found.searchCost().evaluations()).isZero();
      assertThat(found.searchCost().images()).as(method.name()).isBetween(1L, 1600L);
      assertThat(found.accuracy())
          .isEqualTo(0.5 + SPACE.index(found.genotype()).intValue() / 100.0);
      SearchResult again = method.search(problem, 3, Budget.images(1600));
      assertThat(again.found()).isEqualTo(found.found());
    }
    // (3 operations + 1) × 20 images a step: 2 epochs of 8 steps, and one for what is found
    SearchResult gradient = methods().get(2).search(problem, 1, Budget.images(1600));
    assertThat(gradient.searchCost().images()).isEqualTo(17 * 80);
    assertThat(gradient.searchCost().steps()).isEqualTo(16);
    SearchResult hill = methods().get(4).search(problem, 1, Budget.images(1600));
    assertThat(hill.searchCost().images()).as("8 of 9 networks").isEqualTo(8 * 180);
  }

  @Test
  void theStraightThroughGradientIsThatOfFiniteDifferencesForEveryOperation() {
    double[] gates = SPACE.encode(Genotype.parse("mb3e2,mb3e1"));
    double[] gradient = new double[gates.length];
    double[] none = new double[gates.length];
    double step = 1e-2;
    double here;
    try (AccuracyModel model = supernet.weights(BATCH).model(5)) {
      here = model.loss(gates, gradient);
    }
    for (int i = 0; i < gates.length; i++) {
      double[] moved = gates.clone();
      double difference = 0;
      for (int sign : new int[] {1, -1}) {
        moved[i] = gates[i] + sign * step;
        try (AccuracyModel model = supernet.weights(BATCH).model(5)) {
          difference += sign * model.loss(moved, none) / (2 * step);
        }
      }
      assertThat(gradient[i])
          .as("gate %d of a loss of %s", i, here)
          .isCloseTo(difference, within(5e-3));
    }
    assertThat(gradient).doesNotContain(0.0);
  }

  @Test
  void aBudgetInAnotherUnitOrTooSmallIsRefused() {
    SearchMethod method = methods().get(2);
    assertThatThrownBy(() -> method.search(problem, 1, Budget.steps(10)))
        .hasMessage("budget of a search from a supernet (10 steps) must be in images");
    assertThatThrownBy(() -> method.search(problem, 1, Budget.images(100)))
        .hasMessage("budget of 100 images must be at least two of its steps, of 80 images");
    assertThatThrownBy(() -> RandomSearch.defaults().search(problem, 1, Budget.images(100)))
        .hasMessageContaining("a budget of images is for searches from a trained supernet");
  }

  @Test
  void ranksAreThoseOfTheCounts() {
    TabularTask itself = validated.task(180);
    List<ValidatedNetworks.Ranks> ranks = validated.ranks(itself);
    assertThat(ranks).hasSize(3);
    assertThat(ranks.get(2).spearman()).isCloseTo(1, within(1e-12));
    assertThat(ranks.get(2).kendall()).isCloseTo(1, within(1e-12));
    assertThat(ranks.get(0).kendall()).isLessThanOrEqualTo(1);
  }
}
