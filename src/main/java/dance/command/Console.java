package dance.command;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out for results
 * @param err for warnings and errors
 */
record Console(PrintStream out, PrintStream err) {

  /** Prints a result, with one line end after it. */
  void print(String text) {
    out.print(text);
    if (!text.endsWith("\n")) {
      out.print('\n');
    }
    out.flush();
  }

  /** Prints a warning. */
  void warn(String warning) {
    err.println("warning: " + warning);
  }
}
