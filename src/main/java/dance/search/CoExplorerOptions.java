package dance.search;

import dance.check.Copy;
import dance.check.Rules;
import java.nio.file.Path;

/**
 * Options of {@link CoExplorer} and the other gradient searches. The text is one flat list, which
 * identifies checkpoints and recipes: interrupted searches resume independent of the nesting.
 *
 * @param attempts number and length of the attempts
 * @param temperature of the softmax, with geometric decay
 * @param gumbel whether gates have Gumbel noise; always for tasks that need samples
 * @param phases start of the steps of α and of the full λ
 * @param entropy weight of the entropy in the loss, linear: negative favours exploration, positive
 *     favours one-hot choices
 * @param refine whether each attempt ends with {@link Refinement}; not for tasks that need samples
 * @param limits treatment of the constraints of the objective
 * @param checkpoints folder for checkpoints, from which an interrupted search resumes; null for
 *     none
 */
public record CoExplorerOptions(
    Attempts attempts,
    Schedule temperature,
    boolean gumbel,
    Phases phases,
    Schedule entropy,
    boolean refine,
    Limits limits,
    Path checkpoints) {

  /**
   * The attempts of a search.
   *
   * @param epochs of one attempt
   * @param stepsPerEpoch steps of α per epoch
   * @param restarts number of attempts; the best is the result
   * @param learningRate of Adam on α
   * @param spread standard deviation of the normal noise on the initial α of all attempts but the
   *     first, which starts uniform
   */
  public record Attempts(
      int epochs, int stepsPerEpoch, int restarts, double learningRate, double spread) {}

  /**
   * A value that changes over the steps of α.
   *
   * @param first at the start
   * @param last at the end
   */
  public record Schedule(double first, double last) {}

  /**
   * The phases of an attempt.
   *
   * @param weightsFirst fraction of the steps, at the start of an attempt, that train only the
   *     weights, with α frozen; schedules of α begin after it
   * @param warmUp fraction of the remaining steps in which λ rises from 0 to its full value
   */
  public record Phases(double weightsFirst, double warmUp) {}

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

  /**
   * @throws IllegalArgumentException naming each number out of range
   */
  public CoExplorerOptions {
    new Rules()
        .require(attempts.epochs >= 1, "epochs (%d) must be at least 1", attempts.epochs)
        .require(
            attempts.stepsPerEpoch >= 1,
            "steps per epoch (%d) must be at least 1",
            attempts.stepsPerEpoch)
        .require(attempts.restarts >= 1, "restarts (%d) must be at least 1", attempts.restarts)
        .require(
            attempts.learningRate > 0 && Double.isFinite(attempts.learningRate),
            "learning rate (%s) must be positive and finite",
            attempts.learningRate)
        .require(
            attempts.spread >= 0 && Double.isFinite(attempts.spread),
            "spread (%s) must be finite and not negative",
            attempts.spread)
        .require(
            temperature.first > 0 && Double.isFinite(temperature.first),
            "first temperature (%s) must be positive and finite",
            temperature.first)
        .require(
            temperature.last > 0 && Double.isFinite(temperature.last),
            "last temperature (%s) must be positive and finite",
            temperature.last)
        .require(
            phases.weightsFirst >= 0 && phases.weightsFirst < 1,
            "weights-first (%s) must be a fraction from 0 to below 1",
            phases.weightsFirst)
        .require(
            phases.warmUp >= 0 && phases.warmUp <= 1,
            "warm-up (%s) must be a fraction, 0…1",
            phases.warmUp)
        .require(
            Double.isFinite(entropy.first) && Double.isFinite(entropy.last),
            "entropy weights (%s and %s) must be finite",
            entropy.first,
            entropy.last)
        .require(limits != null, "limits must be ignored or hard")
        .check();
  }

  // one attempt of one step, constant schedules, no refinement: the presets below name what differs
  private static final CoExplorerOptions PLAIN =
      new CoExplorerOptions(
          new Attempts(1, 1, 1, 1, 0),
          new Schedule(1, 1),
          false,
          new Phases(0, 0),
          new Schedule(0, 0),
          false,
          Limits.HARD,
          null);

  /**
   * Defaults for tables: many attempts of few steps from different initial α, as the result depends
   * on initialisation and refinement more than on the number of steps.
   */
  public static CoExplorerOptions defaults() {
    return PLAIN
        .epochs(1, 5)
        .restarts(14, 1)
        .learningRate(0.3)
        .temperatures(1, 0.3)
        .gumbel(true)
        .warmUp(0.2)
        .entropy(0, 0.01)
        .refine(true);
  }

  /**
   * Defaults for tasks that train: one attempt, in which shared weights are trained for long before
   * α converges.
   */
  public static CoExplorerOptions training() {
    return PLAIN.epochs(30, 20).learningRate(0.02).temperatures(1, 0.3).gumbel(true).warmUp(0.5);
  }

  /** Defaults for a supernet whose weights are trained: one attempt of few steps. */
  public static CoExplorerOptions supernet() {
    return PLAIN
        .epochs(10, 8)
        .learningRate(0.1)
        .temperatures(1, 0.3)
        .gumbel(true)
        .warmUp(0.2)
        .limits(Limits.HARD);
  }

  /** {@link #training} for a task that trains, otherwise {@link #defaults}. */
  public static CoExplorerOptions usual(boolean trains) {
    return trains ? training() : defaults();
  }

  /** Epochs of one attempt. */
  public int epochs() {
    return attempts.epochs;
  }

  /** Steps of α per epoch. */
  public int stepsPerEpoch() {
    return attempts.stepsPerEpoch;
  }

  /** Number of attempts; the best is the result. */
  public int restarts() {
    return attempts.restarts;
  }

  /** Learning rate of Adam on α. */
  public double learningRate() {
    return attempts.learningRate;
  }

  /** Standard deviation of the noise on the initial α of all attempts but the first. */
  public double spread() {
    return attempts.spread;
  }

  /** Fraction of an attempt that trains only the weights. */
  public double weightsFirst() {
    return phases.weightsFirst;
  }

  /** Fraction of the remaining steps in which λ rises. */
  public double warmUp() {
    return phases.warmUp;
  }

  /** With this number of epochs, at the same number of steps per epoch. */
  public CoExplorerOptions epochs(int count) {
    return epochs(count, attempts.stepsPerEpoch);
  }

  /** With this number of epochs and of steps per epoch. */
  public CoExplorerOptions epochs(int count, int steps) {
    return attempts(Copy.with(attempts, "epochs", count, "stepsPerEpoch", steps));
  }

  /** With this number of attempts and standard deviation of the initial noise. */
  public CoExplorerOptions restarts(int count, double deviation) {
    return attempts(Copy.with(attempts, "restarts", count, "spread", deviation));
  }

  /** With another learning rate. */
  public CoExplorerOptions learningRate(double rate) {
    return attempts(Copy.with(attempts, "learningRate", rate));
  }

  /** With α frozen for this fraction of an attempt, while weights are trained. */
  public CoExplorerOptions weightsFirst(double fraction) {
    return phases(Copy.with(phases, "weightsFirst", fraction));
  }

  /** With λ rising over this fraction of the steps of α. */
  public CoExplorerOptions warmUp(double fraction) {
    return phases(Copy.with(phases, "warmUp", fraction));
  }

  /** With other temperatures at the start and at the end. */
  public CoExplorerOptions temperatures(double first, double last) {
    return temperature(new Schedule(first, last));
  }

  /** With other entropy weights at the start and at the end. */
  public CoExplorerOptions entropy(double first, double last) {
    return entropy(new Schedule(first, last));
  }

  /** With other attempts. */
  public CoExplorerOptions attempts(Attempts other) {
    return Copy.with(this, "attempts", other);
  }

  /** With another temperature. */
  public CoExplorerOptions temperature(Schedule other) {
    return Copy.with(this, "temperature", other);
  }

  /** With or without Gumbel noise. */
  public CoExplorerOptions gumbel(boolean other) {
    return Copy.with(this, "gumbel", other);
  }

  /** With other phases. */
  public CoExplorerOptions phases(Phases other) {
    return Copy.with(this, "phases", other);
  }

  /** With another weight of the entropy. */
  public CoExplorerOptions entropy(Schedule other) {
    return Copy.with(this, "entropy", other);
  }

  /** With or without refinement at the end of each attempt. */
  public CoExplorerOptions refine(boolean other) {
    return Copy.with(this, "refine", other);
  }

  /** With constraints ignored or hard. */
  public CoExplorerOptions limits(Limits other) {
    return Copy.with(this, "limits", other);
  }

  /** With checkpoints in a folder, from which the same search resumes if there are any. */
  public CoExplorerOptions checkpoints(Path other) {
    return Copy.with(this, "checkpoints", other);
  }

  /** A flat list of all values: part of the identity of a checkpoint, so its format is fixed. */
  @Override
  public String toString() {
    return ("CoExplorerOptions[epochs=%s, stepsPerEpoch=%s, restarts=%s, learningRate=%s,"
            + " spread=%s, firstTemperature=%s, lastTemperature=%s, gumbel=%s, weightsFirst=%s,"
            + " warmUp=%s, firstEntropyWeight=%s, lastEntropyWeight=%s, refine=%s, limits=%s,"
            + " checkpoints=%s]")
        .formatted(
            attempts.epochs,
            attempts.stepsPerEpoch,
            attempts.restarts,
            attempts.learningRate,
            attempts.spread,
            temperature.first,
            temperature.last,
            gumbel,
            phases.weightsFirst,
            phases.warmUp,
            entropy.first,
            entropy.last,
            refine,
            limits,
            checkpoints);
  }
}
