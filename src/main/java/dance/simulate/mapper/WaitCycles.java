package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;
import dance.workload.Operand;
import java.util.List;

/** Cycles for which MACs wait for operands that do not arrive while they work. */
final class WaitCycles {
  /**
   * Cycles per word of each tensor that the second level sends, or the first if the second does not
   * keep it: [tensor]. Of the output, whose first reads are saved, none.
   */
  final double[] perWord;

  /** Cycles for which MACs wait at least. */
  final double least;

  WaitCycles(
      CompiledEinsum shape,
      List<Operand> roles,
      List<MemoryLevel> levels,
      double[] instancesAtMost) {
    perWord = new double[shape.tensors];
    double waiting = 0;
    for (int l = 0; l < levels.size(); l++) {
      MemoryLevel level = levels.get(l);
      for (Operand role : Operand.values()) {
        double network = level.bandwidth().network(role);
        boolean waits = level.bandwidth().waits().contains(role);
        for (int t = 0; waits && t < shape.tensors; t++) {
          // The first access of an output word reads nothing.
          boolean awaited = roles.get(t) == role && t != shape.output;
          waiting += awaited ? shape.words(t) / network / instancesAtMost[l] : 0;
          perWord[t] += awaited && l == 1 ? 1 / network : 0;
        }
      }
    }
    least = Math.floor(waiting);
  }
}
