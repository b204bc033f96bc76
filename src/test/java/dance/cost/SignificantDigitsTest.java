package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificantDigitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1|1.000",
        "-1.5|-1.500",
        "12.3456|12.35",
        "9999.7|10,000",
        "1234567|1,235,000",
        "0.1|0.1000",
        "0.000123456|0.0001235",
        "0.0000123456|1.235e-05",
        "1e15|1.000e+15",
        "Infinity|∞",
        "-Infinity|-∞",
        "NaN|unknown"
      })
  void measuresHaveFourSignificantDigits(double value, String shown) {
    assertThat(SignificantDigits.measure(value)).isEqualTo(shown);
  }

  @Test
  void countsKeepEveryDigit() {
    assertThat(SignificantDigits.count(1_802_240_123L)).isEqualTo("1,802,240,123");
    assertThat(SignificantDigits.count(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
  }

  @Test
  void aQuotientOfCountsIsWholeWhereItIsWhole() {
    assertThat(SignificantDigits.quotient(12, 4)).isEqualTo(3L);
    assertThat(SignificantDigits.quotient(10, 4)).isEqualTo(2.5);
  }

  /** A column is read by comparing its digits: all have the same decimals, or powers of ten. */
  @Test
  void aColumnHasOneFormat() {
    assertThat(column(7.031, 70.45, 100)).containsExactly("7.031", "70.450", "100.000");
    assertThat(column(0.0003205, 3.042e-05, 0)).containsExactly("3.205e-04", "3.042e-05", "0");
    assertThat(column(1234567, 0.5)).containsExactly("1.235e+06", "5.000e-01");
    assertThat(column(12345.6, 99999)).containsExactly("12,350", "100,000");
    assertThat(column(Double.NaN, 2, Double.POSITIVE_INFINITY))
        .containsExactly("unknown", "2.000", "∞");
    assertThat(column()).isEmpty();
  }

  private static List<String> column(double... values) {
    DoubleFunction<String> format = SignificantDigits.column(Arrays.stream(values));
    return Arrays.stream(values).mapToObj(format).toList();
  }
}
