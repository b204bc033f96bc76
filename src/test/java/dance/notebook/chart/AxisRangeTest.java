package dance.notebook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

/** What axes show. */
class AxisRangeTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everyValueIsWithinTheAxisAndTheAxisIsNotMuchLonger(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double unit = Math.pow(10, random.nextInt(-6, 6));
    double[] values = random.doubles(50).map(v -> unit * Math.pow(10, seed / 2.0 * v)).toArray();
    double min = java.util.Arrays.stream(values).min().orElseThrow();
    double max = java.util.Arrays.stream(values).max().orElseThrow();
    AxisRange span = AxisRange.of(values);
    assertThat(span.low()).isLessThan(min);
    assertThat(span.high()).isGreaterThan(max);
    assertThat(span.log()).isEqualTo(max / min > 30);
    if (span.log()) {
      assertThat(span.low()).isGreaterThan(min / 3);
      assertThat(span.high()).isLessThan(max * 3);
    } else {
      assertThat(span.high() - span.low()).isLessThan(1.2 * (max - min));
    }
  }

  @Test
  void zeroAndNegativeValuesForbidLogarithms() {
    assertThat(AxisRange.of(0, 1, 1000).log()).isFalse();
    assertThat(AxisRange.of(-1, 1, 1000).log()).isFalse();
    assertThat(AxisRange.of(0.5, 1, Double.NaN, Double.POSITIVE_INFINITY, 1000).log()).isTrue();
  }

  @Test
  void oneValueGetsRoomAroundIt() {
    assertThat(AxisRange.of(7, 7).low()).isLessThan(7);
    assertThat(AxisRange.of(7, 7).high()).isGreaterThan(7);
    assertThat(AxisRange.of().low()).isLessThan(AxisRange.of().high());
  }

  @Test
  void logarithmicAxesNameDecadesAndFewerDecadesAlsoTwosAndFives() {
    XYChart chart = Charts.xy("", "", "");
    AxisRange.logarithmic(0.02, 8).vertical(chart.getStyler());
    var few = chart.getStyler().getYAxisTickLabelsFormattingFunction();
    assertThat(few.apply(0.05)).isEqualTo("0.05");
    assertThat(few.apply(0.1)).isEqualTo("0.1");
    assertThat(few.apply(0.30000000000000004)).isBlank();
    AxisRange.logarithmic(1e-6, 1e7).vertical(chart.getStyler());
    var many = chart.getStyler().getYAxisTickLabelsFormattingFunction();
    assertThat(many.apply(5.0)).isBlank();
    assertThat(many.apply(10000.0)).isEqualTo("10,000");
    assertThat(many.apply(1e6)).isEqualTo("10⁶");
    assertThat(many.apply(1e-5)).isEqualTo("10⁻⁵");
  }
}
