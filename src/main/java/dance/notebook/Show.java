package dance.notebook;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code import static dance.notebook.Show.*}: shows a value from the middle of a cell, in every
 * kernel that there is a {@link Frontend} for, and as text in a terminal. It needs no other library
 * and answers nothing, so that no kernel echoes an id below the picture.
 */
public final class Show {
  private Show() {}

  /** Shows a value as a cell shows it that ends with it. */
  public static void show(Object value) {
    Map<String, String> data = Renderers.render(value);
    Optional<Frontend> kernel = Frontend.here();
    String id = UUID.randomUUID().toString();
    if (kernel.isEmpty() || !Guarded.shows(() -> kernel.get().show(id, data))) {
      System.out.println(data.get("text/plain"));
    }
  }
}
