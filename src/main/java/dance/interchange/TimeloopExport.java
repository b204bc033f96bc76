package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.CostSource;
import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Evaluation;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An evaluated mapping as files of Timeloop's format 0.4: architecture with its tables of energies
 * and areas, problem and mapping. {@link TimeloopFiles} reads them back and counts the same. What
 * the format does not hold stands in a comment: overheads, savings on zeros, leakage of MAC units.
 */
public final class TimeloopExport {
  private TimeloopExport() {}

  /**
   * Text by file name: {@code arch.yaml}, {@code problem.yaml}, {@code mapping.yaml}.
   *
   * @throws IllegalArgumentException if the einsum only adds, or a level has two loops of one
   *     dimension, which the format does not support
   */
  public static Map<String, String> files(Evaluation evaluation) {
    multiplies(evaluation.einsum());
    NodeForm nodes = NodeForm.of(evaluation);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("arch.yaml", architecture(nodes.accelerator(), evaluation.accelerator()));
    files.put("problem.yaml", problem(evaluation.einsum()));
    files.put(
        "mapping.yaml",
        TimeloopMappingWriter.write(nodes.mapping(), evaluation.einsum(), nodes.accelerator()));
    return files;
  }

  /** Refuses what other tools do not have. */
  static void multiplies(Einsum einsum) {
    if (einsum.operation() != Einsum.Op.MULTIPLY_ACCUMULATE) {
      throw new IllegalArgumentException(
          einsum.name() + " only adds: other tools' problems multiply and accumulate");
    }
  }

