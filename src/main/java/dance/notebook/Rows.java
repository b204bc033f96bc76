package dance.notebook;

import static java.util.stream.Collectors.joining;

import dance.accelerator.Accelerator;
import dance.cost.Figures;
import dance.cost.Ledger;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.ParetoFront;
import dance.evaluate.DesignCosts;
import dance.notebook.chart.LayerGroup;
import dance.search.Comparison;
import dance.search.SearchResult;
import dance.search.Trace;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.space.Genotype;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Results as rows of named cells. A heading is what is shown and its unit in brackets: of a metric
 * as {@link Metric} has it, otherwise from the unit that ends the name of a component, such as
 * {@code energyPj}.
 */
final class Rows {
  private static final double PJ_PER_MJ = 1e9;

  /** Endings of component names, longest first where one ends another, and their units. */
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

  private Rows() {}

  /** Whether a value is shown as a table: a result, or a list of records. */
  static boolean has(Object value) {
    return value instanceof NetworkEvaluation
        || value instanceof Network
        || value instanceof MappingResult
        || value instanceof Evaluation
        || value instanceof Ledger
        || value instanceof ParetoFront<?>
        || value instanceof Collection<?> list
            && !list.isEmpty()
            && list.stream().allMatch(element -> element instanceof Record)
        || value instanceof DesignCosts
        || value instanceof SearchResult
        || value instanceof Trace trace && !trace.epochs().isEmpty()
        || value instanceof Comparison;
  }

  /**
   * The rows of a result: a network has one for each layer, a mapping one for each level and
   * tensor, a ledger one for each account, a comparison one for each search, a trace one for each
   * epoch, the costs of a network one for each design, and a list of records one for each of them.
   * Components of accelerators are columns where they vary: {@link DesignColumns}.
   *
   * @throws IllegalArgumentException if it has no rows
   */
  static List<Map<String, Object>> of(Object result) {
    if (!has(result)) {
      throw new IllegalArgumentException(
          what(result) + " has no rows: tables are made of results and of lists of records");
    }
    if (result instanceof NetworkEvaluation evaluation) {
      return of(evaluation.layers());
    }
    if (result instanceof Network network) {
      return of(network.entries());
    }
    if (result instanceof MappingResult mapping) {
      return counts(mapping.evaluation());
    }
    if (result instanceof Evaluation evaluation) {
      return counts(evaluation);
    }
    if (result instanceof Ledger ledger) {
      return of(ledger.entries());
    }
    if (result instanceof ParetoFront<?> front) {
      return of(front.points());
    }
    if (result instanceof Comparison comparison) {
      return searches(comparison);
    }
    if (result instanceof SearchResult found) {
      return of(List.of(found));
    }
    if (result instanceof Trace trace) {
      return of(trace.epochs());
    }
    if (result instanceof DesignCosts costs) {
      return of(costs.all());
    }
    return dense(((Collection<?>) result).stream().map(Rows::row).toList());
  }

  private static String what(Object value) {
    if (value instanceof Collection<?> list) {
      return list.isEmpty()
          ? "an empty list"
          : "a list of " + list.stream().map(Rows::type).distinct().collect(joining(", "));
    }
    return value instanceof Trace ? "a trace of no epochs" : type(value);
  }

