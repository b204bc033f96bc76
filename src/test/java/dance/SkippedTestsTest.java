package dance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SkippedTestsTest {
  @Test
  void theLineHasNumbersAndReasons() {
    assertThat(SkippedTests.line(Map.of())).isEqualTo("Skipped tests: none");
    assertThat(SkippedTests.line(new java.util.TreeMap<>(Map.of("for want of b", 1, "a", 3))))
        .isEqualTo("Skipped tests: 4 (3 a; 1 for want of b)");
  }

  @Test
  void reasonsAreBare() {
    assertThat(SkippedTests.reason("Assumption failed: for want of x")).isEqualTo("for want of x");
    assertThat(SkippedTests.reason("assumption was not met due to:\n\n[x]\n")).isEqualTo("[x]");
    assertThat(SkippedTests.reason("")).isEqualTo("no reason given");
  }
}
