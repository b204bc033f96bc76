package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.text;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.accelerator.ZeroSavings;
import dance.cost.Ledger;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains what zeros save: MACs and reads that are gated, off-chip words that are coded. */
final class ExplainedZeros {
  private final ExplainedNest nest;
  private final ZeroSavings savings;

  ExplainedZeros(ExplainedNest nest) {
    this.nest = nest;
    savings = nest.evaluation.accelerator().zeros();
  }

  /** The share of a MAC's energy that gating leaves; empty if nothing is gated. */
  Optional<Explanation> ofMacs() {
    double gated = nest.pricing.zeros().gated();
    double left = nest.pricing.zeros().mac();
    if (left == 1) {
      return Optional.empty();
    }
    double each = savings.gating().mac();
    Explanation works =
        Explanation.constant("MACs that work", 1 - gated, "", "all but the gated ones");
    Explanation zeros =
        Explanation.constant(
            "zeros gated",
            gated * each,
            "",
            text(gated) + " of the MACs, " + why() + "; each at " + text(each) + " of the energy");
    return Optional.of(
        new Explanation(
            "share left with zeros gated",
            left,
            "",
            new Derivation(
                "MACs that work + zeros gated · energy of a gated MAC",
                text(1 - gated) + " + " + text(gated) + " · " + text(each),
                "A MAC with a zero factor is not started."),
            SUM,
            List.of(
                new Amount(works.subject(), works.value()),
                new Amount(zeros.subject(), zeros.value())),
            List.of(works, zeros)));
  }

  private String why() {
    return "by zeros of " + fractions(savings.gating().by()) + ", taken as independent";
  }

  private String fractions(Set<Operand> roles) {
    return nest.shape.einsum.tensors().stream()
        .filter(t -> roles.contains(t.role()))
        .map(t -> t.name() + " (" + text(100 * t.zeros()) + " %)")
        .collect(Collectors.joining(", "));
  }

  /** The share of an account of accesses that zeros leave; empty if that is all of it. */
  Optional<Explanation> ofAccesses(Ledger.Action action, int level, int t) {
    double left = nest.pricing.share(action, level, t);
    if (left == 1) {
      return Optional.empty();
    }
    Tensor tensor = nest.shape.einsum.tensors().get(t);
    if (level > 0) {
      return Optional.of(
          Explanation.constant(
              "share left with zeros gated",
              left,
              "",
              "MACs with zeros gated, "
                  + why()
                  + (action == Ledger.Action.READ ? ", read no " : ", write no ")
                  + tensor.name()));
    }
    String zeros = text(100 * tensor.zeros()) + " %";
    return Optional.of(
        Explanation.constant(
            "share left with zeros coded",
            left,
            "",
            "run-length coding of "
                + zeros
                + " zeros leaves "
                + text(nest.pricing.zeros().offChip(t))
                + " of the words"
                + (action == Ledger.Action.UPDATE
                    ? " that leave for good: " + text(nest.pricing.savedUpdates()) + " less"
                    : "")));
  }

  /** How the words of a tensor are coded, for a sentence; empty if they are not. */
  String coding(int level, boolean update, int t) {
    boolean coded = level == 0 && update == (t == nest.shape.output);
    double share = nest.pricing.zeros().offChip(t);
    return coded && share != 1
        ? " (coded to " + text(share) + " of " + (update ? "the final " : "the ") + "words)"
        : "";
  }

  /** The energy that is saved on zeros, by account. */
  Explanation saved() {
    List<Term> terms = new ArrayList<>();
    double total = 0;
    for (Ledger.Entry entry : nest.evaluation.ledger().entries()) {
      double saved = savedOn(entry);
      if (saved > 0) {
        terms.add(new Amount(ExplainedEnergy.name(entry), saved));
        total += saved;
      }
    }
    return new Explanation(
        "energy saved on zeros",
        total,
        "pJ",
        new Derivation(
            "Σ accounts without zeros − with them",
            terms.isEmpty()
                ? "0"
                : terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
            terms.isEmpty()
                ? "The layer has no zeros, or the accelerator saves nothing on them."
                : "Not in the ledger any more; time-proportional energy is not among it."),
        SUM,
        terms,
        List.of());
  }

  private double savedOn(Ledger.Entry entry) {
    if (entry.action() == Ledger.Action.COMPUTE) {
      double dense = nest.shape.einsum.points() * nest.pricing.computePj();
      return dense * (1 - nest.pricing.zeros().mac());
    }
    for (int l = 0; l < nest.levels; l++) {
      for (int t = 0; t < nest.shape.tensors; t++) {
        if (nest.level(l).equals(entry.level()) && nest.tensor(t).equals(entry.operand())) {
          double left = nest.pricing.share(entry.action(), l, t);
          return left == 1 ? 0 : nest.pricing.densePj(entry.action(), l, t) * (1 - left);
        }
      }
    }
    return 0;
  }
}
