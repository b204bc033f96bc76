package dance.search.train;

import dance.Doomed;
import dance.evaluate.Shard;
import java.nio.file.Path;

/** A program that trains networks, to be killed. */
final class KilledTraining {
  private KilledTraining() {}

  /** Trains all networks of {@link TrainingBenchmarkTest} into this file. */
  public static void main(String... args) {
    TrainingBenchmark benchmark = TrainingBenchmarkTest.BENCHMARK;
    benchmark.run(
        benchmark.jobs(benchmark.some(9), 1, Shard.WHOLE),
        Path.of(args[0]),
        state -> {
          if (state.done() == state.total()) {
            Doomed.await();
          }
        });
  }
}
