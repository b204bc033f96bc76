package dance.search;

import dance.cost.Objective;
import dance.evaluate.Evaluator;
import dance.evaluate.Fidelity;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;

/** An evaluator that threads use in turn. */
final class SharedEvaluator implements Evaluator {
  private final Evaluator evaluator;

  SharedEvaluator(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public NetworkSpace networkSpace() {
    return evaluator.networkSpace();
  }

  @Override
  public AcceleratorSpace acceleratorSpace() {
    return evaluator.acceleratorSpace();
  }

  @Override
  public Objective objective() {
    return evaluator.objective();
  }

  @Override
  public synchronized int design(double[] probabilities) {
    return evaluator.design(probabilities);
  }

  @Override
  public synchronized double expected(
      double[] probabilities, Objective loss, double[] metrics, double[] gradient) {
    return evaluator.expected(probabilities, loss, metrics, gradient);
  }

  @Override
  public synchronized void on(int design, double[] probabilities, double[] metrics) {
    evaluator.on(design, probabilities, metrics);
  }

  @Override
  public synchronized Fidelity fidelity() {
    return evaluator.fidelity();
  }
}
