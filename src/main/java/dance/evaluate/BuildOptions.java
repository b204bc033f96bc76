package dance.evaluate;

import dance.check.Rules;
import dance.cost.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a table is computed; none of it changes what comes out.
 *
 * @param threads that compute at once
 * @param progress is told how far it is
 * @param file where the table is written; what is finished is kept beside it in a file of the same
 *     name with {@code .part}, from which a later build of the same table goes on, however this one
 *     ended
 */
public record BuildOptions(int threads, Progress progress, Optional<Path> file) {
  public BuildOptions {
    new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads).check();
  }

  /** A thread for each processor, telling nobody, in memory only. */
  public static BuildOptions defaults() {
    return new BuildOptions(
        Runtime.getRuntime().availableProcessors(), Progress.SILENT, Optional.empty());
  }

  /** With so many threads. */
  public BuildOptions threads(int count) {
    return new BuildOptions(count, progress, file);
  }

  /** Telling somebody. */
  public BuildOptions progress(Progress listener) {
    return new BuildOptions(threads, listener, file);
  }

  /** Written to a file, resumable. */
  public BuildOptions file(Path target) {
    return new BuildOptions(threads, progress, Optional.of(target));
  }
}
