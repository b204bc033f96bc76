package dance.simulate.mapping;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.ZeroSavings;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the zeros of an einsum leave of the energies and the off-chip words of an accelerator. Every
 * share is 1 where nothing is zero or nothing is saved.
 *
 * <p>Of n MACs, n · {@link #gated} meet a zero factor and are gated: {@code 1 − ∏ (1 − zeros)} over
 * the operands whose zeros gate. A gated MAC does not read the gated operands from the memories of
 * its own PE: from levels without a fan-out inside, if no level further inside can keep the
 * operand; if that operand is the output, it does not write its partial sum back either. Off-chip,
 * inputs and weights are read in coded form. Of the outputs only the values that leave for good
 * are: partial sums that are still to be added to have no zeros to speak of. So the coding saves a
 * constant, its share of every output word once.
 */
public final class ZeroShares {
  private final int tensors;

  /** [level · tensors + tensor] */
  private final double[] readEnergy;

  /** [level] */
  private final double[] updateEnergy;

  /** [tensor] */
  private final double[] offChip;

  private final double gated;
  private final double mac;
  private final double savedUpdates;

  /** The shares of an einsum on an accelerator. */
  public ZeroShares(Einsum einsum, Accelerator accelerator) {
    ZeroSavings savings = accelerator.zeros();
    List<MemoryLevel> levels = accelerator.levels();
    List<Tensor> list = einsum.tensors();
    tensors = list.size();
    readEnergy = new double[levels.size() * tensors];
    updateEnergy = new double[levels.size()];
    Arrays.fill(updateEnergy, 1);
    offChip = new double[tensors];
    double works = 1;
    for (Tensor tensor : list) {
      works *= savings.gating().by().contains(tensor.role()) ? 1 - tensor.zeros() : 1;
    }
    gated = einsum.operation() == Einsum.Op.MULTIPLY_ACCUMULATE ? 1 - works : 0;
    mac = 1 - gated * (1 - savings.gating().mac());
    int wordBits = levels.get(0).wordBits();
    double saved = 0;
    for (int t = 0; t < tensors; t++) {
      Operand role = list.get(t).role();
      boolean coded = savings.offChip().of().contains(role);
      offChip[t] = coded ? savings.offChip().share(list.get(t).zeros(), wordBits) : 1;
      boolean gates = savings.gating().reads().contains(role);
      for (int l = 0; l < levels.size(); l++) {
        boolean reads = gates && isPrivate(accelerator, l, role);
        readEnergy[l * tensors + t] = reads ? 1 - gated : 1;
        updateEnergy[l] *= reads && role == Operand.OUTPUT ? 1 - gated : 1;
      }
      if (role == Operand.OUTPUT) {
        saved = 1 - offChip[t];
      } else {
        readEnergy[t] *= offChip[t];
      }
    }
    savedUpdates = saved;
  }

  /** Whether a level is the innermost that can keep an operand, and feeds one MAC unit. */
  private static boolean isPrivate(Accelerator accelerator, int level, Operand role) {
    List<MemoryLevel> levels = accelerator.levels();
    for (int l = level + 1; l < levels.size(); l++) {
      if (levels.get(l).keeps().contains(role)) {
        return false;
      }
    }
    return accelerator.instances(level) == accelerator.macUnits();
  }

  /** Whether every share is 1: nothing is zero, or nothing is saved. */
  public boolean none() {
    return Stream.of(readEnergy, updateEnergy, offChip, new double[] {mac})
        .flatMapToDouble(DoubleStream::of)
        .allMatch(share -> share == 1);
  }

  /** Fraction of the MACs that are gated. */
  public double gated() {
    return gated;
  }

  /** Mean energy of a MAC, gated or not, over that of one that works. */
  public double mac() {
    return mac;
  }

  /** Mean energy of a read of a tensor at a level over that without zeros. */
  public double read(int level, int t) {
    return readEnergy[level * tensors + t];
  }

  /** Mean energy of an update at a level over that without zeros; coding is not in it. */
  public double update(int level) {
    return updateEnergy[level];
  }

  /** Off-chip words that are moved for a word of a tensor. */
  public double offChip(int t) {
    return offChip[t];
  }

  /** Off-chip words that coding saves for each distinct output word, once. */
  public double savedUpdates() {
    return savedUpdates;
  }
}
