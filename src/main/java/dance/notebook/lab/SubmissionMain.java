package dance.notebook.lab;

import dance.notebook.kernel.CellEvaluator;
import dance.notebook.kernel.StartUp;
import dance.report.JsonText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The process of a submission: runs the cells that its standard input lists, and writes a line of
 * JSON for each event. What cells print is dropped.
 */
final class SubmissionMain {
  private static final int LONGEST = 10_000;
  private static final long LONGEST_WAIT_MS = 10_000;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final CellEvaluator cells;
  private final List<?> variables;
  private Map<String, Object> told = Map.of();

  private SubmissionMain(CellEvaluator cells, List<?> variables) {
    this.cells = cells;
    this.variables = variables;
  }

  /** Runs what standard input has, then ends the virtual machine, whatever else still runs. */
  public static void main(String... args) throws IOException, InterruptedException {
    Map<String, Object> plan =
        JsonText.read(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    PrintStream none = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(none);
    System.setErr(none);
    SubmissionMain run =
        new SubmissionMain(new CellEvaluator(StartUp.imports()), (List<?>) plan.get("variables"));
    run.all("cell", (List<?>) plan.get("cells"));
    run.all("test", (List<?>) plan.get("tests"));
    run.say(Map.of("done", true));
    // whoever reads this ends the process, and what cells have started with it
    Thread.sleep(LONGEST_WAIT_MS);
    Runtime.getRuntime().halt(0);
  }

  private void all(String kind, List<?> jobs) {
    for (Object job : jobs) {
      Map<?, ?> cell = (Map<?, ?>) job;
      long index = ((Number) cell.get("index")).longValue();
      say(Map.of("begin", kind, "index", index));
      String error = "";
      try {
        Object value = cells.evaluate(String.valueOf(cell.get("source")), (int) index).value();
        error = kind.equals("test") && Boolean.FALSE.equals(value) ? "it is false" : "";
      } catch (OutOfMemoryError full) {
        throw full;
      } catch (Throwable thrown) {
        error = brief(thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
        error = error.isEmpty() ? "failed" : error;
      }
      tell();
      say(Map.of("end", kind, "index", index, "error", error));
    }
  }

  /** What answers have changed. */
  private void tell() {
    Map<String, Object> answers = new LinkedHashMap<>();
    for (Object variable : variables) {
      Object value = cells.variable(String.valueOf(variable));
      if (value != null) {
        answers.put(String.valueOf(variable), form(value));
      }
    }
    if (!answers.equals(told)) {
      told = answers;
      say(Map.of("answers", answers));
    }
  }

  private static Object form(Object value) {
    if (value instanceof Byte || value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? (Object) number : String.valueOf(number);
    }
    if (value instanceof Collection<?> several) {
      return several.stream().limit(100).map(one -> brief(String.valueOf(one))).toList();
    }
    return brief(String.valueOf(value));
  }

  private static String brief(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  private void say(Map<String, Object> event) {
    // a line; a text within JSON has no line break of its own
    out.println(JsonText.of(event).replaceAll("\n\\s*", ""));
  }
}
