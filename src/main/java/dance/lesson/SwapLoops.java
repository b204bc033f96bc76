package dance.lesson;

import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two temporal loops of a level change places.
 *
 * @param one dimension of a loop
 * @param other dimension of the other
 * @param level whose loops they are
 */
public record SwapLoops(String one, String other, String level) implements Change {
  @Override
  public Evaluation apply(Evaluation before) {
    MappingEdit edit = new MappingEdit(before);
    int at = edit.index(level);
    List<Einsum.Loop> loops = new ArrayList<>(edit.level(at).temporal());
    Collections.swap(loops, edit.loop(at, one), edit.loop(at, other));
    edit.temporal(at, loops);
    return edit.evaluate();
  }

  @Override
  public String toString() {
    return one + " and " + other + " at " + level + " change places";
  }
}
