package dance.evaluate.neural;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.SyntheticModel;
import java.util.EnumMap;
import java.util.Map;

/**
 * Trained evaluators of {@link SyntheticModel}'s tiny networks and few accelerators for EDAP: one
 * of each form for all tests of a JVM that only ask it. Nobody closes them.
 */
final class TrainedEvaluators {
  static final CostTable TABLE = SyntheticModel.table(SyntheticModel.tiny(), SyntheticModel.few());

  private static final Map<EvaluatorOptions.Form, NeuralEvaluator> TRAINED =
      new EnumMap<>(EvaluatorOptions.Form.class);

  private TrainedEvaluators() {}

  /** One that knows a little: a width of 24, 60 steps. */
  static synchronized NeuralEvaluator tiny(EvaluatorOptions.Form form) {
    return TRAINED.computeIfAbsent(
        form,
        f ->
            NeuralEvaluator.train(
                TABLE,
                Objective.EDAP,
                (f == EvaluatorOptions.Form.PAPER
                        ? EvaluatorOptions.paper()
                        : EvaluatorOptions.defaults())
                    .width(24)
                    .batch(48, 0.005)
                    .steps(60, 60),
                Progress.SILENT));
  }
}
