package dance.search;

import dance.cost.SignificantDigits;
import dance.cost.Steps;

/** Progress listener of a search. */
@FunctionalInterface
public interface SearchListener {
  /** No progress reporting. */
  SearchListener SILENT = (epoch, done, total) -> {};

  /**
   * Called after each epoch, and once more at the end, by the searching thread.
   *
   * @param done steps so far
   * @param total steps of the whole search
   */
  void at(Trace.Epoch epoch, long done, long total);

  /** One updated line in the current environment, with losses, cost and remaining time. */
  static SearchListener line(String work) {
    return new SearchListener() {
      private Steps steps;
      private long before;

      @Override
      public void at(Trace.Epoch epoch, long done, long total) {
        if (steps == null) {
          steps = Steps.of(work, "steps", total);
        }
        steps.note(
            "loss "
                + SignificantDigits.measure(epoch.loss())
                + (Double.isNaN(epoch.accuracyLoss())
                    ? " of weights"
                    : ", of accuracy " + SignificantDigits.measure(epoch.accuracyLoss()))
                + ", cost "
                + SignificantDigits.measure(epoch.expectedCost()));
        steps.step(done - before);
        before = done;
        if (done >= total) {
          steps.close();
        }
      }
    };
  }
}
