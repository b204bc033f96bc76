package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbers of 16 bits. */
class HalfTest {
  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      if (!Float.isNaN(Half.value(half))) {
        assertThat(Half.of(Half.value(half))).isEqualTo(half);
      }
    }
    assertThat(Half.value(Half.of(Float.NaN))).isNaN();
  }

  @Test
  void aFloatBecomesTheNearestHalf() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      float value = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-26, 16)));
      short half = Half.of(value);
      double error = Math.abs(Half.value(half) - value);
      for (int step : new int[] {-1, 1}) {
        float neighbour = Half.value((short) (half + step));
        assertThat(Float.isNaN(neighbour) || error <= Math.abs(neighbour - value)).isTrue();
      }
    }
    assertThat(Half.value(Half.of(1e6f))).isInfinite();
    assertThat(Half.value(Half.of(1 + 1 / 2048f))).as("ties to even").isEqualTo(1);
  }
}
