package dance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {
  @Test
  void theLineHasNumbersAndReasons() {
    assertThat(SkippedTests.line(Map.of())).isEqualTo("Skipped tests: none");
    assertThat(SkippedTests.line(new TreeMap<>(Map.of("for want of b", 1, "a", 3))))
        .isEqualTo("Skipped tests: 4 (3 a; 1 for want of b)");
  }

  @Test
  void reasonsAreBare() {
    assertThat(SkippedTests.reason("Assumption failed: for want of x")).isEqualTo("for want of x");
    assertThat(SkippedTests.reason("assumption was not met due to:\n\n[x]\n")).isEqualTo("[x]");
    assertThat(SkippedTests.reason("")).isEqualTo("no reason given");
  }

  @Test
  void theLastJvmThatEndsHasTheSumOfItsRun(@TempDir Path folder) {
    Path file = folder.resolve("made/skipped");
    TestRun.begin(file, "a run that was killed");
    TestRun first = TestRun.begin(file, "run");
    TestRun second = TestRun.begin(file, "run");
    assertThat(first.end(Map.of("a", 1, "b", 2))).isEmpty();
    assertThat(second.end(Map.of("a", 3))).contains(Map.of("a", 4, "b", 2));
    TestRun next = TestRun.begin(file, "next run");
    assertThat(next.end(Map.of())).contains(Map.of());
    assertThat(TestRun.begin(file, null).end(Map.of("c", 1))).contains(Map.of("c", 1));
  }
}
