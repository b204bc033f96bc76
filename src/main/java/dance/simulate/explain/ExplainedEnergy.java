package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.product;
import static dance.simulate.explain.ExplainedTiles.text;
import static dance.simulate.explain.Explanation.How.PRODUCT;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.accelerator.Accelerator;
import dance.accelerator.CostSource;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.cost.Ledger;
import dance.simulate.count.InterconnectEnergy;
import dance.simulate.count.InterconnectHops;
import dance.simulate.count.Pricing;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Explains energy: single accounts of the ledger, groups of them, and the total. */
final class ExplainedEnergy {
  private final ExplainedNest nest;
  private final ExplainedFactors factors;
  private final ExplainedCounts counts;
  private final ExplainedCycles cycles;
  private final ExplainedZeros zeros;

  ExplainedEnergy(
      ExplainedNest nest,
      ExplainedFactors factors,
      ExplainedCounts counts,
      ExplainedCycles cycles,
      ExplainedZeros zeros) {
    this.nest = nest;
    this.zeros = zeros;
    this.factors = factors;
    this.counts = counts;
    this.cycles = cycles;
  }

  /** Name of an account, such as {@code RF fills of Inputs}. */
  static String label(Ledger.Entry entry) {
    return switch (entry.action()) {
      case READ, FILL, UPDATE ->
          entry.level() + " " + ExplainedCounts.noun(entry.action()) + " of " + entry.operand();
      case TRANSFER -> "transfers of " + entry.operand() + " below " + entry.level();
      case LEAK, COMPUTE -> entry.level() + " " + ExplainedCounts.noun(entry.action());
      case OPERATE, FLOOR -> entry.level();
    };
  }

  /** The name under which an account is explained. */
  static String name(Ledger.Entry entry) {
    String account = entry.level() + ".energy." + ExplainedCounts.noun(entry.action());
    return entry.operand().isEmpty() ? account : account + "." + entry.operand();
  }

  /** The whole ledger, the largest account first. */
  Explanation total() {
    return sum(
        "energy",
        nest.evaluation.energyPj(),
        paid(nest.evaluation.ledger().entries()),
        "The largest account first; those that cost nothing are left out. Ask for any by its"
            + " name.");
  }

