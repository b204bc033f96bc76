package dance.report;

import dance.cost.Design;
import dance.cost.Measured;
import dance.cost.Metric;
import dance.search.Coupling;
import dance.search.LimitGrid;
import dance.search.SearchProblem;
import dance.search.Separation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What separate choices of network and accelerator lose against the joint optimum. */
public final class CouplingRows {
  private CouplingRows() {}

  /**
   * A way to choose, and where it ends.
   *
   * @param problem with λ and limits
   * @param way in words
   * @param pair what is found; null for a mean, or if nothing is
   * @param regret as a fraction; infinite if limits are violated
   */
  public record Choice(SearchProblem problem, String way, Coupling.Pair pair, double regret) {}

  /** The optimum, all ways, then alternation and fixed accelerators, of each coupling. */
  public static List<Choice> choices(List<Coupling> couplings) {
    List<Choice> choices = new ArrayList<>();
    for (Coupling c : couplings) {
      choices.add(new Choice(c.problem(), "joint optimum", c.optimum(), 0));
      c.ways()
          .forEach(
              way ->
                  choices.add(
                      new Choice(c.problem(), way.separation().label(), way.pair(), way.regret())));
      Coupling.Alternation turns = c.alternation();
      choices.add(new Choice(c.problem(), "alternating, mean of starts", null, turns.mean()));
      choices.add(
          new Choice(c.problem(), "alternating, worst start", turns.worstPair(), turns.worst()));
      Coupling.FixedChips fixed = c.fixed();
      choices.add(new Choice(c.problem(), "fixed chip, mean", null, fixed.mean()));
      choices.add(new Choice(c.problem(), "fixed chip, worst", null, fixed.worst()));
    }
    return choices;
  }

  /** One row for each way of each coupling. */
  public static Rows<Choice> of(List<Coupling> couplings) {
    List<Column<Choice>> columns = new ArrayList<>();
    columns.add(Column.of("objective", "objective", c -> c.problem().objective().toString()));
    columns.add(Column.of("lambda", "lambda", c -> c.problem().lambda()));
    columns.add(Column.of("way", "way", Choice::way));
    columns.add(
        Column.of("network", "network", c -> c.pair() == null ? null : c.pair().found().network()));
    columns.add(
        Column.of(
            "accelerator",
            "accelerator",
            c -> c.pair() == null ? null : c.pair().found().accelerator().name()));
    columns.add(
        new Column<>(
            "accuracy",
            "accuracy",
            Unit.FRACTION,
            c -> c.pair() == null ? null : c.pair().found().accuracy()));
    for (Metric metric : List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP)) {
      columns.add(
          Column.<Measured>of(metric, Measured::metrics)
              .within(c -> c.pair() == null ? null : c.pair().found()));
    }
    columns.add(Column.of("value", "value", c -> c.pair() == null ? null : c.pair().value()));
    columns.add(new Column<>("regret", "regret", Unit.FRACTION, c -> finite(c.regret())));
    return new Rows<>(columns, choices(couplings))
        .plusKnown(Column.accuracyError(c -> c.problem().task().predictionError()));
  }

  private static Double finite(double regret) {
    return Double.isFinite(regret) ? (Double) regret : null;
  }

  /** Regrets [%] of each way, a column for each λ; of one objective. */
  public static Rows<String> regrets(List<Coupling> couplings) {
    List<List<Choice>> each = couplings.stream().map(c -> choices(List.of(c))).toList();
    List<Column<String>> columns = new ArrayList<>();
    OptionalDouble error = couplings.get(0).problem().task().predictionError();
    columns.add(Column.of("regret [%]" + Design.heldOut(error), "way", way -> way));
    for (List<Choice> one : each) {
      Map<String, Double> regrets = new LinkedHashMap<>();
      one.forEach(choice -> regrets.put(choice.way(), choice.regret()));
      String name = "λ = " + one.get(0).problem().lambda();
      columns.add(Column.of(name, name, way -> shown(100 * regrets.get(way))));
    }
    return new Rows<>(
        columns,
        each.get(0).stream().map(Choice::way).filter(w -> !w.startsWith("joint")).toList());
  }

  private static Object shown(double percent) {
    return Double.isFinite(percent) ? percent : new Worded(percent, "exceeds limits");
  }

  /** Accuracies over a grid of limits: jointly, and by each other way. */
  public static Rows<LimitGrid.Cell> of(LimitGrid grid) {
    List<Column<LimitGrid.Cell>> columns = new ArrayList<>();
    columns.add(new Column<>("latency ≤", "latency_ms", Unit.of("ms"), LimitGrid.Cell::latencyMs));
    columns.add(new Column<>("area ≤", "area_mm2", Unit.of("mm²"), LimitGrid.Cell::areaMm2));
    columns.add(accuracy("jointly", c -> 0));
    columns.add(accuracy("network first", c -> c.way(Separation.NETWORK_FIRST).regret()));
    columns.add(accuracy("alternating, mean", c -> c.alternation().mean()));
    columns.add(accuracy("alternating, worst", c -> c.alternation().worst()));
    columns.add(accuracy("fixed chip, mean", c -> c.fixed().mean()));
    columns.add(accuracy("fixed chip, worst", c -> c.fixed().worst()));
    columns.add(accuracy("MAC budget", c -> c.way(Separation.MAC_BUDGET).regret()));
    return new Rows<>(columns, grid.cells())
        .plusKnown(Column.accuracyError(c -> grid.problem().task().predictionError()));
  }

  private static Column<LimitGrid.Cell> accuracy(
      String heading, ToDoubleFunction<Coupling> regret) {
    return new Column<>(
        heading,
        AcceleratorColumns.key(heading),
        Unit.FRACTION,
        cell ->
            cell.coupling()
                .map(c -> c.optimum().value() * (1 - regret.applyAsDouble(c)))
                .filter(Double::isFinite)
                .orElse(null));
  }
}
