package dance.report;

import dance.accelerator.Accelerator;
import dance.cost.Metrics;
import dance.space.Genotype;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Records without predefined columns, such as those of a notebook's cell: one column per component,
 * its unit from the suffix of its name, such as {@code energyPj}; nested records are expanded.
 */
final class RecordRows {
  /** Suffixes of component names, longer ones before their own suffixes, and their units. */
  private static final Map<String, String> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("GopsPerSecond", "Gop/s");
    UNITS.put("OpsPerByte", "op/byte");
    UNITS.put("WordsPerCycle", "words/cycle");
    UNITS.put("BytesPerCycle", "bytes/cycle");
    UNITS.put("Percent", "%");
    UNITS.put("Seconds", "s");
    UNITS.put("Words", "words");
    UNITS.put("Bytes", "bytes");
    UNITS.put("Bits", "bits");
    UNITS.put("Mhz", "MHz");
    UNITS.put("Mm2", "mm²");
    UNITS.put("Um2", "µm²");
    UNITS.put("Ms", "ms");
    UNITS.put("Mj", "mJ");
    UNITS.put("Pj", "pJ");
  }

  /** How a thing is named. */
  private record Name<T>(Class<T> type, Function<T, String> name) {
    private String of(Object value) {
      return name.apply(type.cast(value));
    }
  }

  private static final List<Name<?>> NAMES =
      List.of(
          new Name<>(Network.class, Network::name),
          new Name<>(Layer.class, Layer::name),
          new Name<>(Einsum.class, Einsum::name),
          new Name<>(Genotype.class, Genotype::toString));

  private RecordRows() {}

  /** Heading and unit from the name of a component. */
  record Label(String heading, Unit unit) {
    private String title() {
      return unit.behind(heading);
    }

    private String key() {
      return AcceleratorColumns.key(title());
    }

    private Column<Map<Label, Object>> column() {
      return new Column<>(heading, key(), unit, row -> row.get(this));
    }
  }

  /** Rows of any records. */
  static Rows<?> of(List<?> records) {
    List<Map<Label, Object>> rows = new ArrayList<>();
    Map<Label, List<Object>> values = new LinkedHashMap<>();
    for (Object record : records) {
      Map<Label, Object> row = new LinkedHashMap<>();
      components(row, record);
      rows.add(row);
      row.forEach((label, v) -> values.computeIfAbsent(label, l -> new ArrayList<>()).add(v));
    }
    List<Column<Map<Label, Object>>> columns = new ArrayList<>();
    Set<Label> own = new LinkedHashSet<>();
    values.forEach(
        (label, some) -> {
          List<Column<Map<Label, Object>>> ofLabel = columns(label, some, rows);
          columns.addAll(ofLabel);
          if (some.stream().noneMatch(v -> v instanceof Metrics || v instanceof Accelerator)) {
            own.add(label);
          }
        });
    return new Rows<>(different(own, columns), rows);
  }

  private static List<Column<Map<Label, Object>>> columns(
      Label label, List<Object> values, List<Map<Label, Object>> rows) {
    if (values.stream().anyMatch(Metrics.class::isInstance)) {
      return Column.<Metrics>metrics(m -> m).stream()
          .map(column -> column.<Map<Label, Object>>within(row -> (Metrics) row.get(label)))
          .toList();
    }
    if (values.stream().anyMatch(Accelerator.class::isInstance)) {
      List<Column<Map<Label, Object>>> columns =
          new ArrayList<>(AcceleratorColumns.of(rows, row -> (Accelerator) row.get(label)));
      columns.set(0, columns.get(0).named(label.heading(), label.key()));
      return columns;
    }
    return List.of(label.column());
  }

  /** One column per title and key; a record's own component precedes a chip's. */
  private static List<Column<Map<Label, Object>>> different(
      Set<Label> own, List<Column<Map<Label, Object>>> columns) {
    Map<String, Column<Map<Label, Object>>> byTitle = new LinkedHashMap<>();
    columns.forEach(column -> byTitle.putIfAbsent(column.title(), column));
    own.forEach(label -> byTitle.replace(label.title(), label.column()));
    Map<String, Column<Map<Label, Object>>> byKey = new LinkedHashMap<>();
    for (Column<Map<Label, Object>> column : byTitle.values()) {
      String key = column.key();
      for (int i = 2; byKey.containsKey(key); i++) {
        key = column.key() + "_" + i;
      }
      byKey.put(key, column.named(column.heading(), key));
    }
    return List.copyOf(byKey.values());
  }

  private static void components(Map<Label, Object> row, Object record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        // a record of a notebook's cell may be private to it
        component.getAccessor().setAccessible(true);
        put(row, label(component.getName()), component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException unreadable) {
        throw new IllegalArgumentException(
            "cannot read " + component.getName() + " of " + record, unreadable);
      }
    }
  }

  private static void put(Map<Label, Object> row, Label label, Object value) {
    Object named = named(value);
    if (named instanceof Map<?, ?> map) {
      map.forEach((part, figure) -> row.put(new Label(part + "", label.unit()), cell(figure)));
    } else if (named instanceof Metrics || named instanceof Accelerator) {
      row.put(label, named);
    } else if (named instanceof Record) {
      components(row, named);
    } else if (!listsFigures(named)) {
      // a cell holds one value: lists have a table or a chart of their own
      row.put(label, cell(named));
    }
  }

  /** Values with a name are shown by it. */
  private static Object named(Object value) {
    return NAMES.stream()
        .filter(name -> name.type.isInstance(value))
        .findFirst()
        .<Object>map(name -> name.of(value))
        .orElse(value);
  }

  private static boolean listsFigures(Object value) {
    return value != null && value.getClass().isArray()
        || value instanceof Collection<?> list
            && list.stream().allMatch(e -> e instanceof Record || e instanceof Number);
  }

  /** A number, a boolean, a text, or null if unknown. */
  private static Object cell(Object value) {
    Object plain = Column.plain(value);
    if (plain instanceof Float number) {
      return number.doubleValue();
    }
    if (plain instanceof Short || plain instanceof Byte || plain instanceof BigInteger) {
      return ((Number) plain).longValue();
    }
    return plain == null || plain instanceof Number || plain instanceof Boolean
        ? plain instanceof Double number && number.isNaN() ? null : plain
        : plain.toString();
  }

  /** {@code latencyMs} as {@code latency [ms]}. */
  static Label label(String component) {
    if (component.equals("seconds")) {
      return new Label("time", Unit.SECONDS);
    }
    for (String ending : UNITS.keySet()) {
      int end = component.length() - ending.length();
      if (end > 0 && component.endsWith(ending)) {
        return new Label(words(component.substring(0, end)), Unit.of(UNITS.get(ending)));
      }
    }
    return new Label(words(component), Unit.NONE);
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