  /** The levels of the ledger, the largest first. */
  Explanation byLevel() {
    List<Term> terms = new ArrayList<>();
    nest.evaluation.ledger().byLevel().entrySet().stream()
        .filter(e -> e.getValue() != 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(e -> terms.add(new Amount(e.getKey(), e.getValue())));
    return new Explanation(
        "energy by level",
        known(nest.evaluation.energyPj()),
        "pJ",
        new Derivation("Σ levels", "", ""),
        SUM,
        terms,
        List.of());
  }

  /** All accounts of a level; the account itself where there is only one. */
  Explanation together(String level) {
    return together(level, e -> e.level().equals(level));
  }

  /** All accounts of one tensor at a level. */
  Explanation together(String level, String tensor) {
    return together(
        tensor + " at " + level, e -> e.level().equals(level) && e.operand().equals(tensor));
  }

  /** All accounts of one tensor. */
  Explanation ofTensor(String tensor) {
    return together(tensor, e -> e.operand().equals(tensor));
  }

  /** The leakage of everything. */
  Explanation leakage() {
    return together("leakage", e -> e.action() == Ledger.Action.LEAK);
  }

  private Explanation together(String subject, Predicate<Ledger.Entry> these) {
    List<Ledger.Entry> entries = nest.evaluation.ledger().entries().stream().filter(these).toList();
    List<Ledger.Entry> paid = paid(entries);
    if (entries.size() == 1) {
      return account(entries.get(0));
    }
    double value = 0;
    for (Ledger.Entry entry : entries) {
      value += entry.energyPj();
    }
    return sum("energy of " + subject, value, paid, "Ask for any by its name.");
  }

  private static List<Ledger.Entry> paid(List<Ledger.Entry> entries) {
    return entries.stream()
        .filter(e -> e.energyPj() != 0)
        .sorted(Comparator.comparingDouble(Ledger.Entry::energyPj).reversed())
        .toList();
  }

  /**
   * Checks that an energy is known.
   *
   * @throws IllegalArgumentException naming the components without energies
   */
  private double known(double pj) {
    if (Double.isNaN(pj)) {
      throw new IllegalArgumentException(nest.evaluation.accelerator().unknown("this energy"));
    }
    return pj;
  }

  private Explanation sum(String subject, double value, List<Ledger.Entry> entries, String reason) {
    List<Term> terms = new ArrayList<>();
    entries.forEach(e -> terms.add(new Amount(name(e), e.energyPj())));
    return new Explanation(
        subject,
        known(value),
        "pJ",
        new Derivation(
            "Σ accounts",
            terms.isEmpty()
                ? "0"
                : terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
            reason),
        SUM,
        terms,
        List.of());
  }

  /** One account: its count times the energy of one. */
  Explanation account(Ledger.Entry entry) {
    Accelerator accelerator = nest.evaluation.accelerator();
    return switch (entry.action()) {
      case READ, FILL, UPDATE -> accesses(entry);
      case TRANSFER -> transfers(entry);
      case LEAK -> leak(entry);
      case COMPUTE -> operations(entry);
      case OPERATE -> {
        double pj = accelerator.overheads().operationPj();
        yield product(
            entry,
            "operations · clock and control of one",
            "A unit is clocked in the cycles in which it works; each operation is such a cycle.",
            List.of(new Amount("operations", entry.count()), new Amount("pJ per operation", pj)),
            List.of(
                factors.operations(),
                constant("pJ per operation", pj, accelerator.overheads().source())));
      }
      case FLOOR -> {
        double pj = accelerator.overheads().pjPerCycle(accelerator.macUnits());
        yield product(
            entry,
            "clock and control · cycles",
            "Clock and control take their energy in every cycle, whether a unit works or not: "
                + everyCycle(accelerator),
            List.of(new Amount("pJ per cycle", pj), new Amount("cycles", entry.count())),
            List.of(
                cycles.cycles(), constant("pJ per cycle", pj, accelerator.overheads().source())));
      }
    };
  }

  /** What a cycle takes, part by part. */
  private static String everyCycle(Accelerator accelerator) {
    return String.format(
        Locale.ROOT,
        "%.4g pJ of the chip and %.4g pJ of each of %,d units.",
        accelerator.overheads().chipPjPerCycle(),
        accelerator.overheads().pePjPerCycle(),
        accelerator.macUnits());
  }

  private Explanation operations(Ledger.Entry entry) {
    List<Term> terms = new ArrayList<>();
    terms.add(new Amount("operations", entry.count()));
    terms.add(new Amount("pJ per operation", nest.pricing.computePj()));
    List<Explanation> basis = new ArrayList<>();
    basis.add(factors.operations());
    basis.add(
        constant(
            "pJ per operation",
            nest.pricing.computePj(),
            nest.evaluation.accelerator().technology()));
    Optional<Explanation> left = zeros.ofMacs();
    left.ifPresent(share -> add(share, terms, basis));
    return product(
        entry,
        "operations · energy of one" + (left.isPresent() ? " · share left" : ""),
        "",
        terms,
        basis);
  }

  private static void add(Explanation factor, List<Term> terms, List<Explanation> basis) {
    terms.add(new Amount(factor.subject(), factor.value()));
    basis.add(factor);
  }

  private static Explanation constant(String subject, Number value, String source) {
    return Explanation.constant(subject, value, "", source.isBlank() ? "not said" : source);
  }

  /** Source of the costs of a level. */
  private String source(MemoryLevel memory) {
    String technology = nest.evaluation.accelerator().technology();
    return memory.source() instanceof CostSource.Given given
        ? given.text() + " " + memory.name() + "; technology of the accelerator: " + technology
        : memory.source().text();
  }

  private Explanation accesses(Ledger.Entry entry) {
    int level = level(entry.level());
    MemoryLevel memory = nest.evaluation.accelerator().levels().get(level);
    Operand role = nest.evaluation.einsum().tensors().get(tensor(entry.operand())).role();
    double pj =
        switch (entry.action()) {
          case READ -> memory.readPj(role);
          case FILL -> memory.fillPj(role);
          default -> memory.updatePj(role);
        };
    Explanation count = counts.count(level, tensor(entry.operand()), entry.action());
    boolean lines = memory.lineWords() > 1;
    Explanation charged = lines ? lines(count, level, memory.lineWords()) : count;
    List<Term> terms = new ArrayList<>();
    terms.add(new Amount(charged.subject(), charged.value()));
    double memories = nest.pricing.memories(level);
    List<Explanation> basis = new ArrayList<>(List.of(charged));
    if (memories != 1) {
      terms.add(new Amount("physical memories for each instance in use", memories));
      basis.add(
          constant(
              "physical memories for each instance in use",
              memories,
              memory.clusterSize() + " neighbouring instances share one, over those in use"));
    }
    boolean pad = memory.partition(role).flatMap(Partition::costs).isPresent();
    String price =
        "pJ per "
            + (lines ? "line" : "word")
            + " of "
            + memory.name()
            + (pad ? ", pad of " + memory.partition(role).orElseThrow() : "");
    terms.add(new Amount(price, pj));
    basis.add(constant(price, pj, source(memory)));
    Optional<Explanation> left = zeros.ofAccesses(entry.action(), level, tensor(entry.operand()));
    left.ifPresent(share -> add(share, terms, basis));
    return product(
        entry,
        (lines ? "lines" : "words")
            + (memories == 1 ? "" : " · memories per instance")
            + (lines ? " · energy per line" : " · energy per word")
            + (left.isPresent() ? " · share left" : ""),
        memories == 1
            ? ""
            : "Instances that are columns of one physical memory are accessed together.",
        terms,
        basis);
  }

  private Explanation lines(Explanation words, int level, int lineWords) {
    long instances = nest.counter.instances[level];
    long lines = (long) Pricing.lines(words.value().longValue(), instances, lineWords);
    String each = "⌈" + text(words.value()) + " / (" + text(lineWords) + " · " + text(instances);
    return new Explanation(
        "lines of " + words.subject(),
        lines,
        "lines",
        new Derivation(
            "⌈words / (words per line · instances)⌉ · instances",
            each + ")⌉ · " + text(instances),
            "Each access moves a line; each instance has its share of the words."),
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
          new Derivation("0", "", "The network below " + entry.level() + " is free."),
          SUM,
          List.of(),
          List.of());
    }
    Tensor tensor = nest.evaluation.einsum().tensors().get(t);
    Mapping mapping = nest.nest.mapping(nest.shape.einsum);
    Accounting accounting = nest.evaluation.accounting();
    List<InterconnectHops> hops =
        InterconnectEnergy.hops(tensor, mapping, level, memory, accounting);
    Explanation words = counts.passing(level, t);
    Explanation way = way(entry, network, hops);
    return product(
        entry,
        "words · energy of a word's way",
        "",
        List.of(new Amount(words.subject(), words.value()), new Amount(way.subject(), way.value())),
        List.of(words, way));
  }

