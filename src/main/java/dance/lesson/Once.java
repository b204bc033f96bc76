package dance.lesson;

import java.util.function.Supplier;

/**
 * A value that takes time to find: found when it is first asked for, then kept.
 *
 * @param <T> its type
 */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> found;
  private T value;

  Once(Supplier<T> found) {
    this.found = found;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = found.get();
    }
    return value;
  }
}
