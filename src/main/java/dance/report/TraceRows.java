package dance.report;

import dance.search.Trace;
import java.util.List;

/** The trace of a search, one row per epoch. */
public final class TraceRows {
  private static final List<Column<Trace.Epoch>> COLUMNS =
      List.of(
          Column.of("attempt", "attempt", e -> e.restart() + 1),
          Column.of("step", "step", Trace.Epoch::step),
          Column.of("evaluations", "evaluations", Trace.Epoch::evaluations),
          Column.of("cost-model calls", "cost_model_calls", Trace.Epoch::costModelCalls),
          new Column<>("time", "seconds", Unit.SECONDS, Trace.Epoch::seconds),
          Column.of("entropy", "entropy", Trace.Epoch::entropy),
          Column.of("training loss", "training_loss", Trace.Epoch::trainingLoss),
          Column.of("accuracy loss", "accuracy_loss", Trace.Epoch::accuracyLoss),
          Column.of("expected cost", "expected_cost", Trace.Epoch::expectedCost),
          Column.of("loss", "loss", Trace.Epoch::loss),
          Column.of("network", "network", e -> e.genotype().toString()),
          Column.of("design", "design", Trace.Epoch::designIndex));

  private TraceRows() {}

  /** Rows of some epochs. */
  public static Rows<Trace.Epoch> of(List<Trace.Epoch> epochs) {
    return new Rows<>(COLUMNS, epochs);
  }
}
