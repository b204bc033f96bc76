package dance.search;

import dance.check.Rules;
import java.nio.file.Path;

/**
 * Options of {@link CoExplorer} and the other gradient searches.
 *
 * @param epochs of one attempt
 * @param stepsPerEpoch steps of α per epoch
 * @param restarts number of attempts; the best is the result
 * @param learningRate of Adam on α
 * @param spread standard deviation of the normal noise on the initial α of all attempts but the
 *     first, which starts uniform
 * @param firstTemperature of the softmax at the start
 * @param lastTemperature at the end, with geometric decay
 * @param gumbel whether gates have Gumbel noise; always for tasks that need samples
 * @param weightsFirst fraction of the steps, at the start of an attempt, that train only the
 *     weights, with α frozen; schedules of α begin after it
 * @param warmUp fraction of the remaining steps in which λ rises from 0 to its full value
 * @param firstEntropyWeight of the entropy in the loss at the start: negative favours exploration
 * @param lastEntropyWeight at the end: positive favours one-hot choices; linear in between
 * @param refine whether each attempt ends with {@link Refinement}; not for tasks that need samples
 * @param limits treatment of the constraints of the objective
 * @param checkpoints folder for checkpoints, from which an interrupted search resumes; null for
 *     none
 */
public record CoExplorerOptions(
    int epochs,
    int stepsPerEpoch,
    int restarts,
    double learningRate,
    double spread,
    double firstTemperature,
    double lastTemperature,
    boolean gumbel,
    double weightsFirst,
    double warmUp,
    double firstEntropyWeight,
    double lastEntropyWeight,
    boolean refine,
    Limits limits,
    Path checkpoints) {

  /** Treatment of constraints. */
  public enum Limits {
    /** Ignored: cost is weighted by λ alone, as in the paper. */
    IGNORED,
    /**
     * The gradient is corrected towards the feasible region while constraints are violated (HDX),
     * and feasibility of the result is checked with exact costs.
     */
    HARD
  }

  public CoExplorerOptions {
    new Rules()
        .require(epochs >= 1, "epochs (%d) must be at least 1", epochs)
        .require(stepsPerEpoch >= 1, "steps per epoch (%d) must be at least 1", stepsPerEpoch)
        .require(restarts >= 1, "restarts (%d) must be at least 1", restarts)
        .require(
            learningRate > 0 && Double.isFinite(learningRate),
            "learning rate (%s) must be positive and finite",
            learningRate)
        .require(
            spread >= 0 && Double.isFinite(spread),
            "spread (%s) must be finite and not negative",
            spread)
        .require(
            firstTemperature > 0 && Double.isFinite(firstTemperature),
            "first temperature (%s) must be positive and finite",
            firstTemperature)
        .require(
            lastTemperature > 0 && Double.isFinite(lastTemperature),
            "last temperature (%s) must be positive and finite",
            lastTemperature)
        .require(
            weightsFirst >= 0 && weightsFirst < 1,
            "weights-first (%s) must be a fraction from 0 to below 1",
            weightsFirst)
        .require(warmUp >= 0 && warmUp <= 1, "warm-up (%s) must be a fraction, 0…1", warmUp)
        .require(
            Double.isFinite(firstEntropyWeight) && Double.isFinite(lastEntropyWeight),
            "entropy weights (%s and %s) must be finite",
            firstEntropyWeight,
            lastEntropyWeight)
        .require(limits != null, "limits must be ignored or hard")
        .check();
  }

  /**
   * Defaults for tables: many attempts of few steps from different initial α, as the result depends
   * on initialisation and refinement more than on the number of steps.
   */
  public static CoExplorerOptions defaults() {
    return new CoExplorerOptions(
        1, 5, 14, 0.3, 1, 1, 0.3, true, 0, 0.2, 0, 0.01, true, Limits.HARD, null);
  }

  /**
   * Defaults for tasks that train: one attempt, in which shared weights are trained for long before
   * α converges.
   */
  public static CoExplorerOptions training() {
    return new CoExplorerOptions(
        30, 20, 1, 0.02, 0, 1, 0.3, true, 0, 0.5, 0, 0, false, Limits.HARD, null);
  }

  /** With this number of epochs, at the same number of steps per epoch. */
  public CoExplorerOptions epochs(int count) {
    return epochs(count, stepsPerEpoch);
  }

  /** {@link #training} for a task that trains, otherwise {@link #defaults}. */
  public static CoExplorerOptions usual(boolean trains) {
    return trains ? training() : defaults();
  }

  /** With this number of epochs and of steps per epoch. */
  public CoExplorerOptions epochs(int count, int steps) {
    return new CoExplorerOptions(
        count,
        steps,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With this number of attempts and standard deviation of the initial noise. */
  public CoExplorerOptions restarts(int count, double deviation) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        count,
        learningRate,
        deviation,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With another learning rate. */
  public CoExplorerOptions learningRate(double rate) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        rate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With other temperatures at the start and at the end. */
  public CoExplorerOptions temperatures(double first, double last) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        first,
        last,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With or without Gumbel noise. */
  public CoExplorerOptions gumbel(boolean noise) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        noise,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With α frozen for this fraction of an attempt, while weights are trained. */
  public CoExplorerOptions weightsFirst(double part) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        part,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With λ rising over this fraction of the steps of α. */
  public CoExplorerOptions warmUp(double part) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        part,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        checkpoints);
  }

  /** With other entropy weights at the start and at the end. */
  public CoExplorerOptions entropy(double first, double last) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        first,
        last,
        refine,
        limits,
        checkpoints);
  }

  /** With or without refinement at the end of each attempt. */
  public CoExplorerOptions refine(boolean wanted) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        wanted,
        limits,
        checkpoints);
  }

  /** With constraints ignored or hard. */
  public CoExplorerOptions limits(Limits what) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        what,
        checkpoints);
  }

  /** With checkpoints in a folder, from which the same search resumes if there are any. */
  public CoExplorerOptions checkpoints(Path folder) {
    return new CoExplorerOptions(
        epochs,
        stepsPerEpoch,
        restarts,
        learningRate,
        spread,
        firstTemperature,
        lastTemperature,
        gumbel,
        weightsFirst,
        warmUp,
        firstEntropyWeight,
        lastEntropyWeight,
        refine,
        limits,
        folder);
  }
}
