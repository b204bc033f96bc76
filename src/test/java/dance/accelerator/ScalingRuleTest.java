package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.ScalingRule.Point;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalingRuleTest {

  static Stream<ScalingRule> rules() {
    return Technology.all().stream()
        .flatMap(
            t ->
                Stream.of(
                    t.registers().accessPj(),
                    t.registers().leakPjPerCycle(),
                    t.registers().areaUm2(),
                    t.sram().readPj(),
                    t.sram().writePj(),
                    t.sram().leakPjPerCycle(),
                    t.sram().areaUm2()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void passesExactlyThroughItsPoints(ScalingRule rule) {
    for (Point point : rule.points()) {
      assertThat(rule.at(point.size())).isEqualTo(point.value());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void risesWithTheSizeAndStaysPositiveAndFinite(ScalingRule rule) {
    // From one word to beyond the 24 MiB of the largest preset.
    double previous = 0;
    for (double size = 1; size < 1e9; size *= 1.01) {
      double value = rule.at(size);
      assertThat(value).isFinite().isPositive().isGreaterThan(previous);
      previous = value;
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasNoJumpAtItsPoints(ScalingRule rule) {
    for (Point point : rule.points()) {
      assertThat(rule.at(point.size() * (1 - 1e-9)))
          .isCloseTo(point.value(), within(1e-6 * point.value()));
      assertThat(rule.at(point.size() * (1 + 1e-9)))
          .isCloseTo(point.value(), within(1e-6 * point.value()));
    }
  }

  @Test
  void isAPowerLawBetweenTwoPoints() {
    ScalingRule square = ScalingRule.through("square", new Point(2, 4), new Point(8, 64));
    for (int size : IntStream.of(1, 2, 3, 5, 8, 100).toArray()) {
      assertThat(square.at(size)).isCloseTo(size * size, within(1e-9 * size * size));
    }
    assertThat(square.beyond(0).at(100)).isEqualTo(64);
    assertThat(square.times(3).at(4)).isCloseTo(48, within(1e-9));
  }

  @Test
  void fallingPointsAreAnErrorThatNamesThemAll() {
    assertThatThrownBy(
            () ->
                new ScalingRule(
                    "energy", List.of(new Point(4, 2), new Point(2, 3), new Point(8, 1)), 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exponents 1.0 and -1.0")
        .hasMessageContaining("must rise from Point[size=4.0, value=2.0]")
        .hasMessageContaining("must rise from Point[size=2.0, value=3.0]");
  }

  @Test
  void aSizeThatIsNoSizeIsAnError() {
    ScalingRule rule = Technology.eyeriss45nm().registers().accessPj();
    for (double size : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> rule.at(size))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be positive and finite");
    }
  }
}
