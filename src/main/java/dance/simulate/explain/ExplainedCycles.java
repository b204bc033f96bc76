package dance.simulate.explain;

import static dance.simulate.explain.ExplainedTiles.text;
import static dance.simulate.explain.Explanation.How.MAXIMUM;
import static dance.simulate.explain.Explanation.How.PRODUCT;
import static dance.simulate.explain.Explanation.How.QUOTIENT;
import static dance.simulate.explain.Explanation.How.SUM;

import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.Counter;
import dance.simulate.count.OperandNetwork;
import dance.simulate.count.Passes;
import dance.simulate.explain.Explanation.Amount;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.explain.Explanation.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Explains cycles: the slowest of MAC units and ports, and the latency of the interconnects. */
final class ExplainedCycles {
  private static final List<String> PORTS = List.of("read port", "write port", "shared port");

  private final ExplainedNest nest;
  private final ExplainedFactors factors;
  private final ExplainedZeros zeros;

  ExplainedCycles(ExplainedNest nest, ExplainedFactors factors, ExplainedZeros zeros) {
    this.nest = nest;
    this.zeros = zeros;
    this.factors = factors;
  }

  Explanation cycles() {
    List<Term> latencies = latencies();
    if (latencies.isEmpty()) {
      return slowest("cycles");
    }
    Explanation slowest = slowest("cycles of the slowest part");
    List<Term> terms = new ArrayList<>();
    terms.add(new Amount(slowest.subject(), slowest.value()));
    terms.addAll(latencies);
    return new Explanation(
        "cycles",
        nest.evaluation.cycles(),
        "cycles",
        new Derivation(
            "slowest part + latency of the networks",
            terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
            nest.pricing.waitCycles() > 0
                ? "MACs wait while these words are on their way; the rest overlaps."
                : "The networks are filled once at the start and drained once at the end."),
        SUM,
        terms,
        List.of(slowest));
  }

  private List<Term> latencies() {
    List<Term> terms = new ArrayList<>();
    for (int l = 0; l < nest.levels; l++) {
      Interconnect network = nest.evaluation.accelerator().levels().get(l).interconnect();
      if (network.fillCycles() > 0) {
        terms.add(new Amount("fill latency below " + nest.level(l), network.fillCycles()));
      }
      if (network.drainCycles() > 0) {
        terms.add(new Amount("drain latency below " + nest.level(l), network.drainCycles()));
      }
    }
    if (nest.pricing.waitCycles() > 0) {
      String awaited =
          nest.pricing.waits().stream().map(this::label).collect(Collectors.joining(", "));
      terms.add(new Amount("cycles of waiting for the " + awaited, nest.pricing.waitCycles()));
    }
    return terms;
  }

  private Explanation slowest(String subject) {
    Explanation compute = computing();
    List<Term> terms = new ArrayList<>(List.of(new Amount(compute.subject(), compute.value())));
    List<Explanation> basis = new ArrayList<>(List.of(compute));
    List<String> numbers = new ArrayList<>(List.of(text(compute.value())));
    long most = compute.value().longValue();
    String limit = "arithmetic";
    for (int l = 0; l < nest.levels; l++) {
      for (int port = 0; port < PORTS.size(); port++) {
        if (wordsPerCycle(l, port) < Double.POSITIVE_INFINITY) {
          Explanation explained = port(l, port);
          long whole = (long) Math.ceil(explained.value().doubleValue());
          terms.add(new Amount(explained.subject(), whole));
          basis.add(explained);
          numbers.add("⌈" + text(explained.value()) + "⌉");
          if (whole > most) {
            most = whole;
            limit = "the " + PORTS.get(port) + " of " + nest.level(l);
          }
        }
      }
    }
    for (int i = 0; i < nest.pricing.operandNetworks().size(); i++) {
      Explanation explained = network(nest.pricing.operandNetworks().get(i));
      long whole = (long) Math.ceil(explained.value().doubleValue());
      terms.add(new Amount(explained.subject(), whole));
      basis.add(explained);
      numbers.add("⌈" + text(explained.value()) + "⌉");
      if (whole > most) {
        most = whole;
        limit = "the " + label(nest.pricing.operandNetworks().get(i));
      }
    }
    boolean ports = basis.size() > 1;
    return new Explanation(
        subject,
        most,
        "cycles",
        new Derivation(
            ports
                ? "max(" + compute.subject() + ", words of a port / words per cycle, …)"
                : compute.subject(),
            ports ? "max(" + String.join(", ", numbers) + ")" : numbers.get(0),
            ports
                ? "All work at the same time, so the slowest decides: " + limit + "."
                : "No port has a limited bandwidth, so that arithmetic alone decides."),
        MAXIMUM,
        terms,
        basis);
  }

