package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Dimensions that may change places, as the height and the width of a quadratic convolution: bounds
 * and constraints are the same, and every axis of a tensor becomes one of its axes. So a mapping
 * and its mirror image have the same tiles, words, and loads; and the same energy, if words take
 * the same way over the array. It is enough to search one of the two.
 */
final class MirroredDimensions {
  /** The dimension in the place of each: [dimension]; null if none may change places. */
  private final int[] mirror;

  private final MappingCosts problem;

  MirroredDimensions(MappingCosts problem) {
    this.problem = problem;
    mirror = find();
  }

  /** One pair of dimensions, or two pairs at once. */
  private int[] find() {
    List<int[]> pairs = new ArrayList<>();
    for (int d = 0; d < problem.dims; d++) {
      for (int e = d + 1; e < problem.dims; e++) {
        if (problem.bounds[d] > 1 && isSame(d, e)) {
          pairs.add(new int[] {d, e});
        }
      }
    }
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = i; j < pairs.size(); j++) {
        int[] found = exchanged(pairs.get(i), pairs.get(j));
        if (found != null && keepsTensors(found)) {
          return found;
        }
      }
    }
    return null;
  }

  /** Two pairs exchanged, or one given twice; null if they overlap. */
  private int[] exchanged(int[] pair, int[] other) {
    int[] places = new int[problem.dims];
    Arrays.setAll(places, d -> d);
    for (int[] next : pair == other ? List.of(pair) : List.of(pair, other)) {
      if (places[next[0]] != next[0] || places[next[1]] != next[1]) {
        return null;
      }
      places[next[0]] = next[1];
      places[next[1]] = next[0];
    }
    return places;
  }

  /** Whether bounds and constraints of two dimensions are the same. */
  private boolean isSame(int d, int e) {
    boolean same = problem.bounds[d] == problem.bounds[e];
    for (MapSpace.Level level : problem.space.levels) {
      same &= level.temporal[d] == level.temporal[e];
      same &= level.temporalAtMost[d] == level.temporalAtMost[e];
      same &= level.spatial[d] == level.spatial[e];
      same &= level.spatialAtMost[d] == level.spatialAtMost[e];
      same &= level.whole.contains(d) == level.whole.contains(e);
      for (MapSpace.Axes axes : level.axes) {
        same &= axes.alongX().contains(d) == axes.alongX().contains(e);
        same &= axes.alongY().contains(d) == axes.alongY().contains(e);
      }
      for (int fixed : level.innermost) {
        same &= fixed != d && fixed != e;
      }
    }
    return same;
  }

  private boolean keepsTensors(int[] places) {
    boolean keeps = true;
    for (int t = 0; t < problem.tensors; t++) {
      Set<Map<Integer, Integer>> axes = new HashSet<>();
      Set<Map<Integer, Integer>> mirrored = new HashSet<>();
      for (int a = 0; a < problem.shape.axisDimensions[t].length; a++) {
        Map<Integer, Integer> coefficients = new HashMap<>();
        Map<Integer, Integer> others = new HashMap<>();
        for (int d : problem.shape.axisDimensions[t][a]) {
          if (problem.bounds[d] > 1) {
            coefficients.put(d, problem.shape.coefficientOf[t][d]);
            others.put(places[d], problem.shape.coefficientOf[t][d]);
          }
        }
        axes.add(coefficients);
        mirrored.add(others);
      }
      keeps &= axes.equals(mirrored);
    }
    return keeps;
  }

  /** Whether there are any. */
  boolean exist() {
    return mirror != null;
  }

  /** Factors of the mirror image: [dimension]. */
  private int[] of(int[] factors) {
    int[] image = new int[factors.length];
    for (int d = 0; d < image.length; d++) {
      image[d] = factors[mirror[d]];
    }
    return image;
  }

  /** Exchanges the factors if their mirror image comes before them: both have the same tiles. */
  void order(int[] base, int[] tiles) {
    for (int d = 0; exist() && d < base.length; d++) {
      int difference = base[d] - base[mirror[d]];
      if (difference != 0) {
        if (difference > 0) {
          exchange(base);
          exchange(tiles);
        }
        return;
      }
    }
  }

  private void exchange(int[] factors) {
    for (int d = 0; d < factors.length; d++) {
      if (d < mirror[d]) {
        int factor = factors[d];
        factors[d] = factors[mirror[d]];
        factors[mirror[d]] = factor;
      }
    }
  }

  /** Whether an unrolling is its own mirror image, and so are the ways of words for every tile. */
  boolean isOwn(Spatial.Unrolling unrolled) {
    return exist()
        && Arrays.equals(unrolled.x(), of(unrolled.x()))
        && Arrays.equals(unrolled.y(), of(unrolled.y()))
        && (looksTheSame(unrolled) || !problem.sharing.meets(unrolled));
  }

  /** Whether an array looks the same with the mirror image, so that words take the same ways. */
  private boolean looksTheSame(Spatial.Unrolling unrolled) {
    return problem.accelerator.levels().get(ArrayGrid.BUFFER).interconnect().free()
        || (isInOrder(unrolled.x()) && isInOrder(unrolled.y()));
  }

  /** Whether the images of the dimensions unrolled along a side come in the same order. */
  private boolean isInOrder(int[] factors) {
    int latest = -1;
    for (int d = 0; d < factors.length; d++) {
      if (factors[d] > 1) {
        if (mirror[d] < latest) {
          return false;
        }
        latest = mirror[d];
      }
    }
    return true;
  }

  /** The unrollings without those whose mirror image comes before and costs the same. */
  List<Spatial.Unrolling> first(List<Spatial.Unrolling> all, HopCosts hops) {
    if (!exist()) {
      return all;
    }
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    Map<List<Integer>, Spatial.Unrolling> before = new HashMap<>();
    List<Spatial.Unrolling> first = new ArrayList<>();
    for (Spatial.Unrolling unrolled : all) {
      Spatial.Unrolling image = before.get(key(of(unrolled.x()), of(unrolled.y())));
      boolean same =
          image != null
              && (looksTheSame(unrolled)
                  || (!problem.sharing.meets(unrolled)
                      && isSame(
                          hops.pjPerWord(ArrayGrid.BUFFER, unrolled, ones),
                          hops.pjPerWord(ArrayGrid.BUFFER, image, ones))));
      if (!same) {
        before.put(key(unrolled.x(), unrolled.y()), unrolled);
        first.add(unrolled);
      }
    }
    return first;
  }

  private static List<Integer> key(int[] x, int[] y) {
    List<Integer> key = new ArrayList<>(2 * x.length);
    for (int d = 0; d < x.length; d++) {
      key.add(x[d]);
      key.add(y[d]);
    }
    return key;
  }

  private static boolean isSame(double[] pj, double[] otherPj) {
    for (int t = 0; t < pj.length; t++) {
      if (Math.abs(pj[t] - otherPj[t]) > 1e-12 * pj[t]) {
        return false;
      }
    }
    return true;
  }

  /** Bits of the tiles without those whose mirror image comes before. */
  long[] firstTiles(List<RegisterTiles.Tile> tiles) {
    long[] bits = new long[(tiles.size() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < tiles.size(); i++) {
      int[] temporal = tiles.get(i).temporal();
      int[] image = exist() ? of(temporal) : temporal;
      // In the order in which they are enumerated: by their first factor, then the next.
      if (Arrays.compare(temporal, image) <= 0) {
        bits[i / Long.SIZE] |= 1L << i;
      }
    }
    return bits;
  }
}
