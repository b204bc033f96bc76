package dance.simulate.mapper;

import dance.simulate.count.TensorSet;

/**
 * Lower bound of what accesses cost if instances of an array share them. All tensors share one
 * array, so that a product of powers of their sharings is bounded by its size ({@link
 * ArraySharing#weights}). That leaves out tensors of which an array inside unrolled a sliding axis:
 * the one factor that is left shares them like one that does not move them.
 */
final class SharedAccesses {
  private final ArraySharing sharing;
  private final double[] logCost;
  private final double[] logMost;
  private final double[] weight;
  private double[] cost;

  SharedAccesses(ArraySharing sharing, int tensors) {
    this.sharing = sharing;
    logCost = new double[tensors];
    logMost = new double[tensors];
    weight = new double[tensors];
  }

  /**
   * Lower bound of Σ cost/s over all sharings s that an array allows.
   *
   * @param cost of the words of each tensor before sharing: [tensor]
   * @param most upper bound of the instances that share a word: [tensor]
   * @param unrolledSliding tensors of which an array inside unrolled a sliding axis
   * @param instances of the array
   */
  double least(double[] cost, double[] most, TensorSet unrolledSliding, double instances) {
    this.cost = cost;
    double least = 0;
    for (int t = 0; t < cost.length; t++) {
      least += cost[t] == 0 ? 0 : cost[t] / most[t];
    }
    if (instances == 1) {
      return least;
    }
    for (int t = 0; t < cost.length; t++) {
      boolean shares = cost[t] > 0;
      logCost[t] = shares ? Math.log(cost[t]) : Double.NEGATIVE_INFINITY;
      logMost[t] = shares ? Math.log(most[t]) : 0;
    }
    double limit = Math.log(instances);
    double best = least;
    for (int choice = 0; choice < sharing.weights.length; choice++) {
      best = Math.max(best, leastBy(choice, unrolledSliding, limit));
    }
    return best;
  }

  /**
   * Minimum of Σ cost/s over 1 ≤ s ≤ most with Σ weight·ln s ≤ limit. At the minimum cost/s is the
   * weight times one multiplier, except at the bounds of s: the multiplier that exhausts the limit
   * is found by clamping those that exceed their bounds. By duality any multiplier gives a lower
   * bound, so that few rounds suffice.
   */
  private double leastBy(int choice, TensorSet unrolled, double limit) {
    double[] weights = weight;
    for (int t = 0; t < cost.length; t++) {
      weights[t] = unrolled.contains(t) ? 0 : sharing.weights[choice][t];
    }
    double[] logWeights = sharing.logWeights[choice];
    double atMost = 0;
    for (int t = 0; t < cost.length; t++) {
      atMost += weights[t] * logMost[t];
    }
    if (atMost <= limit) {
      return 0;
    }
    double logMultiplier = Double.NaN;
    for (int round = 0; round < 4; round++) {
      double used = 0;
      double free = 0;
      for (int t = 0; t < cost.length; t++) {
        if (weights[t] > 0 && logMost[t] > 0) {
          double s = logCost[t] - logWeights[t] - logMultiplier;
          if (s <= 0) {
            continue;
          }
          if (s >= logMost[t]) {
            used += weights[t] * logMost[t];
          } else {
            used += weights[t] * (logCost[t] - logWeights[t]);
            free += weights[t];
          }
        }
      }
      double next = (used - limit) / free;
      if (free == 0 || next == logMultiplier) {
        break;
      }
      logMultiplier = next;
    }
    double multiplier = Math.exp(logMultiplier);
    double dual = -multiplier * limit;
    for (int t = 0; t < cost.length; t++) {
      double s = weights[t] > 0 ? logCost[t] - logWeights[t] - logMultiplier : logMost[t];
      s = Math.max(0, Math.min(logMost[t], s));
      dual += cost(t) * Math.exp(-s) + multiplier * weights[t] * s;
    }
    return dual;
  }

  private double cost(int t) {
    return logCost[t] == Double.NEGATIVE_INFINITY ? 0 : cost[t];
  }
}
