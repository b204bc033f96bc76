package dance.search;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Accuracies of all networks of a space, over repeated trainings where there are some. The best of
 * many noisy accuracies is too good (the winner's curse), so that a search sees the first training
 * of each network, and its result is scored by the mean of the others.
 *
 * @param seen what searches see
 * @param trainings {@code [networks][trainings]}: the first is the one that is seen; empty if no
 *     training is held out
 * @param predictionError of the accuracies that are predicted from others; empty if none is
 */
record Accuracies(AccuracyTable seen, double[][] trainings, OptionalDouble predictionError) {

  /** One accuracy for each network. */
  static Accuracies of(AccuracyTable table) {
    return new Accuracies(table, new double[0][], OptionalDouble.empty());
  }

  /**
   * One accuracy for each network, some of them predicted.
   *
   * @param error on held-out networks, a fraction
   */
  static Accuracies predicted(AccuracyTable table, double error) {
    return new Accuracies(table, new double[0][], OptionalDouble.of(error));
  }

  /**
   * Writes what searches see into a table: the first training if every network has several,
   * otherwise the mean of each.
   *
   * @param table without values
   * @param trainings at least one of each network
   */
  static Accuracies of(AccuracyTable table, double[][] trainings) {
    boolean several = Arrays.stream(trainings).allMatch(t -> t.length > 1);
    for (int n = 0; n < trainings.length; n++) {
      double mean = Arrays.stream(trainings[n]).average().orElseThrow();
      table.set(n, several ? trainings[n][0] : mean);
    }
    return several ? new Accuracies(table, trainings, OptionalDouble.empty()) : of(table);
  }

  /** All trainings of a network; empty if none is held out. */
  double[] trainings(int network) {
    return trainings.length == 0 ? new double[0] : trainings[network].clone();
  }
}
