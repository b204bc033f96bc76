package dance.evaluate;

import dance.check.Rules;
import dance.cost.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How far an evaluator can be trusted, measured on networks that it was not made from.
 *
 * @param all over networks as they come
 * @param nearOptimum over the best of them by cost, where a search will live
 */
public record Fidelity(Sample all, Sample nearOptimum) {
  /** Networks that are measured unless told otherwise. */
  public static final int NETWORKS = 1000;

  /** Where random networks begin unless told otherwise. */
  public static final long SEED = 1;

  /**
   * Measures an evaluator on random networks, and on the best hundredth of ten times as many by the
   * evaluator's objective on their best designs. Errors and correlations are taken on the chosen
   * design for every other network, for the rest on a random one.
   *
   * @param truth a table of the evaluator's spaces
   * @param networks how many, at least 2
   * @param seed of the random networks and designs
   */
  public static Fidelity measure(Evaluator evaluator, CostTable truth, int networks, long seed) {
    new Rules()
        .require(networks >= 2, "networks to measure (%d) must be at least 2", networks)
        .require(
            evaluator.networkSpace().fingerprint().equals(truth.networkSpace().fingerprint()),
            "table of %s cannot judge an evaluator of %s",
            truth.networkSpace(),
            evaluator.networkSpace())
        .require(
            evaluator
                .acceleratorSpace()
                .fingerprint()
                .equals(truth.acceleratorSpace().fingerprint()),
            "table of %s cannot judge an evaluator of %s",
            truth.acceleratorSpace(),
            evaluator.acceleratorSpace())
        .check();
    return new FidelityMeasurement(evaluator, truth, seed).measure(networks);
  }

  /**
   * Relative error, as fractions.
   *
   * @param mean over all networks
   * @param median over all networks
   * @param p99 exceeded by one network in a hundred
   */
  public record Error(double mean, double median, double p99) {}

  /**
   * What was measured on some networks.
   *
   * @param networks how many
   * @param heads by axis of the accelerator space: how often the chosen value is that of the best
   *     design, or of one that costs at most 0.1 % more, 0…1
   * @param allHeads how often the chosen design is the best, or one that costs at most 0.1 % more
   * @param errors of latency, energy and area given the design
   * @param spearman rank correlation of predicted and true latency, energy and area
   * @param kendall the same by pairs (tau-b)
   * @param regret how much more the chosen design costs than the best, as a fraction; negative
   *     where it exceeds a limit that the best one keeps
   */
  public record Sample(
      int networks,
      Map<String, Double> heads,
      double allHeads,
      Map<Metric, Error> errors,
      Map<Metric, Double> spearman,
      Map<Metric, Double> kendall,
      Error regret) {
    public Sample {
      heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
      spearman = Collections.unmodifiableMap(new LinkedHashMap<>(spearman));
      kendall = Collections.unmodifiableMap(new LinkedHashMap<>(kendall));
    }
  }

  /** One table: a line for each figure, a column for each sample. */
  @Override
  public String toString() {
    Map<String, ToDoubleFunction<Sample>> percent = new LinkedHashMap<>();
    all.heads.keySet().forEach(h -> percent.put("accuracy " + h, s -> s.heads.get(h)));
    percent.put("accuracy of all", Sample::allHeads);
    for (Metric m : all.errors.keySet()) {
      percent.put("error of " + m.label() + ", mean", s -> s.errors.get(m).mean());
      percent.put("error of " + m.label() + ", median", s -> s.errors.get(m).median());
      percent.put("error of " + m.label() + ", 99 %", s -> s.errors.get(m).p99());
    }
    percent.put("regret, mean", s -> s.regret.mean());
    percent.put("regret, 99 %", s -> s.regret.p99());
    List<String> lines = new ArrayList<>();
    lines.add(line("networks", "%12d", all.networks, nearOptimum.networks));
    percent.forEach(
        (name, read) ->
            lines.add(
                line(
                    name + " [%]",
                    "%12.3f",
                    100 * read.applyAsDouble(all),
                    100 * read.applyAsDouble(nearOptimum))));
    for (Metric m : all.spearman.keySet()) {
      String name = " of " + m.label();
      lines.add(
          line("Spearman" + name, "%12.6f", all.spearman.get(m), nearOptimum.spearman.get(m)));
      lines.add(line("Kendall" + name, "%12.6f", all.kendall.get(m), nearOptimum.kendall.get(m)));
    }
    return String.format(Locale.ROOT, "%-28s%12s%14s%n", "", "all", "near optimum")
        + String.join("", lines);
  }

  private static String line(String name, String format, Object first, Object second) {
    return String.format(Locale.ROOT, "%-28s" + format + "  " + format + "%n", name, first, second);
  }
}
