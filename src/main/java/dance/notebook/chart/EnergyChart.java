package dance.notebook.chart;

import dance.check.Rules;
import dance.cost.Ledger;
import dance.cost.Measured;
import dance.cost.Metric;
import dance.cost.SignificantDigits;
import dance.simulate.Compared;
import dance.simulate.Explain;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapping.Evaluation;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.CategoryChart;

/**
 * Energy breakdown: the accounts of the ledger as stacked bars, with a hue for each memory level
 * and a shade of it for each operand; accounts without operand are grey. They sum to the total
 * energy.
 */
public final class EnergyChart {
  private static final double PJ_PER_MJ = 1e9;

  private EnergyChart() {}

  /** Energy at a level for an operand; either may be empty. */
  private record Account(String level, String operand) {
    static Account of(Ledger.Entry entry) {
      return switch (entry.action()) {
        case LEAK -> new Account("leakage", "");
        // the leakage of the MAC units is separate, as elsewhere MAC includes both
        case COMPUTE -> new Account(entry.level() + " operations", "");
        default -> new Account(entry.level(), entry.operand());
      };
    }

    String label() {
      return operand.isEmpty() ? level : level + " " + operand.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One bar per layer of the network, with all its repeats.
   *
   * @throws IllegalArgumentException if there are no layers
   */
  public static CategoryChart of(NetworkEvaluation evaluation) {
    Map<String, Map<Account, Double>> bars = new LinkedHashMap<>();
    for (LayerEvaluation layer : evaluation.layers()) {
      add(bars.computeIfAbsent(layer.layer().name(), n -> new LinkedHashMap<>()), layer);
    }
    return chart("Energy: " + Charts.title(evaluation), "layer", bars);
  }

  /**
   * One bar per evaluation, named by what differs: network, accelerator, dataflow.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static CategoryChart of(List<NetworkEvaluation> evaluations) {
    List<Function<NetworkEvaluation, String>> parts =
        List.of(
            e -> e.network().name(),
            e -> e.accelerator().name(),
            e -> SignificantDigits.words(e.accelerator().dataflow()));
    List<String> common = new ArrayList<>();
    List<Function<NetworkEvaluation, String>> different = new ArrayList<>();
    for (Function<NetworkEvaluation, String> part : parts) {
      List<String> values = evaluations.stream().map(part).distinct().toList();
      if (values.size() == 1) {
        common.add(values.get(0));
      } else {
        different.add(part);
      }
    }
    Map<String, Map<Account, Double>> bars = new LinkedHashMap<>();
    for (NetworkEvaluation evaluation : evaluations) {
      String name = String.join(", ", different.stream().map(p -> p.apply(evaluation)).toList());
      Map<Account, Double> bar = bars.computeIfAbsent(name, n -> new LinkedHashMap<>());
      evaluation.layers().forEach(layer -> add(bar, layer));
    }
    return chart("Energy: " + String.join(", ", common), "", bars);
  }

  /**
   * One bar per mapping of a layer.
   *
   * @throws IllegalArgumentException if there are none, or a result is not that of one mapping
   */
  public static CategoryChart of(Measured... mappings) {
    Map<String, Map<Account, Double>> bars = new LinkedHashMap<>();
    for (Measured mapping : mappings) {
      String name = Compared.of(mapping).result();
      String title = bars.containsKey(name) ? name + ", " + (bars.size() + 1) : name;
      add(bars.computeIfAbsent(title, n -> new LinkedHashMap<>()), Explain.evaluation(mapping), 1);
    }
    return chart("Energy of mappings", "", bars);
  }

  private static void add(Map<Account, Double> bar, LayerEvaluation layer) {
    add(bar, layer.evaluation(), layer.repeats());
  }

  private static void add(Map<Account, Double> bar, Evaluation evaluation, int repeats) {
    for (Ledger.Entry entry : evaluation.ledger().entries()) {
      double mj = repeats * entry.energyPj() / PJ_PER_MJ;
      bar.merge(Account.of(entry), mj, Double::sum);
    }
  }

  private static CategoryChart chart(
      String title, String axis, Map<String, Map<Account, Double>> bars) {
    new Rules().require(!bars.isEmpty(), "a chart of energies needs at least one bar").check();
    List<String> names = List.copyOf(bars.keySet());
    double[] heights =
        bars.values().stream()
            .mapToDouble(bar -> bar.values().stream().mapToDouble(mj -> mj).sum())
            .toArray();
    Rules rules = new Rules();
    for (int i = 0; i < heights.length; i++) {
      rules.require(
          Double.isFinite(heights[i]),
          "energy of %s must be finite, not %s",
          names.get(i),
          heights[i]);
    }
    rules.check();
    AxisRange y = AxisRange.fromZero(heights);
    CategoryChart chart = Charts.bars(title, axis, Metric.ENERGY.heading(), y);
    List<String> labels = Names.shown(names);
    boolean upright =
        names.size() > 8 || labels.stream().anyMatch(n -> n.length() > 90 / names.size());
    chart
        .getStyler()
        .setStacked(true)
        .setAvailableSpaceFill(names.size() > 8 ? 0.9 : 0.5)
        .setXAxisLabelRotation(upright ? 90 : 0)
        .setXAxisMaxLabelCount(PaperTheme.labels(names.size()))
        .setLegendPadding(3);
    Map<Account, Color> colors = colors(bars);
    colors.forEach(
        (account, color) -> {
          var series =
              chart.addSeries(
                  account.label(),
                  labels,
                  bars.values().stream()
                      .map(bar -> y.place(bar.getOrDefault(account, 0.0)))
                      .toList());
          series.setLabel(Names.shown(account.label()));
          series.setFillColor(color);
        });
    return Charts.legend(chart);
  }

  /** Colors of the non-zero accounts: outermost level first, then accounts without operand. */
  private static Map<Account, Color> colors(Map<String, Map<Account, Double>> bars) {
    Map<Account, Double> sums = new LinkedHashMap<>();
    bars.values().forEach(bar -> bar.forEach((a, mj) -> sums.merge(a, mj, Double::sum)));
    List<String> levels = distinct(sums, Account::level);
    List<String> operands = distinct(sums, Account::operand);
    // a chart has at least one series
    sums.values().removeIf(mj -> mj == 0 && sums.values().stream().anyMatch(other -> other > 0));
    Map<Account, Color> colors = new LinkedHashMap<>();
    for (int l = 0; l < levels.size(); l++) {
      for (int o = 0; o < operands.size(); o++) {
        Account account = new Account(levels.get(l), operands.get(o));
        if (sums.containsKey(account)) {
          Color hue = Palette.level(l);
          colors.put(account, Palette.tint(hue, Math.min(0.75, 0.28 * o)));
        }
      }
    }
    double white = 0.2;
    for (Account account : sums.keySet()) {
      if (account.operand.isEmpty()) {
        colors.put(account, Palette.tint(Palette.BLACK, white));
        white = Math.min(0.8, white + 0.3);
      }
    }
    return colors;
  }

  private static List<String> distinct(Map<Account, Double> sums, Function<Account, String> part) {
    return sums.keySet().stream().filter(a -> !a.operand.isEmpty()).map(part).distinct().toList();
  }
}
