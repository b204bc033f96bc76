package dance.search.train;

import ai.djl.ndarray.NDManager;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.evaluate.neural.Torch;
import dance.search.Budget;
import dance.search.CoExplorer;
import dance.search.CoExplorerOptions;
import dance.search.SearchExamples;
import dance.search.SearchProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that searches for a thousand steps and prints how much memory it has meanwhile. */
final class WatchedMemory {
  static final int EPOCHS = 20;
  static final int STEPS = 50;
  static final Path STATUS = Path.of("/proc/self/status");
  private static final int BATCH = 32;

  /** Values of a batch of images. */
  static final int BATCH_VALUES = BATCH * SyntheticImages.SIZE * SyntheticImages.SIZE;

  private WatchedMemory() {}

  /**
   * Searches with a supernet and neural evaluator.
   *
   * @param args how many arrays of the size of a batch to forget in every step
   */
  public static void main(String... args) {
    int forgotten = Integer.parseInt(args[0]);
    ImageTask task =
        ImageTask.of(SyntheticImages.SPACE, SyntheticImages.data(240, 90))
            .supernet(SupernetOptions.defaults().batch(BATCH, 0.1));
    CostTable table = SearchExamples.table(SyntheticImages.SPACE, SearchExamples.few());
    SearchProblem problem = SearchProblem.of(task, table, Objective.EDAP, 0.1);
    EvaluatorOptions quick = EvaluatorOptions.defaults().width(16).steps(40, 40);
    CoExplorerOptions options = CoExplorerOptions.training().epochs(EPOCHS, STEPS);
    try (NeuralEvaluator evaluator =
            NeuralEvaluator.train(table, Objective.EDAP, quick, Progress.SILENT);
        NDManager owner = Torch.manager()) {
      CoExplorer.neural(evaluator, options)
          .search(
              problem,
              1,
              Budget.unlimited(),
              (epoch, done, total) -> {
                for (int i = 0; i < STEPS * forgotten; i++) {
                  owner.create(new float[BATCH_VALUES]);
                }
                System.out.println(epoch.step() + " steps: " + residentKb() + " KB");
              });
    }
  }

  private static long residentKb() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
