package dance.search;

import dance.cost.Objective;
import dance.evaluate.Evaluator;
import dance.evaluate.Fidelity;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;

/**
 * An evaluator that threads use in turn, with a lock for all instances: DJL's PyTorch has one
 * gradient collector per process.
 */
final class SharedEvaluator implements Evaluator {
  private static final Object TURN = new Object();

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
  public int designIndex(double[] probabilities) {
    synchronized (TURN) {
      return evaluator.designIndex(probabilities);
    }
  }

  @Override
  public double expected(
      double[] probabilities, Objective loss, double[] metrics, double[] gradient) {
    synchronized (TURN) {
      return evaluator.expected(probabilities, loss, metrics, gradient);
    }
  }

  @Override
  public void on(int designIndex, double[] probabilities, double[] metrics) {
    synchronized (TURN) {
      evaluator.on(designIndex, probabilities, metrics);
    }
  }

  @Override
  public String fingerprint() {
    synchronized (TURN) {
      return evaluator.fingerprint();
    }
  }

  @Override
  public Fidelity fidelity() {
    synchronized (TURN) {
      return evaluator.fidelity();
    }
  }
}
