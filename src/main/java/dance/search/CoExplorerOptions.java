package dance.search;

import dance.check.Rules;
import java.nio.file.Path;

/**
 * How {@link CoExplorer} and its relatives search.
 *
 * @param epochs of one attempt
 * @param stepsPerEpoch steps of α in an epoch
 * @param restarts attempts; the best is the result
 * @param learningRate of Adam on α
 * @param spread deviation of the normal noise with which the second attempt and all after it begin;
 *     the first begins in the middle
 * @param firstTemperature of the softmax at the start
 * @param lastTemperature at the end; in between it falls geometrically
 * @param gumbel whether gates have Gumbel noise; a task that wants samples has it always
 * @param weightsFirst part of an attempt, at its start, in which only what a task trains is trained
 *     while α rests; schedules of α begin after it
 * @param warmUp part of the rest in which λ rises from 0 to its full value
 * @param firstEntropyWeight of the entropy in the loss at the start: negative keeps choices open
 * @param lastEntropyWeight at the end: positive decides them; in between linear
 * @param refine whether each attempt ends with {@link Refinement}; not where samples are wanted
 * @param limits what is done about the limits of the objective
 * @param checkpoints folder for checkpoints, from which an interrupted search goes on; null for
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

  /** What a search does about limits. */
  public enum Limits {
    /** Nothing: cost is weighed by λ alone, as in the paper. */
    IGNORED,
    /**
     * The gradient is turned towards the limits while they are exceeded (HDX), and the result is
     * certified by the exact costs.
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
            "weights-first (%s) must be a part from 0 to below 1",
            weightsFirst)
        .require(warmUp >= 0 && warmUp <= 1, "warm-up (%s) must be a part, 0…1", warmUp)
        .require(
            Double.isFinite(firstEntropyWeight) && Double.isFinite(lastEntropyWeight),
            "entropy weights (%s and %s) must be finite",
            firstEntropyWeight,
            lastEntropyWeight)
        .require(limits != null, "limits must be ignored or hard")
        .check();
  }

  /**
   * What serves tables best: many attempts of few steps, each from another start, as what decides
   * is where an attempt begins and how it is refined, not how slowly it goes.
   */
  public static CoExplorerOptions defaults() {
    return new CoExplorerOptions(
        1, 5, 14, 0.3, 1, 1, 0.3, true, 0, 0.2, 0, 0.01, true, Limits.HARD, null);
  }

  /**
   * What serves tasks that train: one attempt, in which shared weights are taught long before
   * choices are decided.
   */
  public static CoExplorerOptions training() {
    return new CoExplorerOptions(
        30, 20, 1, 0.02, 0, 1, 0.3, true, 0, 0.5, 0, 0, false, Limits.HARD, null);
  }

  /** With so many epochs, of as many steps each as before. */
  public CoExplorerOptions epochs(int count) {
    return epochs(count, stepsPerEpoch);
  }

  /** {@link #training} for a task that trains, otherwise {@link #defaults}. */
  public static CoExplorerOptions usual(boolean trains) {
    return trains ? training() : defaults();
  }

  /** With so many epochs of so many steps. */
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

  /** With so many attempts, begun with noise of this deviation. */
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

  /** With α resting while weights are trained, for this part of an attempt. */
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

  /** With λ rising over this part of an attempt, once α moves. */
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

  /** With other weights of the entropy at the start and at the end. */
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

  /** With or without refinement at the end. */
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

  /** With limits ignored or hard. */
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

  /** With checkpoints in a folder, from which the same search goes on if they are there. */
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