  /** The compute cycles, with those in which systolic arrays fill and drain. */
  private Explanation computing() {
    Explanation compute = factors.computeCycles();
    int arrays = nest.pricing.passes().levels.length;
    if (arrays == 0) {
      return compute;
    }
    List<Explanation> basis = new ArrayList<>(List.of(compute));
    for (int i = 0; i < arrays; i++) {
      basis.add(fillAndDrain(i));
    }
    List<Term> terms = new ArrayList<>();
    long sum = 0;
    for (Explanation part : basis) {
      terms.add(new Amount(part.subject(), part.value()));
      sum += part.value().longValue();
    }
    return new Explanation(
        "cycles of the arrays",
        sum,
        "cycles",
        new Derivation(
            "compute cycles + fill and drain in every pass",
            terms.stream().map(t -> text(t.value())).collect(Collectors.joining(" + ")),
            "A systolic array is empty before each pass and drained after it."),
        SUM,
        terms,
        basis);
  }

  /** Passes over a systolic array times the cycles that each adds. */
  private Explanation fillAndDrain(int array) {
    Passes passes = nest.pricing.passes();
    int level = passes.levels[array];
    MemoryLevel memory = nest.evaluation.accelerator().levels().get(level);
    Interconnect.Systolic systolic = memory.interconnect().systolic();
    long count = passes.passes(array, nest.nest, nest.counter.computeCycles);
    List<Term> loops = new ArrayList<>();
    boolean held =
        passes.stationary[array] >= 0 && passes.holder(array, nest.nest.keeps) < nest.levels;
    for (int d = 0; held && d < nest.shape.dimensions; d++) {
      long iterations = passes.iterations(array, d, nest.nest);
      if (iterations > 1) {
        loops.add(new Amount("iterations along " + nest.dimension(d), iterations));
      }
    }
    if (loops.isEmpty()) {
      loops.add(new Amount(held || count == 1 ? "one pass" : "one a compute cycle", count));
    }
    String below = " below " + nest.level(level);
    String operand =
        passes.stationary[array] < 0
            ? systolic.stationary().name()
            : nest.tensor(passes.stationary[array]);
    Explanation of =
        new Explanation(
            "passes" + below,
            count,
            "",
            new Derivation(
                "∏ iterations of the loops outside the stationary tile",
                ExplainedTiles.product(loops),
                "A pass lasts while the tile of " + operand + " stays in the array."),
            PRODUCT,
            loops,
            List.of());
    long skew = systolic.fillAndDrain(memory.fanoutX(), memory.fanoutY());
    long preload = systolic.preload(memory.fanoutY());
    List<Term> terms =
        List.of(
            new Amount(of.subject(), count), new Amount("cycles of each", passes.cycles[array]));
    return new Explanation(
        "fill and drain" + below,
        Math.multiplyExact(count, passes.cycles[array]),
        "cycles",
        new Derivation(
            "passes · (preload + columns + rows − 2)",
            "%s · (%s + %s)".formatted(text(count), text(preload), text(skew)),
            preload > 0
                ? "Its tile enters a row a cycle; the last PE begins columns + rows − 2 cycles after"
                    + " the first."
                : "The last PE begins columns + rows − 2 cycles after the first."),
        PRODUCT,
        terms,
        List.of(of));
  }

