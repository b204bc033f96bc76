package dance.notebook;

import dance.cost.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Shows progress as one line of the running cell. */
public final class CellPlace implements Progress.Place {
  @Override
  public Optional<Progress.Line> line() {
    return Frontend.here().map(InCell::new);
  }

  /** One display of a cell, removed when the work ends. */
  private static final class InCell implements Progress.Line {
    private final Frontend kernel;
    private final String id = UUID.randomUUID().toString();
    private boolean shown;
    private boolean refused;

    InCell(Frontend kernel) {
      this.kernel = kernel;
    }

    @Override
    public void show(String text) {
      Map<String, String> data = Map.of("text/plain", text);
      boolean again = shown;
      shown = true;
      call(
          () -> {
            if (again) {
              kernel.update(id, data);
            } else {
              kernel.show(id, data);
            }
          });
    }

    @Override
    public void end() {
      if (shown) {
        call(() -> kernel.remove(id));
      }
    }

    /** A failure of the kernel to show progress does not end the work; it is not called again. */
    private void call(Runnable show) {
      refused = refused || !Guarded.shows(show);
    }
  }
}
