package dance.evaluate;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.ZeroSavings;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a table depends on, as the lines of its header: two tables with equal lines hold
 * the same costs.
 *
 * @param lines text by name
 */
public record TableIdentity(Map<String, String> lines) {
  static final String NETWORKS = "network space";
  static final String DESIGNS = "accelerator space";

  /** Name of the line that says which cost model a table was built with. */
  public static final String MODEL = "cost model";

  static final String TECHNOLOGY = "technology";
  static final String LAYER_COUNT = "layers";
  static final String DESIGN_COUNT = "designs";

  /** Copies the map: the record is immutable. */
  public TableIdentity {
    lines = new LinkedHashMap<>(lines);
  }

  /**
   * The identity for these spaces, including all accelerators of the second; of {@linkplain
   * LargeSpaces large} spaces those with every pair of values of two axes.
   */
  public static TableIdentity of(
      NetworkSpace networks,
      AcceleratorSpace designs,
      List<Accelerator> accelerators,
      String model) {
    MessageDigest digest = sha256();
    Set<String> technologies = new TreeSet<>();
    Map<MemoryLevel, byte[]> texts = new HashMap<>();
    for (Accelerator design : LargeSpaces.identifying(designs, accelerators)) {
      technologies.add(design.technology());
      // every parameter is in a record's text; one level occurs in many designs
      digest.update(bytes(design.name() + design.clockMhz() + design.dataflow()));
      digest.update(bytes(design.technology() + design.mac() + design.overheads()));
      if (!design.zeros().equals(ZeroSavings.NONE)) {
        digest.update(bytes(design.zeros().toString()));
      }
      for (MemoryLevel level : design.levels()) {
        digest.update(texts.computeIfAbsent(level, l -> bytes(text(l))));
      }
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(NETWORKS, networks.fingerprint());
    lines.put(DESIGNS, designs.fingerprint());
    lines.put("accelerators", "sha256 " + HexFormat.of().formatHex(digest.digest()));
    lines.put(TECHNOLOGY, String.join("; ", technologies));
    lines.put(MODEL, model.replaceAll("\\s+", " "));
    lines.put(LAYER_COUNT, Integer.toString(networks.distinctLayers().size()));
    lines.put(DESIGN_COUNT, Integer.toString(designs.size()));
    return new TableIdentity(lines);
  }

  /** Every parameter of a level; files on disk hold hashes of this text. */
  private static String text(MemoryLevel level) {
    return "MemoryLevel[name="
        + level.name()
        + ", capacityWords="
        + level.capacityWords()
        + ", wordBits="
        + level.wordBits()
        + ", lineWords="
        + level.lineWords()
        + ", readWordsPerCycle="
        + level.readWordsPerCycle()
        + ", writeWordsPerCycle="
        + level.writeWordsPerCycle()
        + ", sharedWordsPerCycle="
        + level.sharedWordsPerCycle()
        + ", multipleBuffering="
        + level.multipleBuffering()
        + ", keeps="
        + level.keeps()
        + ", fanoutX="
        + level.fanoutX()
        + ", fanoutY="
        + level.fanoutY()
        + ", readPj="
        + level.readPj()
        + ", fillPj="
        + level.fillPj()
        + ", updatePj="
        + level.updatePj()
        + ", leakPjPerCycle="
        + level.leakPjPerCycle()
        + ", areaUm2="
        + level.areaUm2()
        + ", interconnect="
        + level.interconnect()
        + ", clusterSize="
        + level.clusterSize()
        + (level.partitions().isEmpty() ? "" : ", partitions=" + parts(level))
        + (level.bandwidth().networks().isEmpty()
            ? ""
            : ", networks=" + level.bandwidth().networks() + level.bandwidth().waits())
        + "]";
  }

  /** Every parameter of the partitions; their own text is brief. */
  private static String parts(MemoryLevel level) {
    return level.partitions().stream()
        .map(p -> p.operands() + " " + p.words() + " " + p.bankWords() + " " + p.costs())
        .toList()
        .toString();
  }

  /** How the numbers of a large space are stored, by the axes that its line names. */
  PredictedNumbers predicted() {
    String line = lines.get(DESIGNS);
    String axes = line.substring(line.indexOf(": ") + 2).replaceFirst(";where .*", "");
    int[] sizes = Arrays.stream(axes.split(";")).mapToInt(a -> a.split(",").length).toArray();
    return new PredictedNumbers(count(DESIGN_COUNT), sizes);
  }

  /** SHA-256 of all lines. */
  byte[] hash() {
    return sha256().digest(bytes(lines.toString()));
  }

  int count(String name) {
    return Integer.parseInt(lines.get(name));
  }

  /** One line for each that differs in another identity. */
  public List<String> differences(TableIdentity expected) {
    List<String> found = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(expected.lines.keySet());
    names.addAll(lines.keySet());
    for (String name : names) {
      String here = lines.get(name);
      String wanted = expected.lines.get(name);
      if (here == null || !here.equals(wanted)) {
        boolean costs = name.equals(TECHNOLOGY);
        found.add(name + " is " + brief(costs, here) + ", not " + brief(costs, wanted));
      }
    }
    return found;
  }

  /** The names of technologies without their sources. */
  private static String brief(boolean technology, String line) {
    return technology && line != null ? line.replaceAll("(?s): .*?(?=; Eyeriss \\d|$)", "") : line;
  }

  /** A new digest by SHA-256, which every Java platform has. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