  /** Average energy of the transfer of a word. */
  private Explanation way(Ledger.Entry entry, Interconnect network, List<InterconnectHops> hops) {
    double average = InterconnectHops.average(hops);
    double whole = InterconnectHops.energyPj(1, hops, network);
    double wires = average * network.hopPj();
    double entering = hops.isEmpty() ? 0 : network.ingressPj();
    List<Explanation> parts = new ArrayList<>();
    parts.add(
        constant(
            "wires",
            wires,
            "%s hops · %s bits · %s pJ per bit and mm · %s mm; network below %s, technology: %s"
                .formatted(
                    text(average),
                    text((long) network.wordBits()),
                    text(network.wirePjPerBitMm()),
                    text(network.tileWidthUm() / 1000),
                    entry.level(),
                    nest.evaluation.accelerator().technology())));
    if (network.routerPj() != 0) {
      parts.add(
          constant(
              "routers",
              whole - wires - entering,
              "one more than whole hops, %s pJ each; given with the network below %s"
                  .formatted(text(network.routerPj()), entry.level())));
    }
    if (entering != 0) {
      parts.add(constant("entering", entering, "given with the network below " + entry.level()));
    }
    List<Term> terms = new ArrayList<>();
    parts.forEach(part -> terms.add(new Amount(part.subject(), part.value())));
    return new Explanation(
        "pJ per word of " + entry.operand() + " below " + entry.level(),
        whole,
        "",
        new Derivation(
            parts.stream().map(Explanation::subject).collect(Collectors.joining(" + ")),
            terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
            "On average a word takes "
                + text(average)
                + " hops of "
                + text(network.hopPj())
                + " pJ."),
        SUM,
        terms,
        parts);
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
        List.of(
            cycles.cycles(),
            instances,
            constant(
                "pJ per cycle and instance",
                pj,
                mac ? accelerator.technology() : source(accelerator.levels().get(level)))));
  }

  /** The MAC unit may have the name of a level: its accounts are the last. */
  private boolean isMac(Ledger.Entry entry) {
    // by position: a level may have the name of the MAC unit
    List<Ledger.Entry> entries = nest.evaluation.ledger().entries();
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i - 1).action() == Ledger.Action.COMPUTE) {
        return entry == entries.get(i);
      }
    }
    return false;
  }

  private Explanation product(
      Ledger.Entry entry,
      String formula,
      String reason,
      List<Term> terms,
      List<Explanation> basis) {
    return new Explanation(
        "energy of " + label(entry),
        known(entry.energyPj()),
        "pJ",
        new Derivation(formula, ExplainedTiles.product(terms), reason),
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
