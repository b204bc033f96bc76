package dance.report;

import dance.accelerator.Accelerator;
import dance.check.Copy;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * One quantity of a result, with its heading, key, unit and value.
 *
 * @param heading for display, without its unit
 * @param key in JSON and CSV
 * @param unit of the value
 * @param value extracts the value: a number, a boolean, a text, {@link Parts}, an {@link
 *     dance.search.ConfidenceInterval}, {@link Worded}, or, in JSON only, a map or {@link Rows};
 *     null or NaN if unknown
 */
public record Column<T>(String heading, String key, Unit unit, Function<? super T, ?> value) {

  /** A column without a unit. */
  public static <T> Column<T> of(String heading, String key, Function<? super T, ?> value) {
    return new Column<>(heading, key, Unit.NONE, value);
  }

  /** A column of a metric. */
  public static <T> Column<T> of(Metric metric, Function<? super T, Metrics> metrics) {
    boolean fraction = metric == Metric.UTILIZATION;
    return new Column<>(
        metric.label(),
        key(metric),
        fraction ? Unit.FRACTION : Unit.of(metric.unit()),
        t -> fraction ? metrics.apply(t).utilization() : metric.of(metrics.apply(t)));
  }

  private static String key(Metric metric) {
    return switch (metric) {
      case LATENCY -> "latency_ms";
      case ENERGY -> "energy_mj";
      case AREA -> "area_mm2";
      case EDP -> "edp";
      case EDAP -> "edap";
      case UTILIZATION -> "utilization";
    };
  }

  /** The column that says which costs energies and areas are. */
  public static <T> Column<T> technology(Function<? super T, Accelerator> accelerator) {
    return Column.<Accelerator>of("technology", "technology", Accelerator::costs)
        .within(accelerator);
  }

  /**
   * The column that says how far predicted accuracies are from measured ones, on held-out networks;
   * without a value where all are measured.
   */
  static <T> Column<T> accuracyError(Function<? super T, OptionalDouble> error) {
    return new Column<>("held-out error of accuracies", "accuracy_error", Unit.FRACTION, error);
  }

  /** Columns of all metrics. */
  public static <T> List<Column<T>> metrics(Function<? super T, Metrics> metrics) {
    return List.of(Metric.values()).stream().map(m -> Column.<T>of(m, metrics)).toList();
  }

  /** The heading with its unit in brackets. */
  public String title() {
    return unit.behind(heading);
  }

  /** The value of a result for JSON and CSV; null if unknown. */
  public Object of(T result) {
    Object known = plain(value.apply(result));
    Object number = known instanceof Worded worded ? worded.value() : known;
    return number instanceof Double measure && measure.isNaN() ? null : number;
  }

  /**
   * The value of a result for display, in the {@link #unit}: NaN if unknown, null if the result has
   * no such value.
   */
  public Object shown(T result) {
    return unit.shown(plain(value.apply(result)));
  }

  /** The same column for a containing type; a null part has no values. */
  <S> Column<S> within(Function<? super S, ? extends T> part) {
    return new Column<>(
        heading,
        key,
        unit,
        s -> {
          T result = part.apply(s);
          return result == null ? null : value.apply(result);
        });
  }

  /** The same column under another name. */
  Column<T> named(String newHeading, String newKey) {
    return Copy.with(this, "heading", newHeading, "key", newKey);
  }

  static Object plain(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(Column::plain).orElse(null);
    }
    if (value instanceof OptionalDouble maybe) {
      return maybe.isPresent() ? maybe.getAsDouble() : null;
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.isPresent() ? maybe.getAsLong() : null;
    }
    if (value instanceof OptionalInt maybe) {
      return maybe.isPresent() ? maybe.getAsInt() : null;
    }
    return value instanceof Enum<?> constant ? SignificantDigits.words(constant) : value;
  }
}
