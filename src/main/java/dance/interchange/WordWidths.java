package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Bandwidth;
import dance.accelerator.CostSource;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Storage;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words of tensors that are narrower than those of the memories: a memory word holds as many as fit
 * whole, {@code ⌊memory bits / tensor bits⌋}. A memory then has as many times the words, in its
 * lines, its capacity and its ports, and a line costs the same. Counts are in words of one width a
 * level: where a level keeps tensors of several widths, the widest is taken, which is said.
 */
final class WordWidths {
  private WordWidths() {}

  /**
   * The accelerator with words of these widths.
   *
   * @param bits by tensor; others have words of the memory's width
   * @param kept tensors that each level may keep, outermost first
   * @param warnings where a level has several widths
   */
  static Accelerator of(
      Accelerator accelerator,
      Einsum einsum,
      Map<String, Integer> bits,
      List<Set<String>> kept,
      List<String> warnings) {
    if (bits.isEmpty()) {
      return accelerator;
    }
    Map<String, Operand> roles = new HashMap<>();
    einsum.tensors().forEach(t -> roles.put(t.name(), t.role()));
    Accelerator packed = accelerator;
    List<MemoryLevel> levels = accelerator.levels();
    for (int i = 0; i < levels.size(); i++) {
      MemoryLevel level = levels.get(i);
      Set<Integer> widths = new TreeSet<>();
      for (String tensor : kept.get(i)) {
        if (level.keeps().contains(roles.get(tensor))) {
          widths.add(bits.getOrDefault(tensor, level.wordBits()));
        }
      }
      if (widths.isEmpty()) {
        continue;
      }
      int widest = widths.stream().mapToInt(Integer::intValue).max().getAsInt();
      Set<Integer> packs = new HashSet<>();
      widths.forEach(w -> packs.add(Math.max(1, level.wordBits() / w)));
      if (packs.size() > 1) {
        warnings.add(
            ("%s keeps words of %s bits: all are taken as wide as the widest, %d bits, so that"
                    + " cycles and energies of the narrower are upper bounds there")
                .formatted(level.name(), widths, widest));
      }
      if (widest > level.wordBits()) {
        warnings.add(
            "words of %d bits are wider than those of %s (%d bits): each is taken as one of them"
                .formatted(widest, level.name(), level.wordBits()));
      }
      packed = packed.level(packed(level, widest));
    }
    return packed;
  }

  private static MemoryLevel packed(MemoryLevel level, int bits) {
    int pack = level.wordBits() / bits;
    if (pack <= 1) {
      return level;
    }
    boolean unbounded = level.capacityWords() == MemoryLevel.UNBOUNDED;
    Storage storage =
        new Storage(
            unbounded
                ? MemoryLevel.UNBOUNDED
                : Math.multiplyExact(level.capacityWords(), (long) pack),
            bits,
            Math.multiplyExact(level.lineWords(), pack),
            level.multipleBuffering(),
            level.clusterSize());
    Interconnect network = level.interconnect();
    return new MemoryLevel(
        level.name(),
        storage,
        new Bandwidth(
            pack * level.readWordsPerCycle(),
            pack * level.writeWordsPerCycle(),
            pack * level.sharedWordsPerCycle()),
        level.keeps(),
        level.fanout(),
        network.wordBits() == level.wordBits() ? network.wordBits(bits) : network,
        level.costs(),
        CostSource.GIVEN);
  }

  /** The tensors that each level keeps in a mapping, else may keep under the constraints. */
  static List<Set<String>> kept(
      Einsum einsum,
      Accelerator accelerator,
      Optional<Mapping> mapping,
      Optional<MapConstraints> constraints) {
    List<Set<String>> kept = new ArrayList<>();
    for (int i = 0; i < accelerator.levels().size(); i++) {
      Set<String> names = new HashSet<>();
      einsum.tensors().forEach(t -> names.add(t.name()));
      if (mapping.isPresent()) {
        names.retainAll(mapping.get().levels().get(i).keeps());
      } else if (constraints.isPresent()) {
        names.removeAll(constraints.get().levels().get(i).bypasses());
      }
      kept.add(names);
    }
    return kept;
  }
}
