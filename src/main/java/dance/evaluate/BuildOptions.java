package dance.evaluate;

import dance.check.Copy;
import dance.check.Rules;
import dance.cost.Progress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a table is computed; the result does not depend on it.
 *
 * @param threads number of threads
 * @param progress progress listener
 * @param file where the table is written; finished parts are kept beside it in a file of the same
 *     name with {@code .part}, from which an interrupted build of the same table resumes
 * @param shard the share of the table that is computed
 */
public record BuildOptions(int threads, Progress progress, Optional<Path> file, Shard shard) {
  /**
   * @throws IllegalArgumentException if there is no thread
   */
  public BuildOptions {
    new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads).check();
  }

  /** Defaults: one thread per processor, no progress reporting, no file. */
  public static BuildOptions defaults() {
    return new BuildOptions(
        Runtime.getRuntime().availableProcessors(), Progress.SILENT, Optional.empty(), Shard.WHOLE);
  }

  /** With this number of threads. */
  public BuildOptions threads(int count) {
    return Copy.with(this, "threads", count);
  }

  /** With a progress listener. */
  public BuildOptions progress(Progress listener) {
    return Copy.with(this, "progress", listener);
  }

  /** Written to a file, resumable. */
  public BuildOptions file(Path target) {
    return Copy.with(this, "file", Optional.of(target));
  }

  /** Of one share of the table only. */
  public BuildOptions shard(Shard share) {
    return Copy.with(this, "shard", share);
  }
}
