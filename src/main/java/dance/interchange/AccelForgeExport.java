package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An evaluated mapping as AccelForge's YAML: {@code arch.yaml} (bits, joules, seconds, square
 * metres), {@code workload.yaml} and {@code mapping.yaml}. {@link AccelForgeFiles} reads them back
 * and counts the same. What the format does not hold stands in a comment.
 */
public final class AccelForgeExport {
  private AccelForgeExport() {}

  /**
   * Text by file name.
   *
   * @throws IllegalArgumentException if the einsum only adds, or two dimensions differ only in case
   */
  public static Map<String, String> files(Evaluation evaluation) {
    Einsum einsum = evaluation.einsum();
    TimeloopExport.multiplies(einsum);
    if (einsum.dimensions().stream().map(d -> variable(d.dimension())).distinct().count()
        < einsum.dimensions().size()) {
      throw new IllegalArgumentException(
          "dimensions of "
              + einsum.name()
              + " differ only in case, which AccelForge does not have");
    }
    NodeForm nodes = NodeForm.of(evaluation);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("arch.yaml", architecture(nodes.accelerator(), evaluation.accelerator()));
    files.put("workload.yaml", workload(einsum, nodes.accelerator()));
    files.put("mapping.yaml", mapping(nodes, einsum));
    return files;
  }

  private static String architecture(Accelerator nodes, Accelerator whole) {
    double hertz = 1e6 * whole.clockMhz();
    List<String> missing = NodeForm.notHeld(whole);
    if (!whole.unpriced().isEmpty()) {
      missing.add("energies of " + String.join(", ", whole.unpriced()) + ", which are unknown");
    }
    for (MemoryLevel level : whole.levels()) {
      if (!level.interconnect().free()) {
        missing.add("interconnect below " + level.name());
      }
      if (level.updatePj() != level.fillPj()) {
        missing.add("energy of updates of %s (%s pJ)".formatted(level.name(), level.updatePj()));
      }
      if (!Double.isInfinite(level.sharedWordsPerCycle())
          && level.sharedWordsPerCycle()
              > Math.min(level.readWordsPerCycle(), level.writeWordsPerCycle())) {
        missing.add("ports of " + level.name() + " that are shared in part");
      }
      if (level.multipleBuffering() > 1) {
        missing.add("multiple buffering of " + level.name() + ", whose usable size is given");
      }
    }
    StringBuilder text = new StringBuilder("# " + whole.name() + ", " + whole.technology() + "\n");
    if (!missing.isEmpty()) {
      text.append("# not in this format: ").append(String.join("; ", missing)).append("\n");
    }
    text.append("arch:\n  nodes:\n");
    for (MemoryLevel level : nodes.levels()) {
      if (NodeForm.isFanout(level)) {
        text.append("  - !Container\n    name: ").append(word(NodeForm.container(level)));
        text.append(
            "\n    spatial: [{name: X, fanout: %d}, {name: Y, fanout: %d}]\n"
                .formatted(level.fanoutX(), level.fanoutY()));
        continue;
      }
      boolean unbounded = level.usableWords() == MemoryLevel.UNBOUNDED;
      text.append("  - !Memory\n    name: ").append(word(level.name()));
      text.append("\n    size: ")
          .append(unbounded ? "inf" : "" + level.usableWords() * level.wordBits());
      text.append("\n    leak_power: ").append(level.leakPjPerCycle() * 1e-12 * hertz);
      text.append(area(level.areaUm2())).append("\n    actions:\n");
      double shared = level.sharedWordsPerCycle();
      action(
          text, "read", level, level.readPj(), Math.min(shared, level.readWordsPerCycle()) * hertz);
      action(
          text,
          "write",
          level,
          level.fillPj(),
          Math.min(shared, level.writeWordsPerCycle()) * hertz);
      if (Double.isInfinite(shared)) {
        text.append("    total_latency: ").append(AccelForgeArchitecture.SEPARATE).append("\n");
      }
      boolean outermost = level == nodes.levels().get(0);
      text.append("    tensors: {").append(outermost ? "keep: All" : "may_keep: All").append("}\n");
    }
    text.append("  - !Compute\n    name: ").append(word(nodes.mac().name()));
    text.append("\n    leak_power: 0").append(area(nodes.mac().areaUm2()));
    text.append("\n    actions:\n    - {name: compute");
    return text.append(energy(nodes.mac().macPj()))
        .append(", throughput: ")
        .append(hertz)
        .append("}\n")
        .toString();
  }

