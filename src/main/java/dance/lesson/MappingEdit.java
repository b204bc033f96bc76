package dance.lesson;

import dance.check.Nearest;
import dance.check.Rules;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping that is being changed, level by level. */
final class MappingEdit {
  private final Evaluation before;
  private final List<Mapping.Level> levels;

  MappingEdit(Evaluation before) {
    this.before = before;
    levels = new ArrayList<>(before.mapping().levels());
  }

  /**
   * Position of a level.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  int index(String level) {
    List<String> names = before.accelerator().levels().stream().map(l -> l.name()).toList();
    int index = names.indexOf(level);
    new Rules()
        .require(
            index >= 0,
            "%s has no level %s, only %s.%s",
            before.accelerator().name(),
            level,
            String.join(", ", names),
            Nearest.maybe(level, names))
        .check();
    return index;
  }

  Mapping.Level level(int index) {
    return levels.get(index);
  }

  void replace(int index, Mapping.Level level) {
    levels.set(index, level);
  }

  void temporal(int index, List<Einsum.Loop> loops) {
    Mapping.Level old = levels.get(index);
    replace(
        index,
        new Mapping.Level(loops, old.spatialX(), old.spatialY(), old.keeps(), old.unicast()));
  }

  /**
   * Position of the temporal loop of a level over a dimension.
   *
   * @throws IllegalArgumentException if there is none
   */
  int loop(int level, String dimension) {
    List<Einsum.Loop> loops = levels.get(level).temporal();
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).dimension().equals(dimension)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "there is no temporal loop over %s at %s, only %s"
            .formatted(
                dimension,
                before.accelerator().levels().get(level).name(),
                loops.isEmpty()
                    ? "none"
                    : loops.stream().map(Einsum.Loop::toString).collect(Collectors.joining(", "))));
  }

  /** The changed mapping, evaluated. */
  Evaluation evaluate() {
    Mapping changed = new Mapping(levels, before.mapping().names());
    return Analysis.of(before.einsum(), before.accelerator())
        .evaluate(changed, before.accounting());
  }
}
