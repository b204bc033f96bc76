package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.ZeroShares;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Weights of the cost functions, which are linear in the words that are read, filled and updated at
 * each level: energy, or the load of one memory port.
 */
final class AccessCosts {
  /** Actions that a port serves: bit 0 reads, 1 fills, 2 updates. */
  private static final int READS = 1;

  private static final int UPDATES = 4;
  private static final int WRITES = 2 | UPDATES;
  private static final int ACTIONS = 3;

  /** Cost functions; 0 is energy, the others are ports. */
  final int functions;

  /** Level of each port; -1 for energy. */
  final int[] portLevel;

  /** The port that off-chip reads and writes share; -1 if its bandwidth is not limited. */
  final int offChip;

  /**
   * Whether cycles are at least the load of a port. Those for whose words MACs may wait, depending
   * on what inner levels keep, only decide which partial mappings dominate others: [function].
   */
  final boolean[] slows;

  /**
   * The cost functions; then, if some level rounds accesses up to lines, the energy of all other
   * levels and the accesses of each tensor to each of these. A sum of several may be less, and need
   * more lines: these only decide which partial mappings dominate others.
   */
  final int counted;

  /** What rounding accesses up to lines may add to the energy of a mapping, pJ. */
  final double mostPartLinesPj;

  /** Cost of a word that is read: [counted][level · tensors + tensor], as zeros leave it. */
  private final double[][] read;

  /** Cost of a word that is filled: [counted][level · tensors + tensor]. */
  private final double[][] fill;

  /** Cost of a word of the output that is updated: [counted][level]. */
  final double[][] update;

  private final Einsum einsum;
  private final Accelerator accelerator;
  private final int levels;
  private final int tensors;
  private final int output;

  /** Weights of each cost function so far: [action][level · tensors + tensor]. */
  private final List<double[][]> weights = new ArrayList<>();

  /** Level of each, -1 for none. */
  private final List<Integer> ports = new ArrayList<>();

  /** Where the port of the outermost level that all actions share would be. */
  private int sharedOffChip;

  /** Ports for whose words MACs may wait. */
  private final BitSet waited = new BitSet();

