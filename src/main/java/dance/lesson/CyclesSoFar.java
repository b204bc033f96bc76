package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;
import dance.workload.Operand;
import java.util.EnumMap;
import java.util.Map;

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
      limited |= !level.bandwidth().networks().isEmpty();
      if (limited) {
        slowest = Math.max(slowest, ports(l, level, step, indices));
      }
    }
    return (long) Math.ceil(slowest);
  }

  private double ports(int l, MemoryLevel level, long step, int[] indices) {
    double read = 0;
    double written = 0;
    Map<Operand, Double> sent = new EnumMap<>(Operand.class);
    double returned = 0;
    for (int t = 0; t < shape.tensors; t++) {
      if (counts.keeps(l, t)) {
        double reads = counts.reads(l, t, indices, l);
        double updates = counts.updates(l, t, step, indices, l);
        read += reads;
        written += counts.fills(l, t, indices, l) + updates;
        sent.merge(shape.einsum.tensors().get(t).role(), reads, Double::sum);
        returned += updates;
      }
    }
    double slowest = returned / level.bandwidth().network(Operand.OUTPUT);
    for (Map.Entry<Operand, Double> words : sent.entrySet()) {
      slowest = Math.max(slowest, words.getValue() / level.bandwidth().network(words.getKey()));
    }
    return Math.max(
        slowest,
        Math.max(
            Math.max(read / level.readWordsPerCycle(), written / level.writeWordsPerCycle()),
            (read + written) / level.sharedWordsPerCycle()));
  }
}
