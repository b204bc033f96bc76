package dance.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many operations the MAC units have done, and how many of the units work at a step. */
final class Operations {
  private final NestTime time;
  private final List<TileLoops> dimensions = new ArrayList<>();
  private final List<long[]> units = new ArrayList<>();

  Operations(NestTime time) {
    this.time = time;
    int levels = time.nest.levels;
    for (int d = 0; d < time.bounds.length; d++) {
      TileLoops along = new TileLoops(time, d, levels);
      dimensions.add(along);
      units.add(along.offsets(0, levels));
    }
  }

  /** Operations up to the step of these indices, which is included. */
  long upTo(int[] indices) {
    long total = 0;
    for (int box = 0; box <= time.loops.length; box++) {
      if (box == time.loops.length || indices[box] > 0) {
        total += in(new Range(indices, box, Range.ANY));
      }
    }
    return total;
  }

  /** MAC units that work at the step of these indices. */
  long at(int[] indices) {
    return in(new Range(indices, time.loops.length, Range.ANY));
  }

  private long in(Range range) {
    long product = 1;
    for (int d = 0; d < dimensions.size(); d++) {
      long sum = 0;
      for (Map.Entry<Long, Long> rest : range.rests(dimensions.get(d), false).entrySet()) {
        long working = 0;
        for (long offset : units.get(d)) {
          working += offset < rest.getKey() ? 1 : 0;
        }
        sum += rest.getValue() * working;
      }
      product *= sum;
    }
    return product;
  }
}
