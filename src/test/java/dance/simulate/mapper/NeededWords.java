package dance.simulate.mapper;

import dance.simulate.count.CompiledEinsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the instances of an array need, round by round, found by listing the words of every tile.
 * Equal tiles are shared within a round.
 */
final class NeededWords {
  /** Words of all tiles, each instance alone: [tensor]. */
  final double[] each;

  /** Words of all tiles that differ: [tensor]. */
  final double[] together;

  /** The most instances that have a tile in a round. */
  final int instances;

  private final CompiledEinsum shape;
  private final int[] extent;
  private final int[] factor;
  private final Map<List<Integer>, Integer> tilesOfRound = new HashMap<>();
  private final Set<List<Object>> seen = new HashSet<>();

  /**
   * Lists them.
   *
   * @param extent of the tile of an instance: [dimension]
   * @param factor instances along each dimension
   */
  NeededWords(CompiledEinsum shape, int[] extent, int[] factor) {
    this.shape = shape;
    this.extent = extent;
    this.factor = factor;
    each = new double[shape.tensors];
    together = new double[shape.tensors];
    visit(0, new int[shape.dimensions]);
    instances = tilesOfRound.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private void visit(int d, int[] tile) {
    if (d < tile.length) {
      for (int i = 0; i * extent[d] < shape.bounds[d]; i++) {
        tile[d] = i;
        visit(d + 1, tile);
      }
      return;
    }
    List<Integer> round = new ArrayList<>();
    for (int e = 0; e < tile.length; e++) {
      round.add(tile[e] / factor[e]);
    }
    tilesOfRound.merge(round, 1, Integer::sum);
    for (int t = 0; t < shape.tensors; t++) {
      List<BitSet> axes = new ArrayList<>();
      double words = 1;
      for (int a = 0; a < shape.axisDimensions[t].length; a++) {
        axes.add(along(t, a, tile));
        words *= axes.get(a).cardinality();
      }
      each[t] += words;
      together[t] += seen.add(List.of(t, round, axes)) ? words : 0;
    }
  }

  /** Coordinates of a tile along an axis of a tensor. */
  private BitSet along(int t, int a, int[] tile) {
    BitSet coordinates = new BitSet();
    coordinates.set(0);
    int[] axis = shape.axisDimensions[t][a];
    for (int i = 0; i < axis.length; i++) {
      int d = axis[i];
      int from = tile[d] * extent[d];
      int to = Math.min(from + extent[d], shape.bounds[d]);
      BitSet moved = new BitSet();
      for (int at = from; at < to; at++) {
        int step = shape.axisCoefficients[t][a][i] * at;
        coordinates.stream().forEach(c -> moved.set(c + step));
      }
      coordinates = moved;
    }
    return coordinates;
  }

  @Override
  public String toString() {
    return Arrays.toString(factor) + " instances with tiles of " + Arrays.toString(extent);
  }
}
