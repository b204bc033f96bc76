package dance.interchange;

import dance.accelerator.Interconnect;
import dance.accelerator.MemoryLevel;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The attributes of one storage component, with the meaning of Timeloop's buffer level. */
final class ArchitectureLevel {
  /** Attributes with a meaning here. */
  static final List<String> KNOWN =
      List.of(
          "datawidth",
          "word_bits",
          "word_width",
          "block_size",
          "n_words",
          "cluster_size",
          "width",
          "memory_width",
          "data_storage_width",
          "depth",
          "memory_depth",
          "data_storage_depth",
          "entries",
          "sizeKB",
          "multiple_buffering",
          "read_bandwidth",
          "write_bandwidth",
          "shared_bandwidth",
          "bandwidth",
          "vector_access_energy",
          "cluster_area",
          "instances",
          "meshX",
          "meshY",
          "network_word_bits",
          "wire_energy",
          "router_energy",
          "tile_width",
          "energy_per_hop",
          "energy_per_ingress",
          "network_fill_latency",
          "network_drain_latency");

  /**
   * Attributes that Timeloop or Accelergy accept but that have no effect here: their content is
   * already in the energy and area tables, or concerns sparse data.
   */
  static final List<String> IGNORED =
      List.of(
          "n_banks",
          "num_banks",
          "nbanks",
          "bank_depth",
          "bank_width",
          "n_buffets",
          "num_buffets",
          "n_ports",
          "num_ports",
          "nports",
          "n_rd_ports",
          "n_rw_ports",
          "n_wr_ports",
          "n_rdwr_ports",
          "n_rd_wr_ports",
          "technology",
          "has_power_gating",
          "power_gated_at",
          "reduction_supported",
          "min_utilization",
          "addr_gen_energy",
          "network_read",
          "network_fill",
          "network_drain",
          "network_update",
          "n_instances",
          "width_bits",
          "voltage",
          "type",
          "subclass",
          "latency",
          "cycle_time",
          "global_cycle_seconds",
          "cycle_seconds",
          "action_latency_cycles",
          "fill_latency",
          "drain_latency",
          "allow_overbooking",
          "network_type",
          "version");

  /** Attributes of compressed data, which are computed as dense. */
  private static final List<String> SPARSE =
      List.of(
          "metadata_",
          "compression_supported",
          "decompression_supported",
          "concordant_compressed_tile_traversal",
          "tile_partition_supported",
          "gated_",
          "skipped_");

  /** Largest size, in lines or words: a petaword. Larger ones are typing errors. */
  private static final long MAX_SIZE = 1L << 50;

  private static final int DEFAULT_WORD_BITS = 16;

  private ArchitectureLevel() {}

  /**
   * The level without fan-out and floor plan.
   *
   * @param name component name without its range
   * @param type Accelergy class
   * @param attributes the component's attributes
   * @param energies ERT, if the file has one
   * @param areas ART, if the file has one
   */
  static MemoryLevel read(
      String name,
      String type,
      YamlNode attributes,
      Optional<ActionTable> energies,
      Optional<ActionTable> areas) {
    List<String> known = new ArrayList<>(KNOWN);
    for (YamlNode.Entry entry : attributes.entries()) {
      if (SPARSE.stream().anyMatch(YamlNode.normal(entry.key())::startsWith)) {
        entry.value().denseOnly();
        known.add(entry.key());
      }
    }
    attributes.knownKeys(known, IGNORED);
    int wordBits =
        attributes
            .get("word_bits", "word_width", "datawidth")
            .map(n -> n.positiveInt(DEFAULT_WORD_BITS))
            .orElse(DEFAULT_WORD_BITS);
    Optional<Integer> block = positive(attributes, "block_size", "n_words");
    Optional<Integer> clusterGiven = positive(attributes, "cluster_size");
    Optional<YamlNode> width = attributes.get("width", "memory_width", "data_storage_width");
    int lineWords = block.orElse(1);
    int cluster = clusterGiven.orElse(1);
    if (width.isPresent()) {
      long bits = width.get().positiveInt(wordBits);
      long unit = (long) wordBits * block.orElse(1) * clusterGiven.orElse(1);
      boolean bothGiven = block.isPresent() && clusterGiven.isPresent();
      if (bits % unit != 0 || bothGiven && bits != unit) {
        width
            .get()
            .problem(
                String.format(
                    "width (%d bits) must be %s datawidth × block size × cluster size (%d bits)",
                    bits, bothGiven ? "equal to" : "a multiple of", unit));
      } else if (block.isPresent()) {
        cluster = (int) (bits / ((long) wordBits * lineWords));
      } else {
        lineWords = (int) (bits / ((long) wordBits * cluster));
      }
    }
    boolean keepsNothing = type.contains("dummy");
    // A level without accesses costs nothing; any other missing energy is unknown.
    double access = decimal(attributes, "vector_access_energy", keepsNothing ? 0 : Double.NaN);
    double read = access;
    double fill = access;
    double update = access;
    if (energies.isPresent() && energies.get().has(name)) {
      ActionTable table = energies.get();
      read = table.require(name, "random_read", "read");
      fill = table.require(name, "random_fill", "random_write", "write");
      update = table.value(name, "random_update", "update").orElse(fill);
    } else if (energies.isPresent()
        && !keepsNothing
        && attributes.get("vector_access_energy").isEmpty()) {
      energies.get().missing(name);
    }
    double leak = energies.map(e -> e.value(name, "leak").orElse(0)).orElse(0.0);
    double area =
        areas
            .map(a -> a.value(name, "area"))
            .filter(a -> a.isPresent())
            .map(a -> a.getAsDouble())
            .orElse(decimal(attributes, "cluster_area", keepsNothing ? 0 : Double.NaN) / cluster);
    return MemoryLevel.of(name, capacity(attributes, lineWords, wordBits, type))
        .keeps(keepsNothing ? new Operand[0] : Operand.values())
        .wordBits(wordBits)
        .lineWords(lineWords)
        .clusterSize(cluster)
        .multipleBuffering(positive(attributes, "multiple_buffering").orElse(1))
        .bandwidth(
            bandwidth(attributes, "read_bandwidth"), bandwidth(attributes, "write_bandwidth"))
        .sharedBandwidth(
            attributes
                .get("shared_bandwidth")
                .map(n -> n.decimal(false, Double.POSITIVE_INFINITY))
                .orElse(Double.POSITIVE_INFINITY))
        .energy(read, fill, update)
        .leak(leak)
        .area(area)
        .interconnect(interconnect(attributes, wordBits));
  }

