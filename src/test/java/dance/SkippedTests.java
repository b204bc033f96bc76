package dance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Counts the tests that a run skips, and says in one line at its end how many and why. */
public final class SkippedTests implements TestWatcher, BeforeAllCallback {

  /** What one run skipped; closed, and so printed, when the run ends. */
  private static final class Summary implements AutoCloseable {
    private final Map<String, Integer> reasons = new TreeMap<>();

    private synchronized void add(String reason) {
      reasons.merge(reason, 1, Integer::sum);
    }

    @Override
    public synchronized void close() {
      System.out.println(line(reasons));
    }
  }

  /** The line: number of tests, then each reason with its own. */
  static String line(Map<String, Integer> reasons) {
    int sum = reasons.values().stream().mapToInt(Integer::intValue).sum();
    String parts =
        reasons.entrySet().stream()
            .map(reason -> reason.getValue() + " " + reason.getKey())
            .collect(Collectors.joining("; ", " (", ")"));
    return "Skipped tests: " + (sum == 0 ? "none" : sum + parts);
  }

  /** A reason without JUnit's or AssertJ's words around it. */
  static String reason(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("assumption was not met"))
        .findFirst()
        .map(line -> line.replaceFirst("^Assumption failed: ", ""))
        .orElse("no reason given");
  }

  private static Summary summary(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(Summary.class, key -> new Summary(), Summary.class);
  }

  /** A run without skipped tests says so. */
  @Override
  public void beforeAll(ExtensionContext context) {
    summary(context);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    summary(context).add(reason(String.valueOf(cause.getMessage())));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> why) {
    summary(context).add(reason(why.orElse("")));
  }
}
