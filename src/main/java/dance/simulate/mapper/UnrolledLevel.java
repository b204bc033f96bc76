package dance.simulate.mapper;

/**
 * A step of the search: a partial mapping with the unrolling over the array of the next level,
 * which then supplies the tiles inside.
 */
final class UnrolledLevel {
  private final MappingCosts problem;
  private final TensorPlacement kept;
  private final int level;
  private final Spatial.Unrolling choice;
  private final PartialMapping child;

  UnrolledLevel(
      TensorPlacement kept,
      HopCosts hops,
      FreshTiles fresh,
      PartialMapping partial,
      int level,
      Spatial.Unrolling choice) {
    problem = kept.problem;
    this.kept = kept;
    this.level = level;
    this.choice = choice;
    child = new PartialMapping(partial, level);
    child.unrolled = choice;
    double product = 1;
    double leaking = 1;
    if (choice.product() > 1) {
      double outputStationary = 1;
      for (int t = 0; t < problem.tensors; t++) {
        boolean before = partial.unrolledSliding.contains(t);
        child.pending[t] *=
            problem.sharing.remaining(t, choice, partial.count, partial.extent, before);
        if (problem.sharing.spreadsSliding(t, choice.factor())) {
          // Sharing is only bounded, not known, if two levels or partial tiles share an axis.
          child.slid |= before || problem.space.spatialRemainders;
          child.unrolledSliding = child.unrolledSliding.with(t);
        }
      }
      for (int d = 0; d < problem.dims; d++) {
        int s = choice.factor()[d];
        if (s > 1) {
          int working = Math.min(s, partial.count[d]);
          product *= working;
          leaking *= surelyInUse(problem, partial, d, choice);
          child.unrolledDimensions = child.unrolledDimensions.with(d);
          child.extent[d] *= s;
          child.count[d] = Spatial.remaining(partial.count[d], choice.x()[d], choice.y()[d]);
          markIdle(d, partial.count[d]);
          if (!problem.isRelevant(problem.output, d) || !problem.plainOutput) {
            outputStationary *= working;
          }
        }
      }
      child.spatialProduct *= product;
      for (int j = 0; j < problem.costs.counted; j++) {
        child.firstAccumulationCredit[j] *= outputStationary;
        if (problem.costs.portLevel[j] > level) {
          child.cost[j] /= product;
          child.missing[j] /= product;
          child.sure[j] /= product;
          child.sureOpen[j] /= product;
          child.sureCompulsory[j] /= product;
          child.firstAccumulationCredit[j] /= product;
          for (int t = 0; t < problem.tensors; t++) {
            child.open[j * problem.tensors + t] /= product;
            child.compulsory[j * problem.tensors + t] /= product;
          }
        }
      }
      if (problem.instancesMatter) {
        child.addTrait((int) product);
      }
    } else if (problem.instancesMatter) {
      child.addTrait(1);
    }
    fresh.unroll(child, level);
    // Every instance in use leaks; one of this level does in any case.
    child.leakPjPerCycle *= leaking;
    child.leakPjPerCycle += problem.accelerator.levels().get(level).leakPjPerCycle();
    travel(hops.pjPerWord(level, choice, partial.extent));
    settle();
  }

  /** The partial mapping, without its bound. */
  PartialMapping mapping() {
    return child;
  }

  /**
   * Instances along a dimension that are surely in use, for each inside: the last may have a
   * partial tile, and within it a single instance in use.
   */
  static int surelyInUse(
      MappingCosts problem, PartialMapping partial, int d, Spatial.Unrolling choice) {
    int s = choice.factor()[d];
    boolean full = (long) partial.extent[d] * partial.count[d] == problem.bounds[d];
    boolean inUse = full || s == 1 || !partial.unrolledDimensions.contains(d);
    int withTiles = Math.min(s, partial.count[d]);
    return inUse ? withTiles : Math.max(1, withTiles - 1);
  }

  /** Charges the interconnect below a level for its words. */
  private void travel(double[] pjPerWord) {
    if (pjPerWord == null) {
      return;
    }
    for (int t = 0; t < problem.tensors; t++) {
      double pj = pjPerWord[t] * child.pending[t];
      boolean isOpen = child.stationary.contains(t);
      if (problem.costs.counted > problem.functions) {
        int unlined = problem.functions;
        child.open[unlined * problem.tensors + t] += isOpen ? pj : 0;
        child.cost[unlined] += isOpen ? 0 : pj;
      }
      if (isOpen) {
        child.open[t] += pj;
        child.sureOpen[0] += t == problem.output ? pj : 0;
      } else {
        child.cost[0] += pj;
        child.sure[0] += pj;
      }
    }
  }

  private void markIdle(int d, int tiles) {
    long idle = (long) choice.factor()[d] * child.count[d] - tiles;
    if (idle > 0 && child.count[d] > 1) {
      child.idle = child.idle == null ? new double[problem.dims] : child.idle.clone();
      double part = Math.min(1, (double) idle / (tiles - 1));
      child.idle[d] = 1 - (1 - child.idle[d]) * (1 - part);
      child.addTrait(d);
      child.addTrait(choice.x()[d]);
      child.addTrait(choice.y()[d]);
    }
  }

  /** Prices the words that inner tiles take from this level. */
  private void settle() {
    for (int t = 0; t < problem.tensors; t++) {
      if (!kept.keeps(level, t) || child.pending[t] == 0) {
        continue;
      }
      boolean isOpen = child.stationary.contains(t);
      for (int j = 0; j < problem.costs.counted; j++) {
        double weight =
            t == problem.output
                ? problem.costs.update[j][level] + problem.costs.read(j, level, t)
                : problem.costs.read(j, level, t);
        if (isOpen) {
          child.open[j * problem.tensors + t] += weight * child.pending[t];
          child.compulsory[j * problem.tensors + t] += weight * problem.words[t];
          if (t == problem.output) {
            child.sureOpen[j] += problem.costs.update[j][level] * child.pending[t];
            child.sureCompulsory[j] += problem.costs.update[j][level] * problem.words[t];
          }
        } else {
          double sure = t == problem.output ? problem.costs.update[j][level] : weight;
          // Sliding tiles are bounded only, but every word is taken at least once.
          double words = Math.max(child.pending[t], problem.words[t]);
          child.cost[j] += weight * words;
          child.sure[j] += sure * words;
        }
      }
      child.pending[t] = 0;
      child.unrolledSliding = child.unrolledSliding.without(t);
    }
  }
}
