package dance.lesson;

import dance.accelerator.Accelerator;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.lesson.Answer.Fact;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Evaluation;
import java.util.List;

/**
 * What would a buffer twice as large buy: the best mapping (energy-delay product, default effort)
 * with the buffer as it is, and with one twice as large, whose accesses cost more.
 */
final class LargerBuffer {
  private LargerBuffer() {}

  static Answer of(Evaluation evaluation, String level) {
    Accelerator larger = new ScaleBuffer(level, 2).scaled(evaluation.accelerator());
    Evaluation best = best(evaluation, evaluation.accelerator());
    Evaluation then = best(evaluation, larger);
    double gain = 100 * (1 - then.edp() / best.edp());
    String sentence =
        "With the best mapping of each it "
            + (gain >= 0 ? "saves " : "costs ")
            + SignificantDigits.brief(Math.abs(gain))
            + " % of the energy-delay product.";
    return new Answer(
        "what would " + level + " twice as large buy?",
        sentence,
        List.of(
            new Fact("energy of the best mapping", best.energyPj() / 1e6, "µJ", ""),
            new Fact("energy, twice as large", then.energyPj() / 1e6, "µJ", ""),
            new Fact("cycles of the best mapping", best.cycles(), "cycles", ""),
            new Fact("cycles, twice as large", then.cycles(), "cycles", ""),
            new Fact("words at " + outermost(best), moved(best), "words", ""),
            new Fact("words, twice as large", moved(then), "words", ""),
            new Fact("EDP saved", gain, "%", ""),
            new Fact("area added", larger.areaMm2() - best.accelerator().areaMm2(), "mm²", "")));
  }

  static Evaluation best(Evaluation evaluation, Accelerator accelerator) {
    return Mapper.best(
            Dataflows.space(evaluation.einsum(), accelerator),
            Objective.EDP,
            evaluation.accounting(),
            Effort.DEFAULT)
        .evaluation();
  }

  private static String outermost(Evaluation evaluation) {
    return evaluation.accelerator().levels().get(0).name();
  }

  private static long moved(Evaluation evaluation) {
    return evaluation.counts().levels().get(0).tensors().stream()
        .mapToLong(tensor -> tensor.reads() + tensor.updates())
        .sum();
  }
}
