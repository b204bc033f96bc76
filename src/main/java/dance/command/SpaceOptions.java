package dance.command;

import dance.accelerator.Dataflow;
import dance.check.Nearest;
import dance.evaluate.CostTable;
import dance.interchange.AcceleratorSpaceFile;
import dance.interchange.NetworkSpaceFile;
import dance.space.AcceleratorSpace;
import dance.space.DesignAxis;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for network and accelerator spaces. */
final class SpaceOptions {
  private static final String DESIGNS = "accelerator space";
  private static final String DANCE = "dance";
  private static final String CHIP = "chip";
  private static final String PUBLISHED = "published";
  private static final List<String> YAML = List.of(".yaml", ".yml");

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      defaultValue = "cifar",
      description =
          "A YAML file, or cifar, imagenet, mini, mini-cifar, nasbench201, nasbench-macro, or with a width as cifar:0.5 (default: "
              + "${DEFAULT-VALUE}).")
  private String space;

  @Option(
      names = "--accelerators",
      paramLabel = "NAME|FILE",
      defaultValue = DANCE,
      description =
          "dance, wide, or a YAML file of an accelerator space (default: ${DEFAULT-VALUE}).")
  private String accelerators;

  @Option(
      names = "--pes",
      split = ",",
      paramLabel = "N",
      description = "Columns and rows of the arrays (default: all of the space).")
  private Integer[] pes;

  @Option(
      names = "--rf",
      split = ",",
      paramLabel = "WORDS",
      description = "Words of the register files (default: all of the space).")
  private Integer[] rf;

  @Option(
      names = "--dataflows",
      split = ",",
      paramLabel = "ws|os|rs",
      converter = WordOption.OfDataflow.class,
      description = "Dataflows (default: all).")
  private Dataflow[] dataflows;

  @Option(
      names = "--technology",
      paramLabel = "chip|published",
      converter = WordOption.OfTechnology.class,
      description =
          "Energies and areas: as on the chip, or the tables as published (default: those of the"
              + " space).")
  private String technology;

  /** Whose costs were asked for; null if any. */
  String technology() {
    return technology;
  }

  /**
   * Refuses a table whose costs are not those that were asked for.
   *
   * @param technology chip, published, or null for any
   */
  static void checkTechnology(String table, AcceleratorSpace designs, String technology) {
    String its = designs.isPublished() ? PUBLISHED : CHIP;
    if (technology != null && !technology.equals(its)) {
      throw new IllegalArgumentException(
          "%s has the costs %s, not %s: costs of one table are not those of another (--technology)"
              .formatted(table, its, technology));
    }
  }

  /** Refuses a table whose designs, all or some, are not of the space that was asked for. */
  static void checkName(String table, AcceleratorSpace its, String asked) {
    String name = designs(asked).name();
    if (!its.name().equals(name)) {
      throw new IllegalArgumentException(
          "%s has designs of accelerator space %s, not of %s (--accelerators)"
              .formatted(table, its.name(), name));
    }
  }

  NetworkSpace networks() {
    return networks(space);
  }

  /** The network space of a name, or in a file. */
  static NetworkSpace networks(String name) {
    return file("--space", name)
        .map(NetworkSpaceFile::read)
        .orElseGet(() -> NetworkSpace.byName(name));
  }

  /** The accelerator space of a name, or in a file. */
  static AcceleratorSpace designs(String name) {
    Optional<Path> file = file("--accelerators", name);
    if (file.isEmpty() && !isNamed(name)) {
      throw new IllegalArgumentException(
          "accelerator space %s is not %s. Maybe %s.yaml was meant, a file of your own."
              .formatted(name, String.join(" or ", AcceleratorSpace.names()), name));
    }
    return file.map(AcceleratorSpaceFile::read).orElseGet(() -> AcceleratorSpace.byName(name));
  }

  /** Whether a name is that of an accelerator space, or of a file of one. */
  static boolean isAccelerators(String name) {
    return file("a space", name).map(AcceleratorSpaceFile::isOne).orElse(isNamed(name));
  }

  private static boolean isNamed(String name) {
    String bare = name.replaceFirst(":" + PUBLISHED + "$", "");
    return AcceleratorSpace.names().contains(Nearest.plain(bare));
  }

  private static Optional<Path> file(String option, String name) {
    return NamedFile.of(option, name, "spaces are read from YAML", YAML);
  }

  /** Whether one of the spaces is in a file, so that no header of a table can name it. */
  boolean custom() {
    return custom(space) || custom(accelerators);
  }

  /** Whether a name of a space is that of a file. */
  static boolean custom(String name) {
    return name != null && file("a space", name).isPresent();
  }

  AcceleratorSpace designs() {
    AcceleratorSpace named = designs(accelerators);
    AcceleratorSpace designs = PUBLISHED.equals(technology) ? named.published() : named;
    checkTechnology("accelerator space " + accelerators, designs, technology);
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

  /** The subset of a space with a name that a header describes. */
  static AcceleratorSpace designs(Path file, Map<String, String> header) {
    return part(file, header.get(DESIGNS));
  }

  private static AcceleratorSpace part(Path file, String line) {
    AcceleratorSpace part = AcceleratorSpace.byName(line.substring(0, line.indexOf(": ")));
    String whole = part.name();
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
          file + " is of accelerator space " + line + ", which is no part of " + whole);
    }
    return part;
  }
}
