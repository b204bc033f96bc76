package dance.notebook;

import dance.accelerator.Accelerator;
import dance.accelerator.CostSource;
import dance.accelerator.MemoryLevel;
import dance.cost.Figures;
import dance.notebook.chart.DesignHeatMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The components of accelerators as columns of a table. Dataflow and array are always shown; every
 * other component if it varies within the table, so that no two different designs have equal rows.
 * Energies, leakage, areas and hops are derived from sizes and technology: they are shown if
 * designs of otherwise equal components differ in them.
 */
final class DesignColumns {
  private static final List<String> ALWAYS = List.of("dataflow", "columns", "rows");

  /** Key prefix of a component, until {@link #settle} knows whether it varies. */
  private static final String COMPONENT = "\0c";

  /** Key prefix of derived quantities. */
  private static final String DERIVED = "\0d";

  private DesignColumns() {}

  /** Puts all components of an accelerator into a row; {@link #settle} selects among them. */
  static void put(Map<String, Object> row, Accelerator accelerator) {
    MemoryLevel array = DesignHeatMap.array(accelerator);
    row.put("dataflow", Figures.words(accelerator.dataflow()));
    row.put("columns", array.fanoutX());
    row.put("rows", array.fanoutY());
    boolean inside = false;
    boolean oneWidth =
        accelerator.levels().stream().map(MemoryLevel::wordBits).distinct().count() == 1;
    for (MemoryLevel level : accelerator.levels()) {
      level(row, level, inside);
      String name = level.name();
      component(row, oneWidth ? "word [bits]" : name + " word [bits]", level.wordBits());
      if (level == array) {
        inside = true;
      } else {
        component(row, name + " columns", level.fanoutX());
        component(row, name + " rows", level.fanoutY());
      }
      costs(row, level);
    }
    component(row, "clock [MHz]", accelerator.clockMhz());
    component(row, "technology", accelerator.technology().replaceFirst(":.*", ""));
    component(row, "area factor", accelerator.overheads().areaFactor());
    derived(row, "floor [pJ/cycle]", accelerator.overheads().floorPjPerCyclePerPe());
    derived(row, "MAC [pJ]", accelerator.mac().macPj());
    derived(row, "MAC leakage [pJ/cycle]", accelerator.mac().leakPjPerCycle());
    derived(row, "MAC area [µm²]", accelerator.mac().areaUm2());
  }

  private static void level(Map<String, Object> row, MemoryLevel level, boolean inside) {
    String name = level.name();
    if (level.capacityWords() != MemoryLevel.UNBOUNDED) {
      // register files are usually given in words, buffers in bytes
      if (inside) {
        component(row, name + " [words]", level.capacityWords());
      } else {
        component(row, name + " [KB]", bytes(level, level.capacityWords()) / 1024);
      }
    }
    component(row, name + " read [bytes/cycle]", bytes(level, level.readWordsPerCycle()));
    component(row, name + " write [bytes/cycle]", bytes(level, level.writeWordsPerCycle()));
    component(row, name + " bandwidth [bytes/cycle]", bytes(level, level.sharedWordsPerCycle()));
    // omitted for lines of one word
    Object line = level.lineWords() == 1 ? null : level.lineWords() * level.wordBits();
    component(row, name + " line [bits]", line);
    component(row, name + " buffers", level.multipleBuffering());
    component(row, name + " cluster", level.clusterSize());
    component(row, name + " keeps", level.keeps().toString());
    if (level.source() instanceof CostSource.OffChip offChip) {
      component(row, name + " kind", offChip.kind().name());
    }
  }

  private static void costs(Map<String, Object> row, MemoryLevel level) {
    String name = level.name();
    derived(row, name + " read [pJ]", level.readPj());
    derived(row, name + " fill [pJ]", level.fillPj());
    derived(row, name + " update [pJ]", level.updatePj());
    derived(row, name + " leakage [pJ/cycle]", level.leakPjPerCycle());
    derived(row, name + " area [µm²]", level.areaUm2());
    derived(row, name + " hop [pJ]", level.interconnect().hopPj());
    derived(row, name + " router [pJ]", level.interconnect().routerPj());
    derived(row, name + " ingress [pJ]", level.interconnect().ingressPj());
    component(row, name + " network fill [cycles]", level.interconnect().fillCycles());
    component(row, name + " network drain [cycles]", level.interconnect().drainCycles());
    component(row, name + " neighbour links", level.interconnect().neighbourLinks());
  }

  private static double bytes(MemoryLevel level, double words) {
    return words * level.wordBits() / 8;
  }

  private static void component(Map<String, Object> row, String heading, Object value) {
    row.put(COMPONENT + heading, cell(value));
  }

  private static void derived(Map<String, Object> row, String heading, double value) {
    row.put(DERIVED + heading, cell(value));
  }

  /** Whole numbers as such; null for unknown or unlimited values. */
  private static Object cell(Object value) {
    if (value instanceof Double number) {
      return !Double.isFinite(number)
          ? null
          : number == Math.rint(number) ? (Object) number.longValue() : number;
    }
    return value;
  }

  /** Keeps the components that vary among the rows as columns, and removes the others. */
  static List<Map<String, Object>> settle(List<Map<String, Object>> rows) {
    Set<String> shown = new LinkedHashSet<>();
    Set<String> keys = new LinkedHashSet<>();
    rows.forEach(row -> keys.addAll(row.keySet()));
    for (String key : keys) {
      if (key.startsWith(COMPONENT) && varies(rows, key)) {
        shown.add(key);
      }
    }
    Map<List<Object>, List<Map<String, Object>>> alike = new HashMap<>();
    for (Map<String, Object> row : rows) {
      List<Object> components = new ArrayList<>();
      ALWAYS.forEach(heading -> components.add(row.get(heading)));
      shown.forEach(key -> components.add(row.get(key)));
      alike.computeIfAbsent(components, k -> new ArrayList<>()).add(row);
    }
    for (String key : keys) {
      if (key.startsWith(DERIVED) && alike.values().stream().anyMatch(some -> varies(some, key))) {
        shown.add(key);
      }
    }
    return rows.stream().map(row -> settled(row, shown)).toList();
  }

  private static boolean varies(List<Map<String, Object>> rows, String key) {
    Set<Object> values = new HashSet<>();
    rows.stream().map(row -> row.get(key)).filter(Objects::nonNull).forEach(values::add);
    boolean unlimited = rows.stream().anyMatch(row -> row.containsKey(key) && row.get(key) == null);
    return values.size() + (unlimited ? 1 : 0) > 1;
  }

  private static Map<String, Object> settled(Map<String, Object> row, Set<String> shown) {
    Map<String, Object> settled = new LinkedHashMap<>();
    row.forEach(
        (key, value) -> {
          if (!key.startsWith(COMPONENT) && !key.startsWith(DERIVED)) {
            settled.put(key, value);
          } else if (shown.contains(key) && !row.containsKey(key.substring(2))) {
            settled.put(key.substring(2), value);
          }
        });
    return settled;
  }
}
