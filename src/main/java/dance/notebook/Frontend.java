package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel that runs a cell, as {@link Show} uses it: one class per kernel, found through {@code
 * META-INF/services/dance.notebook.Frontend} and skipped if its library is absent. Its methods may
 * fail: they are called through {@link Guarded}.
 */
public interface Frontend {
  /** Whether this kernel runs the program. */
  boolean running();

  /**
   * Adds to the outputs of the cell.
   *
   * @param id for {@link #update}
   * @param data as {@link Display#display}, with {@code text/plain}
   */
  void show(String id, Map<String, String> data);

  /** Replaces the data shown with that id. */
  void update(String id, Map<String, String> data);

  /** Removes the data shown with that id; an empty text remains if a kernel cannot do that. */
  default void remove(String id) {
    update(id, Map.of("text/plain", ""));
  }

  /**
   * Makes the kernel show a cell's last value as {@link Show#show} does, if it has no hook for
   * extensions.
   */
  default void showLastValues() {}

  /** The last line of a start-up script: calls the above if a kernel runs. */
  static void attach() {
    here().ifPresent(kernel -> Guarded.shows(kernel::showLastValues));
  }

  /** The kernel that runs this program; empty in a terminal. */
  static Optional<Frontend> here() {
    for (Frontend frontend : Guarded.load(Frontend.class)) {
      try {
        if (frontend.running()) {
          return Optional.of(frontend);
        }
      } catch (LinkageError | RuntimeException absent) {
        // the kernel's library is not on the class path, so it does not run; or it has an
        // incompatible version
      }
    }
    return Optional.empty();
  }
}
