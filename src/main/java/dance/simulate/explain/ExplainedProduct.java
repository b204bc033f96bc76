package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.text;
import static java.util.stream.Collectors.joining;

import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.How;
import dance.simulate.mapping.Evaluation;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Explains latency and the energy-delay product, the root of all explanations. */
final class ExplainedProduct {
  private static final double PJ_PER_MJ = 1e9;

  private final Evaluation evaluation;
  private final ExplainedEnergy energy;
  private final ExplainedCycles cycles;

  ExplainedProduct(Evaluation evaluation, ExplainedEnergy energy, ExplainedCycles cycles) {
    this.evaluation = evaluation;
    this.energy = energy;
    this.cycles = cycles;
  }

  /** Cycles over the clock. */
  Explanation latency() {
    return latency(List.of(cycles.cycles()));
  }

  private Explanation latency(List<Explanation> ofCycles) {
    List<Explanation> basis = new ArrayList<>(ofCycles);
    double perMs = evaluation.accelerator().clockMhz() * 1e3;
    basis.add(
        Explanation.constant(
            "cycles per ms", perMs, "", "clock of " + evaluation.accelerator().name()));
    return new Explanation(
        "latency",
        evaluation.latencyMs(),
        "ms",
        new Derivation(
            "cycles / cycles per ms", text(evaluation.cycles()) + " / " + text(perMs), ""),
        How.QUOTIENT,
        List.of(new Amount("cycles", evaluation.cycles()), new Amount("cycles per ms", perMs)),
        basis);
  }

  /** Energy in mJ times latency in ms. */
  Explanation edp() {
    Explanation byLevel = energy.byLevel();
    double mj = evaluation.energyPj() / PJ_PER_MJ;
    double ms = evaluation.latencyMs();
    return new Explanation(
        "EDP",
        mj * ms,
        "mJ·ms",
        new Derivation(
            "energy [mJ] · latency [ms]",
            text(mj) + " · " + text(ms),
            evaluation.einsum().name()
                + " on "
                + evaluation.accelerator().name()
                + ". What to ask next: energy, cycles, utilization, operations; "
                + String.join(", ", evaluation.ledger().byLevel().keySet())
                + "; "
                + evaluation.einsum().tensors().stream().map(Tensor::name).collect(joining(", "))
                + "; leakage."),
        How.PRODUCT,
        List.of(new Amount("energy [mJ]", mj), new Amount("latency [ms]", ms)),
        List.of(byLevel, latency(List.of())));
  }
}
