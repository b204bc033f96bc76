package dance.report;

import dance.cost.Ledger;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** The accesses of a mapping: a row for each level and tensor, all instances together. */
public final class AccessRows {
  private AccessRows() {}

  /**
   * A tensor at a level.
   *
   * @param level memory level
   * @param tensor tensor
   * @param energyPj energy of its accesses, wires included
   */
  public record Access(AccessCounts.Level level, AccessCounts.Tensor tensor, double energyPj) {}

  private static final List<Column<Access>> COLUMNS =
      List.of(
          Column.of("level", "level", a -> a.level().name()),
          Column.of("tensor", "tensor", a -> a.tensor().name()),
          Column.of("instances", "utilized_instances", a -> a.level().utilizedInstances()),
          words("tile", "tile", AccessCounts.Tensor::tileWords),
          words("reads", "reads", AccessCounts.Tensor::reads),
          words("fills", "fills", AccessCounts.Tensor::fills),
          words("updates", "updates", AccessCounts.Tensor::updates),
          new Column<>("energy", "energy_total_pJ", Unit.PJ, Access::energyPj));

  private static Column<Access> words(
      String heading, String key, java.util.function.Function<AccessCounts.Tensor, Long> words) {
    return new Column<>(heading, key, Unit.WORDS, a -> words.apply(a.tensor()));
  }

  /** Accesses of one mapping. */
  public static Rows<Access> of(Evaluation evaluation) {
    List<Access> rows = new ArrayList<>();
    for (AccessCounts.Level level : evaluation.counts().levels()) {
      for (AccessCounts.Tensor tensor : level.tensors()) {
        double energy =
            evaluation.ledger().entries().stream()
                .filter(e -> e.level().equals(level.name()) && e.operand().equals(tensor.name()))
                .mapToDouble(Ledger.Entry::energyPj)
                .sum();
        rows.add(new Access(level, tensor, energy));
      }
    }
    return new Rows<>(COLUMNS, rows);
  }
}
