package dance.lesson;

import dance.check.Rules;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;

/**
 * A factor of a temporal loop goes to another level: into the loop over the dimension there, or, if
 * there is none, next to the level that it comes from.
 *
 * @param dimension of the loop
 * @param factor divides the bound of the loop
 * @param from level of the loop
 * @param to level that gets the factor
 * @param place in time, or over PEs
 */
public record MoveFactor(String dimension, int factor, String from, String to, Place place)
    implements Change {

  /** Where the factor goes. */
  public enum Place {
    /** Into a temporal loop. */
    TIME,
    /** Over columns of PEs. */
    X,
    /** Over rows of PEs. */
    Y
  }

  @Override
  public Evaluation apply(Evaluation before) {
    MappingEdit edit = new MappingEdit(before);
    int source = edit.index(from);
    int target = edit.index(to);
    int loop = edit.loop(source, dimension);
    List<Einsum.Loop> loops = new ArrayList<>(edit.level(source).temporal());
    int bound = loops.get(loop).bound();
    new Rules()
        .require(factor >= 1, "factor (%d) must be at least 1", factor)
        .require(
            factor < 1 || bound % factor == 0,
            "factor %d must divide the loop %s=%d at %s",
            factor,
            dimension,
            bound,
            from)
        .check();
    if (bound == factor) {
      loops.remove(loop);
    } else {
      loops.set(loop, new Einsum.Loop(dimension, bound / factor));
    }
    edit.temporal(source, loops);
    Mapping.Level old = edit.level(target);
    boolean outwards = target < source;
    edit.replace(
        target,
        new Mapping.Level(
            place == Place.TIME ? with(old.temporal(), outwards) : old.temporal(),
            place == Place.X ? with(old.spatialX(), outwards) : old.spatialX(),
            place == Place.Y ? with(old.spatialY(), outwards) : old.spatialY(),
            old.keeps(),
            old.unicast()));
    return edit.evaluate();
  }

  private List<Einsum.Loop> with(List<Einsum.Loop> loops, boolean innermost) {
    List<Einsum.Loop> more = new ArrayList<>(loops);
    for (int i = 0; i < more.size(); i++) {
      if (more.get(i).dimension().equals(dimension)) {
        int bound = Math.multiplyExact(more.get(i).bound(), factor);
        more.set(i, new Einsum.Loop(dimension, bound));
        return more;
      }
    }
    more.add(innermost ? more.size() : 0, new Einsum.Loop(dimension, factor));
    return more;
  }

  @Override
  public String toString() {
    String where = place == Place.TIME ? to : place + " of " + to;
    return dimension + "=" + factor + " goes from " + from + " to " + where;
  }
}
