package dance.report;

import dance.accelerator.Accelerator;
import dance.accelerator.CostSource;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.cost.SignificantDigits;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The components of accelerators as columns. Name, dataflow, array and technology are always shown;
 * every other component if it varies within the table, so that no two different designs have equal
 * rows. Energies, leakage, areas and hops are derived from sizes and technology: they are shown if
 * designs of otherwise equal components differ in them.
 */
final class AcceleratorColumns {
  private enum Kind {
    ALWAYS,
    COMPONENT,
    DERIVED
  }

  /** A component: its heading with the unit in brackets. */
  private record Part(Kind kind, String title) {
    private <T> Column<T> column(Function<T, Map<Part, Object>> parts) {
      int bracket = title.indexOf(" [");
      String heading = bracket < 0 ? title : title.substring(0, bracket);
      Unit unit =
          bracket < 0 ? Unit.NONE : Unit.of(title.substring(bracket + 2, title.length() - 1));
      return new Column<>(heading, key(title), unit, t -> parts.apply(t).get(this));
    }
  }

  private final Map<Part, Object> row = new LinkedHashMap<>();

  private AcceleratorColumns() {}

  /** {@code GLB read [bytes/cycle]} as {@code glb_read_bytes_per_cycle}. */
  static String key(String title) {
    return title
        .replace("/", " per ")
        .replace("µ", "u")
        .replace("²", "2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .replaceAll("^_|_$", "");
  }

  /** The columns of the accelerators of some results. */
  static <T> List<Column<T>> of(List<T> results, Function<? super T, Accelerator> accelerator) {
    Map<Accelerator, Map<Part, Object>> parts = new IdentityHashMap<>();
    List<Map<Part, Object>> rows = new ArrayList<>();
    for (T result : results) {
      Accelerator chip = accelerator.apply(result);
      rows.add(chip == null ? Map.of() : parts.computeIfAbsent(chip, AcceleratorColumns::parts));
    }
    List<Column<T>> columns = new ArrayList<>();
    columns.add(
        Column.<Accelerator>of("accelerator", "accelerator", Accelerator::name)
            .within(accelerator));
    for (Part part : shown(rows)) {
      columns.add(part.column(t -> parts.getOrDefault(accelerator.apply(t), Map.of())));
    }
    return columns;
  }

  private static Map<Part, Object> parts(Accelerator accelerator) {
    AcceleratorColumns columns = new AcceleratorColumns();
    columns.put(accelerator);
    return columns.row;
  }

  /** Puts all components of an accelerator into the row; {@link #shown} selects among them. */
  private void put(Accelerator accelerator) {
    MemoryLevel array = accelerator.arrayLevel();
    put(Kind.ALWAYS, "dataflow", accelerator.dataflow());
    put(Kind.ALWAYS, "columns", array.fanoutX());
    put(Kind.ALWAYS, "rows", array.fanoutY());
    put(Kind.ALWAYS, "technology", accelerator.costs());
    boolean inside = false;
    boolean oneWidth =
        accelerator.levels().stream().map(MemoryLevel::wordBits).distinct().count() == 1;
    for (MemoryLevel level : accelerator.levels()) {
      level(level, inside);
      String name = level.name();
      component(oneWidth ? "word [bits]" : name + " word [bits]", level.wordBits());
      if (level == array) {
        inside = true;
      } else {
        component(name + " columns", level.fanoutX());
        component(name + " rows", level.fanoutY());
      }
      costs(level);
    }
    component("clock [MHz]", accelerator.clockMhz());
    component("clock of the chip [pJ/cycle]", accelerator.overheads().chipPjPerCycle());
    derived("clock of a PE [pJ/cycle]", accelerator.overheads().pePjPerCycle());
    derived("clock of an operation [pJ]", accelerator.overheads().operationPj());
    derived("rest of a PE [µm²]", accelerator.overheads().peUm2());
    derived("rest of the chip [µm²]", accelerator.overheads().chipUm2());
    derived("MAC [pJ]", accelerator.mac().macPj());
    derived("MAC leakage [pJ/cycle]", accelerator.mac().leakPjPerCycle());
    derived("MAC area [µm²]", accelerator.mac().areaUm2());
  }

  private void level(MemoryLevel level, boolean inside) {
    String name = level.name();
    if (level.capacityWords() != MemoryLevel.UNBOUNDED) {
      // register files are usually given in words, buffers in bytes
      if (inside) {
        component(name + " [words]", level.capacityWords());
      } else {
        component(name + " [KB]", bytes(level, level.capacityWords()) / 1024);
      }
    }
    component(name + " read [bytes/cycle]", bytes(level, level.readWordsPerCycle()));
    component(name + " write [bytes/cycle]", bytes(level, level.writeWordsPerCycle()));
    component(name + " bandwidth [bytes/cycle]", bytes(level, level.sharedWordsPerCycle()));
    // omitted for lines of one word
    Object line = level.lineWords() == 1 ? null : level.lineWords() * level.wordBits();
    component(name + " line [bits]", line);
    component(name + " buffers", level.multipleBuffering());
    component(name + " cluster", level.clusterSize());
    component(name + " keeps", level.keeps().toString());
    component(name + " partitions", level.partitions().isEmpty() ? null : parts(level));
    component(name + " networks", networks(level));
    if (level.source() instanceof CostSource.OffChip offChip) {
      component(name + " kind", offChip.kind().name());
    }
  }

  private void costs(MemoryLevel level) {
    String name = level.name();
    derived(name + " read [pJ]", level.readPj());
    derived(name + " fill [pJ]", level.fillPj());
    derived(name + " update [pJ]", level.updatePj());
    for (Operand operand : level.keeps()) {
      if (level.partition(operand).flatMap(Partition::costs).isPresent()) {
        String pad = name + " " + operand.name().toLowerCase(Locale.ROOT);
        derived(pad + " read [pJ]", level.readPj(operand));
        derived(pad + " fill [pJ]", level.fillPj(operand));
        derived(pad + " update [pJ]", level.updatePj(operand));
      }
    }
    derived(name + " leakage [pJ/cycle]", level.leakPjPerCycle());
    derived(name + " area [µm²]", level.areaUm2());
    derived(name + " hop [pJ]", level.interconnect().hopPj());
    derived(name + " router [pJ]", level.interconnect().routerPj());
    derived(name + " ingress [pJ]", level.interconnect().ingressPj());
    component(name + " network fill [cycles]", level.interconnect().fillCycles());
    component(name + " network drain [cycles]", level.interconnect().drainCycles());
    component(name + " neighbour links", level.interconnect().neighbourLinks());
  }

  private static String parts(MemoryLevel level) {
    return level.partitions().stream().map(Partition::toString).collect(Collectors.joining(", "));
  }

  /** Words a cycle, {@code 1 input, 4 output}; null where no operand has a network of its own. */
  private static String networks(MemoryLevel level) {
    Map<Operand, Double> networks = level.bandwidth().networks();
    return networks.isEmpty()
        ? null
        : networks.entrySet().stream()
            .map(
                e ->
                    SignificantDigits.brief(e.getValue())
                        + " "
                        + e.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  private static double bytes(MemoryLevel level, double words) {
    return words * level.wordBits() / 8;
  }

  private void component(String title, Object value) {
    put(Kind.COMPONENT, title, value);
  }

  private void derived(String title, double value) {
    put(Kind.DERIVED, title, value);
  }

  /** Whole numbers as such; null for unknown or unlimited values. */
  private void put(Kind kind, String title, Object value) {
    Object cell = value;
    if (value instanceof Double number) {
      cell =
          !Double.isFinite(number)
              ? null
              : number == Math.rint(number) ? (Object) number.longValue() : number;
    }
    row.put(new Part(kind, title), cell);
  }

  /** The columns that are always shown, and those that vary among the rows. */
  private static List<Part> shown(List<Map<Part, Object>> rows) {
    Set<Part> all = new LinkedHashSet<>();
    rows.forEach(row -> all.addAll(row.keySet()));
    Set<Part> shown = new HashSet<>();
    for (Part part : all) {
      if (part.kind == Kind.ALWAYS || part.kind == Kind.COMPONENT && varies(rows, part)) {
        shown.add(part);
      }
    }
    Map<List<Object>, List<Map<Part, Object>>> alike = new HashMap<>();
    List<Part> components = List.copyOf(shown);
    for (Map<Part, Object> row : rows) {
      List<Object> values = new ArrayList<>();
      components.forEach(part -> values.add(row.get(part)));
      alike.computeIfAbsent(values, k -> new ArrayList<>()).add(row);
    }
    for (Part part : all) {
      if (part.kind == Kind.DERIVED && alike.values().stream().anyMatch(r -> varies(r, part))) {
        shown.add(part);
      }
    }
    return all.stream().filter(shown::contains).toList();
  }

  private static boolean varies(List<Map<Part, Object>> rows, Part part) {
    Set<Object> values = new HashSet<>();
    rows.stream().map(row -> row.get(part)).filter(Objects::nonNull).forEach(values::add);
    boolean unlimited =
        rows.stream().anyMatch(row -> row.containsKey(part) && row.get(part) == null);
    return values.size() + (unlimited ? 1 : 0) > 1;
  }
}
