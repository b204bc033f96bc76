package dance.search;

import dance.Doomed;
import dance.search.train.SyntheticImages;
import dance.search.train.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A program that compares methods on images, to be killed. */
final class KilledComparison {
  private static final int SEEDS = 2;

  private KilledComparison() {}

  /** Methods of tiny networks, a second or so each. */
  static Comparison run(Path folder, Consumer<SearchResult> found) {
    SearchProblem problem = SyntheticImages.problem(TrainingOptions.defaults());
    CoExplorerOptions options = CoExplorerOptions.training().epochs(8, 5).weightsFirst(0.3);
    List<SearchMethod> methods = new ArrayList<>();
    for (SearchMethod method :
        List.of(
            GradientBaseline.accuracyOnly(options),
            CoExplorer.exact(options),
            new RandomSearch(3))) {
      methods.add(folder == null ? method : new CachedMethod(method, folder, found));
    }
    long[] seeds = java.util.stream.LongStream.rangeClosed(1, SEEDS).toArray();
    return Comparison.run(problem, methods, seeds, Budget.unlimited(), 1);
  }

  /**
   * Compares, and keeps everything.
   *
   * @param args a folder; with how many results the program stands still
   */
  public static void main(String... args) {
    int results = Integer.parseInt(args[1]);
    List<SearchResult> found = new ArrayList<>();
    run(
        Path.of(args[0]),
        result -> {
          found.add(result);
          if (found.size() == results) {
            Doomed.await();
          }
        });
  }
}
