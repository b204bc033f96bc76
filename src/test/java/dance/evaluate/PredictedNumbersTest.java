package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers predicted from neighbours come back to the last bit, whatever they are. */
class PredictedNumbersTest {
  private static final int[] SIZES = {2, 3, 5, 7};
  private static final int DESIGNS = 2 * 3 * 5 * 7;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyNumbersComeBack(long seed) {
    Random random = new Random(seed);
    // With conditions there are fewer designs than combinations.
    int designs = 1 + random.nextInt(DESIGNS);
    float[] latency = new float[designs];
    float[] energy = new float[designs];
    for (int d = 0; d < designs; d++) {
      latency[d] = d > 0 && random.nextInt(3) > 0 ? latency[d - 1] : random.nextFloat();
      boolean near = d > 1 && random.nextInt(4) > 0;
      energy[d] = near ? 2 * energy[d - 1] - energy[d - 2] : random.nextFloat() * 1e-6f;
    }
    assertComesBack(latency, energy);
  }

  @Test
  void aPlaneOfEnergiesAndStepsOfLatenciesTakeLittle() {
    int side = 29;
    int designs = 42 * side * side;
    float[] latency = new float[designs];
    float[] energy = new float[designs];
    for (int d = 0; d < designs; d++) {
      int x = 4 + d / side % side;
      int y = 4 + d % side;
      latency[d] = 1f / (x / 8 + y / 8 + 1);
      energy[d] = (float) (1e-3 + 1e-5 * x * y * latency[d] + 1e-4 * (y / 2));
    }
    PredictedNumbers numbers = new PredictedNumbers(designs, new int[] {7, 6, side, side});
    assertThat(numbers.bytes(latency, energy).length).isLessThan(designs / 10);
  }

  private static void assertComesBack(float[] latency, float[] energy) {
    PredictedNumbers numbers = new PredictedNumbers(latency.length, SIZES);
    byte[] bytes = numbers.bytes(latency, energy);
    float[] readLatency = new float[latency.length];
    float[] readEnergy = new float[latency.length];
    numbers.read("it", ByteBuffer.wrap(bytes), readLatency, readEnergy);
    assertThat(readLatency).isEqualTo(latency);
    assertThat(readEnergy).isEqualTo(energy);
  }

  @Test
  void whatIsCutOffSaysSo() {
    PredictedNumbers numbers = new PredictedNumbers(DESIGNS, SIZES);
    byte[] bytes = numbers.bytes(new float[DESIGNS], new float[DESIGNS]);
    ByteBuffer half = ByteBuffer.wrap(bytes, 0, bytes.length / 2);
    assertThatThrownBy(() -> numbers.read("it", half, new float[DESIGNS], new float[DESIGNS]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it ");
  }
}
