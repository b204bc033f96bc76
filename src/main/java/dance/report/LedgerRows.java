package dance.report;

import dance.cost.Ledger;
import java.util.List;

/** The accounts of a ledger, one per row. */
public final class LedgerRows {
  private static final List<Column<Ledger.Entry>> COLUMNS =
      List.of(
          Column.of("level", "level", Ledger.Entry::level),
          Column.of("operand", "operand", Ledger.Entry::operand),
          Column.of("action", "action", Ledger.Entry::action),
          Column.of("count", "count", Ledger.Entry::count),
          new Column<>("energy", "energy_pJ", Unit.PJ, Ledger.Entry::energyPj));

  private LedgerRows() {}

  /** Rows of some accounts. */
  public static Rows<Ledger.Entry> of(List<Ledger.Entry> entries) {
    return new Rows<>(COLUMNS, entries);
  }
}
