package dance.simulate.mapper;

import dance.simulate.count.TensorSet;

/**
 * A step of the search: a partial mapping with the temporal loops of the level whose unrolling was
 * decided last, and the boundary around its tiles, open for the loops outside.
 */
final class IteratedLevel {
  private final MappingCosts problem;
  private final FreshTiles fresh;
  private final PartialMapping child;

  /**
   * Takes the step.
   *
   * @param factor temporal factor of each dimension: [dimension]
   * @param extent of the tiles around the loops: [dimension]
   * @param order dimensions of the loops, innermost first
   * @param open the tensors that no loop has moved yet
   * @param stationary iterations that leave the tile of each tensor: [tensor]
   */
  IteratedLevel(
      TensorPlacement kept,
      FreshTiles fresh,
      PartialMapping partial,
      int level,
      int[] factor,
      int[] extent,
      int[] order,
      TensorSet open,
      double[] stationary) {
    problem = kept.problem;
    this.fresh = fresh;
    child = new PartialMapping(partial, level);
    child.temporal = factor.clone();
    child.order = order.clone();
    for (int d = 0; d < problem.dims; d++) {
      child.extent[d] = extent[d];
      child.count[d] = partial.count[d] / factor[d];
      child.temporalProduct *= factor[d];
      // What idle instances keep is bounded, not known.
      child.slid |= partial.moved(d, factor[d]) < 1;
    }
    child.slid |= !child.sliding.isEmpty() && order.length > 0;
    kept.countPasses(child, level);
    for (int t = 0; t < problem.tensors; t++) {
      boolean closed = !open.contains(t);
      if (closed) {
        fresh.close(partial, child, level, t);
      }
      if (child.stationary.contains(t)) {
        child.pending[t] /= stationary[t];
        if (closed) {
          child.stationary = child.stationary.without(t);
        }
      }
      for (int j = 0; j < problem.costs.counted; j++) {
        int at = j * problem.tensors + t;
        child.open[at] /= stationary[t];
        if (t == problem.output) {
          child.sureOpen[j] /= stationary[t];
        }
        if (closed) {
          close(j, t);
        }
      }
    }
    for (int t = 0; t < problem.tensors; t++) {
      if (kept.keeps(level, t)) {
        openBoundary(level, t);
      }
    }
  }

  /** The partial mapping, without its bound. */
  PartialMapping mapping() {
    return child;
  }

  private void close(int j, int t) {
    int at = j * problem.tensors + t;
    boolean isOutput = t == problem.output;
    double sure = isOutput ? child.sureOpen[j] : child.open[at];
    double atLeast = isOutput ? child.sureCompulsory[j] : child.compulsory[at];
    child.cost[j] += child.open[at];
    child.sure[j] += sure;
    child.missing[j] += Math.max(0, atLeast - sure);
    child.open[at] = 0;
    child.compulsory[at] = 0;
    if (isOutput) {
      child.sureOpen[j] = 0;
      child.sureCompulsory[j] = 0;
    }
  }

  private void openBoundary(int level, int t) {
    boolean isOutput = t == problem.output;
    if (level > 0) {
      double part = fresh.open(child, level, t);
      double all = problem.tiles.allWords(t, child.extent, child.count) * part;
      child.pending[t] = all;
      child.stationary = child.stationary.with(t);
      for (int j = 0; j < problem.costs.counted; j++) {
        child.open[j * problem.tensors + t] += problem.costs.fill(j, level, t) * all;
        child.compulsory[j * problem.tensors + t] +=
            problem.costs.fill(j, level, t) * problem.words[t];
      }
      if (part < 1) {
        child.sliding = child.sliding.with(t);
        for (int[] axis : problem.shape.axisDimensions[t]) {
          if (axis.length > 1) {
            for (int d : axis) {
              child.addTrait(child.extent[d]);
            }
          }
        }
      }
    }
    if (isOutput) {
      for (int j = 0; j < problem.costs.counted; j++) {
        double first =
            problem.costs.read(j, level, t) + (level > 0 ? problem.costs.fill(j, level, t) : 0);
        child.firstAccumulationCredit[j] += first * problem.words[t];
      }
    }
  }
}
