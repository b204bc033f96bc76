package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.count.Analysis;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.RandomCases;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After the last step the counts so far are the simulator's. */
class CountsSoFarTest {
  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void afterTheLastStepTheCountsAreTheSimulators(long block) {
    for (long seed = 100 * block; seed < 100 * block + 100; seed++) {
      RandomCases.Case c = RandomCases.of(seed, 3000);
      CompiledEinsum shape = new CompiledEinsum(c.einsum());
      if (!shape.plain[shape.output]) {
        continue;
      }
      AccessCounts whole =
          Analysis.of(c.einsum(), c.accelerator()).count(c.mapping(), Accounting.EXACT);
      NestTime time =
          new NestTime(CompiledMapping.of(c.mapping(), c.einsum(), c.accelerator()), shape.bounds);
      assertThat(time.steps).as("%s", c).isEqualTo(whole.computeCycles());
      assertThat(new CountsSoFar(time, shape, whole).at(time.steps - 1))
          .as("%s", c)
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void atEveryStepTheCountsAreThoseOfTheExecutedNest(long block) {
    for (long seed = 40 * block; seed < 40 * block + 40; seed++) {
      RandomCases.Case c = RandomCases.of(7_000 + seed, 150);
      CompiledEinsum shape = new CompiledEinsum(c.einsum());
      if (!shape.plain[shape.output]) {
        continue;
      }
      AccessCounts whole =
          Analysis.of(c.einsum(), c.accelerator()).count(c.mapping(), Accounting.EXACT);
      NestTime time =
          new NestTime(CompiledMapping.of(c.mapping(), c.einsum(), c.accelerator()), shape.bounds);
      CountsSoFar counts = new CountsSoFar(time, shape, whole);
      ExecutedWalk executed = new ExecutedWalk(c.einsum(), c.mapping());
      assertThat(executed.steps).hasSize((int) time.steps);
      Map<String, Long> before = Map.of();
      for (int step = 0; step < time.steps - 1; step++) {
        Map<String, Long> expected = new HashMap<>(executed.steps.get(step));
        expected.keySet().removeIf(key -> key.endsWith("given"));
        assertThat(ExecutedWalk.totals(counts.at(step), c.einsum()))
            .as("step %d of %s", step, c)
            .isEqualTo(expected);
        // what is searched for the next event must never fall
        before.forEach(
            (name, count) -> assertThat(expected.get(name)).isGreaterThanOrEqualTo(count));
        before = expected;
      }
    }
  }
}
