package dance.lesson;

import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;

/**
 * Which PEs idle, and why. The utilization is a product of three: the part of the array that the
 * spatial loops fill, the part of their iterations that exist (the last ones can be partial), and
 * the part of the time that no port is waited for.
 */
final class WhyIdle {
  private WhyIdle() {}

  static Answer of(Evaluation evaluation) {
    AccessCounts counts = evaluation.counts();
    long all = evaluation.accelerator().macUnits();
    long used = counts.utilizedMacs();
    double filled = (double) used / all;
    double whole = counts.computes() / ((double) counts.computeCycles() * used);
    double busy = (double) counts.computeCycles() / evaluation.cycles();
    String worst = "none idles";
    if (filled * whole * busy < 1) {
      worst =
          filled <= Math.min(whole, busy)
              ? "mostly because the spatial loops do not fill the array"
              : whole <= busy
                  ? "mostly because last iterations are partial"
                  : "mostly because they wait: "
                      + WhySlow.of(evaluation).facts().get(0).what()
                      + " decides";
    }
    String sentence =
        "%s of %s PEs never work, and over all cycles %s %% are used: %s."
            .formatted(
                SignificantDigits.count(all - used),
                SignificantDigits.count(all),
                SignificantDigits.brief(100 * evaluation.utilization()),
                worst);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("PEs that never work", all - used, "PEs", spatial(evaluation)));
    facts.add(new Fact("filled by spatial loops", filled, "", "used PEs / PEs"));
    facts.add(
        new Fact("existing iterations", whole, "", "operations / (compute cycles · used PEs)"));
    facts.add(new Fact("time without waiting", busy, "", "compute cycles / cycles"));
    facts.add(new Fact("utilization", evaluation.utilization(), "", "the product"));
    return new Answer("which PEs idle, and why?", sentence, facts);
  }

  private static String spatial(Evaluation evaluation) {
    List<String> parts = new ArrayList<>();
    for (int l = 0; l < evaluation.mapping().levels().size(); l++) {
      Mapping.Level mapped = evaluation.mapping().levels().get(l);
      var memory = evaluation.accelerator().levels().get(l);
      if (memory.fanoutX() * memory.fanoutY() > 1) {
        parts.add(
            "%d of %d columns, %d of %d rows below %s"
                .formatted(
                    product(mapped.spatialX()),
                    memory.fanoutX(),
                    product(mapped.spatialY()),
                    memory.fanoutY(),
                    memory.name()));
      }
    }
    return String.join("; ", parts);
  }

  private static long product(List<Einsum.Loop> loops) {
    return loops.stream().mapToLong(Einsum.Loop::bound).reduce(1, (a, b) -> a * b);
  }
}
