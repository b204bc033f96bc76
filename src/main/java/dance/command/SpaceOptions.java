package dance.command;

import dance.accelerator.Dataflow;
import dance.evaluate.CostTable;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for network and accelerator spaces. */
final class SpaceOptions {
  private static final String DESIGNS = "accelerator space";

  @Option(
      names = "--space",
      paramLabel = "NAME",
      defaultValue = "cifar",
      description =
          "cifar, imagenet, mini, mini-cifar, nasbench201, nasbench-macro, or with a width as cifar:0.5 (default: "
              + "${DEFAULT-VALUE}).")
  private String space;

  @Option(
      names = "--pes",
      split = ",",
      paramLabel = "N",
      description = "Columns and rows of the arrays (default: 8 to 24).")
  private Integer[] pes;

  @Option(
      names = "--rf",
      split = ",",
      paramLabel = "WORDS",
      description = "Words of the register files (default: 4,8,16,32,64).")
  private Integer[] rf;

  @Option(
      names = "--dataflows",
      split = ",",
      paramLabel = "ws|os|rs",
      converter = WordOption.OfDataflow.class,
      description = "Dataflows (default: all).")
  private Dataflow[] dataflows;

  NetworkSpace networks() {
    return NetworkSpace.byName(space);
  }

  AcceleratorSpace designs() {
    AcceleratorSpace designs = AcceleratorSpace.dance();
    designs = pes == null ? designs : designs.pes(pes);
    designs = rf == null ? designs : designs.rf(rf);
    return dataflows == null ? designs : designs.dataflows(dataflows);
  }

  /**
   * Reads a table of spaces with names.
   *
   * @throws IllegalArgumentException if the file is not a table, or of custom spaces
   */
  static CostTable read(Path file) {
    Map<String, String> header = CostTable.header(file);
    return CostTable.read(file, networks(header), designs(file, header));
  }

  /** The space of networks that a header names. */
  static NetworkSpace networks(Map<String, String> header) {
    String networks = header.get("network space");
    return NetworkSpace.byName(networks.substring(0, networks.indexOf(": ")));
  }

  /** The subset of DANCE's space that a header describes. */
  static AcceleratorSpace designs(Path file, Map<String, String> header) {
    return part(file, header.get(DESIGNS));
  }

  private static AcceleratorSpace part(Path file, String line) {
    AcceleratorSpace part = AcceleratorSpace.dance();
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    for (String axis : line.substring(line.indexOf(": ") + 2).split(";")) {
      String[] sides = axis.split("=");
      wanted.put(sides[0], Arrays.asList(sides[1].split(",")));
    }
    for (DesignAxis axis : part.axes()) {
      List<String> labels = wanted.getOrDefault(axis.name(), List.of());
      Object[] values =
          axis.values().stream()
              .filter(v -> labels.contains(v instanceof Dataflow d ? d.label() : v.toString()))
              .toArray();
      part = values.length == 0 ? part : part.keep(axis.name(), values);
    }
    if (!part.fingerprint().equals(line)) {
      throw new IllegalArgumentException(
          file + " is of accelerator space " + line + ", which is no part of dance");
    }
    return part;
  }
}
