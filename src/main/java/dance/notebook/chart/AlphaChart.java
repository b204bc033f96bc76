package dance.notebook.chart;

import dance.check.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;

/** Convergence of a search: the probability of every choice by epoch. */
public final class AlphaChart {
  /** Maximum number of columns; of more epochs every second, third, … is shown. */
  private static final int MOST_EPOCHS = 500;

  private AlphaChart() {}

  /**
   * The heat map.
   *
   * @param title subject; "probability" is added if it is missing, as the color bar has no title
   * @param choices names of the choices, such as the operations of a block
   * @param probabilities {@code [epochs, choices]}, each 0…1
   * @throws IllegalArgumentException if there are no epochs, if an epoch has another number of
   *     choices, or if a probability is out of range
   */
  public static HeatMapChart of(String title, List<String> choices, double[][] probabilities) {
    Rules rules = new Rules().require(probabilities.length > 0, "a trace needs an epoch");
    for (int epoch = 0; epoch < probabilities.length; epoch++) {
      double[] row = probabilities[epoch];
      rules
          .require(
              row.length == choices.size(),
              "epoch %d has %d probabilities for %d choices",
              epoch + 1,
              row.length,
              choices.size())
          .require(
              Arrays.stream(row).allMatch(p -> p >= 0 && p <= 1),
              "probabilities %s of epoch %d must be 0…1",
              Arrays.toString(row),
              epoch + 1);
    }
    rules.require(!choices.isEmpty(), "a trace needs a choice").check();
    int every = (probabilities.length + MOST_EPOCHS - 1) / MOST_EPOCHS;
    double[][] shown =
        IntStream.range(0, (probabilities.length + every - 1) / every)
            .mapToObj(i -> probabilities[i * every])
            .toArray(double[][]::new);
    int step = Math.max(1, 5 * (int) Math.ceil(shown.length / 60.0));
    // the axis cannot lay out an empty label
    List<String> epochs =
        IntStream.rangeClosed(1, shown.length)
            .mapToObj(i -> i == 1 || i % step == 0 ? Integer.toString((i - 1) * every + 1) : " ")
            .toList();
    HeatMapChart chart =
        HeatMap.of(
            title.contains("probability") ? title : title + ": probability",
            "epoch",
            epochs,
            "",
            choices,
            shown,
            new AxisRange(0, 1, false),
            false);
    chart.getStyler().setXAxisMaxLabelCount(PaperTheme.labels(epochs.size()));
    return chart;
  }
}
