package dance.notebook;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code import static dance.notebook.Show.*}: shows a value from within a cell, in every kernel
 * with a {@link Frontend}, and as text in a terminal. It needs no other library and returns
 * nothing, so that no kernel prints an id below the picture.
 */
public final class Show {
  private Show() {}

  /** Shows a value in the same form as the last value of a cell. */
  public static void show(Object value) {
    Map<String, String> data = Renderers.render(value);
    Optional<Frontend> kernel = Frontend.here();
    String id = UUID.randomUUID().toString();
    if (kernel.isEmpty() || !Guarded.shows(() -> kernel.get().show(id, data))) {
      System.out.println(data.get("text/plain"));
    }
  }
}
