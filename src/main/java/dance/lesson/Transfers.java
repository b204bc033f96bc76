package dance.lesson;

import dance.simulate.count.CompiledEinsum;
import java.util.ArrayList;
import java.util.List;

/** What passes between levels at a step: the differences of the counts before and after. */
final class Transfers {
  private final NestTime time;
  private final CompiledEinsum shape;
  private final CountsSoFar counts;
  private final List<String> names;

  Transfers(NestTime time, CompiledEinsum shape, CountsSoFar counts, List<String> names) {
    this.time = time;
    this.shape = shape;
    this.counts = counts;
    this.names = names;
  }

  /** A count up to a step. */
  private interface Count {
    long upTo(long step, int[] indices);
  }

  private long difference(long step, Count count) {
    long now = count.upTo(step, time.indices(step));
    return step == 0 ? now : now - count.upTo(step - 1, time.indices(step - 1));
  }

  /** Inwards first, from the outermost level; then partial sums outwards, from the innermost. */
  List<Move> at(long step) {
    List<Move> inwards = new ArrayList<>();
    List<Move> outwards = new ArrayList<>();
    for (int l = 0; l < time.nest.levels; l++) {
      for (int t = 0; t < shape.tensors; t++) {
        if (counts.keeps(l, t)) {
          add(inwards, l, t, step, true);
          add(outwards, l, t, step, false);
        }
      }
    }
    for (int i = outwards.size() - 1; i >= 0; i--) {
      inwards.add(outwards.get(i));
    }
    return inwards;
  }

  /** Words of the output that the innermost level which keeps it gets for the first time. */
  long begun(long step) {
    int level = time.nest.levels - 1;
    while (!counts.keeps(level, shape.output)) {
      level--;
    }
    int innermost = level;
    return difference(step, (s, indices) -> counts.begun(innermost, indices));
  }

  private void add(List<Move> moves, int l, int t, long step, boolean inwards) {
    int inner = counts.inside(l, t);
    long words =
        inwards
            ? difference(step, (s, indices) -> counts.reads(l, t, indices, 0))
            : difference(step, (s, indices) -> counts.updates(l, t, s, indices, 0));
    if (words == 0) {
      return;
    }
    long delivered =
        inwards
            ? difference(step, (s, indices) -> counts.taken(inner, t, indices))
            : difference(step, (s, indices) -> counts.returned(inner, t, s, indices));
    String outside = names.get(l);
    String inside = names.get(inner);
    String tensor = shape.einsum.tensors().get(t).name();
    moves.add(
        new Move(tensor, inwards ? outside : inside, inwards ? inside : outside, words, delivered));
  }
}