  private static String architecture(Accelerator nodes, Accelerator whole) {
    StringBuilder text = new StringBuilder("# " + whole.name() + ", " + whole.technology() + "\n");
    List<String> missing = NodeForm.notHeld(whole);
    if (!missing.isEmpty()) {
      text.append("# not in this format: ").append(String.join("; ", missing)).append("\n");
    }
    text.append("architecture:\n  version: 0.4\n  nodes:\n");
    text.append("  - !Container {name: system, attributes: {global_cycle_seconds: ")
        .append(1e-6 / whole.clockMhz())
        .append("}}\n");
    StringBuilder energies = new StringBuilder();
    StringBuilder areas = new StringBuilder();
    boolean priced = nodes.mac().isPriced();
    for (MemoryLevel level : nodes.levels()) {
      if (NodeForm.isFanout(level)) {
        text.append(
            "  - !Container {name: %s, spatial: {meshX: %d, meshY: %d}, attributes: {%s}}%n"
                .formatted(
                    word(NodeForm.container(level)),
                    level.fanoutX(),
                    level.fanoutY(),
                    network(level.interconnect())));
        continue;
      }
      text.append(
          "  - !Component {name: %s, class: %s, attributes: {%s}}%n"
              .formatted(word(level.name()), type(level), attributes(level)));
      priced &= level.isPriced();
      table(
          energies,
          level.name(),
          Map.of(
              "read", level.readPj(),
              "write", level.fillPj(),
              "update", level.updatePj(),
              "leak", level.leakPjPerCycle()));
      area(areas, level.name(), level.areaUm2());
    }
    String mac = nodes.mac().name();
    text.append("  - !Component {name: %s, class: intmac}%n".formatted(word(mac)));
    table(energies, mac, Map.of("compute", nodes.mac().macPj()));
    area(areas, mac, nodes.mac().areaUm2());
    if (priced) {
      text.append("ERT:\n  version: 0.4\n  tables:\n").append(energies);
      text.append(areas.isEmpty() ? "" : "ART:\n  version: 0.4\n  tables:\n" + areas);
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** Nothing where it is unknown. */
  private static void area(StringBuilder text, String name, double um2) {
    if (!Double.isNaN(um2)) {
      text.append("  - {name: %s, area: %s}%n".formatted(word(name), um2));
    }
  }

  private static void table(StringBuilder text, String name, Map<String, Double> actions) {
    text.append("  - name: ").append(word(name)).append("\n    actions:\n");
    actions.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            a ->
                text.append(
                    "    - {name: %s, arguments: {}, energy: %s}%n"
                        .formatted(a.getKey(), a.getValue())));
  }

  private static String type(MemoryLevel level) {
    if (level.keeps().isEmpty()) {
      return "dummy_storage";
    }
    boolean offChip =
        level.capacityWords() == MemoryLevel.UNBOUNDED
            || level.source() instanceof CostSource.OffChip;
    boolean registers = level.source() instanceof CostSource.Registers;
    return offChip ? "DRAM" : registers ? "regfile" : "SRAM";
  }

  private static String attributes(MemoryLevel level) {
    List<String> all = new ArrayList<>();
    all.add("datawidth: " + level.wordBits());
    all.add("block_size: " + level.lineWords());
    all.add("cluster_size: " + level.clusterSize());
    all.add("width: " + (long) level.wordBits() * level.lineWords() * level.clusterSize());
    if (level.capacityWords() != MemoryLevel.UNBOUNDED) {
      boolean lines = level.capacityWords() % level.lineWords() == 0;
      all.add(
          lines
              ? "depth: " + level.capacityWords() / level.lineWords()
              : "entries: " + level.capacityWords());
    }
    if (level.multipleBuffering() > 1) {
      all.add("multiple_buffering: " + level.multipleBuffering());
    }
    bandwidth(all, "read_bandwidth", level.readWordsPerCycle());
    bandwidth(all, "write_bandwidth", level.writeWordsPerCycle());
    bandwidth(all, "shared_bandwidth", level.sharedWordsPerCycle());
    all.add(network(level.interconnect()));
    return String.join(", ", all);
  }

  private static void bandwidth(List<String> all, String key, double wordsPerCycle) {
    if (!Double.isInfinite(wordsPerCycle)) {
      all.add(key + ": " + wordsPerCycle);
    }
  }

  private static String network(Interconnect network) {
    return "network_word_bits: %d, wire_energy: %s, tile_width: %s, router_energy: %s,%s"
        .formatted(
            network.wordBits(),
            network.wirePjPerBitMm(),
            network.tileWidthUm(),
            network.routerPj(),
            " energy_per_ingress: %s, network_fill_latency: %d, network_drain_latency: %d"
                .formatted(network.ingressPj(), network.fillCycles(), network.drainCycles()));
  }

  private static String problem(Einsum einsum) {
    StringBuilder text = new StringBuilder("problem:\n  version: 0.4\n  shape:\n");
    text.append("    name: ").append(word(einsum.name())).append("\n    dimensions: ");
    text.append(names(einsum)).append("\n");
    StringBuilder coefficients = new StringBuilder();
    StringBuilder spaces = new StringBuilder("    data_spaces:\n");
    for (Tensor tensor : einsum.tensors()) {
      List<String> axes = new ArrayList<>();
      for (Axis axis : tensor.axes()) {
        List<String> terms = new ArrayList<>();
        for (Axis.Term term : axis.terms()) {
          String name = tensor.name() + "_" + term.dimension();
          if (term.coefficient() != 1) {
            coefficients.append(
                "    - {name: %s, default: %d}%n".formatted(word(name), term.coefficient()));
          }
          terms.add(
              "["
                  + word(term.dimension())
                  + (term.coefficient() == 1 ? "" : ", " + word(name))
                  + "]");
        }
        axes.add("[" + String.join(", ", terms) + "]");
      }
      spaces.append(
          "    - {name: %s, projection: [%s]%s}%n"
              .formatted(
                  word(tensor.name()),
                  String.join(", ", axes),
                  tensor.role() == Operand.OUTPUT ? ", read_write: true" : ""));
    }
    if (coefficients.length() > 0) {
      text.append("    coefficients:\n").append(coefficients);
    }
    List<String> instance = new ArrayList<>();
    einsum.dimensions().forEach(d -> instance.add(word(d.dimension()) + ": " + d.bound()));
    List<String> densities = new ArrayList<>();
    for (Tensor tensor : einsum.tensors()) {
      if (tensor.zeros() > 0) {
        BigDecimal density = BigDecimal.ONE.subtract(BigDecimal.valueOf(tensor.zeros()));
        densities.add(word(tensor.name()) + ": " + density.toPlainString());
      }
    }
    if (!densities.isEmpty()) {
      instance.add("densities: {" + String.join(", ", densities) + "}");
    }
    return text.append(spaces)
        .append("  instance: {" + String.join(", ", instance) + "}\n")
        .toString()
        .replace(System.lineSeparator(), "\n");
  }

  private static String names(Einsum einsum) {
    return einsum.dimensions().stream()
        .map(d -> word(d.dimension()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String word(String text) {
    return TimeloopMappingWriter.scalar(text);
  }
}
