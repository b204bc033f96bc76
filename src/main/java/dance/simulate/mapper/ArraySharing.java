package dance.simulate.mapper;

import dance.simulate.count.AffineSets;
import dance.simulate.count.CompiledEinsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far instances of an array share the tiles that they need. */
final class ArraySharing {
  /** Weights λ for which ∏ sharingᵗ^λᵗ never exceeds the size of the array: [choice][tensor]. */
  final double[][] weights;

  /** Their logarithms. */
  final double[][] logWeights;

  private final CompiledEinsum shape;
  private final int tensors;
  private final int[] bounds;

  /** Whether instances may share tiles along an axis, see {@link #sharesAlong}: [tensor][axis]. */
  private final boolean[][] sharesAlong;

  private final long[] extents;
  private final int[] bigger;

  ArraySharing(CompiledEinsum shape, MapSpace space, double[] fanout) {
    this.shape = shape;
    tensors = shape.tensors;
    bounds = shape.bounds;
    sharesAlong = sharesAlong(space, fanout);
    extents = new long[Math.max(1, shape.maxTerms)];
    bigger = new int[Math.max(1, shape.maxTerms)];
    weights = weights();
    logWeights =
        Arrays.stream(weights)
            .map(choice -> Arrays.stream(choice).map(Math::log).toArray())
            .toArray(double[][]::new);
  }

  /**
   * Whether instances of some array may need the same tile although they differ along an axis: if
   * arrays unroll two of its dimensions. Along one of them, neighbouring tiles may overlap, but no
   * two are the same.
   */
  private boolean[][] sharesAlong(MapSpace space, double[] fanout) {
    DimensionSet unrolled = DimensionSet.NONE;
    for (int l = 0; l < fanout.length; l++) {
      for (MapSpace.Axes axes : space.levels[l].axes) {
        unrolled = fanout[l] > 1 ? unrolled.or(axes.alongX()).or(axes.alongY()) : unrolled;
      }
    }
    boolean[][] shares = new boolean[tensors][];
    for (int t = 0; t < tensors; t++) {
      shares[t] = new boolean[shape.axisDimensions[t].length];
      for (int a = 0; a < shares[t].length; a++) {
        int several = 0;
        for (int d : shape.axisDimensions[t][a]) {
          several += bounds[d] > 1 && unrolled.contains(d) ? 1 : 0;
        }
        shares[t][a] = several > 1;
      }
    }
    return shares;
  }

  /**
   * Whether an unrolling unrolls several dimensions of one axis: who receives the same words then
   * depends on the tile.
   */
  boolean meets(Spatial.Unrolling unrolled) {
    for (int t = 0; t < tensors; t++) {
      for (int[] axis : shape.axisDimensions[t]) {
        int several = 0;
        for (int d : axis) {
          several += unrolled.factor()[d] > 1 ? 1 : 0;
        }
        if (several > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether instances that differ along a dimension may share tiles of a tensor. */
  boolean mayShare(int t, int d) {
    int axis = shape.axisOf[t][d];
    return axis < 0 || sharesAlong[t][axis];
  }

  /**
   * Unrolling a dimension over s instances lets s of them share a tensor that it does not move, and
   * at most s^((k-1)/k) one that it moves together with k - 1 others along an axis. With these
   * exponents α, Σₜ λₜ·αₜᵈ ≤ 1 for every dimension d bounds the weighted sharing of all tensors.
   */
  private double[][] weights() {
    double[] steps = {0, 0.5, 2.0 / 3, 1};
    List<double[]> valid = new ArrayList<>();
    int all = 1;
    for (int t = 0; t < tensors && all < 4096; t++) {
      all *= steps.length;
    }
    for (int code = 1; code < all; code++) {
      double[] weights = new double[tensors];
      int rest = code;
      for (int t = 0; t < tensors; t++) {
        weights[t] = steps[rest % steps.length];
        rest /= steps.length;
      }
      if (boundsSharing(weights)) {
        valid.removeIf(v -> isAtMost(v, weights));
        if (valid.stream().noneMatch(v -> isAtMost(weights, v))) {
          valid.add(weights);
        }
      }
    }
    return valid.toArray(new double[0][]);
  }

  private boolean boundsSharing(double[] weights) {
    for (int d = 0; d < bounds.length; d++) {
      double sum = 0;
      for (int t = 0; t < tensors; t++) {
        int axis = shape.axisOf[t][d];
        double terms = axis < 0 ? 0 : shape.axisDimensions[t][axis].length;
        sum += weights[t] * (axis < 0 ? 1 : sharesAlong[t][axis] ? (terms - 1) / terms : 0);
      }
      if (bounds[d] > 1 && sum > 1 + 1e-9) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtMost(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Fraction of the accesses of a tensor that remains when instances share: 1 over the instances
   * that need the same tile. A lower bound if several levels unroll the same axis.
   *
   * @param choice spatial factors of this level
   * @param count tiles along each dimension before unrolling
   * @param extent of a tile along each dimension: the distance of neighbouring instances
   * @param unrolledBefore whether an inner level unrolled a sliding axis already
   */
  double remaining(
      int t, Spatial.Unrolling choice, int[] count, int[] extent, boolean unrolledBefore) {
    int[] factor = choice.factor();
    double share = 1;
    for (int d = 0; d < bounds.length; d++) {
      if (factor[d] > 1 && shape.axisOf[t][d] < 0) {
        int left = Spatial.remaining(count[d], choice.x()[d], choice.y()[d]);
        share *= (double) left / count[d];
      }
    }
    for (int a = 0; a < shape.axisDimensions[t].length; a++) {
      int[] axis = shape.axisDimensions[t][a];
      int unrolled = 0;
      double instances = 1;
      for (int d : axis) {
        unrolled += factor[d] > 1 ? 1 : 0;
        instances *= factor[d];
      }
      if (!sharesAlong[t][a]) {
        continue;
      }
      if (axis.length > 1 && unrolledBefore && unrolled > 0) {
        share /= instances;
      } else if (unrolled > 1) {
        share *= remainingAlong(t, a, factor, count, extent);
      }
    }
    return share;
  }

  private double remainingAlong(int t, int a, int[] factor, int[] count, int[] extent) {
    int[] axis = shape.axisDimensions[t][a];
    int[] c = shape.axisCoefficients[t][a];
    double distinct = 0;
    double all = 0;
    for (int partial = 0; partial < 1 << axis.length; partial++) {
      double times = 1;
      double instances = 1;
      for (int i = 0; i < axis.length; i++) {
        int d = axis[i];
        int blocks = (count[d] + factor[d] - 1) / factor[d];
        boolean isLast = (partial >> i & 1) == 1;
        extents[i] = isLast ? count[d] - (blocks - 1) * factor[d] : factor[d];
        times *= isLast ? 1 : blocks - 1;
        instances *= extents[i];
        bigger[i] = Math.multiplyExact(c[i], extent[d]);
      }
      if (times > 0) {
        distinct += times * AffineSets.size(bigger, extents, axis.length);
        all += times * instances;
      }
    }
    return distinct / all;
  }

  /** Whether a level unrolls an axis in which several dimensions move a tensor. */
  boolean spreadsSliding(int t, int[] factor) {
    for (int[] axis : shape.axisDimensions[t]) {
      if (axis.length > 1) {
        for (int d : axis) {
          if (factor[d] > 1 && mayShare(t, d)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
