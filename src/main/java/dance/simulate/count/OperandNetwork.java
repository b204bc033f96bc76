package dance.simulate.count;

import dance.accelerator.MemoryLevel;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One direction of the network that carries one operand between a level and the instances inside:
 * inwards the words that are read, outwards those that are updated.
 *
 * @param level index of the level
 * @param operand the operand
 * @param tensors its tensors
 * @param inwards whether it carries reads
 * @param wordsPerCycle of one instance of the level
 */
public record OperandNetwork(
    int level, Operand operand, TensorSet tensors, boolean inwards, double wordsPerCycle) {

  /** The networks of a level; only outputs have one outwards. */
  static List<OperandNetwork> of(MemoryLevel memory, int level, Einsum einsum) {
    List<OperandNetwork> networks = new ArrayList<>();
    for (Map.Entry<Operand, Double> entry : memory.bandwidth().networks().entrySet()) {
      TensorSet tensors = TensorSet.NONE;
      for (int t = 0; t < einsum.tensors().size(); t++) {
        tensors = einsum.tensors().get(t).role() == entry.getKey() ? tensors.with(t) : tensors;
      }
      if (entry.getValue() < Double.POSITIVE_INFINITY) {
        networks.add(new OperandNetwork(level, entry.getKey(), tensors, true, entry.getValue()));
        if (entry.getKey() == Operand.OUTPUT) {
          networks.add(new OperandNetwork(level, entry.getKey(), tensors, false, entry.getValue()));
        }
      }
    }
    return networks;
  }

  /** The networks for whose words the instances of a level wait. */
  static List<OperandNetwork> waits(MemoryLevel memory, int level, Einsum einsum) {
    return of(memory, level, einsum).stream()
        .filter(network -> network.inwards && memory.bandwidth().waits().contains(network.operand))
        .toList();
  }

  /** {@code input network}, {@code output network outwards}. */
  public String label() {
    String name = operand.name().toLowerCase(Locale.ROOT) + " network";
    return operand == Operand.OUTPUT ? name + (inwards ? " inwards" : " outwards") : name;
  }
}
