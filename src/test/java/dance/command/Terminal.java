package dance.command;

import dance.interchange.ReferenceCases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs commands as a user does, beside three small files, and keeps what they print. */
public class Terminal {
  final String arch;
  final String problem;
  final String mapping;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String stop;

  /** With three files in a folder. */
  public Terminal(Path folder) {
    arch = file(folder, "arch.yaml");
    problem = file(folder, "problem.yaml");
    mapping = file(folder, "mapping.yaml");
  }

  private static String file(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      Path small = ReferenceCases.named("t01-conv1d-os").file(name);
      return Files.copy(small, file, StandardCopyOption.REPLACE_EXISTING).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command; returns its exit code. */
  public int dance(String... args) {
    out.reset();
    err.reset();
    return Main.run(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            super.println(line);
            if (stop != null && line.contains(stop)) {
              Thread.currentThread().interrupt();
            }
          }
        },
        args);
  }

  /**
   * The command is interrupted as soon as it has said this as an error, neither before nor later.
   */
  void interruptAt(String text) {
    stop = text;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The output, read as JSON, which is a part of YAML 1.2. */
  public Map<?, ?> json() {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(out());
  }
}
