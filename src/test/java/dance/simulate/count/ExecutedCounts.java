package dance.simulate.count;

import dance.interchange.ReferenceCases;
import dance.interchange.ReferenceRows;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Rows of a reference case as the executed loop nest counts them: small cases point by point, of
 * large ones what enters and leaves read-only tiles, step by step.
 */
final class ExecutedCounts {
  private static final long MOST_POINTS = 100_000;

  private final Einsum einsum;
  private final Mapping mapping;
  private final Evaluation evaluation;
  private final Map<String, Double> pointByPoint;

  private ExecutedCounts(Evaluation evaluation, Map<String, Double> pointByPoint) {
    this.einsum = evaluation.einsum();
    this.mapping = evaluation.mapping();
    this.evaluation = evaluation;
    this.pointByPoint = pointByPoint;
  }

  static ExecutedCounts of(ReferenceCases.Case reference) {
    return of(
        Analysis.of(reference.einsum(), reference.accelerator())
            .evaluate(reference.mapping(), Accounting.EXACT));
  }

  /** Of the case of this evaluation, of which only the case itself is used. */
  static ExecutedCounts of(Evaluation evaluation) {
    if (evaluation.einsum().points() > MOST_POINTS) {
      return new ExecutedCounts(evaluation, Map.of());
    }
    AccessCounts executed =
        LoopNestOracle.count(
            evaluation.einsum(), evaluation.accelerator(), evaluation.mapping(), Accounting.EXACT);
    return new ExecutedCounts(evaluation, ReferenceRows.counts(executed, evaluation.accelerator()));
  }

  boolean isPointByPoint() {
    return !pointByPoint.isEmpty();
  }

  /**
   * The value of a count.
   *
   * @param row as {@link ReferenceRows} names it; in a large case it must be the reads or the fills
   *     of a read-only tensor
   */
  double count(String row) {
    if (isPointByPoint()) {
      return pointByPoint.get(row);
    }
    String[] words = row.split(" ");
    int level = level(words[0]);
    boolean reads = words[2].equals("reads");
    if (!reads && !words[2].equals("fills")) {
      throw new IllegalArgumentException(row + " of a large case");
    }
    Tensor tensor =
        einsum.tensors().stream().filter(t -> t.name().equals(words[1])).findFirst().orElseThrow();
    int outer = reads ? level : keeper(tensor, level, -1);
    int inner = reads ? keeper(tensor, level, 1) : level;
    TileExecution.Traffic traffic = TileExecution.run(einsum, mapping, tensor.name(), outer, inner);
    double instances = evaluation.counts().levels().get(level).utilizedInstances();
    return (reads ? traffic.reads() : traffic.fills()) / instances;
  }

  private int level(String name) {
    List<AccessCounts.Level> levels = evaluation.counts().levels();
    for (int l = 0; l < levels.size(); l++) {
      if (levels.get(l).name().equals(name)) {
        return l;
      }
    }
    throw new IllegalArgumentException("no level " + name);
  }

  private int keeper(Tensor tensor, int level, int direction) {
    int l = level + direction;
    while (!mapping.levels().get(l).keeps().contains(tensor.name())) {
      l += direction;
    }
    return l;
  }
}