  private static void action(
      StringBuilder text, String name, MemoryLevel level, double linePj, double wordsPerSecond) {
    int lineBits = level.lineWords() * level.wordBits();
    String lines =
        Double.isInfinite(wordsPerSecond) ? "inf" : "" + wordsPerSecond / level.lineWords();
    text.append("    - {name: ").append(name).append(energy(linePj));
    text.append(", bits_per_action: ").append(lineBits);
    text.append(", throughput: ").append(lines).append("}\n");
  }

  /** Nothing where it is unknown. */
  private static String energy(double pj) {
    return Double.isNaN(pj) ? "" : ", energy: " + pj * 1e-12;
  }

  private static String area(double um2) {
    return Double.isNaN(um2) ? "" : "\n    area: " + um2 * 1e-12;
  }

  private static String workload(Einsum einsum, Accelerator accelerator) {
    StringBuilder text = new StringBuilder("workload:\n  iteration_space_shape:\n");
    for (Einsum.Loop loop : einsum.dimensions()) {
      String v = variable(loop.dimension());
      text.append("    %s: 0 <= %s < %d\n".formatted(v, v, loop.bound()));
    }
    text.append("  bits_per_value: {All: ").append(accelerator.levels().get(0).wordBits());
    text.append("}\n  einsums:\n  - name: ").append(word(einsum.name()));
    text.append("\n    tensor_accesses:\n");
    List<String> renames = new ArrayList<>();
    for (Tensor tensor : einsum.tensors()) {
      List<String> axes = new ArrayList<>();
      for (Axis axis : tensor.axes()) {
        String rank =
            axis.terms().stream().map(Axis.Term::dimension).collect(Collectors.joining("_"));
        String sum =
            axis.terms().stream()
                .map(
                    t ->
                        (t.coefficient() == 1 ? "" : t.coefficient() + "*")
                            + variable(t.dimension()))
                .collect(Collectors.joining(" + "));
        axes.add(rank.toUpperCase(Locale.ROOT) + ": " + sum);
      }
      boolean output = tensor.role() == Operand.OUTPUT;
      text.append(
          "    - {name: %s, projection: {%s}%s}\n"
              .formatted(
                  word(tensor.name()), String.join(", ", axes), output ? ", output: True" : ""));
      renames.add(tensor.role().name().toLowerCase(Locale.ROOT) + ": " + word(tensor.name()));
    }
    return text.append("    renames: {")
        .append(String.join(", ", renames))
        .append("}\n")
        .toString();
  }

  private static String mapping(NodeForm nodes, Einsum einsum) {
    LoopNest nest = LoopNest.of(einsum, nodes.accelerator(), nodes.mapping());
    Map<String, Long> inside = new HashMap<>();
    nest.levels().stream()
        .flatMap(level -> level.loops().stream())
        .forEach(l -> inside.merge(l.dimension(), (long) l.bound(), (a, b) -> a * b));
    StringBuilder text = new StringBuilder("mapping:\n  nodes:\n");
    for (int i = 0; i < nodes.accelerator().levels().size(); i++) {
      MemoryLevel level = nodes.accelerator().levels().get(i);
      List<String> kept =
          einsum.tensors().stream()
              .map(Tensor::name)
              .filter(nodes.mapping().levels().get(i).keeps()::contains)
              .map(AccelForgeExport::word)
              .toList();
      boolean idle = kept.isEmpty() && nest.levels().get(i).loops().isEmpty();
      if (!NodeForm.isFanout(level) && !idle) {
        text.append(
            "  - !Storage {tensors: [%s], component: %s}\n"
                .formatted(String.join(", ", kept), word(level.name())));
      }
      for (LoopNest.Loop loop : nest.levels().get(i).loops()) {
        long tile = inside.merge(loop.dimension(), (long) loop.bound(), (a, b) -> a / b);
        String bounds =
            "rank_variable: %s, tile_shape: %d".formatted(variable(loop.dimension()), tile);
        text.append(
            loop.place() == LoopNest.Place.TEMPORAL
                ? "  - !Temporal {%s}\n".formatted(bounds)
                : "  - !Spatial {%s, name: %s, component: %s}\n"
                    .formatted(
                        bounds,
                        loop.place() == LoopNest.Place.SPATIAL_X ? "X" : "Y",
                        word(NodeForm.container(level))));
      }
    }
    return text.append("  - !Compute {einsum: ")
        .append(word(einsum.name()))
        .append(", component: ")
        .append(word(nodes.accelerator().mac().name()))
        .append("}\n")
        .toString();
  }

  private static String variable(String dimension) {
    return dimension.toLowerCase(Locale.ROOT);
  }

  private static String word(String text) {
    return TimeloopMappingWriter.scalar(text);
  }
}
