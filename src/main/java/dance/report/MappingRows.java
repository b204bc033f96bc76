package dance.report;

import dance.cost.Objective;
import dance.interchange.TimeloopMappingWriter;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Best mappings, one per row: cost and optimality. */
public final class MappingRows {
  private static final Map<String, String> UNITS =
      Map.of(Objective.ENERGY.name(), "pJ", Objective.LATENCY.name(), "cycles");

  private MappingRows() {}

  /**
   * Rows for one objective.
   *
   * @param effort limit of the searches
   */
  public static Rows<MappingResult> of(List<MappingResult> results, Effort effort) {
    String objective = results.get(0).objective().name();
    Unit unit = Unit.of(UNITS.getOrDefault(objective, "pJ·cycles"));
    List<Column<MappingResult>> columns = new ArrayList<>();
    columns.add(Column.of("cycles", "cycles", r -> r.evaluation().cycles()));
    columns.add(new Column<>("energy", "energy_total_pJ", Unit.PJ, r -> r.evaluation().energyPj()));
    columns.add(Column.technology(r -> r.evaluation().accelerator()));
    columns.add(Column.of("objective", "objective", r -> r.objective().name()));
    columns.add(
        new Column<>(
            objective.equals(Objective.EDP.name()) ? "EDP" : "value",
            "objective_value",
            unit,
            MappingResult::value));
    columns.add(Column.of("mappings", "mappings", MappingResult::mappings));
    columns.add(Column.of("optimal", "optimal", r -> optimal(r, effort)));
    columns.add(new Column<>("lower bound", "lower_bound", unit, MappingResult::lowerBound));
    columns.add(new Column<>("gap", "gap", Unit.FRACTION, MappingRows::gap));
    columns.add(Column.of("mapping", "mapping", MappingRows::yaml));
    return new Rows<>(columns, results);
  }

  private static Worded optimal(MappingResult result, Effort effort) {
    return new Worded(
        result.optimal(),
        result.optimal() ? "yes, proven" : "not proven, effort reached: " + effort);
  }

  /** Upper bound on the relative improvement; 0 if proven optimal. */
  public static double gap(MappingResult result) {
    return result.optimal() ? 0 : 1 - result.lowerBound() / result.value();
  }

  /** The mapping in Timeloop's format. */
  public static String yaml(MappingResult result) {
    Evaluation best = result.evaluation();
    return TimeloopMappingWriter.write(best.mapping(), best.einsum(), best.accelerator());
  }
}
