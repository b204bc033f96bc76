package dance.command;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.Fidelity;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;
import dance.report.Column;
import dance.report.FidelityRows;
import dance.report.Rows;
import dance.report.TextTable;
import dance.report.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fidelity of an evaluator, as text and as a JSON object.
 *
 * @param fidelity the measurements
 * @param trainSeconds duration of its training
 * @param columns of other known quantities
 */
record FidelityReport(
    Fidelity fidelity, double trainSeconds, List<Column<FidelityReport>> columns) {
  private static final int GRADIENTS = 500;

  static FidelityReport of(Fidelity fidelity, double trainSeconds) {
    return new FidelityReport(
        fidelity,
        trainSeconds,
        List.of(
            new Column<>(
                "training time", "train_seconds", Unit.SECONDS, FidelityReport::trainSeconds)));
  }

  /** Trains for EDAP, and measures the speed of the result. */
  static FidelityReport ofTraining(CostTable table, EvaluatorOptions options, Progress progress) {
    try (NeuralEvaluator made = NeuralEvaluator.train(table, Objective.EDAP, options, progress)) {
      FidelityReport report = of(made.fidelity(), made.trainSeconds());
      gradients(made); // warm-up
      double speed = gradients(made);
      List<Column<FidelityReport>> columns = new ArrayList<>(report.columns);
      columns.add(Column.of("seed", "seed", r -> options.seed()));
      columns.add(
          Column.of("feature forwarding", "feature_forwarding", r -> options.featureForwarding()));
      columns.add(new Column<>("gradients", "gradients_per_second", Unit.of("1/s"), r -> speed));
      return new FidelityReport(report.fidelity, report.trainSeconds, columns);
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

  Map<String, Object> object() {
    Map<String, Object> object = FidelityRows.object(fidelity);
    object.putAll(Rows.object(columns, this));
    return object;
  }

  @Override
  public String toString() {
    return fidelity + TextTable.pairs(columns, this);
  }
}
