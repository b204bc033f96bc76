package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.cost.Ledger;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.ZeroShares;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns counts into cycles and energy. Mutable, reusable and free of allocation, like the {@link
 * Counter} that it reads; not thread-safe.
 *
 * <p>Accounts are summed in the order of {@link Ledger}: levels outermost first, within a level its
 * tensors with reads, fills, updates and transfers, then its leakage; after the levels the MACs,
 * their leakage, and clock and control: of the units that work, then of every cycle.
 */
public final class Pricing {
  private static final Ledger.Action[] ACTIONS = {
    Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE, Ledger.Action.TRANSFER
  };

  /** Kinds of accesses of a tensor at a level: reads, fills, updates. */
  public static final int ACCESSES = 3;

  private static final String CLOCK = "clock and control";
  private static final int PORTS = 3;
  private static final long MOST_EXACT = 1L << 52;

  private final Accelerator accelerator;
  private final CompiledEinsum shape;
  private final MemoryLevel[] levels;
  private final Counter counter;
  private final Counter busiest;
  private final double computePj;
  private final long macUnits;
  private final InterconnectEnergy networks;
  private final Passes passes;
  private final ZeroShares zeros;

  /** Off-chip words that the coding of finished outputs saves. */
  private final double savedUpdates;

  /** Physical memories of each level. */
  private final long[] clusters;

  /** Whether a port of each level has a limited bandwidth. */
  private final boolean[] limited;

  private boolean uneven;
  private final long latency;

  /** Energy of each account: [(level · tensors + tensor) · 4 + action]. */
  final double[] energy;

  /** Leakage of each level, in pJ: [level]. */
  public final double[] leak;

  double macEnergy;

  /** Leakage of the MAC units, in pJ. */
  public double macLeak;

  double operations;

  /** Clock and control of the accelerator, in pJ. */
  public double floor;

  private double unflooredPj;

  /** Energy of the layer, in pJ. */
  public double totalPj;

  /** Latency of the layer, in cycles. */
  public long cycles;

  /** Energy of a line of each tensor: [level · tensors + tensor]. */
  private final double[] readPj;

  private final double[] fillPj;
  private final double[] updatePj;

  /** Words of a line, and leakage of an instance, in pJ per cycle: [level]. */
  private final int[] lineWords;

  private final double[] leakPj;

  /** Words per cycle of each port: [level · 3 + (read, write, shared)]. */
  private final double[] portWords;

  /** Whether no zeros save anything: every share is 1. */
  private final boolean dense;

  private final double macLeakPj;
  private final double operationPj;
  private final double floorPj;

  /** Networks for whose words MACs wait. */
  private final OperandNetwork[] waits;

  /** Whether there are any of these. */
  private final boolean networked;

  private long waitCycles;

  /** Cycles for which MACs wait in the nest priced last, before rounding up. */
  public double waiting;

  /** Networks of single operands. */
  private final OperandNetwork[] operandNetworks;

  /**
   * Cycles that each port needs: [level · 3 + (read, write, shared)], then those of the networks of
   * single operands, {@link #operandNetworks}; those of MACs and systolic arrays last.
   */
  public final double[] portCycles;

  /** Compiles the costs of an accelerator for an einsum. */
  public Pricing(CompiledEinsum shape, Accelerator accelerator) {
    this(shape, accelerator, null);
  }

