package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.product;
import static dance.simulate.explain.ExplainedTiles.text;
import static dance.simulate.explain.Explanation.How.PRODUCT;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.accelerator.Accelerator;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.cost.Ledger;
import dance.simulate.count.NetworkEnergy;
import dance.simulate.count.NetworkHops;
import dance.simulate.count.Pricing;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Term;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Explains energy: single accounts of the ledger, some together, and all. */
final class ExplainedEnergy {
  private final ExplainedNest nest;
  private final ExplainedFactors factors;
  private final ExplainedCounts counts;
  private final ExplainedCycles cycles;

  ExplainedEnergy(
      ExplainedNest nest,
      ExplainedFactors factors,
      ExplainedCounts counts,
      ExplainedCycles cycles) {
    this.nest = nest;
    this.factors = factors;
    this.counts = counts;
    this.cycles = cycles;
  }

  /** What an account is for, such as {@code RF fills of Inputs}. */
  static String label(Ledger.Entry entry) {
    return switch (entry.action()) {
      case READ, FILL, UPDATE ->
          entry.level() + " " + ExplainedCounts.noun(entry.action()) + " of " + entry.operand();
      case TRANSFER -> "transfers of " + entry.operand() + " below " + entry.level();
      case LEAK, COMPUTE -> entry.level() + " " + ExplainedCounts.noun(entry.action());
      case FLOOR -> entry.level();
    };
  }

  /** The whole ledger, the largest account first. */
  Explanation total() {
    List<Ledger.Entry> paid = paid(nest.evaluation.ledger().entries());
    paid.sort(Comparator.comparingDouble(Ledger.Entry::energyPj).reversed());
    return sum(
        "energy",
        nest.evaluation.energyPj(),
        paid,
        "The largest account first; those that cost nothing are left out.",
        List.of());
  }

  /** All accounts of a level. */
  Explanation together(String level) {
    return together(level, e -> e.level().equals(level), false);
  }

  /** All accounts of one tensor at a level. */
  Explanation together(String level, String tensor) {
    return together(
        tensor + " at " + level, e -> e.level().equals(level) && e.operand().equals(tensor), true);
  }

  private Explanation together(String subject, Predicate<Ledger.Entry> these, boolean explainEach) {
    List<Ledger.Entry> entries = nest.evaluation.ledger().entries().stream().filter(these).toList();
    double value = 0;
    for (Ledger.Entry entry : entries) {
      value += entry.energyPj();
    }
    List<Ledger.Entry> paid = paid(entries);
    return sum(
        "energy of " + subject,
        value,
        paid,
        "",
        explainEach ? paid.stream().map(this::account).toList() : List.of());
  }