  private static long capacity(YamlNode attributes, int lineWords, int wordBits, String type) {
    Optional<YamlNode> entries = attributes.get("entries");
    Optional<YamlNode> depth = attributes.get("depth", "memory_depth", "data_storage_depth");
    Optional<YamlNode> size = attributes.get("sizeKB");
    OptionalLong lines = words(depth, lineWords, 1);
    OptionalLong bytes = words(size, 1024 * 8, wordBits);
    OptionalLong words = words(entries, 1, 1);
    if (words.isPresent() && lines.isPresent() && words.getAsLong() != lines.getAsLong()) {
      depth
          .get()
          .warn(
              String.format(
                  "%,d lines of %d words contradict %,d entries, which are taken, as Timeloop does",
                  lines.getAsLong() / lineWords, lineWords, words.getAsLong()));
    }
    if (words.isEmpty()) {
      words = lines;
    }
    if (words.isPresent() && bytes.isPresent() && words.getAsLong() != bytes.getAsLong()) {
      size.get()
          .problem(
              String.format(
                  "%,d words of %d bits contradict %,d words by entries or depth: one is enough",
                  bytes.getAsLong(), wordBits, words.getAsLong()));
    }
    if (words.isPresent() || bytes.isPresent()) {
      return words.isPresent() ? words.getAsLong() : bytes.getAsLong();
    }
    if (!type.contains("DRAM")) {
      attributes.warn("no depth is given: the capacity is not limited");
    }
    return MemoryLevel.UNBOUNDED;
  }

  /** A size in other units as words; empty if it is not given. */
  private static OptionalLong words(Optional<YamlNode> size, long times, long per) {
    return size.isEmpty()
            || size.get().isScalar() && size.get().text().matches("(?i)inf(inity)?|null")
        ? OptionalLong.empty()
        : OptionalLong.of(size.get().integer(0, MAX_SIZE / times, 1) * times / per);
  }

  /** A port's bandwidth; the deprecated {@code bandwidth} is divided equally between ports. */
  private static double bandwidth(YamlNode attributes, String key) {
    double half =
        attributes
            .get("bandwidth")
            .map(n -> n.decimal(false, Double.POSITIVE_INFINITY) / 2)
            .orElse(Double.POSITIVE_INFINITY);
    return attributes.get(key).map(n -> n.decimal(false, half)).orElse(half);
  }

  /** The network of a level, or of the fan-out of a container. */
  static Interconnect interconnect(YamlNode attributes, int wordBits) {
    int bits = positive(attributes, "network_word_bits").orElse(wordBits);
    double wire = decimal(attributes, "wire_energy", 0);
    double tileWidth = decimal(attributes, "tile_width", 0);
    Optional<YamlNode> hop = attributes.get("energy_per_hop");
    if (hop.isPresent()) {
      // Energy per hop is bits × pJ/bit/mm × mm: with a tile of 1 mm it is the energy of the file.
      wire = hop.get().decimal(true, 0) / bits;
      tileWidth = 1000;
    }
    return Interconnect.IDEAL
        .wordBits(bits)
        .wirePjPerBitMm(wire)
        .tileWidthUm(tileWidth)
        .routerPj(decimal(attributes, "router_energy", 0))
        .ingressPj(decimal(attributes, "energy_per_ingress", 0))
        .latency(
            cycles(attributes, "network_fill_latency"),
            cycles(attributes, "network_drain_latency"));
  }

  private static Optional<Integer> positive(YamlNode attributes, String... keys) {
    return attributes.get(keys).map(n -> n.positiveInt(1));
  }

  private static double decimal(YamlNode attributes, String key, double fallback) {
    return attributes.get(key).map(n -> n.decimal(true, fallback)).orElse(fallback);
  }

  private static long cycles(YamlNode attributes, String key) {
    return attributes.get(key).map(n -> n.integer(0, Integer.MAX_VALUE, 0)).orElse(0L);
  }
}
