package dance.simulate.mapper;

import dance.simulate.count.TensorSet;

/**
 * What an access costs once it is decided which tensors register files and buffer keep: each cost
 * function by itself. A tensor that the registers do not keep is read by the MACs where it is kept
 * next; one that the buffer does not keep comes from the outermost level.
 */
final class KeptCosts {
  private static final int REGISTERS = 2;

  /** Tensors that the register files keep. */
  final TensorSet registers;

  /** Tensors that the buffer keeps. */
  final TensorSet buffer;

  /**
   * Cost of all mappings: operations and accesses of the MACs to registers, less what first
   * accumulations save outside the array: [function].
   */
  final double[] fixed;

  /** Cost of a word that is filled into a register file: [function][tensor]. */
  final double[][] fillPerWord;

  /** Cost of a word that the level above sends to register files: [function][tensor]. */
  final double[][] sentPerWord;

  /**
   * Cost of the accesses of the MACs, if none is shared, above the registers: [function][tensor].
   */
  final double[][] direct;

  /** What first accumulations save for each instance that accumulates a word: [function]. */
  private final double[] saved;

  private final MappingCosts problem;
  private final double points;

  KeptCosts(MappingCosts problem, TensorSet registers, TensorSet buffer) {
    this.problem = problem;
    this.registers = registers;
    this.buffer = buffer;
    points = problem.space.einsum.points();
    fixed = problem.always.clone();
    fillPerWord = new double[problem.functions][problem.tensors];
    sentPerWord = new double[problem.functions][problem.tensors];
    direct = new double[problem.functions][problem.tensors];
    for (int j = 0; j < problem.functions; j++) {
      for (int t = 0; t < problem.tensors; t++) {
        add(j, t);
      }
    }
    saved = new double[problem.functions];
    int out = problem.output;
    for (int j = 0; inRegisters(out) && j < saved.length; j++) {
      double each = problem.costs.read(j, REGISTERS, out) + problem.costs.fill(j, REGISTERS, out);
      saved[j] = each * problem.words[out];
    }
  }

  private void add(int j, int t) {
    int from = inBuffer(t) ? 1 : 0;
    if (inRegisters(t)) {
      fixed[j] += points * access(j, t, REGISTERS);
      fillPerWord[j][t] = problem.costs.fill(j, REGISTERS, t);
      sentPerWord[j][t] = access(j, t, from);
    } else {
      direct[j][t] = points * access(j, t, from);
    }
    if (t == problem.output) {
      fixed[j] -= problem.costs.read(j, 0, t) * problem.words[t];
      if (from == 1) {
        fixed[j] -= (problem.costs.read(j, 1, t) + problem.costs.fill(j, 1, t)) * problem.words[t];
      }
    }
  }

  boolean inRegisters(int t) {
    return registers.contains(t);
  }

  boolean inBuffer(int t) {
    return buffer.contains(t);
  }

  /** Cost of an access from inside at a level. */
  private double access(int j, int t, int level) {
    return problem.costs.read(j, level, t)
        + (t == problem.output ? problem.costs.update[j][level] : 0);
  }

  /** Cost of accesses of the MACs if at most this many share one; each word is accessed once. */
  double direct(int j, int t, double shared) {
    return direct[j][t] * Math.max(1 / shared, problem.words[t] / points);
  }

  /** Cost of every word of a tensor of the registers once, on its way to one of them. */
  double once(int j, int t) {
    return problem.words[t] * (fillPerWord[j][t] + sentPerWord[j][t]);
  }

  /**
   * Upper bound of the cost that first accumulations save, as they read nothing, for each instance
   * that accumulates a word.
   */
  double saved(int j) {
    return saved[j];
  }
}
