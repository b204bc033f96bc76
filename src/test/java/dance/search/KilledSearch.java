package dance.search;

import dance.Doomed;
import java.nio.file.Path;

/** A program that searches slowly, to be killed. */
final class KilledSearch {
  private KilledSearch() {}

  static CoExplorer method(Path folder) {
    return CoExplorer.exact(
        CoExplorerOptions.defaults().epochs(20, 2).restarts(3, 1).checkpoints(folder));
  }

  /** The tiny problem; a loss takes so long. */
  static SearchProblem problem(long milliseconds) {
    SearchProblem problem = SearchExamples.problem(0.1);
    return SearchProblem.of(
        new Slow(SearchExamples.task(), milliseconds),
        problem.table(),
        problem.objective(),
        problem.lambda());
  }

  /** Searches in this folder. */
  public static void main(String... args) {
    method(Path.of(args[0]))
        .search(
            problem(30),
            3,
            Budget.unlimited(),
            (epoch, done, total) -> {
              if (done > total / 2) {
                Doomed.await();
              }
            });
  }

  private record Slow(Task task, long milliseconds) implements ForwardingTask {
    @Override
    public AccuracyModel accuracyModel(long seed) {
      AccuracyModel model = task.accuracyModel(seed);
      return new AccuracyModel() {
        @Override
        public boolean sampled() {
          return model.sampled();
        }

        @Override
        public double train(double[] gates, double progress) {
          return model.train(gates, progress);
        }

        @Override
        public double loss(double[] gates, double[] gradient) {
          try {
            Thread.sleep(milliseconds);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return model.loss(gates, gradient);
        }

        @Override
        public byte[] state() {
          return model.state();
        }

        @Override
        public void restore(byte[] state) {
          model.restore(state);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }
  }
}
