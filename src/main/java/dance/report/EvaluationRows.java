package dance.report;

import dance.cost.Ledger;
import dance.cost.SignificantDigits;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * An evaluated mapping, with the keys of Timeloop's statistics, where the accesses of a tensor are
 * those of one instance.
 */
public final class EvaluationRows {
  private static final Set<Ledger.Action> ACCESSES =
      Set.of(Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE);

  /** The whole mapping. */
  public static final List<Column<Evaluation>> SUMMARY =
      List.of(
          Column.of("cycles", "cycles", Evaluation::cycles),
          new Column<>("utilization", "utilization_pct", Unit.of("%"), e -> 100 * e.utilization()),
          Column.of("computes", "computes", e -> e.counts().computes()),
          new Column<>("energy", "energy_total_pJ", Unit.PJ, e -> e.ledger().totalPj()),
          Column.technology(Evaluation::accelerator));

  private static final List<Column<Line>> LEVEL =
      List.of(
          Column.of("level", "name", Line::level),
          Column.of("tensor", "tensor", Line::name),
          Column.of("instances", "utilized_instances", Line::instances),
          Column.of("reads", "all_reads", l -> l.words(AccessCounts.Tensor::reads)),
          Column.of("fills", "all_fills", l -> l.words(AccessCounts.Tensor::fills)),
          Column.of("updates", "all_updates", l -> l.words(AccessCounts.Tensor::updates)),
          Column.of("reads each", "reads", l -> l.each(AccessCounts.Tensor::reads)),
          Column.of("fills each", "fills", l -> l.each(AccessCounts.Tensor::fills)),
          Column.of("updates each", "updates", l -> l.each(AccessCounts.Tensor::updates)),
          new Column<>("energy", "energy_total_pJ", Unit.PJ, Line::energyPj));

  private EvaluationRows() {}

  /**
   * A level, a tensor at a level, or the MACs.
   *
   * @param level name
   * @param instances number of instances in use; null for a tensor
   * @param tensor null for a level
   * @param among instances that share the accesses
   * @param energyPj of a tensor, without wires and leakage
   */
  public record Line(
      String level, Long instances, AccessCounts.Tensor tensor, long among, double energyPj) {
    private String name() {
      return tensor == null ? "" : tensor.name();
    }

    private Long words(ToLongFunction<AccessCounts.Tensor> words) {
      return tensor == null ? null : (Long) words.applyAsLong(tensor);
    }

    private Number each(ToLongFunction<AccessCounts.Tensor> words) {
      return tensor == null ? null : SignificantDigits.quotient(words.applyAsLong(tensor), among);
    }
  }

  /** Every level with its tensors, and the MACs: the words of all instances together. */
  public static Rows<Line> accesses(Evaluation evaluation) {
    List<Line> lines = new ArrayList<>();
    for (AccessCounts.Level level : evaluation.counts().levels()) {
      lines.add(level(evaluation, level.name(), level.utilizedInstances()));
      for (Line tensor : tensors(evaluation, level)) {
        lines.add(new Line("", null, tensor.tensor(), tensor.among(), tensor.energyPj()));
      }
    }
    lines.add(macs(evaluation));
    return new Rows<>(LEVEL, lines).without("reads", "fills", "updates");
  }

  private static Line macs(Evaluation evaluation) {
    return level(
        evaluation, evaluation.accelerator().mac().name(), evaluation.counts().utilizedMacs());
  }

  private static Line level(Evaluation evaluation, String name, long instances) {
    double energyPj = evaluation.ledger().byLevel().getOrDefault(name, 0.0);
    return new Line(name, instances, null, instances, energyPj);
  }

  private static List<Line> tensors(Evaluation evaluation, AccessCounts.Level level) {
    long instances = Math.max(1, level.utilizedInstances());
    return level.tensors().stream()
        .map(
            tensor ->
                new Line(
                    level.name(),
                    null,
                    tensor,
                    instances,
                    energyPj(evaluation.ledger(), level.name(), tensor.name())))
        .toList();
  }

  private static double energyPj(Ledger ledger, String level, String tensor) {
    double sum = 0;
    for (Ledger.Entry entry : ledger.entries()) {
      if (entry.level().equals(level)
          && entry.operand().equals(tensor)
          && ACCESSES.contains(entry.action())) {
        sum += entry.energyPj();
      }
    }
    return sum;
  }

  /** Everything, as a JSON object, innermost level first. */
  public static Map<String, Object> object(Evaluation evaluation) {
    Map<String, Object> top = Rows.object(SUMMARY, evaluation);
    List<Object> levels = new ArrayList<>();
    levels.add(object(macs(evaluation), "name", "utilized_instances", "energy_total_pJ"));
    List<AccessCounts.Level> outermostFirst = evaluation.counts().levels();
    for (int i = outermostFirst.size() - 1; i >= 0; i--) {
      AccessCounts.Level level = outermostFirst.get(i);
      Map<String, Object> object =
          object(
              level(evaluation, level.name(), level.utilizedInstances()),
              "name",
              "utilized_instances",
              "energy_total_pJ");
      Map<String, Object> tensors = new LinkedHashMap<>();
      for (Line tensor : tensors(evaluation, level)) {
        tensors.put(tensor.name(), object(tensor, "reads", "fills", "updates", "energy_total_pJ"));
      }
      object.put("tensors", tensors);
      levels.add(object);
    }
    top.put("levels", levels);
    return top;
  }

  private static Map<String, Object> object(Line line, String... keys) {
    return new Rows<>(LEVEL, List.of(line)).only(keys).objects().get(0);
  }
}
