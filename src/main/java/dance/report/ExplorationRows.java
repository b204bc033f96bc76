package dance.report;

import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.cost.SignificantDigits;
import dance.search.ConfidenceInterval;
import dance.search.Coupling;
import dance.search.ExhaustiveOptimum;
import dance.search.SearchProblem;
import dance.search.SearchResult;
import dance.search.Separation;
import dance.search.Task;
import dance.space.Genotype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Result of a co-exploration, beside other searches and the exhaustive optimum.
 *
 * @param problem the problem
 * @param found the result
 * @param others searches by other methods, such as the paper's (a), for accuracy alone
 * @param truth exhaustive optimum, if it can be enumerated
 */
public record ExplorationRows(
    SearchProblem problem,
    SearchResult found,
    List<SearchResult> others,
    Optional<ExhaustiveOptimum> truth) {
  /** With an immutable copy of the others. */
  public ExplorationRows {
    others = List.copyOf(others);
  }

  /**
   * A line of the table.
   *
   * @param name of the method
   * @param accuracy of the network, 0…1; empty if it was not predicted
   * @param metrics simulated or predicted
   * @param value accuracy minus weighted cost
   * @param feasible whether all constraints are satisfied
   * @param trainings mean accuracy of the known trainings of the network, with its 95 % interval;
   *     null if there are not several
   * @param regret as a fraction; NaN if the optimum is unknown
   */
  public record Line(
      String name,
      OptionalDouble accuracy,
      Metrics metrics,
      OptionalDouble value,
      boolean feasible,
      ConfidenceInterval trainings,
      OptionalDouble regret) {
    private Object worded() {
      return value.isPresent() && !feasible
          ? new Worded(
              value.getAsDouble(),
              SignificantDigits.measure(value.getAsDouble()) + " (exceeds limits)")
          : value;
    }
  }

  /**
   * The result, the evaluator's prediction for it, the other searches; where all pairs can be
   * enumerated also what separate choices find, each made perfectly, and the optimum.
   */
  public Rows<Line> lines() {
    List<Line> lines = new ArrayList<>();
    lines.add(line(found));
    OptionalDouble none = OptionalDouble.empty();
    lines.add(new Line("  as predicted", none, found.believed(), none, true, null, none));
    others.forEach(other -> lines.add(line(other)));
    truth.ifPresent(t -> lines.addAll(separate(Coupling.of(t.problem()))));
    truth.ifPresent(t -> lines.add(line("optimum", t.best(), t.value(), true)));
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(Column.of("", "method", Line::name));
    columns.add(new Column<>("accuracy", "accuracy", Unit.FRACTION, Line::accuracy));
    if (lines.stream().anyMatch(line -> line.trainings != null)) {
      columns.add(new Column<>("of trainings", "trainings", Unit.of("%"), Line::trainings));
    }
    for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP)) {
      columns.add(Column.of(metric, Line::metrics));
    }
    columns.add(Column.of("value", "value", Line::worded));
    columns.add(new Column<>("regret", "regret", Unit.FRACTION, Line::regret));
    return new Rows<>(columns, lines);
  }

  /** What the perfect separate choices find, by enumeration; those within the limits. */
  private List<Line> separate(Coupling coupling) {
    List<Line> lines = new ArrayList<>();
    for (Separation way : List.of(Separation.NETWORK_FIRST, Separation.MACS)) {
      Coupling.Pair pair = coupling.way(way).pair();
      if (pair != null) {
        lines.add(line(way.label(), pair.found(), pair.value(), true));
      }
    }
    Coupling.Pair worst = coupling.alternation().worstPair();
    if (worst != null) {
      lines.add(line("alternating, worst start", worst.found(), worst.value(), true));
    }
    return lines;
  }

  private Line line(SearchResult result) {
    return line(result.method(), result.found(), result.value(), result.feasible());
  }

  private Line line(String name, Design design, double value, boolean feasible) {
    double regret = truth.map(t -> t.regret(value, feasible)).orElse(Double.NaN);
    return new Line(
        name,
        design.accuracy(),
        design.metrics(),
        OptionalDouble.of(value),
        feasible,
        trainings(design),
        OptionalDouble.of(regret));
  }

  /** Of the network of a design, where the table of all networks has several of each. */
  private ConfidenceInterval trainings(Design design) {
    if (truth.isEmpty()) {
      return null;
    }
    Task known = truth.get().problem().task();
    int[] choice = known.space().choice(Genotype.parse(design.network()));
    double[] all = known.trainings(choice);
    return all.length < 2
        ? null
        : ConfidenceInterval.of(Arrays.stream(all).map(a -> 100 * a).toArray());
  }

  /** Everything, as a JSON object. */
  public Map<String, Object> object() {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("task", problem.task().name());
    problem.task().predictionError().ifPresent(e -> top.put("accuracy_error", e));
    top.put("space", problem.task().space().name());
    top.put("accelerator_space", problem.table().acceleratorSpace().fingerprint());
    top.put("technology", found.found().accelerator().costs());
    top.put("objective", problem.objective().toString());
    top.put("lambda", problem.lambda());
    top.put("reference_cost", problem.reference());
    top.put("found", object(found));
    for (SearchResult other : others) {
      top.put(other.method().replace(' ', '_'), object(other));
    }
    truth.ifPresent(t -> top.put("optimum", optimum(t)));
    top.put("trace", trace());
    return top;
  }

  private Map<String, Object> object(SearchResult result) {
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of("method", "seed", "network", "accelerator", "accuracy", "simulated"));
    keys.addAll(List.of("predicted", "cost", "value", "keeps_limits"));
    if (truth.isPresent()) {
      keys.add("regret");
    }
    keys.addAll(List.of("seconds", "evaluator_seconds", "information", "evaluations", "steps"));
    keys.addAll(List.of("trainings", "cost_model_calls"));
    return SearchRows.of(List.of(result), truth)
        .only(keys.toArray(String[]::new))
        .plusKnown(SearchRows.ERROR)
        .objects()
        .get(0);
  }

  private static Map<String, Object> optimum(ExhaustiveOptimum truth) {
    List<Column<ExhaustiveOptimum>> columns = new ArrayList<>();
    DesignRows.of(List.of(truth.best()))
        .only("network", "accelerator", "accuracy")
        .plusKnown(DesignRows.ERROR)
        .columns()
        .forEach(column -> columns.add(column.within(ExhaustiveOptimum::best)));
    columns.add(Column.of("simulated", "simulated", t -> SearchRows.metrics(t.best().metrics())));
    columns.add(Column.of("value", "value", ExhaustiveOptimum::value));
    columns.add(Column.of("designs", "designs", ExhaustiveOptimum::pairs));
    return Rows.object(columns, truth);
  }

  /** The trace of the search. */
  public Rows<?> trace() {
    return TraceRows.of(found.trace().epochs())
        .without("cost_model_calls")
        .plusKnown(Column.accuracyError(e -> problem.task().predictionError()));
  }
}
