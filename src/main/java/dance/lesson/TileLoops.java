package dance.lesson;

import dance.simulate.count.CompiledMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The loops over one dimension outside the tiles of a level. */
final class TileLoops {
  private final NestTime time;
  final int dimension;

  /** Level of the tiles; the number of levels stands for the MAC units. */
  final int inner;

  /** Temporal loops outside the tile, by rank, outermost first. */
  final int[] ranks;

  /** Indices of the largest tile. */
  final long extent;

  /**
   * Indices that have to remain after the first {@code k} of {@link #ranks} for everything inside,
   * in all instances, to be whole.
   */
  private final long[] reach;

  TileLoops(NestTime time, int dimension, int inner) {
    this.time = time;
    this.dimension = dimension;
    this.inner = inner;
    ranks =
        IntStream.range(0, time.loops.length)
            .filter(r -> time.dimension(r) == dimension && time.level(r) < inner)
            .toArray();
    long inside = 1;
    for (int i = time.nest.start[inner]; i < time.nest.size; i++) {
      inside *= time.nest.dimension[i] == dimension ? time.nest.bound[i] : 1;
    }
    extent = inside;
    reach = new long[ranks.length + 1];
    long[] offsets = offsets(0, inner);
    reach[ranks.length] = extent + offsets[offsets.length - 1];
    for (int k = ranks.length - 1; k >= 0; k--) {
      long bound = time.nest.bound[time.loops[ranks[k]]];
      reach[k] = reach[k + 1] + (bound - 1) * time.stride(ranks[k]);
    }
  }

  /** First indices of the instances that the spatial loops of these levels spread, ascending. */
  long[] offsets(int fromLevel, int toLevel) {
    List<Long> offsets = new ArrayList<>(List.of(0L));
    for (int i = time.nest.start[fromLevel]; i < time.nest.start[toLevel]; i++) {
      if (time.nest.dimension[i] == dimension && time.nest.kind[i] != CompiledMapping.TEMPORAL) {
        List<Long> finer = new ArrayList<>();
        for (long offset : offsets) {
          for (int index = 0; index < time.nest.bound[i]; index++) {
            finer.add(offset + index * time.nest.stride[i]);
          }
        }
        offsets = finer;
      }
    }
    return offsets.stream().mapToLong(o -> o).toArray();
  }

  /** How many of {@link #ranks} are up to this one. */
  int upTo(int rank) {
    int k = 0;
    while (k < ranks.length && ranks[k] <= rank) {
      k++;
    }
    return k;
  }

  /** How far the loops after the first {@code k} move the tile until their last iteration. */
  long last(int k, long rest) {
    long moved = 0;
    for (int i = k; i < ranks.length; i++) {
      moved += (time.valid(ranks[i], rest - moved) - 1) * time.stride(ranks[i]);
    }
    return moved;
  }

  /** What is left after the first {@code k} loops, everything that is whole being alike. */
  long clipped(int k, long rest) {
    return Math.min(rest, reach[k]);
  }

  long reach(int k) {
    return reach[k];
  }

  long valid(int k, long rest) {
    return time.valid(ranks[k], rest);
  }

  long stride(int k) {
    return time.stride(ranks[k]);
  }

  /** What is left at these indices of the temporal loops: [rank]. */
  long rest(int[] indices) {
    long rest = bound();
    for (int rank : ranks) {
      rest -= indices[rank] * time.stride(rank);
    }
    return rest;
  }

  long bound() {
    return time.bounds[dimension];
  }
}
