package dance.command;

import dance.cost.Figures;
import dance.cost.Metric;
import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.Fidelity;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.TextTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fidelity of an evaluator, as text and as the members of a JSON object.
 *
 * @param fidelity the measurements
 * @param more other values by their JSON names, such as {@code train_seconds}
 */
record FidelityReport(Fidelity fidelity, Map<String, Object> more) {
  private static final int GRADIENTS = 500;

  static FidelityReport of(Fidelity fidelity, double trainSeconds) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("train_seconds", trainSeconds);
    return new FidelityReport(fidelity, more);
  }

  /** Trains for EDAP, and measures the speed of the result. */
  static FidelityReport ofTraining(CostTable table, EvaluatorOptions options, Progress progress) {
    try (NeuralEvaluator made = NeuralEvaluator.train(table, Objective.EDAP, options, progress)) {
      FidelityReport report = of(made.fidelity(), made.trainSeconds());
      report.more.put("seed", options.seed());
      report.more.put("feature_forwarding", options.featureForwarding());
      gradients(made); // warm-up
      report.more.put("gradients_per_second", gradients(made));
      return report;
    }
  }

  private static double gradients(NeuralEvaluator evaluator) {
    double[] uniform = evaluator.networkSpace().uniform();
    double[] metrics = new double[3];
    double[] gradient = new double[uniform.length];
    long start = System.nanoTime();
    for (int i = 0; i < GRADIENTS; i++) {
      evaluator.expected(uniform, Objective.EDAP, metrics, gradient);
    }
    return GRADIENTS / ((System.nanoTime() - start) / 1e9);
  }

  Map<String, Object> structure() {
    Map<String, Object> all = new LinkedHashMap<>(sample(fidelity.all()));
    all.put("near_optimum", sample(fidelity.nearOptimum()));
    all.putAll(more);
    return all;
  }

  private static Map<String, Object> sample(Fidelity.Sample sample) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("networks", sample.networks());
    all.put("heads", sample.heads());
    all.put("all_heads", sample.allHeads());
    Map<String, Object> errors = new LinkedHashMap<>();
    sample.errors().forEach((metric, error) -> errors.put(name(metric), error(error)));
    all.put("error", errors);
    all.put("spearman", byName(sample.spearman()));
    all.put("kendall", byName(sample.kendall()));
    all.put("regret", error(sample.regret()));
    return all;
  }

  private static Map<String, Object> error(Fidelity.Error error) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("mean", error.mean());
    figures.put("median", error.median());
    figures.put("p99", error.p99());
    return figures;
  }

  private static Map<String, Object> byName(Map<Metric, Double> figures) {
    Map<String, Object> named = new LinkedHashMap<>();
    figures.forEach((metric, figure) -> named.put(name(metric), figure));
    return named;
  }

  private static String name(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    Map<String, String> figures = new LinkedHashMap<>();
    more.forEach(
        (name, value) ->
            figures.put(
                name.replace('_', ' '),
                value instanceof Double number ? Figures.measure(number) : value.toString()));
    return fidelity + TextTable.pairs(figures).toString();
  }
}
