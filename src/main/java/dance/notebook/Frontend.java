package dance.notebook;

import dance.notebook.drawing.Display;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel that runs a cell, as far as {@link Show} needs it: one class for each, found through
 * {@code META-INF/services/dance.notebook.Frontend} and left out where its library is absent. Its
 * methods may fail in whatever way: they are called through {@link Guarded}.
 */
public interface Frontend {
  /** Whether this program is run by that kernel. */
  boolean running();

  /**
   * Adds to what the cell has shown.
   *
   * @param id for {@link #update}
   * @param data as {@link Display#display}, with {@code text/plain}
   */
  void show(String id, Map<String, String> data);

  /** Shows other data in the place of what was shown with that id. */
  void update(String id, Map<String, String> data);

  /** Takes away what was shown with that id; an empty text stays where a kernel cannot do that. */
  default void remove(String id) {
    update(id, Map.of("text/plain", ""));
  }

  /**
   * Makes it show a cell's last value as {@link Show#show} does, where it has no hook by which it
   * would find this toolkit itself.
   */
  default void showLastValues() {}

  /** The last line of a start-up: it does the above where a kernel runs. */
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
        // the kernel's library is not on the class path, so it cannot be what runs; or it is not
        // one that could be talked to
      }
    }
    return Optional.empty();
  }
}
