package dance;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;

/** Counts the tests that a run skips, and says in one line at its end how many and why. */
public final class SkippedTests
    implements TestWatcher, BeforeAllCallback, LifecycleMethodExecutionExceptionHandler {

  /** What this JVM skipped; closed when its tests have ended. The last JVM of the run prints. */
  private static final class Summary implements AutoCloseable {
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final TestRun run =
        TestRun.begin(Path.of("target/skipped-tests"), System.getProperty("dance.run"));

    private synchronized void add(String reason, int tests) {
      reasons.merge(reason, tests, Integer::sum);
    }

    @Override
    public synchronized void close() {
      run.end(reasons).ifPresent(all -> System.out.println(line(all)));
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

  /** One for all classes of a JVM: Maven asks for them one after the other. */
  private static Summary summary(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(Summary.class, key -> new Summary(), Summary.class);
  }

  /** A run without skipped tests says so. */
  @Override
  public void beforeAll(ExtensionContext context) {
    summary(context);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    summary(context).add(reason(String.valueOf(cause.getMessage())), 1);
  }

  /** A class that skips all its tests at once: each method is a test. */
  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable cause)
      throws Throwable {
    if (cause instanceof TestAbortedException) {
      List<Method> tests =
          AnnotationSupport.findAnnotatedMethods(
              context.getRequiredTestClass(), Testable.class, HierarchyTraversalMode.TOP_DOWN);
      summary(context).add(reason(String.valueOf(cause.getMessage())), tests.size());
    }
    throw cause;
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> why) {
    summary(context).add(reason(why.orElse("")), 1);
  }
}
