package dance.report;

import dance.search.ConfidenceInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Results of one type with their columns; the source of {@link TextTable}, {@link CsvText}, {@link
 * JsonText} and the tables of notebooks.
 *
 * @param columns with different titles and different keys
 * @param results one per row
 */
public record Rows<T>(List<Column<T>> columns, List<T> results) {
  /**
   * @throws IllegalArgumentException if two columns have one title or one key
   */
  public Rows {
    columns = List.copyOf(columns);
    results = List.copyOf(results);
    Set<String> seen = new HashSet<>();
    for (Column<T> column : columns) {
      if (!seen.add("title " + column.title()) | !seen.add("key " + column.key())) {
        throw new IllegalArgumentException(
            "columns must differ, but two are " + column.title() + ", " + column.key());
      }
    }
  }

  /** With only these columns, in this order. */
  public Rows<T> only(String... keys) {
    return new Rows<>(Arrays.stream(keys).map(this::column).toList(), results);
  }

  /** Without some columns. */
  public Rows<T> without(String... keys) {
    List<Column<T>> left = new ArrayList<>(columns);
    left.removeAll(Arrays.stream(keys).map(this::column).toList());
    return new Rows<>(left, results);
  }

  /** With another column at the end. */
  public Rows<T> plus(Column<T> column) {
    List<Column<T>> more = new ArrayList<>(columns);
    more.add(column);
    return new Rows<>(more, results);
  }

  /** With another column at the end, if any result has a value in it. */
  Rows<T> plusKnown(Column<T> column) {
    return results.stream().anyMatch(r -> has(column.of(r))) ? plus(column) : this;
  }

  /** Without columns that have no value in any result, such as accuracies of untrained networks. */
  public Rows<T> known() {
    return new Rows<>(
        columns.stream().filter(c -> results.stream().anyMatch(r -> has(c.of(r)))).toList(),
        results);
  }

  private static boolean has(Object value) {
    return value instanceof ConfidenceInterval interval
        ? !Double.isNaN(interval.mean())
        : value != null;
  }

  private Column<T> column(String key) {
    return columns.stream()
        .filter(c -> c.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no column " + key));
  }

  /** The results as JSON objects: every column by its key. */
  public List<Map<String, Object>> objects() {
    return results.stream().map(result -> object(columns, result)).toList();
  }

  /** One result as a JSON object. */
  public static <T> Map<String, Object> object(List<Column<T>> columns, T result) {
    Map<String, Object> object = new LinkedHashMap<>();
    columns.forEach(column -> object.put(column.key(), column.of(result)));
    return object;
  }

  /**
   * The columns of tables for display: one per part of {@link Parts}, none for nested values, which
   * only JSON has.
   */
  public List<Column<T>> flat() {
    List<Column<T>> flat = new ArrayList<>();
    for (Column<T> column : columns) {
      List<Object> values = new ArrayList<>();
      results.forEach(result -> values.add(column.of(result)));
      if (values.stream().anyMatch(Parts.class::isInstance)) {
        parts(values).forEach((key, part) -> flat.add(part(column, key, part)));
      } else if (values.stream().noneMatch(v -> v instanceof Map || v instanceof Rows)) {
        flat.add(column);
      }
    }
    return flat;
  }

  /** The columns of CSV: {@link #flat}, with mean and margin of an interval. */
  public List<Column<T>> numbers() {
    List<Column<T>> numbers = new ArrayList<>();
    for (Column<T> column : flat()) {
      if (results.stream().noneMatch(result -> column.of(result) instanceof ConfidenceInterval)) {
        numbers.add(column);
        continue;
      }
      numbers.add(interval(column, "", ".mean", ConfidenceInterval::mean));
      numbers.add(interval(column, " ±", ".margin", ConfidenceInterval::margin));
    }
    return numbers;
  }

  /** Names of all parts by their keys, in order of first appearance. */
  private static Map<String, String> parts(List<Object> values) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Object value : values) {
      if (value instanceof Parts parts) {
        parts.values().keySet().forEach(name -> names.put(parts.prefix() + "." + name, name));
      }
    }
    return names;
  }

  private static <T> Column<T> part(Column<T> column, String key, String name) {
    return new Column<>(
        name,
        key,
        column.unit(),
        t -> column.of(t) instanceof Parts parts ? parts.values().get(name) : null);
  }

  private static <T> Column<T> interval(
      Column<T> column, String sign, String suffix, ToDoubleFunction<ConfidenceInterval> side) {
    return new Column<>(
        column.heading() + sign,
        column.key() + suffix,
        column.unit(),
        t ->
            column.of(t) instanceof ConfidenceInterval interval
                ? side.applyAsDouble(interval)
                : null);
  }
}
