package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dance.CpuTime;
import dance.notebook.Renderers;
import dance.workload.Layer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells, run in this virtual machine through the API of jdk.jshell. */
class CellEvaluatorTest {
  /** More than ten times what an interrupt takes, for a busy machine; no cell ends so soon. */
  private static final int BUSY_SECONDS = 20;

  private static CellEvaluator cells;

  @BeforeAll
  static void start() {
    cells = new CellEvaluator(StartUp.imports());
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  private static CellFailure failure(String cell) {
    return catchThrowableOfType(CellFailure.class, () -> cells.evaluate(cell, 7));
  }

  @Test
  void aCellEndsWithTheVeryObjectThatItsLastExpressionIs() {
    CellResult result = cells.evaluate("var layer = Layer.conv(\"c\", 8, 8);\nlayer", 1);
    assertThat(result.isShown()).isTrue();
    assertThat(result.value()).isEqualTo(Layer.conv("c", 8, 8));
  }

  @Test
  void declarationsAssignmentsAndVoidCallsShowNothing() {
    for (String cell :
        List.of(
            "int a1 = 3;",
            "int a2; a2 = 4",
            "System.out.flush();",
            "// nothing",
            "",
            "record R() {}")) {
      assertThat(cells.evaluate(cell, 1).isShown()).as(cell).isFalse();
    }
    assertThat(cells.evaluate("a2 + a1 // seven\n", 1).value()).isEqualTo(7);
  }

  @Test
  void chainsMayBreakBeforeTheDot() {
    assertThat(cells.evaluate("Stream.of(1, 2)\n    .map(i -> i * i)\n    .toList()", 1).value())
        .isEqualTo(List.of(1, 4));
  }

  @Test
  void aCompileErrorShowsItsMessageItsLineAndThePlaceInIt() {
    CellFailure failure = failure("int ok = 1;\n\nint wrong = \"seven\";\nint after = 2;");
    assertThat(failure.lines())
        .containsExactly(
            "incompatible types: java.lang.String cannot be converted to int",
            "cell 7, line 3:",
            "  int wrong = \"seven\";",
            "              ^^^^^^^");
    assertThat(cells.evaluate("ok", 8).value()).isEqualTo(1);
  }

  @Test
  void badInputShowsItsMessageAndItsLineWithoutAStackTrace() {
    CellFailure failure =
        failure("int groups = 5;\nvar bad = Layer.conv(\"dw\", 48, 48)\n  .groups(groups);");
    assertThat(failure.getCause()).isInstanceOf(IllegalArgumentException.class);
    assertThat(failure.lines()).hasSizeLessThan(4).first().asString().contains("groups");
    assertThat(failure.lines()).last().asString().contains("cell 7, line 3: .groups(groups);");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidOnce() {
    assertThat(failure("save(drawing(Accelerators.eyeriss()), \"no/such/folder/x.svg\")").lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("no/such/folder/x.svg: cannot be written")
        .doesNotContain("UncheckedIOException");
  }

  @Test
  void aFailureInAMethodOfAnEarlierCellShowsBothLines() {
    cells.evaluate("int half(int n) {\n  return n / 0;\n}", 3);
    CellFailure failure = failure("\n\nhalf(4)");
    assertThat(failure.lines())
        .containsExactly(
            "ArithmeticException: / by zero",
            "in cell 3, line 2: return n / 0;",
            "in cell 7, line 3: half(4)");
  }

  @Test
  void errorsOfTheVirtualMachineAreReportedLikeExceptions() {
    cells.evaluate("int deep(int n) { return deep(n + 1) + 1; }", 4);
    assertThat(failure("deep(0)").lines()).contains("StackOverflowError").hasSizeLessThan(40);
    assertThat(failure("assert false : 1; throw new AssertionError(\"no\");").lines())
        .contains("AssertionError: no");
  }

  @Test
  void whatDoesNotExistYetIsNamed() {
    cells.evaluate("int early() { return late(); }", 5);
    assertThat(failure("early()").lines()).first().asString().contains("late()");
    cells.evaluate("int late() { return 9; }", 5);
    assertThat(cells.evaluate("early()", 6).value()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "long n = 0; for (long i = 0; i >= 0; i++) { n += i % 7; }",
        "Thread.sleep(60_000);",
        "synchronized (cellLock) { cellLock.wait(); }",
        "while (true) { try { Thread.sleep(1000); } catch (InterruptedException ignored) {} }",
        "IntStream.iterate(1, i -> i ^ 1).filter(i -> i > 1).findAny();",
        "java.math.BigInteger.TWO.pow(40_000_000).pow(3).toString().length()",
      })
  @Tag("timing")
  void aCellIsInterruptedWithinASecond(String busy) throws Exception {
    cells.evaluate("var cellLock = new Object();", 1);
    CompletableFuture<Throwable> cell =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    CellInterrupted.class, () -> cells.evaluate("int before = 1;\n" + busy, 7)));
    Thread.sleep(600);
    assertThat(cell).isNotDone();
    double start = CpuTime.seconds();
    cells.interrupt();
    Throwable failure = cell.get(BUSY_SECONDS, TimeUnit.SECONDS);
    assertThat(CpuTime.seconds() - start).as("seconds of work").isLessThan(3);
    assertThat(failure).hasMessageContaining("cell 7, line 2");
    assertThat(cells.evaluate("before + 1", 8).value()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 12, 16, 20, 30, 40, 60})
  void anInterruptBetweenTwoStatementsOfACellIsNotLost(int ms) throws Exception {
    String reached = "dance.test.reached";
    System.clearProperty(reached);
    CompletableFuture<CellFailure> cell =
        CompletableFuture.supplyAsync(
            () -> failure("System.setProperty(\"" + reached + "\", \"\");\nwhile (true) {}"));
    while (System.getProperty(reached) == null) {
      Thread.onSpinWait();
    }
    Thread.sleep(ms); // JShell compiles the loop
    cells.interrupt();
    assertThat(cell.get(BUSY_SECONDS, TimeUnit.SECONDS)).isInstanceOf(CellInterrupted.class);
  }

  @Test
  void anInterruptThatComesTooLateHarmsNoLaterCell() {
    cells.evaluate("1", 1);
    cells.interrupt();
    assertThat(cells.evaluate("Thread.sleep(20); 5", 2).value()).isEqualTo(5);
  }

  private static String warnings(String cell) {
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      cells.evaluate(cell, 1);
    } finally {
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void whatADeclarationDoesToOthersIsSaid() {
    cells.evaluate("class Pt { int x; }\nPt pa = new Pt(); List<Pt> ps = List.of(pa);", 1);
    cells.evaluate("var pv = new Pt(); int count = 3; Pt first() { return pa; }", 1);
    assertThat(warnings("class Pt { int y; }"))
        .isEqualTo(
            "class Pt was replaced; reset to null: pa, ps; not usable until declared again: pv");
    assertThat(cells.evaluate("count", 2).value()).isEqualTo(3);
    assertThat(warnings("class Pt { int y; }")).isEmpty();
    cells.evaluate("record Rc(int a) {}\nRc rc = new Rc(1);", 3);
    assertThat(warnings("record Rc(int a, int b) {}"))
        .isEqualTo("record Rc was replaced; not usable until declared again: rc");
    assertThat(warnings("int count = 4;")).isEmpty();
  }

  @Test
  void theOldValueOfARedefinedVariableCanBeCollected() throws Exception {
    cells.evaluate("var big = new int[] {1};", 1);
    WeakReference<Object> old = new WeakReference<>(cells.evaluate("big", 2).value());
    cells.evaluate("var big = \"another type\";", 3);
    assertCollected(old);
    cells.evaluate("var same = new Object();", 1);
    WeakReference<Object> first = new WeakReference<>(cells.evaluate("same", 2).value());
    cells.evaluate("var same = new Object();", 3);
    assertCollected(first);
    assertThat(cells.evaluate("same", 4).value()).isNotNull();
    assertThat(cells.evaluate("big", 4).value()).isEqualTo("another type");
  }

  @Test
  void theValueOfAnExpressionCanBeCollectedOnceItIsShown() throws Exception {
    assertCollected(new WeakReference<>(cells.evaluate("new int[] {1, 2}", 1).value()));
  }

  private static void assertCollected(WeakReference<?> reference) throws InterruptedException {
    for (int i = 0; i < 50 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  @Tag("memory")
  void manyRunsOfATypicalCellLeaveMemoryFlat() {
    String table =
        "var data = new byte[10 << 20];\n"
            + "table(Stream.of(\"a\", \"b\").map(n -> Layer.conv(n, 8, 16)).toList())";
    String chart =
        "trace(\"a\", \"b\", Map.of(\"c\", IntStream.range(0, 999).mapToDouble(i -> i).toArray()))";
    shown(table, 20);
    shown(chart, 3);
    long before = usedBytes();
    shown(table, 50);
    shown(chart, 5);
    // The values are 500 MB in all. JShell itself notes 5 KB for every run, with JDK 25 27 KB.
    // Less than the value of one run.
    assertThat((usedBytes() - before) / 1e6).as("MB").isLessThan(5);
  }

  private static void shown(String cell, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(Renderers.render(cells.evaluate(cell, i).value()).values()).isNotEmpty();
    }
  }

  /**
   * What stays however often the collector runs: classes of cells, and what they hold, go in up to
   * three collections, with the serial collector, as each frees what the next can see.
   */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int same = 0, i = 0; same < 3 && i < 20; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long used = runtime.totalMemory() - runtime.freeMemory();
      same = used < least - 100_000 ? 0 : same + 1;
      least = Math.min(least, used);
    }
    return least;
  }
}