  private String label(OperandNetwork network) {
    return network.label() + " of " + nest.level(network.level());
  }

  private Explanation network(OperandNetwork network) {
    double words = nest.pricing.words(network);
    String name = nest.level(network.level());
    return new Explanation(
        "cycles of the " + label(network),
        words / network.wordsPerCycle(),
        "cycles",
        new Derivation(
            "words of one " + name + " / words per cycle",
            text(words) + " / " + text(network.wordsPerCycle()),
            network.inwards()
                ? "Words that several instances receive at once pass once."
                : "Partial sums and finished outputs return."),
        QUOTIENT,
        List.of(
            new Amount("words of one " + name, words),
            new Amount("words per cycle", network.wordsPerCycle())),
        List.of());
  }

  private double wordsPerCycle(int level, int port) {
    MemoryLevel memory = nest.evaluation.accelerator().levels().get(level);
    return switch (port) {
      case 0 -> memory.readWordsPerCycle();
      case 1 -> memory.writeWordsPerCycle();
      default -> memory.sharedWordsPerCycle();
    };
  }

  private Explanation port(int level, int port) {
    Counter load = nest.pricing.load();
    double sharing = nest.pricing.sharing(level);
    List<String> parts = new ArrayList<>();
    for (int t = 0; t < nest.shape.tensors; t++) {
      if (nest.keeps(level, t)) {
        int cell = level * nest.shape.tensors + t;
        String read = zeros.coding(level, false, t);
        String written = zeros.coding(level, true, t);
        addPart(parts, port == 1, load.reads[cell] / sharing, "reads", t, read);
        addPart(parts, port == 0, load.fills[cell] / sharing, "fills", t, "");
        addPart(parts, port == 0, load.updates[cell] / sharing, "updates", t, written);
      }
    }
    double read = nest.pricing.readWords(level);
    double written = nest.pricing.writtenWords(level);
    double words = port == 0 ? read : port == 1 ? written : read + written;
    String name = nest.level(level);
    String subject = "cycles of the " + PORTS.get(port) + " of " + name;
    boolean busiest = nest.pricing.load() != nest.counter;
    return new Explanation(
        subject,
        nest.pricing.portCycles[level * 3 + port],
        "cycles",
        new Derivation(
            "words of one " + name + " / words per cycle",
            text(words) + " / " + text(wordsPerCycle(level, port)),
            (busiest
                    ? "The " + name + " with all indices 0 works longest: "
                    : "One " + name + " has ")
                + (parts.isEmpty() ? "no accesses" : String.join(", ", parts))
                + "."),
        QUOTIENT,
        List.of(
            new Amount("words of one " + name, words),
            new Amount("words per cycle", wordsPerCycle(level, port))),
        List.of());
  }

  private void addPart(
      List<String> parts, boolean other, double words, String noun, int t, String coding) {
    if (!other && words > 0) {
      parts.add(text(words) + " " + noun + " of " + nest.tensor(t) + coding);
    }
  }

  Explanation utilization() {
    long units = nest.evaluation.accelerator().macUnits();
    double slots = (double) nest.evaluation.cycles() * units;
    Explanation operations = factors.operations();
    Explanation cycles = cycles();
    return new Explanation(
        "utilization",
        nest.evaluation.utilization(),
        "",
        new Derivation(
            "operations / (cycles · MAC units)",
            text(operations.value()) + " / (" + text(cycles.value()) + " · " + text(units) + ")",
            "What was done over what all MAC units could have done in this time."),
        QUOTIENT,
        List.of(
            new Amount(operations.subject(), operations.value()),
            new Amount("cycles · MAC units", slots)),
        List.of(operations, cycles));
  }
}
