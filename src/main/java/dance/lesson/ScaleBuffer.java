package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Evaluation;

/**
 * A buffer of another size, under the same mapping: its accesses cost what those of its size cost.
 *
 * @param level the buffer
 * @param factor of its capacity
 */
public record ScaleBuffer(String level, double factor) implements Change {
  @Override
  public Evaluation apply(Evaluation before) {
    return Analysis.of(before.einsum(), scaled(before.accelerator()))
        .evaluate(before.mapping(), before.accounting());
  }

  /** The accelerator with the other buffer. */
  Accelerator scaled(Accelerator accelerator) {
    long words = accelerator.level(level).capacityWords();
    new Rules()
        .require(words != MemoryLevel.UNBOUNDED, "%s is unbounded: it has no size", level)
        .check();
    long other = Math.round(words * factor);
    return accelerator.level(level, buffer -> buffer.capacityWords(other));
  }

  @Override
  public String toString() {
    return level + " is " + (factor == 2 ? "twice as large" : factor + " times its size");
  }
}
