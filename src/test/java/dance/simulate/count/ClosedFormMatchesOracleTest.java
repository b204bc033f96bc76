package dance.simulate.count;

import static org.assertj.core.api.Assertions.fail;

import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed form counts what the executed loop nest counts, on 10,000 random cases. */
class ClosedFormMatchesOracleTest {
  private static final int BLOCKS = 50;
  private static final int CASES = 200;
  private static final int MAX_POINTS = 3000;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void closedFormAndExecutedLoopNestCountTheSame(int block) {
    smallestDifference(seeds(block, CASES), MAX_POINTS)
        .ifPresent(
            found ->
                // The same seeds with few points often show the same difference on fewer loops.
                fail(
                    Stream.of(4, 12, 40, 150)
                        .map(points -> smallestDifference(seeds(block, 4 * CASES), points))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(found)
                        .message()));
  }

  private static LongStream seeds(int block, int count) {
    return LongStream.range(0, count).map(i -> 10_000L * block + i);
  }

  private record Difference(long points, String message) {}

  private static Optional<Difference> smallestDifference(LongStream seeds, int maxPoints) {
    return seeds
        .mapToObj(seed -> difference(RandomCases.of(seed, maxPoints)))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(Difference::points));
  }

  private static Optional<Difference> difference(RandomCases.Case c) {
    AccessCounts executed =
        LoopNestOracle.count(c.einsum(), c.accelerator(), c.mapping(), Accounting.EXACT);
    String answer;
    try {
      AccessCounts closed =
          Analysis.of(c.einsum(), c.accelerator()).count(c.mapping(), Accounting.EXACT);
      if (closed.equals(executed)) {
        return Optional.empty();
      }
      answer = lines(closed);
    } catch (RuntimeException thrown) {
      answer = thrown + " at " + thrown.getStackTrace()[0];
    }
    String message =
        String.join(
            System.lineSeparator(),
            c.toString(),
            "executed:",
            lines(executed),
            "closed form:",
            answer);
    return Optional.of(new Difference(c.einsum().points(), message));
  }

  private static String lines(AccessCounts counts) {
    StringBuilder text = new StringBuilder();
    text.append("  ").append(counts.computes()).append(" computes in ");
    text.append(counts.computeCycles()).append(" cycles");
    for (AccessCounts.Level level : counts.levels()) {
      text.append(System.lineSeparator()).append("  ").append(level.name());
      text.append(" × ").append(level.utilizedInstances());
      level.tensors().forEach(t -> text.append(System.lineSeparator()).append("    ").append(t));
    }
    return text.toString();
  }
}
