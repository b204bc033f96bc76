package dance.lesson;

import dance.cost.Ledger;
import dance.cost.SignificantDigits;
import dance.simulate.explain.Explainer;
import dance.simulate.explain.Explanation;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A mapped layer before and after a change, with the reason term by term: the accounts of energy
 * that differ, largest difference first, and what decides the time.
 *
 * @param change what was changed
 * @param before as it was
 * @param after as it then is
 */
public record WhatIf(Change change, Evaluation before, Evaluation after) {

  /**
   * An account before and after.
   *
   * @param account such as {@code GLB reads of Inputs}
   * @param countBefore words, cycles or operations
   * @param countAfter words, cycles or operations, after the change
   * @param pjBefore energy, in pJ
   * @param pjAfter energy after the change, in pJ
   * @param reasonBefore the count's formula with its numbers; empty for what is no count of words
   * @param reasonAfter the formula after the change
   */
  public record Term(
      String account,
      long countBefore,
      long countAfter,
      double pjBefore,
      double pjAfter,
      String reasonBefore,
      String reasonAfter) {
    /** What the change adds to the energy, in pJ. */
    public double differencePj() {
      return pjAfter - pjBefore;
    }
  }

  /**
   * Applies a change.
   *
   * @throws IllegalArgumentException if it cannot be applied, or the changed mapping does not fit
   */
  public static WhatIf of(Evaluation before, Change change) {
    return new WhatIf(change, before, change.apply(before));
  }

  private record Account(String level, String tensor, Ledger.Action action) {
    static Account of(Ledger.Entry entry) {
      return new Account(entry.level(), entry.operand(), entry.action());
    }

    String noun() {
      return switch (action) {
        case READ -> "reads";
        case FILL -> "fills";
        case UPDATE -> "updates";
        case TRANSFER -> "transfers";
        case LEAK -> "leakage";
        case COMPUTE -> "operations";
        case OPERATE -> "operations";
        case FLOOR -> "cycles";
      };
    }

    @Override
    public String toString() {
      return level + " " + noun() + (tensor.isEmpty() ? "" : " of " + tensor);
    }
  }

  /** The accounts that differ in count or energy, the largest difference of energy first. */
  public List<Term> terms() {
    Map<Account, Ledger.Entry> old = accounts(before);
    Map<Account, Ledger.Entry> changed = accounts(after);
    Map<Account, Ledger.Entry> all = new LinkedHashMap<>(old);
    changed.forEach(all::putIfAbsent);
    Explainer why = Explainer.of(before);
    Explainer whyThen = Explainer.of(after);
    List<Term> terms = new ArrayList<>();
    for (Account account : all.keySet()) {
      Ledger.Entry a = old.get(account);
      Ledger.Entry b = changed.get(account);
      Term term =
          new Term(
              account.toString(),
              a == null ? 0 : a.count(),
              b == null ? 0 : b.count(),
              a == null ? 0 : a.energyPj(),
              b == null ? 0 : b.energyPj(),
              a == null ? "not kept" : reason(why, account),
              b == null ? "not kept" : reason(whyThen, account));
      if (term.countBefore() != term.countAfter() || term.differencePj() != 0) {
        terms.add(term);
      }
    }
    terms.sort(Comparator.comparingDouble((Term t) -> -Math.abs(t.differencePj())));
    return terms;
  }

  private static Map<Account, Ledger.Entry> accounts(Evaluation evaluation) {
    Map<Account, Ledger.Entry> accounts = new LinkedHashMap<>();
    evaluation.ledger().entries().forEach(entry -> accounts.put(Account.of(entry), entry));
    return accounts;
  }

  private static String reason(Explainer explainer, Account account) {
    return switch (account.action()) {
      case READ, FILL, UPDATE ->
          explainer
              .explain(account.level() + "." + account.noun() + "." + account.tensor())
              .derivation()
              .substitution();
      default -> "";
    };
  }

  /** What decides the time of an evaluation: the words of {@code explain(x, "cycles")}. */
  static Explanation slowest(Evaluation evaluation) {
    Explanation cycles = Explainer.of(evaluation).explain("cycles");
    return cycles.how() == Explanation.How.MAXIMUM ? cycles : cycles.basis().get(0);
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add("what if " + change + ": " + before.einsum().name() + " on " + name());
    lines.add(line("energy [µJ]", before.energyPj() / 1e6, after.energyPj() / 1e6));
    lines.add(line("cycles", before.cycles(), after.cycles()));
    lines.add(line("EDP [µJ·cycles]", before.edp() / 1e6, after.edp() / 1e6));
    List<Term> terms = terms();
    lines.add(
        terms.isEmpty() ? "no account of the energy differs" : "energy [µJ], account by account");
    for (Term term : terms) {
      if (term.differencePj() == 0) {
        continue; // words that move for free
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-28s %s%-9s  %s → %s",
              term.account(),
              term.differencePj() < 0 ? "−" : "+",
              SignificantDigits.measure(Math.abs(term.differencePj()) / 1e6),
              SignificantDigits.count(term.countBefore()),
              SignificantDigits.count(term.countAfter())));
      if (!term.reasonBefore().isEmpty() && !term.reasonBefore().equals(term.reasonAfter())) {
        lines.add("      before  " + term.reasonBefore());
        lines.add("      after   " + term.reasonAfter());
      } else if (term.countBefore() == term.countAfter()) {
        lines.add("      as often as before; each costs another energy");
      }
    }
    lines.add("time before: " + slowest(before).derivation().reason());
    lines.add("time after: " + slowest(after).derivation().reason());
    return String.join("\n", lines);
  }

  private String name() {
    return before.accelerator().name();
  }

  private static String line(String what, double before, double after) {
    double percent = 100 * (after - before) / before;
    return String.format(
            Locale.ROOT,
            "  %-16s %s → %s (%+.1f %%)",
            what,
            SignificantDigits.measure(before),
            SignificantDigits.measure(after),
            percent)
        .replace("(-", "(−");
  }
}
