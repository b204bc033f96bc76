package dance.report;

import static java.util.stream.Collectors.joining;

import dance.cost.Design;
import dance.cost.Ledger;
import dance.cost.ParetoFront;
import dance.evaluate.DesignCosts;
import dance.search.Comparison;
import dance.search.Coupling;
import dance.search.LimitGrid;
import dance.search.LimitTrials;
import dance.search.SearchResult;
import dance.search.Trace;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rows of any result, for callers that do not know its type, such as a cell of a notebook. */
public final class Results {
  /** A type of result that has rows. */
  private record Kind<T>(Class<T> type, Function<T, Rows<?>> rows) {
    private Optional<Rows<?>> of(Object result) {
      return type.isInstance(result)
          ? Optional.of(rows.apply(type.cast(result)))
          : Optional.empty();
    }
  }

  /** A type of result that is one row among others. */
  private record Element<T>(Class<T> type, Function<List<T>, Rows<?>> rows) {
    private Optional<Rows<?>> of(Collection<?> results) {
      return results.stream().allMatch(type::isInstance)
          ? Optional.of(rows.apply(results.stream().map(type::cast).toList()))
          : Optional.empty();
    }
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(NetworkEvaluation.class, e -> of(e.layers())),
          new Kind<>(Network.class, n -> NetworkRows.ofLayers(n.entries())),
          new Kind<>(MappingResult.class, r -> AccessRows.of(r.evaluation())),
          new Kind<>(Evaluation.class, AccessRows::of),
          new Kind<>(Ledger.class, l -> LedgerRows.of(l.entries())),
          new Kind<>(ParetoFront.class, f -> of(f.points())),
          new Kind<>(DesignCosts.class, c -> DesignRows.of(c.all())),
          new Kind<>(Comparison.class, ComparisonRows::withAccelerators),
          new Kind<>(LimitTrials.class, LimitRows::of),
          new Kind<>(Coupling.class, c -> CouplingRows.of(List.of(c))),
          new Kind<>(LimitGrid.class, CouplingRows::of),
          new Kind<>(SearchResult.class, r -> of(List.of(r))),
          new Kind<>(Trace.class, t -> of(t.epochs())),
          new Kind<>(Rows.class, r -> r));

  private static final List<Element<?>> ELEMENTS =
      List.of(
          new Element<>(LayerEvaluation.class, l -> LayerRows.of(l).without("macs")),
          new Element<>(NetworkEvaluation.class, e -> NetworkRows.of(e).without("macs", "cycles")),
          new Element<>(Network.Entry.class, NetworkRows::ofLayers),
          new Element<>(
              Layer.class,
              l -> NetworkRows.ofLayers(l.stream().map(e -> new Network.Entry(e, 1)).toList())),
          new Element<>(Ledger.Entry.class, LedgerRows::of),
          new Element<>(Design.class, DesignRows::of),
          new Element<>(SearchResult.class, r -> SearchRows.brief(SearchRows.of(r))),
          new Element<>(Trace.Epoch.class, TraceRows::of),
          new Element<>(Coupling.class, CouplingRows::regrets),
          new Element<>(Record.class, RecordRows::of));

  private Results() {}

  /** Whether a value has rows: a result, or a list of records. */
  public static boolean has(Object value) {
    return value instanceof Collection<?> list
        ? !list.isEmpty()
            && ELEMENTS.stream().anyMatch(e -> list.stream().allMatch(e.type::isInstance))
        : KINDS.stream().anyMatch(kind -> kind.type.isInstance(value))
            && !(value instanceof Trace trace && trace.epochs().isEmpty());
  }

  /**
   * The rows of a result: one for each layer of a network, level and tensor of a mapping, account
   * of a ledger, search of a comparison, epoch of a trace, design of a network's costs, or record
   * of a list. Components of accelerators are columns if they vary; columns without values are
   * omitted.
   *
   * @throws IllegalArgumentException if it has no rows
   */
  public static Rows<?> of(Object result) {
    if (!has(result)) {
      throw new IllegalArgumentException(
          what(result) + " has no rows: tables are made of results and of lists of records");
    }
    Optional<Rows<?>> rows =
        result instanceof Collection<?> list
            ? ELEMENTS.stream().flatMap(element -> element.of(list).stream()).findFirst()
            : KINDS.stream().flatMap(kind -> kind.of(result).stream()).findFirst();
    return rows.orElseThrow().known();
  }

  private static String what(Object value) {
    if (value instanceof Collection<?> list) {
      return list.isEmpty()
          ? "an empty list"
          : "a list of " + list.stream().map(Results::type).distinct().collect(joining(", "));
    }
    return value instanceof Trace ? "a trace of no epochs" : type(value);
  }

  private static String type(Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }
}
