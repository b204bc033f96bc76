package dance.command;

import dance.check.Library;
import dance.check.MissingLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Error messages of failed commands, and their exit codes: {@link #BAD_INPUT}, invalid input;
 * {@link #FAULT}, internal error.
 */
final class Failures {
  static final int FAULT = 1;
  static final int BAD_INPUT = 2;

  private final PrintStream err;
  private final boolean stackTrace;

  /**
   * Prints to a stream.
   *
   * @param stackTrace whether unexpected failures show where they come from
   */
  Failures(PrintStream err, boolean stackTrace) {
    this.err = err;
    this.stackTrace = stackTrace;
  }

  /** Invalid options or arguments. */
  int report(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    err.println(failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, new PrintWriter(err, true));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return BAD_INPUT;
  }

  /** Any exception of a command. */
  int report(Throwable failure) {
    if (failure instanceof IllegalArgumentException || failure instanceof MissingLibrary) {
      err.println(failure.getMessage());
      return show(failure, BAD_INPUT);
    }
    if (failure instanceof UncheckedIOException unchecked) {
      return report(unchecked.getCause());
    }
    if (failure instanceof IOException unreadable) {
      err.println(words(unreadable));
      return show(failure, BAD_INPUT);
    }
    if (failure.getCause() instanceof NoClassDefFoundError absent) {
      return report(absent);
    }
    if (failure instanceof NoClassDefFoundError absent) {
      err.println(Library.explain(absent));
      return show(failure, BAD_INPUT);
    }
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    err.println("unexpected " + failure.getClass().getSimpleName() + message);
    if (!stackTrace) {
      err.println("This is a fault of the program. Maybe --stacktrace helps to report it.");
    }
    return show(failure, FAULT);
  }

  private int show(Throwable failure, int exitCode) {
    if (stackTrace) {
      failure.printStackTrace(err);
    }
    return exitCode;
  }

  /** Some of these exceptions have only a file name as their message. */
  private static String words(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + ": no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": access denied";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