  /**
   * As {@link #Pricing(CompiledEinsum, Accelerator)}, with what another one has measured on equal
   * interconnects, and will.
   *
   * @param other of the same einsum and thread, or null
   */
  public Pricing(CompiledEinsum shape, Accelerator accelerator, Pricing other) {
    this.shape = shape;
    this.accelerator = accelerator;
    levels = accelerator.levels().toArray(new MemoryLevel[0]);
    boolean dummy = levels[levels.length - 1].keeps().isEmpty();
    counter = new Counter(shape, levels.length, dummy);
    busiest = new Counter(shape, levels.length, dummy);
    boolean multiplies = shape.einsum.operation() == Einsum.Op.MULTIPLY_ACCUMULATE;
    computePj = multiplies ? accelerator.mac().macPj() : accelerator.mac().addPj();
    zeros = new ZeroShares(shape.einsum, accelerator);
    savedUpdates = zeros.savedUpdates() * shape.words(shape.output);
    macUnits = accelerator.macUnits();
    networks = new InterconnectEnergy(shape, levels, other == null ? null : other.networks);
    clusters = new long[levels.length];
    energy = new double[levels.length * shape.tensors * ACTIONS.length];
    leak = new double[levels.length];
    readPj = new double[levels.length * shape.tensors];
    fillPj = new double[readPj.length];
    updatePj = new double[readPj.length];
    lineWords = new int[levels.length];
    leakPj = new double[levels.length];
    portWords = new double[levels.length * PORTS];
    dense = zeros.none();
    macLeakPj = accelerator.mac().leakPjPerCycle();
    operationPj = accelerator.overheads().operationPj();
    floorPj = accelerator.overheads().pjPerCycle(macUnits);
    for (int cell = 0; cell < readPj.length; cell++) {
      Operand role = shape.einsum.tensors().get(cell % shape.tensors).role();
      MemoryLevel level = levels[cell / shape.tensors];
      readPj[cell] = level.readPj(role);
      fillPj[cell] = level.fillPj(role);
      updatePj[cell] = level.updatePj(role);
    }
    List<OperandNetwork> ofOperands = new ArrayList<>();
    List<OperandNetwork> awaited = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      ofOperands.addAll(OperandNetwork.of(levels[l], l, shape.einsum));
      awaited.addAll(OperandNetwork.waits(levels[l], l, shape.einsum));
    }
    operandNetworks = ofOperands.toArray(new OperandNetwork[0]);
    waits = awaited.toArray(new OperandNetwork[0]);
    portCycles = new double[levels.length * PORTS + operandNetworks.length + 1];
    networked = operandNetworks.length + waits.length > 0;
    passes = new Passes(shape, accelerator);
    limited = new boolean[levels.length];
    long pipe = 0;
    for (int l = 0; l < levels.length; l++) {
      pipe += levels[l].interconnect().fillCycles() + levels[l].interconnect().drainCycles();
      lineWords[l] = levels[l].lineWords();
      leakPj[l] = levels[l].leakPjPerCycle();
      portWords[l * PORTS] = levels[l].readWordsPerCycle();
      portWords[l * PORTS + 1] = levels[l].writeWordsPerCycle();
      portWords[l * PORTS + 2] = levels[l].sharedWordsPerCycle();
      limited[l] = isBounded(levels[l]);
      clusters[l] = -Math.floorDiv(-accelerator.instances(l), (long) levels[l].clusterSize());
    }
    latency = pipe;
  }

  private static boolean isBounded(MemoryLevel level) {
    return level.readWordsPerCycle() < Double.POSITIVE_INFINITY
        || level.writeWordsPerCycle() < Double.POSITIVE_INFINITY
        || level.sharedWordsPerCycle() < Double.POSITIVE_INFINITY
        || !level.bandwidth().networks().isEmpty();
  }

  /** Counter for the energy: sums over all instances. */
  public Counter counter() {
    return counter;
  }

  /**
   * Counter for the load of the ports: that of the busiest instance of each level, if they differ.
   */
  public Counter load() {
    return uneven ? busiest : counter;
  }

  /** Instances of a level that share the accesses of {@link #load}. */
  public long sharing(int level) {
    return uneven ? 1 : counter.instances[level];
  }

  /** Passes over systolic arrays. */
  public Passes passes() {
    return passes;
  }

  /** Energy of one operation without zero factors. */
  public double computePj() {
    return computePj;
  }

  /** What zeros leave of energies and off-chip words. */
  public ZeroShares zeros() {
    return zeros;
  }

  /** Off-chip words that the coding of finished outputs saves: not updated, whatever the nest. */
  public double savedUpdates() {
    return savedUpdates;
  }

  /**
   * Counts and prices a nest.
   *
   * @throws ArithmeticException if a count exceeds 2⁶³ − 1
   */
  public void price(CompiledMapping nest, Accounting accounting) {
    counter.count(nest, accounting);
    uneven = !counter.isPerfect() && isLimitedBelow();
    if (uneven) {
      busiest.countBusiest(nest, accounting);
    }
    long computing = counter.computeCycles;
    double slowest = Math.addExact(computing, passes.cycles(nest, computing));
    portCycles[portCycles.length - 1] = slowest;
    for (int l = 0; l < levels.length; l++) {
      if (limited[l]) {
        slowest = longer(slowest, ports(l));
      }
    }
    if (networked) {
      slowest = networks(nest, slowest);
    }
    cycles = (long) Math.ceil(slowest) + latency + waitCycles;
    networks.price(nest, counter, accounting);
    charge();
  }

  /** The slowest so far, with the networks of single operands; counts the cycles of waiting. */
  private double networks(CompiledMapping nest, double others) {
    double slowest = others;
    for (int i = 0; i < operandNetworks.length; i++) {
      double network = cycles(operandNetworks[i]);
      portCycles[levels.length * PORTS + i] = network;
      slowest = longer(slowest, network);
    }
    waiting = 0;
    for (OperandNetwork network : waits) {
      waiting += waitWords(network, nest.keeps) / network.wordsPerCycle();
    }
    waitCycles = (long) Math.ceil(waiting);
    return slowest;
  }

  /** Whether a level of several instances has a port of limited bandwidth. */
  private boolean isLimitedBelow() {
    boolean any = false;
    for (int l = 0; l < levels.length; l++) {
      any |= limited[l] && counter.instances[l] > 1;
    }
    return any;
  }

  /** Cycles that the slowest port of one instance of a level needs. */
  private double ports(int l) {
    double read = readWords(l);
    double written = writtenWords(l);
    int at = l * PORTS;
    portCycles[at] = read / portWords[at];
    portCycles[at + 1] = written / portWords[at + 1];
    portCycles[at + 2] = (read + written) / portWords[at + 2];
    return longer(longer(portCycles[at], portCycles[at + 1]), portCycles[at + 2]);
  }

  /** The maximum, sooner than {@link Math#max}, which looks for NaN and the sign of zeros. */
  private static double longer(double cycles, double others) {
    return cycles > others ? cycles : others;
  }

  /** The networks of single operands whose cycles follow those of the ports. */
  public List<OperandNetwork> operandNetworks() {
    return List.of(operandNetworks);
  }

  /** Words that one instance of a level moves on the network of an operand, coded. */
  public double words(OperandNetwork network) {
    Counter load = load();
    double words = 0;
    for (int left = network.tensors().bits(); left != 0; left &= left - 1) {
      int t = Integer.numberOfTrailingZeros(left);
      int cell = network.level() * shape.tensors + t;
      if (network.inwards()) {
        boolean coded = network.level() == 0 && t != shape.output;
        words += load.reads[cell] * (coded ? zeros.offChip(t) : 1);
      } else {
        words += load.updates[cell] - (network.level() == 0 ? savedUpdates : 0);
      }
    }
    return each(network.level(), words);
  }

  /** Networks for whose words MACs wait. */
  public List<OperandNetwork> waits() {
    return List.of(waits);
  }

  /** Cycles in which MACs wait for words, in the nest priced last. */
  public long waitCycles() {
    return waitCycles;
  }

  /**
   * Words for which MACs wait: those that the innermost level from the network outwards that keeps
   * the tensor sends, one instance of it.
   *
   * @param keeps tensors that each level keeps: {@code [level]}
   */
  public double waitWords(OperandNetwork network, TensorSet[] keeps) {
    double words = 0;
    for (int left = network.tensors().bits(); left != 0; left &= left - 1) {
      int t = Integer.numberOfTrailingZeros(left);
      int from = network.level();
      while (from > 0 && !keeps[from].contains(t)) {
        from--;
      }
      words += each(from, load().reads[from * shape.tensors + t]);
    }
    return words;
  }

  private double cycles(OperandNetwork network) {
    return words(network) / network.wordsPerCycle();
  }

  /** Words that one instance of a level sends, coded; that of the busiest if they differ. */
  public double readWords(int l) {
    Counter load = load();
    double words = 0;
    for (int t = 0; t < shape.tensors; t++) {
      boolean coded = !dense && l == 0 && t != shape.output;
      words += load.reads[l * shape.tensors + t] * (coded ? zeros.offChip(t) : 1);
    }
    return each(l, words);
  }

  /** The share of one instance of a level. */
  private double each(int l, double words) {
    long sharing = sharing(l);
    return sharing == 1 ? words : words / sharing;
  }

  /** Words that one instance of a level receives, coded; that of the busiest if they differ. */
  public double writtenWords(int l) {
    Counter load = load();
    double words = 0;
    for (int cell = l * shape.tensors; cell < (l + 1) * shape.tensors; cell++) {
      words += (double) load.fills[cell] + load.updates[cell];
    }
    return each(l, l == 0 ? words - savedUpdates : words);
  }

  private void charge() {
    double total = 0;
    for (int l = 0; l < levels.length; l++) {
      long instances = counter.instances[l];
      int line = lineWords[l];
      double memories = memories(l);
      for (int t = 0; t < shape.tensors; t++) {
        int cell = l * shape.tensors + t;
        int at = cell * ACTIONS.length;
        double read = lines(counter.reads[cell], instances, line) * memories * readPj[cell];
        double fill = lines(counter.fills[cell], instances, line) * memories * fillPj[cell];
        double update = 0;
        if (t == shape.output) {
          double updates = lines(counter.updates[cell], instances, line);
          update = updates * memories * updatePj[cell] * (dense ? 1 : updateShare(l, t, updates));
        }
        double transfer = networks.pj[cell];
        read *= dense ? 1 : zeros.read(l, t);
        energy[at] = read;
        energy[at + 1] = fill;
        energy[at + 2] = update;
        energy[at + 3] = transfer;
        total = total + read + fill + update + transfer;
      }
      leak[l] = leakPj[l] * cycles * instances;
      total += leak[l];
    }
    macEnergy = shape.points * computePj * zeros.mac();
    macLeak = macLeakPj * cycles * counter.instances[levels.length];
    floor = floorPj * cycles;
    operations = shape.points * operationPj;
    unflooredPj = total + macEnergy + macLeak + operations;
    totalPj = unflooredPj + floor;
  }

  private double floorPj(long units) {
    return accelerator.overheads().pjPerCycle(units) * cycles;
  }

  /**
   * Energy of the nest priced last for this number of MAC units, to the last bit: unused instances
   * cost only their share of the floor.
   */
  public double totalPj(long units) {
    return unflooredPj + floorPj(units);
  }

  /**
   * Physical memories per instance in use: instances of one memory are accessed together, as
   * columns of one line.
   */
  public double memories(int level) {
    long instances = counter.instances[level];
    return instances <= clusters[level] ? 1 : (double) clusters[level] / instances;
  }

  /**
   * Energy of the nest priced last that is charged because whole lines are accessed, not fractions
   * of lines, pJ.
   */
  public double partLinesPj() {
    return linesPj(1);
  }

  /** Energy of the nest priced last at levels with lines of several words, pJ. */
  public double linesPj() {
    return linesPj(0);
  }

  /** The energy of lines, less this share of that of their words. */
  private double linesPj(int share) {
    double sum = 0;
    for (int l = 0; l < levels.length; l++) {
      MemoryLevel level = levels[l];
      int line = level.lineWords();
      for (int t = 0; t < shape.tensors && line > 1; t++) {
        int cell = l * shape.tensors + t;
        long[] counts = {counter.reads[cell], counter.fills[cell], counter.updates[cell]};
        double[] pj = {
          readPj[cell] * zeros.read(l, t), fillPj[cell], updatePj[cell] * zeros.update(l)
        };
        for (int i = 0; i < counts.length; i++) {
          double whole = lines(counts[i], counter.instances[l], line);
          sum += (whole - share * (double) counts[i] / line) * memories(l) * pj[i];
        }
      }
    }
    return sum;
  }

  /** Mean energy of an update over that without zeros, of these lines. */
  private double updateShare(int l, int t, double lines) {
    boolean coded = l == 0 && t == shape.output && savedUpdates != 0;
    double left = coded ? 1 - savedUpdates / levels[0].lineWords() / lines : 1;
    return left * zeros.update(l);
  }

  /** Mean energy of a read or update over that without zeros, in the nest priced last. */
  public double share(Ledger.Action action, int l, int t) {
    int cell = l * shape.tensors + t;
    return switch (action) {
      case READ -> zeros.read(l, t);
      case UPDATE ->
          updateShare(
              l, t, lines(counter.updates[cell], counter.instances[l], levels[l].lineWords()));
      default -> 1;
    };
  }

  /** Energy of all reads or updates without zeros, in the nest priced last, pJ. */
  public double densePj(Ledger.Action action, int l, int t) {
    int cell = l * shape.tensors + t;
    boolean read = action == Ledger.Action.READ;
    long words = read ? counter.reads[cell] : counter.updates[cell];
    double pj = read ? readPj[cell] : updatePj[cell];
    return lines(words, counter.instances[l], levels[l].lineWords()) * memories(l) * pj;
  }

  /** The interconnects, priced for the nest priced last. */
  public InterconnectEnergy interconnects() {
    return networks;
  }

  /** Line accesses of all instances if each makes its share of the accesses. */
  public static double lines(long accesses, long instances, int lineWords) {
    if (lineWords == 1 || accesses == 0) {
      return accesses;
    }
    long each = lineWords * instances;
    // A quotient of longs below 2^53 is rounded to a whole number only if it is one.
    double count =
        accesses < MOST_EXACT ? Math.ceil((double) accesses / each) : ceil(accesses, each);
    return count * instances;
  }

  private static double ceil(long dividend, long divisor) {
    return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
  }

  /**
   * Accesses of the lines of a level by the nest priced last, in all its physical memories: reads,
   * fills and updates of each tensor.
   *
   * @param lines is set to those of whole lines: {@code [tensor · 3 + action]}
   * @param fractions is set to what they were if fractions of lines could be accessed
   */
  public void accesses(int level, double[] lines, double[] fractions) {
    long instances = counter.instances[level];
    int line = lineWords[level];
    double memories = memories(level);
    for (int t = 0; t < shape.tensors; t++) {
      int cell = level * shape.tensors + t;
      for (int action = 0; action < ACCESSES; action++) {
        long[] counts = action == 0 ? counter.reads : action == 1 ? counter.fills : counter.updates;
        lines[t * ACCESSES + action] = lines(counts[cell], instances, line) * memories;
        fractions[t * ACCESSES + action] = (double) counts[cell] / line * memories;
      }
    }
  }

  /** Energy that does not depend on time. */
  public double fixedPj() {
    double fixed = totalPj - macLeak - floor;
    for (double pj : leak) {
      fixed -= pj;
    }
    return fixed;
  }

  /** Energy of a tensor on the interconnect below a level. */
  public double transferPj(int t, int level) {
    return energy[(level * shape.tensors + t) * ACTIONS.length + 3];
  }

  /** Operations over the capacity of all MAC units in the cycles. */
  double utilization() {
    return shape.points / ((double) cycles * macUnits);
  }

  /** The accounts of the nest priced last. */
  Ledger ledger(CompiledMapping nest) {
    List<Ledger.Entry> entries = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      String name = levels[l].name();
      for (int t = 0; t < shape.tensors; t++) {
        boolean keeps = nest.keeps[l].contains(t);
        if (!keeps && levels[l].interconnect().free()) {
          continue;
        }
        int cell = l * shape.tensors + t;
        long[] counts = {
          counter.reads[cell],
          counter.fills[cell],
          counter.updates[cell],
          networks.words(t, l, nest, counter)
        };
        String tensor = shape.einsum.tensors().get(t).name();
        // A level that does not keep a tensor passes its words through.
        for (int a = keeps ? 0 : ACTIONS.length - 1; a < ACTIONS.length; a++) {
          double pj = energy[cell * ACTIONS.length + a];
          entries.add(new Ledger.Entry(name, tensor, ACTIONS[a], counts[a], pj));
        }
      }
      entries.add(new Ledger.Entry(name, "", Ledger.Action.LEAK, cycles, leak[l]));
    }
    String mac = accelerator.mac().name();
    long points = shape.points;
    entries.add(new Ledger.Entry(mac, "", Ledger.Action.COMPUTE, points, macEnergy));
    entries.add(new Ledger.Entry(mac, "", Ledger.Action.LEAK, cycles, macLeak));
    if (operations > 0) {
      entries.add(new Ledger.Entry(CLOCK, "", Ledger.Action.OPERATE, points, operations));
    }
    entries.add(new Ledger.Entry(CLOCK, "", Ledger.Action.FLOOR, cycles, floor));
    return new Ledger(entries);
  }
}
