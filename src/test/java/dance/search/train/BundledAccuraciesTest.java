package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
    assertThat(BUNDLED.networkDeviation())
        .isGreaterThan(4 * BUNDLED.standardError(TrainingBenchmark.TRAININGS));
    assertThat(Arrays.stream(BUNDLED.accuracies(NetworkSpace.mini())).max().orElseThrow())
        .isGreaterThanOrEqualTo(0.88);
  }

  /** The last training of each network was with the kernels that every x86 with AVX2 has. */
  @Test
  void theCheapestTrainedAgainHasTheSameAccuracy() {
    TrainedNetworks.Row row =
        BUNDLED.rows().stream()
            .filter(r -> r.seed() == TrainingBenchmark.TRAININGS)
            .min(Comparator.comparing(r -> macs(r.genotype())))
            .orElseThrow();
    double again = TrainingBenchmark.mini().train(row.genotype(), row.seed()).accuracy();
    // elsewhere a difference of two results has √2 of the deviation of one; four are all but sure
    double most = SameDigitsTest.theDigitsAreFixed() ? 0 : BUNDLED.trainingDeviation() * 4 * 1.42;
    assertThat(again).as("accuracy of %s", row).isCloseTo(row.accuracy(), offset(most));
  }

  private static long macs(Genotype genotype) {
    return NetworkSpace.mini().network(genotype).macs();
  }
}
