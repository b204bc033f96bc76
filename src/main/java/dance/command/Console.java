package dance.command;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where a command gets its results and where it prints them.
 *
 * @param engines makes the engine; it is handed what takes warnings
 * @param out for results
 * @param err for warnings and errors
 */
record Console(Function<Consumer<String>, Engine> engines, PrintStream out, PrintStream err) {

  /** Made only for a command that needs it, so that {@code --help} loads nothing else. */
  Engine engine() {
    return engines.apply(this::warn);
  }

  /** Says something beside the result. */
  void warn(String warning) {
    err.println("warning: " + warning);
  }

  /** Prints a result, with one line end after it. */
  void print(String text) {
    out.print(text);
    if (!text.endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }
}
