package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.SearchProblem;
import dance.search.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While weights are trained first, α rests; then it moves. */
class WeightsFirstTest {
  private static final int STEPS = 5;

  private static List<Trace.Epoch> epochs(double part) {
    SearchProblem problem = SyntheticImages.problem(TrainingOptions.defaults().epochs(1));
    CoExplorerOptions options = CoExplorerOptions.training().epochs(8, STEPS).weightsFirst(part);
    return CoExplorer.exact(options).search(problem, 1, Budget.unlimited()).trace().epochs();
  }

  @Test
  void alphaRestsForThePartThatWasAskedFor() {
    List<Trace.Epoch> epochs = epochs(0.5);
    List<Double> start = epochs.get(0).probabilities();
    for (int i = 0; i < epochs.size(); i++) {
      Trace.Epoch epoch = epochs.get(i);
      boolean rests = epoch.step() <= 4 * STEPS;
      assertThat(epoch.probabilities().equals(start)).as(epoch.toString()).isEqualTo(rests);
      assertThat(Double.isNaN(epoch.accuracyLoss())).isEqualTo(rests);
      assertThat(epoch.trainingLoss()).isPositive();
      assertThat(epoch.loss()).isFinite();
    }
    double before = epochs.get(0).trainingLoss();
    assertThat(epochs.get(3).trainingLoss()).as("weights learn meanwhile").isLessThan(before);
  }

  @Test
  void itMovesAtOnceOtherwise() {
    assertThat(epochs(0)).noneMatch(epoch -> Double.isNaN(epoch.accuracyLoss()));
    assertThatThrownBy(() -> CoExplorerOptions.training().weightsFirst(1))
        .hasMessage("weights-first (1.0) must be a fraction from 0 to below 1");
  }
}
