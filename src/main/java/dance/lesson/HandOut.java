package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.Arrays;

/**
 * Accelerators that are small enough to be counted by hand, as in a course's hand-out. A word costs
 * 100 pJ in the DRAM, 6 pJ in a global buffer (GLB), 1 pJ in a PE, as much as a MAC; there is no
 * latency but where it is the question.
 */
public final class HandOut {
  private HandOut() {}

  private static Accelerator of(String name, MemoryLevel... levels) {
    return new Accelerator(
        name,
        Arrays.stream(levels).map(HandOut::priced).toList(),
        new MacUnit("MAC", 1, 1, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "hand-out",
        Overheads.NONE);
  }

  private static MemoryLevel priced(MemoryLevel level) {
    double pj = level.name().equals("DRAM") ? 100 : level.name().equals("GLB") ? 6 : 1;
    return level.energy(pj, pj, pj);
  }

  /** PEs of one weight each below a global buffer that holds everything. */
  public static Accelerator weightPes(int count) {
    return of(
        "PEs of one weight",
        MemoryLevel.unbounded("DRAM"),
        MemoryLevel.unbounded("GLB").fanout(count, 1),
        MemoryLevel.of("PE", 1).keeps(Operand.WEIGHT));
  }

  /** PEs with register files that hold what they need. */
  public static Accelerator pes(int columns, int rows) {
    return of(
        "PEs with register files",
        MemoryLevel.unbounded("DRAM"),
        MemoryLevel.unbounded("GLB").fanout(columns, rows),
        MemoryLevel.unbounded("RF"));
  }

  /** One MAC unit below a global buffer of this size in words. */
  public static Accelerator buffer(long words) {
    return of("one MAC unit", MemoryLevel.unbounded("DRAM"), MemoryLevel.of("GLB", words));
  }

  /** A systolic array whose PEs hold an output each: operands pass a PE a cycle. */
  public static Accelerator systolic(int columns, int rows) {
    Interconnect skew = Interconnect.IDEAL.systolic(Interconnect.Systolic.OUTPUTS);
    return of(
        "systolic array",
        MemoryLevel.unbounded("GLB").fanout(columns, rows).interconnect(skew),
        MemoryLevel.of("PE", 1).keeps(Operand.OUTPUT));
  }

  static Evaluation evaluate(Einsum einsum, Accelerator accelerator, String mapping) {
    return Analysis.of(einsum, accelerator)
        .evaluate(Mapping.parse(mapping, einsum, accelerator), Accounting.EXACT);
  }

  static long reads(Evaluation evaluation, String level, String tensor) {
    return evaluation.counts().levels().stream()
        .filter(l -> l.name().equals(level))
        .flatMap(l -> l.tensors().stream())
        .filter(t -> t.name().equals(tensor))
        .mapToLong(AccessCounts.Tensor::reads)
        .sum();
  }
}
