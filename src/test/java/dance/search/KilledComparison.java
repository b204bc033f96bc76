package dance.search;

import dance.search.train.SyntheticImages;
import dance.search.train.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that compares methods on images, to be killed. */
final class KilledComparison {
  private static final int SEEDS = 2;

  private KilledComparison() {}

  /** Methods of tiny networks, a second or so each; what is found is added to the list. */
  static Comparison run(Path folder, List<SearchResult> found) {
    SearchProblem problem = SyntheticImages.problem(TrainingOptions.defaults());
    CoExplorerOptions options = CoExplorerOptions.training().epochs(8, 5).weightsFirst(0.3);
    List<SearchMethod> methods = new ArrayList<>();
    for (SearchMethod method :
        List.of(
            GradientBaseline.accuracyOnly(options),
            CoExplorer.exact(options),
            new RandomSearch(3))) {
      methods.add(folder == null ? method : new KeptMethod(method, folder, found::add));
    }
    long[] seeds = java.util.stream.LongStream.rangeClosed(1, SEEDS).toArray();
    return Comparison.run(problem, methods, seeds, Budget.unlimited(), 1);
  }

  /** Compares, and keeps everything in this folder. */
  public static void main(String... args) {
    run(Path.of(args[0]), new ArrayList<>());
  }
}
