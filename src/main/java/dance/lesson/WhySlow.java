package dance.lesson;

import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.explain.Explanation;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why is this layer slow: which bound decides its time, and how far the others are from it. The
 * bounds are the arithmetic and the ports of the memories: the roofline, level by level.
 */
final class WhySlow {
  private WhySlow() {}

  static Answer of(Evaluation evaluation) {
    Explanation slowest = WhatIf.slowest(evaluation);
    long units = evaluation.accelerator().macUnits();
    long ideal = -Math.floorDiv(-evaluation.einsum().points(), units);
    List<Explanation.Term> bounds = new ArrayList<>(slowest.terms());
    bounds.sort(Comparator.comparingLong((Explanation.Term term) -> -term.value().longValue()));
    List<Fact> facts = new ArrayList<>();
    long most = slowest.value().longValue();
    for (Explanation.Term bound : bounds) {
      long cycles = bound.value().longValue();
      String share = SignificantDigits.brief(100.0 * cycles / most) + " % of the slowest";
      facts.add(new Fact(bound.part(), cycles, "cycles", share));
    }
    facts.add(
        new Fact("all MAC units in every cycle", ideal, "cycles", "the best of all mappings"));
    facts.add(
        new Fact(
            "latency of the interconnects", evaluation.cycles() - most, "cycles", "added once"));
    String bound = bounds.get(0).part();
    String sentence =
        "%s: %s of %s cycles, %s times what all MAC units would need in full."
            .formatted(
                bound,
                SignificantDigits.count(most),
                SignificantDigits.count(evaluation.cycles()),
                SignificantDigits.brief((double) evaluation.cycles() / ideal));
    return new Answer("why is " + evaluation.einsum().name() + " slow?", sentence, facts);
  }
}