  /**
   * The weights.
   *
   * @param instancesAtMost upper bound of the instances of each level
   */
  AccessCosts(
      Einsum einsum,
      Accelerator accelerator,
      int output,
      ZeroShares zeros,
      double[] instancesAtMost) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    this.output = output;
    levels = accelerator.levels().size();
    tensors = einsum.tensors().size();
    add(energies(zeros), -1);
    boolean limited = accelerator.levels().get(0).sharedWordsPerCycle() < Double.POSITIVE_INFINITY;
    for (int l = 0; l < levels; l++) {
      addPorts(l);
    }
    offChip = limited ? sharedOffChip : -1;
    functions = weights.size();
    slows = new boolean[functions];
    for (int j = 1; j < functions; j++) {
      slows[j] = !waited.get(j);
    }
    mostPartLinesPj = addLines(instancesAtMost);
    counted = weights.size();
    portLevel = ports.stream().mapToInt(Integer::intValue).toArray();
    read = new double[counted][levels * tensors];
    fill = new double[counted][];
    update = new double[counted][levels];
    for (int j = 0; j < counted; j++) {
      fill[j] = weights.get(j)[1];
      for (int l = 0; l < levels; l++) {
        update[j][l] = weights.get(j)[2][l * tensors + output];
        for (int t = 0; t < tensors; t++) {
          boolean coded = l == 0 && t != output;
          double share = j == 0 ? zeros.read(l, t) : coded ? zeros.offChip(t) : 1;
          read[j][l * tensors + t] = weights.get(j)[0][l * tensors + t] * share;
        }
      }
    }
  }

  /** Cost of a word of a tensor that is read at a level. */
  double read(int j, int level, int t) {
    return read[j][level * tensors + t];
  }

  /** Cost of a word of a tensor that is filled into a level. */
  double fill(int j, int level, int t) {
    return fill[j][level * tensors + t];
  }

  private void add(double[][] function, int level) {
    weights.add(function);
    ports.add(level);
  }

  private double[][] energies(ZeroShares zeros) {
    double[][] energies = new double[ACTIONS][levels * tensors];
    for (int l = 0; l < levels; l++) {
      MemoryLevel level = accelerator.levels().get(l);
      for (int t = 0; t < tensors; t++) {
        Operand role = role(t);
        double[] pj = {
          level.readPj(role), level.fillPj(role), level.updatePj(role) * zeros.update(l)
        };
        for (int action = 0; action < ACTIONS; action++) {
          double each = pj[action] / level.lineWords();
          energies[action][l * tensors + t] =
              level.clusterSize() > 1 ? each / level.clusterSize() : each;
        }
      }
    }
    return energies;
  }

  private Operand role(int t) {
    return einsum.tensors().get(t).role();
  }

  private void addPorts(int l) {
    MemoryLevel level = accelerator.levels().get(l);
    Set<Operand> all = EnumSet.allOf(Operand.class);
    addPort(l, level.readWordsPerCycle(), READS, all);
    addPort(l, level.writeWordsPerCycle(), WRITES, all);
    sharedOffChip = l == 0 ? weights.size() : sharedOffChip;
    addPort(l, level.sharedWordsPerCycle(), READS | WRITES, all);
    for (Operand role : Operand.values()) {
      double network = level.bandwidth().network(role);
      addPort(l, network, READS, Set.of(role));
      if (role == Operand.OUTPUT) {
        addPort(l, network, UPDATES, Set.of(role));
      }
      boolean waits = level.bandwidth().waits().contains(role);
      for (int outer = 0; waits && outer < l; outer++) {
        // What the MACs wait for may come from there.
        addPort(outer, network, READS, Set.of(role));
        waited.set(ports.size() - 1);
      }
    }
  }

  private void addPort(int level, double wordsPerCycle, int actions, Set<Operand> roles) {
    if (wordsPerCycle == Double.POSITIVE_INFINITY) {
      return;
    }
    double[][] load = new double[ACTIONS][levels * tensors];
    for (int t = 0; t < tensors; t++) {
      for (int action = 0; action < ACTIONS; action++) {
        boolean counts = (actions >> action & 1) != 0 && roles.contains(role(t));
        load[action][level * tensors + t] = counts ? 1 / wordsPerCycle : 0;
      }
    }
    add(load, level);
  }

  /**
   * Adds the accesses of each tensor to each level with lines of several words, and the energy of
   * all other levels if there is one.
   *
   * @return what rounding up to lines may add to the energy, pJ
   */
  private double addLines(double[] instancesAtMost) {
    double partLinesPj = 0;
    double[][] others = new double[ACTIONS][levels * tensors];
    for (int l = 0; l < levels; l++) {
      double more = addLines(l, instancesAtMost[l]);
      partLinesPj += more;
      for (int action = 0; action < ACTIONS && more == 0; action++) {
        double[] energy = weights.get(0)[action];
        System.arraycopy(energy, l * tensors, others[action], l * tensors, tensors);
      }
    }
    if (partLinesPj > 0) {
      add(others, -1);
    }
    return partLinesPj;
  }

  private double addLines(int level, double instances) {
    MemoryLevel memory = accelerator.levels().get(level);
    int line = memory.lineWords();
    double partLines = (line - 1) * instances * memory.clusterSize();
    double mostPj = 0;
    for (int t = 0; t < tensors && line > 1; t++) {
      for (int action = 0; action < ACTIONS; action++) {
        double pj = weights.get(0)[action][level * tensors + t];
        if (pj > 0 && (action < 2 || t == output)) {
          double[][] accesses = new double[ACTIONS][levels * tensors];
          accesses[action][level * tensors + t] = 1;
          add(accesses, level);
          mostPj += pj * partLines;
        }
      }
    }
    return mostPj;
  }
}
