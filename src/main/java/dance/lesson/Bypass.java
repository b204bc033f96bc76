package dance.lesson;

import dance.check.Rules;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import java.util.HashSet;
import java.util.Set;

/**
 * A level keeps a tensor no longer, or keeps one that passed through.
 *
 * @param tensor name
 * @param level name
 * @param bypass whether it is kept no longer
 */
public record Bypass(String tensor, String level, boolean bypass) implements Change {
  @Override
  public Evaluation apply(Evaluation before) {
    MappingEdit edit = new MappingEdit(before);
    int at = edit.index(level);
    Mapping.Level old = edit.level(at);
    new Rules()
        .require(
            old.keeps().contains(tensor) == bypass,
            bypass ? "%s does not keep %s: it keeps %s" : "%s keeps %s already: it keeps %s",
            level,
            tensor,
            String.join(", ", old.keeps()))
        .check();
    Set<String> keeps = new HashSet<>(old.keeps());
    if (bypass) {
      keeps.remove(tensor);
    } else {
      keeps.add(tensor);
    }
    edit.replace(
        at,
        new Mapping.Level(old.temporal(), old.spatialX(), old.spatialY(), keeps, old.unicast()));
    return edit.evaluate();
  }

  @Override
  public String toString() {
    return tensor + (bypass ? " bypass " : " are kept at ") + level;
  }
}
