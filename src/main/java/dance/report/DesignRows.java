package dance.report;

import dance.cost.Design;
import dance.cost.Objective;
import java.util.ArrayList;
import java.util.List;

/** Designs, networks on accelerators, one per row. */
public final class DesignRows {
  /** How far predicted accuracies are from measured ones. */
  static final Column<Design> ERROR = Column.accuracyError(Design::accuracyError);

  private DesignRows() {}

  /** With the components of the accelerators that vary. */
  public static Rows<Design> of(List<Design> designs) {
    List<Column<Design>> columns = new ArrayList<>();
    columns.add(Column.of("network", "network", Design::network));
    columns.addAll(AcceleratorColumns.of(designs, Design::accelerator));
    columns.addAll(Column.metrics(Design::metrics));
    columns.add(Column.of("accuracy", "accuracy", Design::accuracy));
    return new Rows<>(columns, designs).plusKnown(ERROR);
  }

  /** With the value of an objective. */
  public static Rows<Design> of(List<Design> designs, Objective objective) {
    return of(designs)
        .plus(Column.of(objective.name(), "cost", d -> objective.cost(d.metrics())))
        .plus(Column.of("limits kept", "feasible", d -> objective.feasible(d.metrics())));
  }

  /** The designs of a front in accuracy and cost. */
  public static Rows<Design> front(List<Design> designs) {
    return of(designs)
        .only(
            "network",
            "accelerator",
            "accuracy",
            "latency_ms",
            "energy_mj",
            "area_mm2",
            "utilization")
        .plusKnown(ERROR);
  }
}
