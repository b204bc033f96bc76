package dance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A program that a test runs. What it prints to its standard output and to its standard errors is
 * kept apart, so that a test reads what it asked for; what a program says besides is shown only
 * where a test fails.
 */
public final class OtherProgram {
  private static final long LONGEST_SECONDS = 600;

  private final List<String> command;
  private final Map<String, String> environment = new HashMap<>();
  private Path folder;

  private OtherProgram(List<String> command) {
    this.command = command;
  }

  /**
   * How a program ended.
   *
   * @param out what it printed
   * @param err what else it, or what runs it, had to say
   */
  public record Ended(int exitCode, String out, String err) {
    @Override
    public String toString() {
      return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  /** A program by its name. */
  public static OtherProgram of(String... command) {
    return new OtherProgram(List.of(command));
  }

  /** This Java. */
  public static OtherProgram java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return new OtherProgram(command);
  }

  /** The class path of this test, which holds in every folder. */
  public static String classPath() {
    String classes = System.getProperty("java.class.path");
    return Arrays.stream(
            System.getProperty("surefire.test.class.path", classes).split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Run in a folder. */
  public OtherProgram in(Path place) {
    folder = place;
    return this;
  }

  /** With a variable of the environment; null for without it. */
  public OtherProgram with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Runs it to its end.
   *
   * @throws AssertionError if it does not end in time, with all that it printed
   */
  public Ended run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("program", ".out");
    Path err = Files.createTempFile("program", ".err");
    try {
      ProcessBuilder program =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      if (folder != null) {
        program.directory(folder.toFile());
      }
      environment.forEach(
          (name, value) -> {
            if (value == null) {
              program.environment().remove(name);
            } else {
              program.environment().put(name, value);
            }
          });
      Process process = program.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      Ended seen = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      if (!ended) {
        throw new AssertionError("does not end: " + command + "\n" + seen);
      }
      return seen;
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
