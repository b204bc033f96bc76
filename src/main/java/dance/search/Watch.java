package dance.search;

import dance.cost.Figures;
import dance.cost.Steps;

/** Is told how far a search is. */
@FunctionalInterface
public interface Watch {
  /** Tells nobody. */
  Watch SILENT = (epoch, done, total) -> {};

  /**
   * After each epoch, and once more at the end, by the thread that searches.
   *
   * @param done steps so far
   * @param total steps of the whole search
   */
  void at(Trace.Epoch epoch, long done, long total);

  /** A line where the program runs, with losses, cost and the time that is left. */
  static Watch line(String work) {
    return new Watch() {
      private Steps steps;
      private long before;

      @Override
      public void at(Trace.Epoch epoch, long done, long total) {
        if (steps == null) {
          steps = Steps.of(work, "steps", total);
        }
        steps.note(
            "loss "
                + Figures.measure(epoch.loss())
                + (Double.isNaN(epoch.accuracyLoss())
                    ? " of weights"
                    : ", of accuracy " + Figures.measure(epoch.accuracyLoss()))
                + ", cost "
                + Figures.measure(epoch.expectedCost()));
        steps.step(done - before);
        before = done;
        if (done >= total) {
          steps.close();
        }
      }
    };
  }
}
