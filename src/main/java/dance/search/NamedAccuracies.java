package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Accuracies from rows with columns that the user names. Where the rows are of some networks only,
 * those of the others are predicted by {@link AccuracyPredictor}, and the name of the task says how
 * well.
 *
 * @param name of the task, with the predictor's error
 * @param values accuracies and their trainings
 */
record NamedAccuracies(String name, Accuracies values) {

  /**
   * Reads rows.
   *
   * @param source name in messages
   * @throws IllegalArgumentException naming the row that is wrong, or why the other networks cannot
   *     be predicted
   */
  static NamedAccuracies of(
      String source, NetworkSpace space, List<Map<String, String>> rows, AccuracyColumns columns) {
    AccuracyTable table = new AccuracyTable(space);
    double[][] trainings = new double[table.size()][0];
    for (int r = 0; r < rows.size(); r++) {
      try {
        add(table, trainings, rows.get(r), columns);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            source + ", row " + (r + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    int[] known =
        IntStream.range(0, trainings.length).filter(n -> trainings[n].length > 0).toArray();
    if (known.length == trainings.length) {
      return new NamedAccuracies(source, Accuracies.of(table, trainings));
    }
    return predicted(source, table, trainings, known);
  }

  private static void add(
      AccuracyTable table, double[][] trainings, Map<String, String> row, AccuracyColumns columns) {
    Genotype genotype = Genotype.parse(columns.cell(row, columns.network()));
    int index = table.index(table.space().choice(genotype));
    for (String heading : columns.accuracies()) {
      for (String cell : columns.cell(row, heading).split(";")) {
        double[] before = trainings[index];
        trainings[index] = Arrays.copyOf(before, before.length + 1);
        trainings[index][before.length] = columns.fraction(cell.strip());
      }
    }
  }

  /** Searches see the mean of the trainings of a known network, and predictions of the others. */
  private static NamedAccuracies predicted(
      String source, AccuracyTable table, double[][] trainings, int[] known) {
    int blocks = table.space().blocks();
    int[][] choices = new int[known.length][blocks];
    double[] values = new double[known.length];
    for (int i = 0; i < known.length; i++) {
      table.choice(known[i], choices[i]);
      values[i] = Arrays.stream(trainings[known[i]]).average().orElseThrow();
    }
    AccuracyPredictor predictor;
    try {
      predictor = AccuracyPredictor.train(choices, values, table.size());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "%s has the accuracies of %d of the %d networks of space %s, and the others cannot be predicted: %s"
              .formatted(
                  source, known.length, table.size(), table.space().name(), refused.getMessage()),
          refused);
    }
    int[] choice = new int[blocks];
    for (int n = 0, next = 0; n < table.size(); n++) {
      table.choice(n, choice);
      boolean isKnown = next < known.length && known[next] == n;
      double value = isKnown ? values[next++] : predictor.predict(choice);
      table.set(n, Math.min(1, Math.max(0, value)));
    }
    String name =
        String.format(
            Locale.ROOT,
            "%s (%d of %d accuracies predicted: held-out error %.2f points, rank correlation %.2f)",
            source,
            table.size() - known.length,
            table.size(),
            100 * predictor.error(),
            predictor.rankCorrelation());
    return new NamedAccuracies(name, Accuracies.predicted(table, predictor.error()));
  }
}
