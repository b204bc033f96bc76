package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Bandwidth;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.mapping.ZeroShares;
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
  private final ZeroShares zeros;

  /** Off-chip words that are written for an update: coding saves its part of the final ones. */
  private final double writtenPerUpdate;

  CyclesSoFar(NestTime time, CompiledEinsum shape, CountsSoFar counts, Accelerator accelerator) {
    this.time = time;
    this.shape = shape;
    this.counts = counts;
    this.accelerator = accelerator;
    zeros = new ZeroShares(shape.einsum, accelerator);
    long last = time.steps - 1;
    double updates = counts.updates(0, shape.output, last, time.indices(last), 0);
    writtenPerUpdate = 1 - zeros.savedUpdates() * shape.words(shape.output) / updates;
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
    return (long) Math.ceil(slowest) + (long) Math.ceil(waiting(indices));
  }

  /** Cycles in which MACs waited for the words of operands that do not arrive while they work. */
  private double waiting(int[] indices) {
    double cycles = 0;
    for (int l = 0; l < time.nest.levels; l++) {
      Bandwidth bandwidth = accelerator.levels().get(l).bandwidth();
      for (int t = 0; t < shape.tensors; t++) {
        Operand role = shape.einsum.tensors().get(t).role();
        if (bandwidth.waits().contains(role)) {
          int from = l;
          while (from > 0 && !counts.keeps(from, t)) {
            from--;
          }
          cycles += counts.reads(from, t, indices, from) / bandwidth.network(role);
        }
      }
    }
    return cycles;
  }

  private double ports(int l, MemoryLevel level, long step, int[] indices) {
    double read = 0;
    double written = 0;
    Map<Operand, Double> sent = new EnumMap<>(Operand.class);
    double returned = 0;
    for (int t = 0; t < shape.tensors; t++) {
      if (counts.keeps(l, t)) {
        boolean output = t == shape.output;
        double reads = counts.reads(l, t, indices, l) * (l > 0 || output ? 1 : zeros.offChip(t));
        double updates = counts.updates(l, t, step, indices, l) * (l > 0 ? 1 : writtenPerUpdate);
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