  private static String type(Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  private static List<Map<String, Object>> searches(Comparison comparison) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<SearchResult> found : comparison.results().values()) {
      for (SearchResult result : found) {
        Map<String, Object> row = row(result);
        row.put("regret [%]", plain(100 * comparison.regret(result)));
        rows.add(row);
      }
    }
    return dense(rows);
  }

  private static List<Map<String, Object>> dense(List<Map<String, Object>> all) {
    List<Map<String, Object>> rows = DesignColumns.settle(all);
    // what no row has, such as the accuracy of designs that nobody trained, would be a column of
    // air
    rows.get(0).keySet().stream()
        .filter(heading -> rows.stream().allMatch(row -> row.get(heading) == null))
        .toList()
        .forEach(heading -> rows.forEach(row -> row.remove(heading)));
    return rows;
  }

  private static Map<String, Object> row(Object element) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (element instanceof LayerEvaluation layer) {
      row.put("layer", layer.layer().name());
      row.put("kind", LayerGroup.of(layer.layer()).label);
      row.put("repeats", layer.repeats());
      row.put("operations", layer.operations());
      row.put("cycles", layer.cycles());
      row.put(Metric.LATENCY.heading(), layer.latencyMs());
      row.put(Metric.ENERGY.heading(), layer.energyPj() / PJ_PER_MJ);
      row.put(Metric.UTILIZATION.heading(), 100 * layer.evaluation().utilization());
      levels(row, layer.energyByLevelPj());
      row.put("gap [%]", 100 * layer.result().gap());
    } else if (element instanceof NetworkEvaluation evaluation) {
      row.put("network", evaluation.network().name());
      put(row, "accelerator", evaluation.accelerator());
      put(row, "metrics", evaluation.metrics());
      levels(row, evaluation.energyByLevelPj());
    } else if (element instanceof Network.Entry entry) {
      Layer layer = entry.layer();
      row.put("layer", layer.name());
      row.put("kind", LayerGroup.of(layer).label);
      row.put("repeats", entry.repeats());
      layer.einsum().dimensions().forEach(d -> row.put(d.dimension(), d.bound()));
      row.put("MACs", layer.macs());
      row.put("parameters", layer.parameters());
    } else if (element instanceof SearchResult found) {
      row.put("method", found.method());
      row.put("seed", found.seed());
      row.put("network", found.genotype().toString());
      put(row, "accelerator", found.accelerator());
      row.put("accuracy [%]", 100 * found.accuracy());
      put(row, "metrics", found.metrics());
      row.put("value", found.value());
      row.put("limits kept", found.feasible());
      row.put("evaluations", found.searchCost().evaluations());
      row.put("cost-model calls", found.searchCost().costModelCalls());
      row.put(heading("seconds"), found.searchCost().seconds());
    } else if (element instanceof Layer layer) {
      return row(new Network.Entry(layer, 1));
    } else {
      components(row, element);
    }
    return row;
  }

  private static void levels(Map<String, Object> row, Map<String, Double> energyPj) {
    energyPj.forEach(
        (level, pj) -> row.put(level + " [" + Metric.ENERGY.unit() + "]", pj / PJ_PER_MJ));
  }

  private static List<Map<String, Object>> counts(Evaluation evaluation) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (AccessCounts.Level level : evaluation.counts().levels()) {
      for (AccessCounts.Tensor tensor : level.tensors()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("level", level.name());
        row.put("tensor", tensor.name());
        row.put("instances", level.utilizedInstances());
        row.put("tile [words]", tensor.tileWords());
        row.put("reads [words]", tensor.reads());
        row.put("fills [words]", tensor.fills());
        row.put("updates [words]", tensor.updates());
        row.put(
            "energy [pJ]",
            evaluation.ledger().entries().stream()
                .filter(e -> e.level().equals(level.name()) && e.operand().equals(tensor.name()))
                .mapToDouble(Ledger.Entry::energyPj)
                .sum());
        rows.add(row);
      }
    }
    return rows;
  }

  private static void components(Map<String, Object> row, Object element) {
    for (RecordComponent component : element.getClass().getRecordComponents()) {
      try {
        // a record of a notebook's cell may be private to it
        component.getAccessor().setAccessible(true);
        put(row, component.getName(), component.getAccessor().invoke(element));
      } catch (ReflectiveOperationException unreadable) {
        throw new IllegalArgumentException(
            "cannot read " + component.getName() + " of " + element, unreadable);
      }
    }
  }

  private static void put(Map<String, Object> row, String name, Object value) {
    if (value instanceof Metrics metrics) {
      for (Metric metric : Metric.values()) {
        row.put(metric.heading(), metric.of(metrics));
      }
    } else if (value instanceof Accelerator accelerator) {
      row.put(name, accelerator.name());
      DesignColumns.put(row, accelerator);
    } else if (value instanceof Network network) {
      row.put(name, network.name());
    } else if (value instanceof Layer layer) {
      row.put(name, layer.name());
    } else if (value instanceof Einsum einsum) {
      row.put(name, einsum.name());
    } else if (value instanceof Genotype genotype) {
      row.put(name, genotype.toString());
    } else if (listsFigures(value)) {
      // a cell is for one figure: these have a table or a chart of their own
      return;
    } else if (value instanceof Map<?, ?> map) {
      String unit = heading(name).replaceFirst("^[^\\[]*", " ").stripTrailing();
      map.forEach((key, part) -> row.put(key + unit, plain(part)));
    } else if (value instanceof Record) {
      components(row, value);
    } else {
      row.put(heading(name), plain(value));
    }
  }

  private static boolean listsFigures(Object value) {
    return value != null && value.getClass().isArray()
        || value instanceof Collection<?> list
            && list.stream().allMatch(e -> e instanceof Record || e instanceof Number);
  }

  /** A cell: a number, a truth value, a text, or null where nothing is known. */
  private static Object plain(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(Rows::plain).orElse(null);
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
    if (value instanceof Enum<?> constant) {
      return Figures.words(constant);
    }
    if (value instanceof Double number && number.isNaN()) {
      return null;
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  /** {@code latencyMs} as {@code latency [ms]}. */
  static String heading(String component) {
    if (component.equals("seconds")) {
      return "time [s]";
    }
    for (Map.Entry<String, String> unit : UNITS.entrySet()) {
      int end = component.length() - unit.getKey().length();
      if (end > 0 && component.endsWith(unit.getKey())) {
        return words(component.substring(0, end)) + " [" + unit.getValue() + "]";
      }
    }
    return words(component);
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
