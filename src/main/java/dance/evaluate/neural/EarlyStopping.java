package dance.evaluate.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dance.cost.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Trains one network, with validation and early stopping. */
final class EarlyStopping {
  private static final int VALIDATE_EVERY = 250;
  private static final long TELL_EVERY_NANOS = 250_000_000;

  private final ResidualPerceptron network;
  private final EvaluatorOptions options;
  private final int steps;
  private final Progress progress;
  private double best = Double.POSITIVE_INFINITY;
  private List<float[]> bestWeights = List.of();

  EarlyStopping(
      ResidualPerceptron network, EvaluatorOptions options, int steps, Progress progress) {
    this.network = network;
    this.options = options;
    this.steps = steps;
    this.progress = progress;
  }

  /**
   * Trains until all steps are done, or validation has not improved for {@code patience} times;
   * then restores the weights of the best validation and freezes them.
   *
   * @param source makes the examples of a step; called by a thread of its own
   * @param loss of the examples; its arrays must belong to the given manager
   * @param validation the error to minimise
   * @return number of steps
   * @throws CancellationException if the thread is interrupted
   */
  <E> int run(
      String task,
      Supplier<E> source,
      BiFunction<NDManager, E, NDArray> loss,
      DoubleSupplier validation) {
    long start = System.nanoTime();
    long told = start;
    int worse = 0;
    int done = 0;
    double smoothed = Double.NaN;
    try (Prefetcher<E> ahead = new Prefetcher<>(source);
        NDManager state = Torch.manager()) {
      Adam adam = new Adam(network, state);
      while (done < steps && worse < options.patience()) {
        double value = step(ahead.take(), loss, adam, rate(done), state);
        smoothed = done == 0 ? value : 0.98 * smoothed + 0.02 * value;
        done++;
        if (done % VALIDATE_EVERY == 0 || done == steps) {
          worse = validate(validation.getAsDouble()) ? 0 : worse + 1;
        }
        if (System.nanoTime() - told > TELL_EVERY_NANOS) {
          told = System.nanoTime();
          progress.at(state(task, done, steps, told - start, smoothed));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException(task + " was cancelled after " + done + " steps");
    }
    restore();
    network.freezeParameters(true);
    progress.at(state(task, done, done, System.nanoTime() - start, smoothed));
    return done;
  }

  /** The smallest validation error. */
  double error() {
    return best;
  }

  private double rate(int done) {
    return options.learningRate() * 0.5 * (1 + Math.cos(Math.PI * done / steps));
  }

  private static <E> double step(
      E examples, BiFunction<NDManager, E, NDArray> loss, Adam adam, double rate, NDManager state) {
    try (NDManager scratch = state.newSubManager()) {
      double value;
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray mean = loss.apply(scratch, examples);
        collector.backward(mean);
        value = mean.getFloat();
      }
      if (!Double.isFinite(value)) {
        throw new ArithmeticException(
            "loss is " + value + ". Maybe a smaller learning rate than " + rate + " helps.");
      }
      adam.step(rate, scratch);
      return value;
    }
  }

  private boolean validate(double error) {
    if (!(error < best)) {
      return false;
    }
    best = error;
    bestWeights = new ArrayList<>();
    for (Parameter parameter : network.getParameters().values()) {
      bestWeights.add(parameter.getArray().toFloatArray());
    }
    return true;
  }

  private void restore() {
    for (int i = 0; i < bestWeights.size(); i++) {
      Torch.set(network.getParameters().valueAt(i).getArray(), bestWeights.get(i));
    }
  }

  private Progress.State state(String task, int done, int total, long nanos, double loss) {
    String note = String.format(Locale.ROOT, "loss %.3g", loss);
    if (best < Double.POSITIVE_INFINITY) {
      note += String.format(Locale.ROOT, ", validation error %.3f %%", 100 * best);
    }
    return Progress.State.of(task, "steps", done, total, done, nanos / 1e9).note(note);
  }
}
