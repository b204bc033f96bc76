package dance.lesson;

import dance.accelerator.Accelerator;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.function.Function;

/**
 * An answer that is a mapping: every one that fits and reaches the goal is right.
 *
 * @param einsum the layer
 * @param accelerator what it runs on
 * @param goal what it says of a mapping that fits
 */
record MappingSolution(Einsum einsum, Accelerator accelerator, Function<Evaluation, Verdict> goal)
    implements Solution {
  @Override
  public Verdict check(Object answer) {
    Mapping mapping;
    try {
      mapping =
          answer instanceof Mapping known
              ? known
              : Mapping.parse(String.valueOf(answer), einsum, accelerator);
    } catch (IllegalArgumentException unreadable) {
      return Verdict.wrong("not a mapping", unreadable.getMessage());
    }
    try {
      return goal.apply(Analysis.of(einsum, accelerator).evaluate(mapping, Accounting.EXACT));
    } catch (IllegalArgumentException unfit) {
      boolean capacity = unfit.getMessage().contains("do not fit");
      return Verdict.wrong(capacity ? "does not fit" : "not a mapping", unfit.getMessage());
    }
  }
}
