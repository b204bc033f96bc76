package dance.lesson;

import dance.lesson.AxisWords.Words;
import dance.simulate.count.CompiledEinsum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The words of a tensor that have entered the tiles of a level up to a step, in closed form: the
 * combinations of indices so far are cut into {@linkplain Range ranges} in which the dimensions are
 * independent, and in each the words are products over axes. The effort grows with the square of
 * the number of loops, not with their bounds.
 *
 * <p>The counting rules are those of the simulator: a level holds exactly the tile before; what the
 * new one shares with it does not move.
 */
final class Arrivals {
  private final NestTime time;
  private final AxisWords[] axes;

  /** Dimensions that do not move the tensor, with the first indices of the instances over them. */
  private final List<TileLoops> others = new ArrayList<>();

  private final List<long[]> instances = new ArrayList<>();

  /** Temporal loops outside the tile. */
  private final int outside;

  /**
   * What enters the tiles of {@code inner}.
   *
   * @param inner level; the number of levels for the MAC units
   * @param givers level whose instances serve all that need the same tile with one access; {@code
   *     inner} to count every instance by itself
   * @param from level outside of which only the first instance is counted; 0 for all
   */
  Arrivals(NestTime time, CompiledEinsum shape, int tensor, int inner, int givers, int from) {
    this.time = time;
    int[][] dims = shape.axisDimensions[tensor];
    axes = new AxisWords[dims.length];
    for (int a = 0; a < dims.length; a++) {
      TileLoops[] loops =
          IntStream.of(dims[a])
              .mapToObj(d -> new TileLoops(time, d, inner))
              .toArray(TileLoops[]::new);
      axes[a] = new AxisWords(time, loops, shape.axisCoefficients[tensor][a], from, givers);
    }
    for (int d = 0; d < shape.dimensions; d++) {
      if (shape.axisOf[tensor][d] < 0 && shape.bounds[d] > 1) {
        TileLoops loops = new TileLoops(time, d, inner);
        others.add(loops);
        instances.add(loops.offsets(from, Math.max(from, givers)));
      }
    }
    outside =
        (int) IntStream.range(0, time.loops.length).filter(r -> time.level(r) < inner).count();
  }

  /** Words that have arrived, those at the step of these indices included. */
  long arrived(int[] indices) {
    long total = 0;
    int innermost = -1;
    for (int box = 0; box <= outside; box++) {
      if (box < outside && indices[box] == 0) {
        continue;
      }
      total = Math.addExact(total, moved(new Range(indices, box, innermost)));
      for (int l = box; l < outside; l++) {
        total = Math.addExact(total, moved(new Range(indices, box, l)));
      }
      innermost = box;
    }
    return total;
  }

  /** Words of all tiles so far, as if nothing were ever held. */
  long needed(int[] indices) {
    return sum(indices, false);
  }

  /** Words so far that had never arrived before; of tensors whose tiles do not overlap. */
  long first(int[] indices) {
    return sum(indices, true);
  }

  private long sum(int[] indices, boolean first) {
    long total = 0;
    for (int box = 0; box <= outside; box++) {
      if (box == outside || indices[box] > 0) {
        Range range = new Range(indices, box, Range.ANY);
        long words = others(range, first);
        for (AxisWords axis : axes) {
          words = words == 0 ? 0 : Math.multiplyExact(words, along(axis, range).all());
        }
        total = Math.addExact(total, words);
      }
      if (first && box < outside && indices[box] > 0 && !moves(box)) {
        // Beyond the first iteration of a loop that does not move the tensor all is known.
        break;
      }
    }
    return total;
  }

  private boolean moves(int rank) {
    return others.stream().noneMatch(loops -> loops.dimension == time.dimension(rank));
  }

  /** What the advances of one loop have brought. */
  private long moved(Range range) {
    long times = others(range, false);
    if (times == 0) {
      return 0;
    }
    long all = times;
    long kept = range.advanced() < 0 ? 0 : times;
    for (AxisWords axis : axes) {
      Words words = along(axis, range);
      if (words.all() == 0) {
        return 0;
      }
      all = Math.multiplyExact(all, words.all());
      kept *= words.kept();
    }
    return all - kept;
  }

  /** Combinations of the other dimensions, times the instances that work at each. */
  private long others(Range range, boolean still) {
    long product = 1;
    for (int i = 0; i < instances.size() && product > 0; i++) {
      long sum = 0;
      for (Map.Entry<Long, Long> rest : range.rests(others.get(i), still).entrySet()) {
        long working = 0;
        for (long offset : instances.get(i)) {
          working += offset < rest.getKey() ? 1 : 0;
        }
        sum += rest.getValue() * working;
      }
      product = Math.multiplyExact(product, sum);
    }
    return product;
  }

  private static Words along(AxisWords axis, Range range) {
    List<Map<Long, Long>> rests = new ArrayList<>();
    for (TileLoops loops : axis.loops) {
      rests.add(range.rests(loops, false));
    }
    return along(axis, range.advanced(), rests, new ArrayList<>(), 1);
  }

  private static Words along(
      AxisWords axis, int advanced, List<Map<Long, Long>> rests, List<Long> chosen, long times) {
    if (chosen.size() == rests.size()) {
      Words words = axis.words(advanced, List.copyOf(chosen));
      return new Words(Math.multiplyExact(times, words.all()), times * words.kept());
    }
    long all = 0;
    long kept = 0;
    for (Map.Entry<Long, Long> rest : rests.get(chosen.size()).entrySet()) {
      chosen.add(rest.getKey());
      Words words =
          along(axis, advanced, rests, chosen, Math.multiplyExact(times, rest.getValue()));
      chosen.remove(chosen.size() - 1);
      all = Math.addExact(all, words.all());
      kept += words.kept();
    }
    return new Words(all, kept);
  }
}
