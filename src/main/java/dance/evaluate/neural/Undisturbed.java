package dance.evaluate.neural;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs other people's code that swallows an interrupt, in a thread of its own that is not
 * interrupted. An interrupt of the caller meanwhile is there when the code has ended.
 */
final class Undisturbed {
  private Undisturbed() {}

  /**
   * The value that the code returns; what it throws is thrown here, too.
   *
   * @param name of the thread
   */
  static <T> T get(String name, Supplier<T> code) {
    FutureTask<T> task = new FutureTask<>(code::get);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failed.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
