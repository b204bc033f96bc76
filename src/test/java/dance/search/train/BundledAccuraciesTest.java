package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The bundled accuracies are reproduced by training. */
class BundledAccuraciesTest {
  private static final TrainedNetworks BUNDLED = TrainedNetworks.bundled();
  private static final int NETWORKS = NetworkSpace.mini().count().intValueExact();

  @Test
  void theyAreOfAllNetworksOnTheBundledImagesByTheSameRecipe() {
    assertThat(BUNDLED.accuracies(NetworkSpace.mini())).hasSize(NETWORKS);
    assertThat(BUNDLED.provenance()).containsAllEntriesOf(TrainingBenchmark.mini().identity());
    List<Long> each = LongStream.rangeClosed(1, TrainingBenchmark.TRAININGS).boxed().toList();
    NetworkSpace.mini()
        .genotypes()
        .forEach(
            network ->
                assertThat(BUNDLED.rows())
                    .filteredOn(row -> row.genotype().equals(network))
                    .extracting(TrainedNetworks.Row::seed)
                    .isEqualTo(each));
  }

  /** Else a search would rank noise. */
  @Test
  void networksDifferByFourStandardErrorsAndTheBestIsAsGoodAsExpected() {
    assertThat(TrainingBenchmark.TRAININGS).isGreaterThanOrEqualTo(3);
    double ofMean = BUNDLED.standardError(TrainingBenchmark.TRAININGS);
    double ofScore = BUNDLED.standardError(TrainingBenchmark.TRAININGS - 1);
    assertThat(BUNDLED.networkDeviation()).isGreaterThan(4 * ofMean).isGreaterThan(4 * ofScore);
    assertThat(Arrays.stream(BUNDLED.accuracies(NetworkSpace.mini())).max().orElseThrow())
        .isGreaterThanOrEqualTo(0.88);
  }

  /** On the machine and libraries that made them they are equal; elsewhere sums are rounded. */
  @Test
  void someOfTheCheapestTrainedAgainAgreeWithinTheNoiseOfTrainings() {
    TrainingBenchmark benchmark = TrainingBenchmark.mini();
    List<TrainedNetworks.Row> cheapest =
        BUNDLED.rows().stream()
            .sorted(Comparator.comparing(r -> macs(r.genotype())))
            .limit(12)
            .toList();
    // a difference of two results has √2 of the deviation of one; four of those are all but sure
    double most = 4 * Math.sqrt(2) * BUNDLED.trainingDeviation();
    TrainedNetworks.Row row = cheapest.get(new SplittableRandom(5).nextInt(cheapest.size()));
    assertThat(benchmark.train(row.genotype(), row.seed()).accuracy())
        .as("accuracy of %s", row)
        .isBetween(row.accuracy() - most, row.accuracy() + most);
  }

  private static long macs(Genotype genotype) {
    return NetworkSpace.mini().network(genotype).macs();
  }
}
