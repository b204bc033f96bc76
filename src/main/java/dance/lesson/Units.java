package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledMapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The MAC units that a mapping uses, and what each works on. */
final class Units {
  private final NestTime time;
  private final Einsum einsum;
  private final Accelerator accelerator;

  Units(NestTime time, Einsum einsum, Accelerator accelerator) {
    this.time = time;
    this.einsum = einsum;
    this.accelerator = accelerator;
  }

  /** All units that the spatial loops name, whether or not they work at a step. */
  List<UnitState> at(int[] indices) {
    List<UnitState> units = new ArrayList<>();
    add(units, 0, 0, new int[] {0, 0}, time.point(indices));
    return units;
  }

  /** Goes through the spatial loops of a level and of all inside. */
  private void add(List<UnitState> units, int level, int loop, int[] place, long[] point) {
    if (level == time.nest.levels) {
      units.add(unit(place, point));
      return;
    }
    int at = Math.max(loop, time.nest.start[level]);
    if (loop <= time.nest.start[level]) {
      MemoryLevel memory = accelerator.levels().get(level);
      place = new int[] {place[0] * memory.fanoutX(), place[1] * memory.fanoutY()};
    }
    while (at < time.nest.start[level + 1] && time.nest.kind[at] == CompiledMapping.TEMPORAL) {
      at++;
    }
    if (at >= time.nest.start[level + 1]) {
      add(units, level + 1, time.nest.start[level + 1], place, point);
      return;
    }
    int side = time.nest.kind[at] == CompiledMapping.SPATIAL_X ? 0 : 1;
    int inside = 1;
    for (int i = at + 1; i < time.nest.start[level + 1]; i++) {
      inside *= time.nest.kind[i] == time.nest.kind[at] ? time.nest.bound[i] : 1;
    }
    for (int index = 0; index < time.nest.bound[at]; index++) {
      int[] moved = place.clone();
      moved[side] += index * inside;
      long[] further = point.clone();
      further[time.nest.dimension[at]] += index * time.nest.stride[at];
      add(units, level, at + 1, moved, further);
    }
  }

  private UnitState unit(int[] place, long[] point) {
    Map<String, Long> spread = new LinkedHashMap<>();
    boolean works = true;
    for (int d = 0; d < point.length; d++) {
      works &= point[d] < time.bounds[d];
      for (int i = 0; i < time.nest.size; i++) {
        if (time.nest.dimension[i] == d && time.nest.kind[i] != CompiledMapping.TEMPORAL) {
          spread.put(einsum.dimensions().get(d).dimension(), point[d]);
        }
      }
    }
    return new UnitState(place[0], place[1], works, spread);
  }
}
