package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.search.CoExplorerOptions.Attempts;
import dance.search.CoExplorerOptions.Limits;
import dance.search.CoExplorerOptions.Phases;
import dance.search.CoExplorerOptions.Schedule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Values of the defaults, and the text that identifies checkpoints of earlier versions. */
class CoExplorerOptionsTest {
  @Test
  void textsAreThoseByWhichCheckpointsAreKnown() {
    assertThat(CoExplorerOptions.defaults())
        .hasToString(
            "CoExplorerOptions[epochs=1, stepsPerEpoch=5, restarts=14, learningRate=0.3,"
                + " spread=1.0, firstTemperature=1.0, lastTemperature=0.3, gumbel=true,"
                + " weightsFirst=0.0, warmUp=0.2, firstEntropyWeight=0.0, lastEntropyWeight=0.01,"
                + " refine=true, limits=HARD, checkpoints=null]");
    assertThat(CoExplorerOptions.training())
        .hasToString(
            "CoExplorerOptions[epochs=30, stepsPerEpoch=20, restarts=1, learningRate=0.02,"
                + " spread=0.0, firstTemperature=1.0, lastTemperature=0.3, gumbel=true,"
                + " weightsFirst=0.0, warmUp=0.5, firstEntropyWeight=0.0, lastEntropyWeight=0.0,"
                + " refine=false, limits=HARD, checkpoints=null]");
  }

  @Test
  void eachWitherChangesWhatItNames() {
    CoExplorerOptions options =
        CoExplorerOptions.defaults()
            .epochs(2, 3)
            .restarts(4, 0.5)
            .learningRate(0.6)
            .temperatures(7, 8)
            .gumbel(false)
            .weightsFirst(0.1)
            .warmUp(0.9)
            .entropy(-1, 2)
            .refine(false)
            .limits(Limits.IGNORED)
            .checkpoints(Path.of("kept"));
    assertThat(options)
        .isEqualTo(
            new CoExplorerOptions(
                new Attempts(2, 3, 4, 0.6, 0.5),
                new Schedule(7, 8),
                false,
                new Phases(0.1, 0.9),
                new Schedule(-1, 2),
                false,
                Limits.IGNORED,
                Path.of("kept")));
    assertThat(options.epochs(5).stepsPerEpoch()).isEqualTo(3);
  }

  @Test
  void optionsSayAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                new CoExplorerOptions(
                    new Attempts(0, -1, -2, -3, -4),
                    new Schedule(0, -5),
                    true,
                    new Phases(1, 1.5),
                    new Schedule(Double.NaN, 0),
                    true,
                    null,
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "epochs (0)",
            "steps per epoch (-1)",
            "restarts (-2)",
            "learning rate (-3.0)",
            "spread (-4.0)",
            "first temperature (0.0)",
            "last temperature (-5.0)",
            "weights-first (1.0)",
            "warm-up (1.5)",
            "entropy weights (NaN and 0.0)",
            "limits must be ignored or hard");
  }
}
