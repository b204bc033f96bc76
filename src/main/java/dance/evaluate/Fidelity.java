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
 * Fidelity of an evaluator, measured on held-out networks.
 *
 * @param all over random networks
 * @param nearOptimum over the best of them by cost, where a search spends its time
 */
public record Fidelity(Sample all, Sample nearOptimum) {
  /** Default number of measured networks. */
  public static final int NETWORKS = 1000;

  /** Default seed of the random networks. */
  public static final long SEED = 1;

  /**
   * Measures an evaluator on random networks, and on the best 1 % of ten times as many by the
   * evaluator's objective on their best designs. Errors and correlations are taken on the chosen
   * design for every other network, for the rest on a random one.
   *
   * @param truth a table of the evaluator's spaces
   * @param networks number of networks, at least 2
   * @param seed of the random networks and designs
   */
  public static Fidelity measure(Evaluator evaluator, CostTable truth, int networks, long seed) {
    new Rules()
        .require(networks >= 2, "networks to measure (%d) must be at least 2", networks)
        .require(
            evaluator.networkSpace().fingerprint().equals(truth.networkSpace().fingerprint()),
            "table of %s cannot validate an evaluator of %s",
            truth.networkSpace(),
            evaluator.networkSpace())
        .require(
            evaluator
                .acceleratorSpace()
                .fingerprint()
                .equals(truth.acceleratorSpace().fingerprint()),
            "table of %s cannot validate an evaluator of %s",
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
   * @param p99 99th percentile
   */
  public record Error(double mean, double median, double p99) {}

  /**
   * Measurements on some networks.
   *
   * @param networks number of networks
   * @param heads by axis of the accelerator space: fraction of networks for which the chosen value
   *     is that of the best design, or of one that costs at most 0.1 % more, 0…1
   * @param allHeads fraction for which the chosen design is the best, or one that costs at most 0.1
   *     % more
   * @param errors of latency, energy and area given the design
   * @param spearman rank correlation of predicted and true latency, energy and area
   * @param kendall Kendall's tau-b of the same
   * @param regret relative excess cost of the chosen design over the best; negative where it
   *     violates a constraint that the best one satisfies
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

  /** As a table: one line per quantity, one column per sample. */
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
