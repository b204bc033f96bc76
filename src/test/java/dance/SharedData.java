package dance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Other people's data, which tests read from a folder beside the project where that is there. */
public final class SharedData {
  private SharedData() {}

  /** Skips a test that needs what is not there; the end of the run says so. */
  public static void require(Path data) {
    assumeTrue(Files.exists(data), "for want of " + data);
  }

  /** As {@link #require(Path)}, saying how much of a test is skipped. */
  public static void require(Path data, String part) {
    assumeTrue(Files.exists(data), "for want of " + data + ", with it " + part);
  }
}
