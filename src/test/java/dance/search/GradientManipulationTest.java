package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GradientManipulationTest {
  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static double[] random(Random random) {
    return random.doubles(8, -1, 1).toArray();
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileLimitsAreExceededTheDirectionLeadsTowardsThem(long seed) {
    Random random = new Random(seed);
    GradientManipulation manipulation = new GradientManipulation();
    double delta = manipulation.delta();
    for (int step = 0; step < 5; step++) {
      double[] g = random(random);
      double[] gc = random(random);
      double[] before = g.clone();
      manipulation.apply(0.1, g, gc);
      double wanted = delta * Math.sqrt(product(before, before) * product(gc, gc));
      if (product(before, gc) >= wanted) {
        assertThat(g).isEqualTo(before);
      } else {
        assertThat(product(g, gc)).isCloseTo(wanted, within(1e-12));
        double along = (g[0] - before[0]) / gc[0];
        for (int i = 0; i < g.length; i++) {
          assertThat(g[i] - before[i]).isCloseTo(along * gc[i], within(1e-12));
        }
      }
      assertThat(manipulation.delta()).isGreaterThan(delta);
      delta = manipulation.delta();
    }
  }

  @Test
  void whenLimitsAreKeptTheGradientStays() {
    GradientManipulation manipulation = new GradientManipulation();
    double[] g = {1, -2};
    manipulation.apply(1, g, new double[] {3, 1});
    assertThat(manipulation.delta()).isGreaterThan(GradientManipulation.FIRST);
    double[] kept = {1, -2};
    manipulation.apply(0, kept, new double[] {-3, 1});
    assertThat(kept).containsExactly(1, -2);
    assertThat(manipulation.delta()).isEqualTo(GradientManipulation.FIRST);
  }
}
