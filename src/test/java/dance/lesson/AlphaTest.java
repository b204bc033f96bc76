package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.ExactEvaluator;
import dance.evaluate.HardwareOracle;
import dance.notebook.Notebook;
import dance.notebook.Renderers;
import dance.space.NetworkSpace;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Derivatives by α are those of small differences, and a moved α flips what the oracle flips. */
class AlphaTest {
  private static final CostTable TABLE = CostTable.bundled("mini");
  private static final ExactEvaluator EVALUATOR = ExactEvaluator.of(TABLE, Objective.EDAP);
  private static final NetworkSpace SPACE = TABLE.networkSpace();

  private static double cost(double[] alpha) {
    double[] metrics = new double[3];
    return EVALUATOR.expected(Softmax.of(SPACE, alpha), Objective.EDAP, metrics, null);
  }

  @Test
  void derivativesAreThoseOfSmallDifferences() {
    Random random = new Random(3);
    double[] alpha = random.doubles(SPACE.blocks() * SPACE.operations().size(), -1, 1).toArray();
    AlphaGradient gradient = AlphaGradient.of(EVALUATOR, alpha);
    double step = 1e-6;
    for (int i = 0; i < alpha.length; i++) {
      double[] more = alpha.clone();
      double[] less = alpha.clone();
      more[i] += step;
      less[i] -= step;
      double difference = (cost(more) - cost(less)) / (2 * step);
      assertThat(gradient.byAlpha().get(i)).isCloseTo(difference, within(1e-5 * gradient.cost()));
    }
    assertThat(gradient.cost()).isEqualTo(cost(alpha));
    int operations = SPACE.operations().size();
    for (int b = 0; b < SPACE.blocks(); b++) {
      double sum = 0;
      for (int o = 0; o < operations; o++) {
        sum += gradient.at(b, o);
      }
      assertThat(sum).as("a softmax does not change with its level").isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void anAlphaMovesAndTheAcceleratorIsTheOraclesInEveryFrame() {
    AlphaMove move = AlphaMove.flipping(EVALUATOR, 7);
    int block = SPACE.blockNames().indexOf(move.block());
    int operation = SPACE.operations().indexOf(move.operation());
    assertThat(move.frames()).hasSize(7);
    assertThat(move.frames().get(0).alpha()).isEqualTo(-6);
    assertThat(move.frames().get(6).alpha()).isEqualTo(6);
    for (AlphaMove.Frame frame : move.frames()) {
      double[] alpha = new double[SPACE.blocks() * SPACE.operations().size()];
      alpha[block * SPACE.operations().size() + operation] = frame.alpha();
      int best = HardwareOracle.of(TABLE).best(Softmax.of(SPACE, alpha), Objective.EDAP);
      assertThat(frame.design()).isEqualTo(TABLE.acceleratorSpace().label(best));
      assertThat(frame.costs().get(move.designs().indexOf(frame.design())))
          .isEqualTo(Collections.min(frame.costs()));
      assertThat(frame.probabilities().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-12));
    }
    assertThat(move.designs()).as("%s", move).hasSizeGreaterThan(1);
    String strip = Notebook.strip(move).svg();
    assertThat(strip.split("class=\"chosen\"")).hasSize(8);
    assertThat(strip.split("class=\"flip\"").length).isGreaterThanOrEqualTo(move.designs().size());
    assertThat(strip).contains(move.designs());
  }

  @Test
  void theSlopeOfAStraightThroughChoiceIsThatOfItsSoftmax() {
    double[] logits = {1, 2, 0.5};
    Relaxation relaxation = Relaxation.of(logits);
    assertThat(relaxation.chosen()).isEqualTo(1);
    for (double temperature : relaxation.temperatures()) {
      for (int i = 0; i < logits.length; i++) {
        double[] more = logits.clone();
        more[i] += 1e-7;
        double difference =
            (Relaxation.of(more, temperature).soft(temperature)[1]
                    - relaxation.soft(temperature)[1])
                / 1e-7;
        assertThat(relaxation.slope(temperature)[i]).isCloseTo(difference, within(1e-5));
      }
    }
    assertThat(relaxation.soft(0.01)[1]).isCloseTo(1, within(1e-12));
    assertThat(relaxation.slope(0.01)[1]).as("cold: no slope").isCloseTo(0, within(1e-12));
    assertThat(Renderers.render(relaxation)).containsKeys("image/svg+xml", "text/plain");
    assertThatThrownBy(() -> Relaxation.of(logits, 0)).hasMessageContaining("must be positive");
  }

  @Test
  void heatMapsSideBySideHaveOneCellForEachChoiceThatIsOffered() {
    AlphaGradient exact = AlphaGradient.of(EVALUATOR);
    int offered = 0;
    for (int b = 0; b < SPACE.blocks(); b++) {
      for (int o = 0; o < SPACE.operations().size(); o++) {
        offered += SPACE.allows(b, o) ? 1 : 0;
      }
    }
    String svg = Notebook.drawing(exact, exact).svg();
    assertThat(svg.split("class=\"derivative\"")).hasSize(1 + 2 * offered);
    assertThat(svg).contains("exact evaluator").doesNotContain("NaN");
    assertThatThrownBy(() -> AlphaGradient.of(EVALUATOR, 1, 2))
        .hasMessageContaining("2 α do not fit space mini");
    assertThatThrownBy(() -> AlphaMove.of(EVALUATOR, 9, 0, 1))
        .hasMessageContaining("frames (1)")
        .hasMessageContaining("offers no operation 0");
  }
}
