package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a bound could be the best somewhere, against a look at every array. */
class AllowancesTest {
  private static final int COLUMNS = 5;
  private static final int ROWS = 4;
  private static final int PLACES = COLUMNS * ROWS;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isWhatEveryArraySays(long seed) {
    Random random = new Random(seed);
    double[] best = new double[PLACES];
    for (int place = 0; place < PLACES; place++) {
      best[place] = random.nextInt(8) == 0 ? Double.NEGATIVE_INFINITY : random.nextInt(1000);
    }
    Allowances allowances = new Allowances(PLACES, ROWS, (place, at) -> best[place] / at);
    int answered = 0;
    int refused = 0;
    for (int question = 0; question < 5000; question++) {
      int home = random.nextInt(PLACES);
      double cycles = 1 + random.nextInt(5);
      double energy = random.nextInt(1000) / cycles;
      double[] more = new double[ROWS];
      for (int y = home % ROWS + 1; y < ROWS; y++) {
        more[y] = more[y - 1] + random.nextInt(50);
      }
      boolean could = couldWin(best, home, energy, more, cycles);
      boolean admits = allowances.admits(home, energy, more, cycles);
      assertThat(admits || !could).as("what could win is admitted").isTrue();
      boolean plain = couldWin(best, home, energy, new double[ROWS], cycles);
      boolean admitsPlain = allowances.admits(home, energy, cycles);
      assertThat(admitsPlain || !plain).as("what could win is admitted").isTrue();
      if (question > 100) {
        assertThat(admits).isEqualTo(could);
        assertThat(admitsPlain).isEqualTo(plain);
        answered += admits ? 1 : 0;
        refused += admits ? 0 : 1;
      }
    }
    assertThat(answered).as("bounds that were admitted").isPositive();
    assertThat(refused).as("bounds that were not").isPositive();
  }

  @Test
  void followsTheBestValuesAsTheyChange() {
    double[] best = {10};
    Allowances allowances = new Allowances(1, 1, (place, cycles) -> best[0]);
    for (int i = 0; i < 20; i++) {
      allowances.admits(0, 5, 1);
    }
    best[0] = 1;
    assertThat(allowances.admits(0, 5, 1)).as("as known before").isTrue();
    allowances.change();
    for (int i = 0; i < 20; i++) {
      allowances.admits(0, 5, 1);
    }
    assertThat(allowances.admits(0, 5, 1)).isFalse();
  }

  private static boolean couldWin(
      double[] best, int home, double energy, double[] more, double cycles) {
    for (int x = home / ROWS; x < COLUMNS; x++) {
      for (int y = home % ROWS; y < ROWS; y++) {
        if (energy + more[y] < best[x * ROWS + y] / cycles) {
          return true;
        }
      }
    }
    return false;
  }
}
