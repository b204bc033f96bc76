package dance.notebook.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The imports of every cell. */
public final class StartUp {
  private StartUp() {}

  /** The text of {@code jshell-scripts/dance.jsh}, which the build puts into the jar. */
  public static String imports() {
    try (InputStream text = StartUp.class.getResourceAsStream("dance.jsh")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
