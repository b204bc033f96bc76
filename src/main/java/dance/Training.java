package dance;

import dance.cost.Objective;
import dance.cost.Progress;
import dance.evaluate.CostTable;
import dance.evaluate.neural.EvaluatorOptions;
import dance.evaluate.neural.NeuralEvaluator;

/** What needs DJL; apart from the verbs, which load without it. */
final class Training {
  private Training() {}

  static NeuralEvaluator evaluator(CostTable table, Objective objective, EvaluatorOptions options) {
    return NeuralEvaluator.train(table, objective, options, Progress.shown());
  }
}
