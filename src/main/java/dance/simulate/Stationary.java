package dance.simulate;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapper.MapSpace;
import java.util.List;

/**
 * The constraints that the named dataflows have in common: dimensions along the sides of the array,
 * and the innermost loops of its level.
 */
final class Stationary {
  private Stationary() {}

  /**
   * The mappings of a space that unroll only these dimensions, over the array and wherever else a
   * level has a fan-out. Without a fan-out the list has no effect. Rows and columns of a kernel are
   * unrolled completely or not at all.
   */
  static MapSpace within(
      MapSpace space,
      LoopRoles roles,
      List<String> alongX,
      List<String> alongY,
      List<String> innermost) {
    MapSpace narrower = space;
    String[] whole = roles.of(List.of("R", "S")).toArray(String[]::new);
    for (int l = 0; l < space.accelerator().levels().size(); l++) {
      narrower = narrower.spatialWithin(l, roles.of(alongX), roles.of(alongY)).whole(l, whole);
    }
    String[] loops = roles.of(innermost).toArray(String[]::new);
    return narrower.innermostWithin(arrayLevel(space.accelerator()), loops);
  }

  /**
   * The level above the array: the one with the largest fan-out, the outermost of equal ones.
   * Without any array, the second innermost level.
   */
  static int arrayLevel(Accelerator accelerator) {
    int levels = accelerator.levels().size();
    int array = Math.max(0, levels - 2);
    long most = 1;
    for (int l = 0; l < levels; l++) {
      if (fanout(accelerator, l) > most) {
        most = fanout(accelerator, l);
        array = l;
      }
    }
    return array;
  }

  private static long fanout(Accelerator accelerator, int level) {
    MemoryLevel memory = accelerator.levels().get(level);
    return (long) memory.fanoutX() * memory.fanoutY();
  }
}
