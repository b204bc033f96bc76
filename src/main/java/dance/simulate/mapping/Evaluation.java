package dance.simulate.mapping;

import dance.accelerator.Accelerator;
import dance.cost.Ledger;
import dance.cost.Measured;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.workload.Einsum;
import dance.workload.Operand;

/**
 * Cost of one einsum under one mapping.
 *
 * @param einsum the workload
 * @param accelerator the accelerator
 * @param mapping the mapping
 * @param accounting how accesses were counted
 * @param counts accesses of every level
 * @param cycles latency in clock cycles: that of the slowest of MAC units and ports, plus the
 *     latency of the interconnects
 * @param utilization operations over the capacity of all MAC units during the latency, 0…1
 * @param ledger energy of every account; its total is the energy
 */
public record Evaluation(
    Einsum einsum,
    Accelerator accelerator,
    Mapping mapping,
    Accounting accounting,
    AccessCounts counts,
    long cycles,
    double utilization,
    Ledger ledger)
    implements Measured {

  @Override
  public Metrics metrics() {
    return new Metrics(latencyMs(), energyPj() / 1e9, accelerator.areaMm2(), utilization);
  }

  /** Energy in pJ. */
  public double energyPj() {
    return ledger.totalPj();
  }

  /** Latency in milliseconds at the accelerator's clock. */
  public double latencyMs() {
    return cycles / (accelerator.clockMhz() * 1e3);
  }

  /** Bytes between the outermost level and the chip, run-length coded where it codes zeros. */
  public double offChipBytes() {
    ZeroShares zeros = new ZeroShares(einsum, accelerator);
    double words = 0;
    for (int t = 0; t < einsum.tensors().size(); t++) {
      AccessCounts.Tensor moved = counts.levels().get(0).tensors().get(t);
      boolean output = einsum.tensors().get(t).role() == Operand.OUTPUT;
      words += moved.reads() * (output ? 1 : zeros.offChip(t)) + moved.fills() + moved.updates();
      words -= output ? zeros.savedUpdates() * moved.tileWords() : 0;
    }
    return words * accelerator.levels().get(0).wordBits() / 8;
  }

  /** Energy-delay product in pJ·cycles. */
  public double edp() {
    return energyPj() * cycles;
  }

  /** {@code conv3 on eyeriss: 958,464 cycles, energy 1.840 mJ, utilization 92.31 %}. */
  @Override
  public String toString() {
    return "%s on %s: %s, energy %s mJ, utilization %s %%"
        .formatted(
            einsum.name(),
            accelerator.name(),
            SignificantDigits.plural(cycles, "cycle"),
            SignificantDigits.measure(energyPj() / 1e9),
            SignificantDigits.measure(100 * utilization));
  }
}
