package dance.evaluate;

import dance.check.Rules;
import dance.cost.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    /** Copies the maps: the record is immutable. */
    public Sample {
      heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
      spearman = Collections.unmodifiableMap(new LinkedHashMap<>(spearman));
      kendall = Collections.unmodifiableMap(new LinkedHashMap<>(kendall));
    }
  }

  /**
   * One of the figures of a sample.
   *
   * @param heading what people read, without a unit
   * @param key what programs read; within an object before each dot
   * @param percent whether people read per cent of the value
   * @param value reads it
   */
  public record Figure(
      String heading, String key, boolean percent, Function<Sample, Number> value) {
    private String line(Sample first, Sample second) {
      return String.format(
          Locale.ROOT,
          "%-28s%12s  %12s%n",
          percent ? heading + " [%]" : heading,
          cell(value.apply(first)),
          cell(value.apply(second)));
    }

    private String cell(Number number) {
      if (number instanceof Integer) {
        return number.toString();
      }
      return percent
          ? String.format(Locale.ROOT, "%.3f", 100 * number.doubleValue())
          : String.format(Locale.ROOT, "%.6f", number.doubleValue());
    }
  }

  /** All figures, in the order in which they are read. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("networks", "networks", false, Sample::networks));
    for (String head : all.heads.keySet()) {
      figures.add(new Figure("accuracy " + head, "heads." + head, true, s -> s.heads.get(head)));
    }
    figures.add(new Figure("accuracy of all", "all_heads", true, Sample::allHeads));
    for (Metric m : all.errors.keySet()) {
      errors(figures, "error of " + m.label(), "error." + key(m), s -> s.errors.get(m));
    }
    errors(figures, "regret", "regret", Sample::regret);
    for (Metric m : all.spearman.keySet()) {
      String name = " of " + m.label();
      figures.add(
          new Figure("Spearman" + name, "spearman." + key(m), false, s -> s.spearman.get(m)));
      figures.add(new Figure("Kendall" + name, "kendall." + key(m), false, s -> s.kendall.get(m)));
    }
    return figures;
  }

  private static void errors(
      List<Figure> figures, String heading, String key, Function<Sample, Error> of) {
    figures.add(new Figure(heading + ", mean", key + ".mean", true, s -> of.apply(s).mean()));
    figures.add(new Figure(heading + ", median", key + ".median", true, s -> of.apply(s).median()));
    figures.add(new Figure(heading + ", 99 %", key + ".p99", true, s -> of.apply(s).p99()));
  }

  private static String key(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  /** As a table: one line per figure, one column per sample. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%-28s%12s%14s%n", "", "all", "near optimum")
        + figures().stream().map(f -> f.line(all, nearOptimum)).collect(Collectors.joining());
  }
}
