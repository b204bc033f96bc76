package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import dance.OtherProgram;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The memory of a search stays flat over a thousand steps. It is measured in a program of its own
 * whose Java heap is resident from the start, so that what grows is native memory: arrays of
 * PyTorch that are never closed.
 */
class SearchMemoryTest {
  private static final Pattern LINE = Pattern.compile("(\\d+) steps: (\\d+) KB");

  /** After these steps compiled code and PyTorch's own stores are there. */
  private static final int WARM_UP = 200;

  /** One array of the size of a batch, forgotten in every step, would be as much. */
  private static final long MOST_KB =
      (1000 - WARM_UP) * (long) WatchedMemory.BATCH_VALUES * Float.BYTES / 1024;

  /** Kilobytes by which memory grows after the warm-up. */
  private long growth(int forgotten) throws Exception {
    OtherProgram.Ended search =
        OtherProgram.java(
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                OtherProgram.classPath(),
                WatchedMemory.class.getName(),
                Integer.toString(forgotten))
            .run();
    assertThat(search.exitCode()).as(search.toString()).isZero();
    List<MatchResult> lines = LINE.matcher(search.out()).results().toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(WatchedMemory.EPOCHS);
    long early =
        lines.stream()
            .filter(l -> Integer.parseInt(l.group(1)) <= WARM_UP)
            .mapToLong(l -> Long.parseLong(l.group(2)))
            .max()
            .orElseThrow();
    return Long.parseLong(lines.get(WatchedMemory.EPOCHS - 1).group(2)) - early;
  }

  @Test
  @Tag("memory")
  void memoryStaysFlatOverAThousandStepsAndAnArrayForgottenInEachWouldBeSeen() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(WatchedMemory.STATUS), "only Linux says how much memory a program has");
    assertThat(growth(0)).as("KB that a search gains").isLessThan(MOST_KB);
    assertThat(growth(2)).as("KB that a leaking search gains").isGreaterThan(MOST_KB);
  }
}
