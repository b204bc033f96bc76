package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bundled accuracies are reproduced by training. */
class BundledAccuraciesTest {
  private static final TrainedNetworks BUNDLED = TrainedNetworks.bundled();
  private static final TrainedNetworks SEEDS = TrainedNetworks.bundledSeeds();

  @Test
  void theyAreOfAllNetworksOnTheBundledImagesByTheSameRecipe() {
    assertThat(BUNDLED.accuracies(NetworkSpace.mini())).hasSize(400);
    assertThat(BUNDLED.rows()).allMatch(row -> row.seed() == 1);
    assertThat(BUNDLED.provenance()).containsAllEntriesOf(TrainingBenchmark.mini().identity());
    assertThat(SEEDS.provenance()).isEqualTo(BUNDLED.provenance());
    assertThat(SEEDS.rows())
        .hasSize(40)
        .filteredOn(row -> row.seed() == 1)
        .isSubsetOf(BUNDLED.rows());
  }

  @Test
  void networksDifferByMoreThanSeedsDo() {
    double[] accuracies = BUNDLED.accuracies(NetworkSpace.mini());
    double mean = Arrays.stream(accuracies).average().orElseThrow();
    double variance =
        Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
    assertThat(SEEDS.seedDeviation()).isPositive().isLessThan(Math.sqrt(variance));
  }

  /** On the machine and libraries that made them they are equal; elsewhere sums are rounded. */
  @Test
  void someOfTheCheapestTrainedAgainAgreeWithinTheNoiseOfSeeds() {
    TrainingBenchmark benchmark = TrainingBenchmark.mini();
    List<TrainedNetworks.Row> cheapest =
        BUNDLED.rows().stream()
            .sorted(Comparator.comparing(r -> macs(r.genotype())))
            .limit(12)
            .toList();
    // a difference of two results has √2 of the deviation of one; four of those are all but sure
    double most = 4 * Math.sqrt(2) * SEEDS.seedDeviation();
    new SplittableRandom(5)
        .ints(2, 0, cheapest.size())
        .mapToObj(cheapest::get)
        .forEach(
            row ->
                assertThat(Math.abs(benchmark.train(row.genotype(), 1).accuracy() - row.accuracy()))
                    .as("accuracy of %s, bundled as %s", row.genotype(), row.accuracy())
                    .isLessThanOrEqualTo(most));
  }

  private static long macs(Genotype genotype) {
    Network network = NetworkSpace.mini().network(genotype);
    return network.macs();
  }
}
