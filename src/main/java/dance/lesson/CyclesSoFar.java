package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;

/**
 * The clock cycles up to a step: one a step, or what the slowest port needs for the words so far,
 * by its instance that works longest. Without the latency of the interconnects.
 */
final class CyclesSoFar {
  private final NestTime time;
  private final CompiledEinsum shape;
  private final CountsSoFar counts;
  private final Accelerator accelerator;

  CyclesSoFar(NestTime time, CompiledEinsum shape, CountsSoFar counts, Accelerator accelerator) {
    this.time = time;
    this.shape = shape;
    this.counts = counts;
    this.accelerator = accelerator;
  }

  long at(long step) {
    double slowest = step + 1;
    int[] indices = time.indices(step);
    for (int l = 0; l < time.nest.levels; l++) {
      MemoryLevel level = accelerator.levels().get(l);
      boolean limited =
          Math.min(
                  level.sharedWordsPerCycle(),
                  Math.min(level.readWordsPerCycle(), level.writeWordsPerCycle()))
              < Double.POSITIVE_INFINITY;
      if (limited) {
        slowest = Math.max(slowest, ports(l, level, step, indices));
      }
    }
    return (long) Math.ceil(slowest);
  }

  private double ports(int l, MemoryLevel level, long step, int[] indices) {
    double read = 0;
    double written = 0;
    for (int t = 0; t < shape.tensors; t++) {
      if (counts.keeps(l, t)) {
        read += counts.reads(l, t, indices, l);
        written += (double) counts.fills(l, t, indices, l) + counts.updates(l, t, step, indices, l);
      }
    }
    return Math.max(
        Math.max(read / level.readWordsPerCycle(), written / level.writeWordsPerCycle()),
        (read + written) / level.sharedWordsPerCycle());
  }
}
