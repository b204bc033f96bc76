package dance.notebook.drawing;

import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The operands that a memory level keeps, and those that bypass it.
 *
 * @param keeps names of operands
 * @param bypassed names of operands of the einsum that bypass the level under a mapping
 */
record Kept(List<String> keeps, List<String> bypassed) {
  /** Maximum number of characters of small print in a box. */
  private static final int LONGEST = 46;

  /** Operands that a level may keep, whatever the mapping. */
  static Kept at(MemoryLevel level) {
    return new Kept(
        level.keeps().stream().map(o -> o.name().toLowerCase(Locale.ROOT) + "s").toList(),
        List.of());
  }

  /**
   * Operands that a level keeps under a mapping, which may be fewer than it could; in the order of
   * the einsum.
   */
  static Kept at(Einsum einsum, Mapping.Level level) {
    List<String> names = einsum.tensors().stream().map(Tensor::name).toList();
    return new Kept(
        names.stream().filter(level.keeps()::contains).toList(),
        names.stream().filter(name -> !level.keeps().contains(name)).toList());
  }

  /** {@code keeps Weights, Outputs} and {@code bypassed by Inputs}, in as many lines as needed. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    wrap(keeps.isEmpty() ? List.of("nothing") : keeps, "keeps ", lines);
    if (!bypassed.isEmpty()) {
      wrap(bypassed, "bypassed by ", lines);
    }
    return lines;
  }

  private static void wrap(List<String> names, String head, List<String> lines) {
    String line = head + names.get(0);
    for (String name : names.subList(1, names.size())) {
      if (line.length() + name.length() + 2 > LONGEST) {
        lines.add(line + ",");
        line = "  " + name;
      } else {
        line += ", " + name;
      }
    }
    lines.add(line);
  }
}
