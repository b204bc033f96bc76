package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.cost.Ledger;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of an evaluation by name, as {@code "RF Weights reads"}, so that ours and Timeloop's
 * can be laid beside each other. Accesses are per instance, energies in pJ over all instances.
 */
public final class ReferenceRows {
  private static final double TOLERANCE = 1e-6;

  /** Timeloop adds up leakages that it rounded to 0.01 pJ, of at most six levels here. */
  private static final double LEAKAGE_ROUNDING_PJ = 6 * 0.005;

  /** Timeloop prints utilization in percent with two decimals. */
  private static final double UTILIZATION_ROUNDING = 0.005 + 1e-9;

  private static final List<String> ACCESSES = List.of("reads", "fills", "updates");
  private static final Set<Ledger.Action> ACCESS_ACTIONS =
      Set.of(Ledger.Action.READ, Ledger.Action.FILL, Ledger.Action.UPDATE);

  private ReferenceRows() {}

  /**
   * A number on which two evaluations differ; NaN stands for a number that one of them lacks.
   *
   * @param row its name
   * @param ours what we count
   * @param reference what Timeloop counts
   */
  public record Difference(String row, double ours, double reference) {}

  /** The rows of a {@code stats.json}, or of what {@code dance timeloop --json} prints. */
  @SuppressWarnings("unchecked")
  public static Map<String, Double> of(Map<String, Object> stats) {
    Map<String, Double> rows = new LinkedHashMap<>();
    put(rows, "cycles", stats.get("cycles"));
    put(rows, "computes", stats.get("computes"));
    put(rows, "utilization", stats.get("utilization_pct"));
    put(
        rows,
        "energy",
        stats.getOrDefault("energy_total_pJ_from_xml", stats.get("energy_total_pJ")));
    for (Map<String, Object> level : (List<Map<String, Object>>) stats.get("levels")) {
      String name = (String) level.get("name");
      var tensors = (Map<String, Map<String, Object>>) level.get("tensors");
      if (tensors == null) {
        put(rows, name + " instances", level.get("utilized_instances"));
        put(rows, name + " energy", level.get("energy_total_pJ"));
        continue;
      }
      tensors.forEach(
          (tensor, counts) -> {
            // Timeloop notes the instances with every tensor.
            put(
                rows,
                name + " instances",
                counts.getOrDefault("utilized_instances", level.get("utilized_instances")));
            ACCESSES.forEach(a -> put(rows, name + " " + tensor + " " + a, counts.get(a)));
            put(rows, name + " " + tensor + " energy", counts.get("energy_total_pJ"));
          });
    }
    return rows;
  }

  private static void put(Map<String, Double> rows, String row, Object number) {
    rows.put(row, ((Number) number).doubleValue());
  }

  /** The rows of an evaluation. */
  public static Map<String, Double> of(Evaluation evaluation) {
    Map<String, Double> rows = counts(evaluation.counts(), evaluation.accelerator());
    rows.put("cycles", (double) evaluation.cycles());
    rows.put("utilization", 100 * evaluation.utilization());
    rows.put("energy", evaluation.energyPj());
    String mac = evaluation.accelerator().mac().name();
    rows.put(mac + " energy", evaluation.ledger().byLevel().get(mac));
    for (AccessCounts.Level level : evaluation.counts().levels()) {
      for (AccessCounts.Tensor tensor : level.tensors()) {
        rows.put(
            level.name() + " " + tensor.name() + " energy",
            evaluation.ledger().entries().stream()
                .filter(e -> e.level().equals(level.name()) && e.operand().equals(tensor.name()))
                .filter(e -> ACCESS_ACTIONS.contains(e.action()))
                .mapToDouble(Ledger.Entry::energyPj)
                .sum());
      }
    }
    return rows;
  }

  /** The rows that are counted, not priced; the cycles are those of the arithmetic. */
  public static Map<String, Double> counts(AccessCounts counts, Accelerator accelerator) {
    Map<String, Double> rows = new LinkedHashMap<>();
    rows.put("cycles", (double) counts.computeCycles());
    rows.put("computes", (double) counts.computes());
    rows.put(accelerator.mac().name() + " instances", (double) counts.utilizedMacs());
    for (AccessCounts.Level level : counts.levels()) {
      double instances = level.utilizedInstances();
      for (AccessCounts.Tensor tensor : level.tensors()) {
        String prefix = level.name() + " " + tensor.name() + " ";
        rows.put(level.name() + " instances", instances);
        rows.put(prefix + "reads", tensor.reads() / instances);
        rows.put(prefix + "fills", tensor.fills() / instances);
        rows.put(prefix + "updates", tensor.updates() / instances);
      }
    }
    return rows;
  }

  /** The rows on which two evaluations differ; whole numbers must be equal. */
  public static List<Difference> differences(
      Map<String, Double> ours, Map<String, Double> reference) {
    Map<String, Double> all = new LinkedHashMap<>(reference);
    ours.forEach(all::putIfAbsent);
    List<Difference> differences = new ArrayList<>();
    for (String row : all.keySet()) {
      double a = ours.getOrDefault(row, Double.NaN);
      double b = reference.getOrDefault(row, Double.NaN);
      if (!(Math.abs(a - b) <= tolerance(row, b))) {
        differences.add(new Difference(row, a, b));
      }
    }
    return differences;
  }

  private static double tolerance(String row, double reference) {
    if (row.equals("utilization")) {
      return UTILIZATION_ROUNDING;
    }
    double energy = TOLERANCE * Math.abs(reference);
    return row.equals("energy")
        ? energy + LEAKAGE_ROUNDING_PJ
        : row.endsWith(" energy") ? energy : 0;
  }

  /** Whether a row follows from the others: energies and utilization. */
  public static boolean isDerived(String row) {
    return row.endsWith("energy") || row.equals("utilization");
  }

  /** With energies and utilization computed anew from the counts. */
  public static Map<String, Double> derived(Map<String, Double> rows, Accelerator accelerator) {
    Map<String, Double> result = new LinkedHashMap<>(rows);
    MacUnit mac = accelerator.mac();
    double cycles = rows.get("cycles");
    double total = rows.get("computes") * mac.macPj();
    result.put(mac.name() + " energy", total);
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel level = accelerator.levels().get(l);
      double instances = rows.getOrDefault(level.name() + " instances", 0.0);
      double memories =
          Math.min(instances, Math.ceil((double) accelerator.instances(l) / level.clusterSize()));
      total += level.leakPjPerCycle() * cycles * instances;
      for (String row : rows.keySet()) {
        if (row.startsWith(level.name() + " ") && row.endsWith(" energy")) {
          String prefix = row.substring(0, row.length() - "energy".length());
          double each =
              lines(rows.get(prefix + "reads"), level) * level.readPj()
                  + lines(rows.get(prefix + "fills"), level) * level.fillPj()
                  + lines(rows.get(prefix + "updates"), level) * level.updatePj();
          result.put(row, each * memories);
          total += each * memories;
        }
      }
    }
    result.put("energy", total);
    result.put("utilization", 100 * rows.get("computes") / (cycles * accelerator.macUnits()));
    return result;
  }

  private static double lines(double words, MemoryLevel level) {
    return level.lineWords() == 1 ? words : Math.ceil(words / level.lineWords());
  }
}
