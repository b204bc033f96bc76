package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.space.NetworkSpace;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccuracyTableTest {
  private static final NetworkSpace SPACE = SearchExamples.tiny();
  private static final AccuracyTable TABLE = SearchExamples.task().table();

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static double[] relaxed(Random random) {
    double[] p = SPACE.uniform();
    for (int i = 0; i < p.length; i++) {
      p[i] *= random.nextDouble();
    }
    return p;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void expectationIsTheSumOverAllNetworks(long seed) {
    double[] p = relaxed(new Random(seed));
    double sum = 0;
    int[] choice = new int[SPACE.blocks()];
    for (int n = 0; n < TABLE.size(); n++) {
      TABLE.choice(n, choice);
      double weight = 1;
      for (int b = 0; b < choice.length; b++) {
        weight *= p[b * SPACE.operations().size() + choice[b]];
      }
      sum += weight * TABLE.get(n);
    }
    assertThat(TABLE.new Contraction().expect(p, null)).isCloseTo(sum, within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gradientIsThatOfFiniteDifferences(long seed) {
    double[] p = relaxed(new Random(seed));
    double[] gradient = new double[p.length];
    AccuracyTable.Contraction contraction = TABLE.new Contraction();
    contraction.expect(p, gradient);
    for (int i = 0; i < p.length; i++) {
      boolean offered = SPACE.allows(i / 4, i % 4);
      if (!offered) {
        assertThat(gradient[i]).isZero();
        continue;
      }
      double before = p[i];
      p[i] = before + 1e-3;
      double above = contraction.expect(p, null);
      p[i] = before - 1e-3;
      double below = contraction.expect(p, null);
      p[i] = before;
      assertThat(gradient[i]).isCloseTo((above - below) / 2e-3, within(1e-10));
    }
  }

  @Test
  void atANetworkTheGradientHoldsTheAccuraciesOfItsNeighbours() {
    int[] choice = {1, 2, 0};
    double[] gradient = new double[12];
    double[] p = SPACE.encode(SPACE.genotype(choice));
    assertThat(TABLE.new Contraction().expect(p, gradient))
        .isEqualTo(TABLE.get(TABLE.index(choice)));
    for (int o = 0; o < 4; o++) {
      int[] neighbour = {1, o, 0};
      assertThat(gradient[4 + o]).isEqualTo(TABLE.get(TABLE.index(neighbour)));
    }
  }

  @Test
  void indexAndChoiceAreInverse() {
    assertThat(TABLE.size()).isEqualTo(48);
    int[] choice = new int[3];
    for (int n = 0; n < TABLE.size(); n++) {
      TABLE.choice(n, choice);
      assertThat(TABLE.index(choice)).isEqualTo(n);
      assertThat(SPACE.index(SPACE.genotype(choice)).intValue()).isEqualTo(n);
    }
    assertThatThrownBy(() -> TABLE.index(new int[] {0, 0, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation zero is not allowed at b3");
  }

  @Test
  void aSpaceTooLargeForATableIsRefused() {
    assertThatThrownBy(() -> TabularTask.of("x", NetworkSpace.cifar(), g -> 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("space cifar has", "more than a table can hold");
  }
}
