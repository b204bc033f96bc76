package dance.evaluate.neural;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Prefetches examples in a thread of its own. They are delivered in the order in which they are
 * made, so that the result does not depend on timing.
 */
final class Prefetcher<T> implements AutoCloseable {
  private static final int WAITING = 8;

  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(WAITING);
  private final Thread maker;

  Prefetcher(Supplier<T> source) {
    maker =
        new Thread(
            () -> {
              try {
                while (!Thread.interrupted()) {
                  queue.put(source.get());
                }
              } catch (InterruptedException closed) {
                return;
              } catch (RuntimeException | Error failure) {
                // discards the waiting examples, which frees the queue for a failure
                queue.clear();
                queue.add(failure);
              }
            },
            "examples");
    maker.setDaemon(true);
    maker.start();
  }

  @SuppressWarnings("unchecked")
  T take() throws InterruptedException {
    Object next = queue.take();
    if (next instanceof RuntimeException failure) {
      throw failure;
    }
    if (next instanceof Error failure) {
      throw failure;
    }
    return (T) next;
  }

  @Override
  public void close() {
    maker.interrupt();
  }
}
