package dance.command;

import dance.accelerator.Dataflow;
import dance.lesson.Ingredient;
import dance.report.Column;
import dance.report.Rows;
import dance.report.Worded;
import dance.search.Separation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which ingredient couples the choices of network and accelerator, one row each. */
final class IngredientRows {
  private IngredientRows() {}

  private static final List<String> WAYS =
      List.of(
          Separation.NETWORK_FIRST.label(),
          Separation.EYERISS.label(),
          Separation.ACCELERATOR_FIRST.label(),
          Separation.ACCELERATOR_FIRST_AGAIN.label(),
          Separation.MACS.label(),
          Separation.OPERATIONS.label(),
          "alternating, mean of starts",
          "alternating, worst start");

  /** What each way to choose loses [%]. */
  static Rows<Ingredient.Outcome> of(List<Ingredient.Outcome> outcomes) {
    List<Column<Ingredient.Outcome>> columns = new ArrayList<>();
    columns.add(Column.of("ingredient", "ingredient", Ingredient.Outcome::ingredient));
    columns.add(Column.of("designs", "designs", Ingredient.Outcome::designs));
    columns.add(Column.of("win", "winners", Ingredient.Outcome::winners));
    for (String way : WAYS) {
      columns.add(
          Column.of(way, way.replace(",", "").replace(" ", "_"), o -> shown(o.regret(way))));
    }
    return new Rows<>(columns, outcomes);
  }

  /** How much more the best design of each dataflow costs than the best of all [%]. */
  static Rows<Ingredient.Outcome> dataflows(List<Ingredient.Outcome> outcomes) {
    List<Column<Ingredient.Outcome>> columns = new ArrayList<>();
    columns.add(Column.of("ingredient", "ingredient", Ingredient.Outcome::ingredient));
    for (Dataflow flow :
        List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY)) {
      columns.add(
          Column.of(flow.label(), flow.label(), o -> 100 * o.dataflows().getOrDefault(flow, 0.0)));
    }
    return new Rows<>(columns, outcomes);
  }

  private static Object shown(double regret) {
    return Double.isFinite(regret)
        ? (Object) (100 * regret)
        : new Worded(Double.POSITIVE_INFINITY, "exceeds limits");
  }

  /** Everything, as a JSON object. */
  static Map<String, Object> object(List<Ingredient.Outcome> outcomes) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("networks", outcomes.get(0).networks());
    top.put("regrets_percent", of(outcomes));
    top.put("dataflows_percent", dataflows(outcomes));
    return top;
  }
}
