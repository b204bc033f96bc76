package dance.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.ZeroSavings.RunLength;
import dance.workload.Operand;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run-length coding: its closed form, and a coder that is executed. */
class ZeroSavingsTest {
  private static final RunLength EYERISS = ZeroSavings.EYERISS.offChip();

  /** Pairs of a run and a word that a coder writes for these words. */
  private static long pairs(boolean[] zero, int longest) {
    long pairs = 0;
    int run = 0;
    for (boolean z : zero) {
      if (z && run < longest - 1) {
        run++;
      } else {
        pairs++;
        run = 0;
      }
    }
    return pairs + (run > 0 ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.387, 0.725, 0.776, 0.9, 0.97, 0.999})
  void shareIsThatOfAnExecutedCoder(double zeros) {
    SplittableRandom random = new SplittableRandom(7);
    boolean[] words = new boolean[400_000];
    for (int i = 0; i < words.length; i++) {
      words[i] = random.nextDouble() < zeros;
    }
    double bits = Math.ceil(pairs(words, 32) / 3.0) * 64;
    double executed = bits / (16.0 * words.length);
    assertThat(EYERISS.share(zeros, 16)).isCloseTo(executed, within(0.02 * executed));
  }

  @Test
  void threePairsOfFiveAndSixteenBitsFillALine() {
    // a word in four is zero: coding takes 4/3 · 3/4 of the bits, all of them
    assertThat(EYERISS.share(0.25, 16)).isCloseTo(1, within(1e-12));
    assertThat(EYERISS.share(0.5, 16)).isCloseTo(2.0 / 3, within(1e-9));
    // words of 8 bits: four pairs of 13 bits in a line
    assertThat(EYERISS.share(0.75, 8)).isCloseTo(64 / 4 / 8.0 / 4, within(1e-3));
    // only zeros: a pair covers 32 of them
    assertThat(EYERISS.share(1, 16)).isCloseTo(64 / 3.0 / 16 / 32, within(1e-12));
  }

  @Test
  void whatCodingWouldLengthenIsLeftAsItIs() {
    assertThat(EYERISS.share(0, 16)).isEqualTo(1);
    assertThat(EYERISS.share(0.2, 16)).isEqualTo(1);
    assertThat(EYERISS.share(0.9, 64)).as("no pair fits a line").isEqualTo(1);
    assertThat(ZeroSavings.NONE.offChip().share(0.9, 16)).isEqualTo(1);
  }

  @Test
  void moreZerosNeverTakeMoreBits() {
    double before = 1;
    for (int i = 0; i <= 1000; i++) {
      double share = EYERISS.share(i / 1000.0, 16);
      assertThat(share).isLessThanOrEqualTo(before);
      before = share;
    }
  }

  @Test
  void badSavingsAreNamed() {
    assertThatThrownBy(
            () -> new ZeroSavings.Gating(Set.of(Operand.OUTPUT), 1.5, Set.of(Operand.WEIGHT)))
        .hasMessageContaining("gated MAC (1.5 of a MAC)")
        .hasMessageContaining("zeros of outputs");
    assertThatThrownBy(() -> new RunLength(-1, -2, Set.of()))
        .hasMessageContaining("run of -1 bits")
        .hasMessageContaining("line of -2 bits");
  }
}
