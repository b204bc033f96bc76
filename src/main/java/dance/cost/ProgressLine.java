package dance.cost;

import java.util.Optional;
import java.util.function.Supplier;

/** Shows the progress of each task in a line of its own. */
final class ProgressLine implements Progress {
  private final Supplier<Optional<Line>> place;
  private Line line;

  ProgressLine(Supplier<Optional<Line>> place) {
    this.place = place;
  }

  @Override
  public void at(State state) {
    if (line == null) {
      line = place.get().orElse(text -> {});
    }
    line.show(state.line());
    if (state.last()) {
      end();
    }
  }

  @Override
  public void end() {
    if (line != null) {
      line.end();
      line = null;
    }
  }
}