  private static List<Ledger.Entry> paid(List<Ledger.Entry> entries) {
    return entries.stream()
        .filter(e -> e.energyPj() != 0)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Explanation sum(
      String subject,
      double value,
      List<Ledger.Entry> entries,
      String reason,
      List<Explanation> basis) {
    List<Term> terms = new ArrayList<>();
    entries.forEach(e -> terms.add(new Amount(label(e), e.energyPj())));
    return new Explanation(
        subject,
        value,
        "pJ",
        "Σ accounts",
        terms.isEmpty()
            ? "0"
            : terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
        reason,
        SUM,
        terms,
        basis);
  }

  /** One account: what it charges for, times the price. */
  Explanation account(Ledger.Entry entry) {
    Accelerator accelerator = nest.evaluation.accelerator();
    return switch (entry.action()) {
      case READ, FILL, UPDATE -> accesses(entry);
      case TRANSFER -> transfers(entry);
      case LEAK -> leak(entry);
      case COMPUTE ->
          product(
              entry,
              "operations · energy of one",
              "",
              List.of(
                  new Amount("operations", entry.count()),
                  new Amount("pJ per operation", nest.pricing.computePj())),
              List.of(factors.operations()));
      case FLOOR ->
          product(
              entry,
              "floor · cycles · MAC units",
              "Clock and control take their energy in every cycle, whether a unit works or not.",
              List.of(
                  new Amount(
                      "pJ per cycle and unit", accelerator.overheads().floorPjPerCyclePerPe()),
                  new Amount("cycles", entry.count()),
                  new Amount("MAC units", accelerator.macUnits())),
              List.of(cycles.cycles()));
    };
  }

  private Explanation accesses(Ledger.Entry entry) {
    int level = level(entry.level());
    MemoryLevel memory = nest.evaluation.accelerator().levels().get(level);
    double pj =
        switch (entry.action()) {
          case READ -> memory.readPj();
          case FILL -> memory.fillPj();
          default -> memory.updatePj();
        };
    Explanation count = counts.count(level, tensor(entry.operand()), entry.action());
    boolean lines = memory.lineWords() > 1;
    Explanation charged = lines ? lines(count, level, memory.lineWords()) : count;
    List<Term> terms = new ArrayList<>();
    terms.add(new Amount(charged.subject(), charged.value()));
    double memories = nest.pricing.memories(level);
    if (memories != 1) {
      terms.add(new Amount("physical memories for each instance in use", memories));
    }
    terms.add(new Amount(lines ? "pJ per line" : "pJ per word", pj));
    return product(
        entry,
        (lines ? "lines" : "words")
            + (memories == 1 ? "" : " · memories per instance")
            + (lines ? " · energy per line" : " · energy per word"),
        memories == 1
            ? ""
            : "Instances that are columns of one physical memory are accessed together.",
        terms,
        List.of(charged));
  }

  private Explanation lines(Explanation words, int level, int lineWords) {
    long instances = nest.counter.instances[level];
    long lines = (long) Pricing.lines(words.value().longValue(), instances, lineWords);
    String each = "⌈" + text(words.value()) + " / (" + text(lineWords) + " · " + text(instances);
    return new Explanation(
        "lines of " + words.subject(),
        lines,
        "lines",
        "⌈words / (words per line · instances)⌉ · instances",
        each + ")⌉ · " + text(instances),
        "Each access moves a line; each instance has its share of the words.",
        PRODUCT,
        List.of(
            new Amount("lines of one instance", lines / instances),
            new Amount("instances of " + nest.level(level) + " in use", instances)),
        List.of(words));
  }

  private Explanation transfers(Ledger.Entry entry) {
    int level = level(entry.level());
    int t = tensor(entry.operand());
    MemoryLevel memory = nest.evaluation.accelerator().levels().get(level);
    Interconnect network = memory.interconnect();
    if (network.free()) {
      return new Explanation(
          "energy of " + label(entry),
          0.0,
          "pJ",
          "0",
          "",
          "The network below " + entry.level() + " is free.",
          SUM,
          List.of(),
          List.of());
    }
    Tensor tensor = nest.evaluation.einsum().tensors().get(t);
    Mapping mapping = nest.nest.mapping(nest.shape.einsum);
    Accounting accounting = nest.evaluation.accounting();
    List<NetworkHops> hops = NetworkEnergy.hops(tensor, mapping, level, memory, accounting);
    Explanation words = counts.passing(level, t);
    return product(
        entry,
        "words · energy of a word's way",
        ("On average a word takes %s hops of %s pJ. It passes one router (%s pJ) more than whole"
                + " hops, and entering costs %s pJ.")
            .formatted(
                text(NetworkHops.average(hops)),
                text(network.hopPj()),
                text(network.routerPj()),
                text(network.ingressPj())),
        List.of(
            new Amount(words.subject(), words.value()),
            new Amount(
                "pJ per word",
                NetworkEnergy.pjPerWord(tensor, mapping, level, memory, accounting))),
        List.of(words));
  }

  private Explanation leak(Ledger.Entry entry) {
    Accelerator accelerator = nest.evaluation.accelerator();
    boolean mac = isMac(entry);
    int level = mac ? nest.levels : level(entry.level());
    double pj =
        mac ? accelerator.mac().leakPjPerCycle() : accelerator.levels().get(level).leakPjPerCycle();
    Explanation instances = factors.instances(level);
    return product(
        entry,
        "leakage · cycles · instances",
        "Instances that never work count as switched off.",
        List.of(
            new Amount("pJ per cycle and instance", pj),
            new Amount("cycles", entry.count()),
            new Amount(instances.subject(), instances.value())),
        List.of(cycles.cycles(), instances));
  }

  /** The MAC unit may bear the name of a level: its accounts are the last. */
  private boolean isMac(Ledger.Entry entry) {
    List<Ledger.Entry> entries = nest.evaluation.ledger().entries();
    return entry == entries.get(entries.size() - 2);
  }

  private static Explanation product(
      Ledger.Entry entry,
      String formula,
      String reason,
      List<Term> terms,
      List<Explanation> basis) {
    return new Explanation(
        "energy of " + label(entry),
        entry.energyPj(),
        "pJ",
        formula,
        ExplainedTiles.product(terms),
        reason,
        PRODUCT,
        terms,
        basis);
  }

  private int level(String name) {
    for (int l = 0; l < nest.levels; l++) {
      if (nest.level(l).equals(name)) {
        return l;
      }
    }
    throw new IllegalArgumentException("no level " + name);
  }

  private int tensor(String name) {
    for (int t = 0; t < nest.shape.tensors; t++) {
      if (nest.tensor(t).equals(name)) {
        return t;
      }
    }
    throw new IllegalArgumentException("no tensor " + name);
  }
}
