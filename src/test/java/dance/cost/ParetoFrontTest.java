package dance.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerators;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParetoFrontTest {

  /** Few distinct values, so that ties and equal points are common. */
  private static double[][] points(long seed, int count, int objectives) {
    Random random = new Random(seed);
    return Stream.generate(() -> random.doubles(objectives).map(d -> Math.floor(9 * d)).toArray())
        .limit(count)
        .toArray(double[][]::new);
  }

  private static boolean dominates(double[] a, double[] b) {
    return !Arrays.equals(a, b) && IntStream.range(0, a.length).allMatch(i -> a[i] <= b[i]);
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "2, 100", "3, 150", "4, 150", "5, 100", "2, 1", "3, 2"})
  void frontIsExactlyWhatNoPointDominates(int objectives, int count) {
    for (int seed = 0; seed < 40; seed++) {
      double[][] points = points(seed, count, objectives);
      Integer[] expected =
          IntStream.range(0, count)
              .filter(i -> Arrays.stream(points).noneMatch(p -> dominates(p, points[i])))
              .boxed()
              .sorted((a, b) -> Arrays.compare(points[a], points[b]))
              .toArray(Integer[]::new);
      assertThat(Arrays.stream(ParetoFront.indices(points)).boxed()).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void hypervolumeCountsTheDominatedCells(int objectives) {
    for (int seed = 0; seed < 20; seed++) {
      double[][] points = points(seed, 12, objectives);
      double[] reference = new double[objectives];
      Arrays.fill(reference, 8);
      long cells = 0;
      for (int cell = 0; cell < Math.pow(8, objectives); cell++) {
        double[] corner = new double[objectives];
        for (int i = 0, rest = cell; i < objectives; i++, rest /= 8) {
          corner[i] = rest % 8;
        }
        boolean covered =
            Arrays.stream(points)
                .anyMatch(p -> IntStream.range(0, objectives).allMatch(i -> p[i] <= corner[i]));
        cells += covered ? 1 : 0;
      }
      ParetoFront<double[]> front = front(points, objectives);
      assertThat(front.hypervolume(reference)).isCloseTo(cells, within(1e-9));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ParetoFront<double[]> front(double[][] points, int objectives) {
    ToDoubleFunction[] each =
        IntStream.range(0, objectives)
            .mapToObj(i -> (ToDoubleFunction<double[]>) p -> p[i])
            .toArray(ToDoubleFunction[]::new);
    return ParetoFront.of(Arrays.asList(points), (ToDoubleFunction<double[]>[]) each);
  }

  @Test
  void designsAreComparedInTheGivenMetrics() {
    Design fast = design("fast", 1, 5, 9);
    Design frugal = design("frugal", 5, 1, 9);
    Design worse = design("worse", 5, 5, 1);
    List<Design> designs = List.of(worse, frugal, fast);
    assertThat(ParetoFront.of(designs, Metric.LATENCY, Metric.ENERGY).points())
        .containsExactly(fast, frugal);
    assertThat(ParetoFront.of(designs, Metric.LATENCY, Metric.ENERGY, Metric.AREA).points())
        .containsExactly(fast, frugal, worse);
    assertThat(ParetoFront.of(designs, Metric.LATENCY).points()).containsExactly(fast);
  }

  @Test
  void accuracyIsMaximisedAsItsNegative() {
    List<Design> designs =
        List.of(design("a", 1, 1, 1).accuracy(0.5), design("b", 1, 1, 1).accuracy(0.6));
    ParetoFront<Design> front =
        ParetoFront.of(designs, d -> d.metrics().latencyMs(), d -> -d.accuracy().getAsDouble());
    assertThat(front.points()).extracting(Design::network).containsExactly("b");
  }

  @Test
  void anEmptyFrontDominatesNothing() {
    ParetoFront<Design> front = ParetoFront.of(List.of(), Metric.LATENCY, Metric.ENERGY);
    assertThat(front.points()).isEmpty();
    assertThat(front.hypervolume(1, 1)).isZero();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> ParetoFront.indices(new double[][] {{1, Double.NaN}, {1}, {}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("point 0 [1.0, NaN] must have numbers only")
        .hasMessageContaining("point 1 has 1 objectives")
        .hasMessageContaining("point 2 has 0 objectives");
    ParetoFront<Design> front = ParetoFront.of(List.of(), Metric.LATENCY);
    assertThatThrownBy(() -> front.hypervolume(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of 1 objectives");
    assertThatThrownBy(() -> design("a", 1, 1, 1).accuracy(94.4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given in percent");
  }

  private static Design design(String network, double latency, double energy, double area) {
    return Design.of(network, Accelerators.eyeriss(), new Metrics(latency, energy, area, 1));
  }
}
