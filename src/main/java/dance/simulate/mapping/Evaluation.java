package dance.simulate.mapping;

import dance.cost.Figures;
import dance.accelerator.Accelerator;
import dance.cost.Ledger;
import dance.cost.Measured;
import dance.cost.Metrics;
import dance.simulate.explain.Explainer;
import dance.simulate.explain.Explanation;
import dance.workload.Einsum;
import java.util.List;

/**
 * What one einsum costs under one mapping.
 *
 * @param einsum what was computed
 * @param accelerator what computed it
 * @param mapping how
 * @param accounting how accesses were counted
 * @param counts accesses of every level
 * @param cycles time, in clock cycles: the slowest of arithmetic and ports, plus the latency of the
 *     networks
 * @param utilization operations over what all MAC units could do in this time, 0…1
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

  /** Time in milliseconds at the accelerator's clock. */
  public double latencyMs() {
    return cycles / (accelerator.clockMhz() * 1e3);
  }

  /** Energy-delay product in pJ·cycles. */
  public double edp() {
    return energyPj() * cycles;
  }

  /**
   * Explains a number by its name: the formula, the values in it, the loops responsible, and the
   * numbers it rests on.
   *
   * <pre>{@code
   * Evaluation evaluation = Analysis.of(einsum, accelerator).evaluate(mapping, Accounting.EXACT);
   * System.out.println(evaluation.explain("RF.fills.Inputs"));
   * }</pre>
   *
   * prints, for a convolution of 16 positions with a kernel of 3 whose window slides through RF,
   *
   * <pre>
   * RF fills of Inputs = 18 words
   *   |tile| + Σ loops (b − 1) · ∏outer b · (|tile| − overlap)
   *   = 3 + 15 · (3 − 2)
   *   Whenever a loop outside RF advances, the words come in that the tile before did not hold.
   *      3  the first tile
   *     15  for P in [0:16) at GLB: 15 × (3 − 2), moves by +1 along P+R
   *   RF tile of Inputs = 3 words
   *     |tile| = ∏ axes elements
   *     What the loops at RF and inside it touch.
   *       3  elements along P+R (P=1, R=3)
   * </pre>
   *
   * @param name one of {@link #explainable}: {@code cycles}, {@code energy}, {@code utilization};
   *     with the names of levels and tensors {@code GLB.reads.Inputs}, {@code GLB.tile.Inputs},
   *     {@code RF.energy.Weights}, {@code RF.energy.reads.Weights}, {@code RF.energy}, …
   * @throws IllegalArgumentException if there is no such number; names all that there are
   */
  public Explanation explain(String name) {
    return new Explainer(this).explain(name);
  }

  /** The names of all numbers that {@link #explain(String)} explains. */
  public List<String> explainable() {
    return new Explainer(this).names();
  }

  /**
   * Explains how often a level is accessed for a tensor, in words over all instances.
   *
   * @param action READ, FILL or UPDATE
   * @throws IllegalArgumentException for any other action, or if the level does not keep the tensor
   */
  public Explanation explain(String level, String tensor, Ledger.Action action) {
    return explain(Explainer.count(level, tensor, action));
  }

  /** Explains the cycles: the slowest of arithmetic and ports, and the latency of the networks. */
  public Explanation explainCycles() {
    return explain("cycles");
  }

  /** Explains the utilization: operations over what the MAC units could do. */
  public Explanation explainUtilization() {
    return explain("utilization");
  }

  /** Explains the whole energy by its accounts, the largest first. */
  public Explanation explainEnergy() {
    return explain("energy");
  }

  /**
   * Explains one account of the ledger, in pJ.
   *
   * @param level memory level, or as the ledger calls it
   * @param tensor tensor; empty for leakage, operations and the floor
   * @throws IllegalArgumentException if the ledger has no such account
   */
  public Explanation explainEnergy(String level, String tensor, Ledger.Action action) {
    return explain(Explainer.account(level, tensor, action));
  }

  /** {@code conv3 on eyeriss: 958,464 cycles, energy 1.840 mJ, utilization 92.31 %}. */
  @Override
  public String toString() {
    return "%s on %s: %s, energy %s mJ, utilization %s %%"
        .formatted(
            einsum.name(),
            accelerator.name(),
            Figures.plural(cycles, "cycle"),
            Figures.measure(energyPj() / 1e9),
            Figures.measure(100 * utilization));
  }
}
