package dance.search;

import dance.check.Rules;
import java.util.SplittableRandom;

/**
 * Co-exploration by REINFORCE (Williams, Machine Learning 1992), as in the baselines of the paper.
 * The policy draws every operation and every value of the accelerator independently, from one
 * softmax each (our reading; others use a recurrent controller). After each batch its logits ascend
 * the gradient
 *
 * <pre>  mean of (reward − baseline) ∇ ln π(sample) + w ∇ entropy</pre>
 *
 * where the reward is the value, with a penalty if infeasible, and the baseline a running mean.
 *
 * @param evaluations default number, for an unlimited budget
 * @param batch samples per step
 * @param learningRate of the ascent, for rewards divided by their running standard deviation
 * @param entropyWeight w
 */
public record Reinforce(long evaluations, int batch, double learningRate, double entropyWeight)
    implements SearchMethod {
  private static final double DECAY = 0.95;

  /**
   * @throws IllegalArgumentException naming each number out of range
   */
  public Reinforce {
    new Rules()
        .require(batch >= 1, "batch (%d) must be at least 1", batch)
        .require(
            learningRate > 0 && Double.isFinite(learningRate),
            "learning rate (%s) must be positive and finite",
            learningRate)
        .require(
            entropyWeight >= 0 && Double.isFinite(entropyWeight),
            "entropy weight (%s) must be finite and not negative",
            entropyWeight)
        .check();
  }

  /** With 10,000 evaluations, in batches of 10. */
  public static Reinforce defaults() {
    return new Reinforce(10_000, 10, 0.1, 0.01);
  }

  @Override
  public String name() {
    return "REINFORCE";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    EvaluationLog log = new EvaluationLog(name(), problem, seed, budget, watch, evaluations);
    JointSpace space = new JointSpace(problem.task().space(), problem.table().acceleratorSpace());
    SplittableRandom random = new SplittableRandom(seed);
    double[][] logits = new double[space.length()][];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = new double[space.size(i)];
    }
    int[][] samples = new int[batch][logits.length];
    double[] rewards = new double[batch];
    double mean = 0;
    double square = 0;
    double weight = 0;
    while (log.more()) {
      int count = 0;
      while (count < batch && log.more()) {
        for (int i = 0; i < logits.length; i++) {
          samples[count][i] = draw(softmax(logits[i]), random);
        }
        int[] vector = samples[count];
        rewards[count++] = log.evaluate(space.choice(vector), space.designIndex(vector)).reward();
      }
      for (int s = 0; s < count; s++) {
        mean = DECAY * mean + (1 - DECAY) * rewards[s];
        square = DECAY * square + (1 - DECAY) * rewards[s] * rewards[s];
        weight = DECAY * weight + 1 - DECAY;
      }
      double baseline = mean / weight;
      double deviation = Math.sqrt(Math.max(1e-12, square / weight - baseline * baseline));
      for (int i = 0; i < logits.length; i++) {
        ascend(logits[i], i, samples, rewards, count, baseline, deviation);
      }
    }
    return log.result();
  }

  private void ascend(
      double[] logits,
      int place,
      int[][] samples,
      double[] rewards,
      int count,
      double baseline,
      double deviation) {
    double[] p = softmax(logits);
    double entropy = 0;
    for (double each : p) {
      entropy -= each * Math.log(Math.max(each, 1e-30));
    }
    for (int v = 0; v < logits.length; v++) {
      double sum = 0;
      for (int s = 0; s < count; s++) {
        double advantage = (rewards[s] - baseline) / deviation;
        sum += advantage * ((samples[s][place] == v ? 1 : 0) - p[v]);
      }
      double byEntropy = -p[v] * (Math.log(Math.max(p[v], 1e-30)) + entropy);
      logits[v] += learningRate * (sum / count + entropyWeight * byEntropy);
    }
  }

  private static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - largest);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static int draw(double[] p, SplittableRandom random) {
    double left = random.nextDouble();
    int i = 0;
    while (i < p.length - 1 && left >= p[i]) {
      left -= p[i++];
    }
    return i;
  }
}
