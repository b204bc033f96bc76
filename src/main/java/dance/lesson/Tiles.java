package dance.lesson;

import dance.simulate.count.AffineSets;
import dance.simulate.count.CompiledEinsum;
import dance.workload.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tiles of the first instance of every level at a step. */
final class Tiles {
  private final NestTime time;
  private final CompiledEinsum shape;
  private final List<String> names;

  /**
   * Tiles of a nest.
   *
   * @param names of the levels, and of the MAC unit
   */
  Tiles(NestTime time, CompiledEinsum shape, List<String> names) {
    this.time = time;
    this.shape = shape;
    this.names = names;
  }

  /** Rank of the loop that has advanced to these indices; -1 at the first step. */
  static int advanced(int[] indices) {
    int rank = indices.length - 1;
    while (rank >= 0 && indices[rank] == 0) {
      rank--;
    }
    return rank;
  }

  /** Where the loop is: {@code P at GLB}. */
  String loop(int rank) {
    String dimension = shape.einsum.dimensions().get(time.dimension(rank)).dimension();
    return dimension + " at " + names.get(time.level(rank));
  }

  /** The tile of a level; the number of levels asks for the word of the first MAC unit. */
  Tile of(int t, int level, int[] indices) {
    int advanced = advanced(indices);
    List<Tile.Span> spans = new ArrayList<>();
    long words = 1;
    long kept = 1;
    boolean still = true;
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] dims = shape.axisDimensions[t][a];
      int[] c = shape.axisCoefficients[t][a];
      long[] now = new long[dims.length];
      long[] before = new long[dims.length];
      long place = 0;
      long shift = 0;
      long reach = 0;
      for (int i = 0; i < dims.length; i++) {
        TileLoops along = new TileLoops(time, dims[i], level);
        long rest = along.rest(indices);
        now[i] = Math.min(along.extent, rest);
        place += c[i] * (along.bound() - rest);
        reach += c[i] * (now[i] - 1);
        if (advanced >= 0) {
          boolean own = time.dimension(advanced) == dims[i] && time.level(advanced) < level;
          long step = own ? time.stride(advanced) : 0;
          int k = time.level(advanced) < level ? along.upTo(advanced) : along.ranks.length;
          long last = along.last(k, rest + step);
          before[i] = Math.min(along.extent, rest + step - last);
          shift += c[i] * (last - step);
        }
      }
      spans.add(new Tile.Span(axis(dims, c), place, place + reach));
      long size = AffineSets.size(c, now, dims.length);
      words *= size;
      kept *= advanced < 0 ? 0 : AffineSets.overlap(c, now, before, shift, dims.length);
      still &= shift == 0;
    }
    Tile.Why why = new Tile.Why(change(t, level, advanced, still, kept), name(advanced));
    String tensor = shape.einsum.tensors().get(t).name();
    return new Tile(tensor, names.get(level), spans, words, kept, why);
  }

  private String axis(int[] dims, int[] c) {
    return IntStream.range(0, dims.length)
        .mapToObj(i -> new Axis.Term(shape.einsum.dimensions().get(dims[i]).dimension(), c[i]))
        .map(Axis.Term::toString)
        .collect(Collectors.joining("+"));
  }

  private String name(int advanced) {
    return advanced < 0 ? "" : loop(advanced);
  }

  private Tile.Change change(int t, int level, int advanced, boolean still, long kept) {
    if (advanced < 0) {
      return Tile.Change.FIRST;
    }
    if (time.level(advanced) >= level) {
      return Tile.Change.INSIDE;
    }
    if (still) {
      return Tile.Change.STAYS;
    }
    if (kept > 0) {
      return Tile.Change.SLIDES;
    }
    boolean moves = shape.axisOf[t][time.dimension(advanced)] >= 0;
    return moves ? Tile.Change.MOVES : Tile.Change.RETURNS;
  }
}
