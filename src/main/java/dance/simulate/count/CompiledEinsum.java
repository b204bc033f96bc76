package dance.simulate.count;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An einsum compiled to arrays. */
public final class CompiledEinsum {
  /** What was compiled. */
  public final Einsum einsum;

  /** Number of dimensions. */
  public final int dimensions;

  /** Number of tensors, the output among them. */
  public final int tensors;

  /** Bounds by dimension: {@code [dimension]}. */
  public final int[] bounds;

  /** Operations in total. */
  final long points;

  /** Index of the output among the tensors. */
  public final int output;

  /** Dimensions of each axis of each tensor: [tensor][axis][term]. */
  public final int[][][] axisDimensions;

  /** Coefficients of each axis of each tensor: [tensor][axis][term]. */
  public final int[][][] axisCoefficients;

  /** Axis of each tensor that a dimension moves, or -1: [tensor][dimension]. */
  public final int[][] axisOf;

  /** Coefficient of a dimension in its axis: [tensor][dimension]. */
  public final int[][] coefficientOf;

  /** Whether every axis of the tensor is one dimension, so that its tiles never overlap. */
  public final boolean[] plain;

  /** Tensors that depend on each dimension: [dimension]. */
  final TensorSet[] relevantTo;

  /** Dimensions that a tensor depends on: [tensor][any order]. */
  final int[][] relevant;

  /**
   * A bit for each dimension of bound 2 or more. A long has room for all: 63 of them would have 2⁶³
   * points.
   */
  final long[] bit;

  /** Bits of the dimensions of each axis: [tensor][axis]. */
  final long[][] axisBits;

  /** Axes of each tensor, and those of several dimensions, along which tiles may overlap. */
  final int[][] axes;

  final int[][] sums;

  /** Bits of the dimensions that share an axis with others: [tensor]. */
  final long[] summed;

  /** Dimensions of bound 2 or more. */
  final int[] moving;

  /** Those that a tensor does not depend on: [tensor][any order]. */
  final int[][] irrelevant;

  /** Whether tiles are products of extents, also as bounding boxes. */
  final boolean[] unit;

  /** Largest number of terms of an axis, at least 1. */
  public final int maxTerms;

  /** Largest number of axes of a tensor, at least 1. */
  final int maxAxes;

  /** Compiles an einsum. */
  public CompiledEinsum(Einsum einsum) {
    this.einsum = einsum;
    List<Tensor> list = einsum.tensors();
    dimensions = einsum.dimensions().size();
    tensors = list.size();
    bounds = einsum.dimensions().stream().mapToInt(Einsum.Loop::bound).toArray();
    points = einsum.points();
    axisDimensions = new int[tensors][][];
    axisCoefficients = new int[tensors][][];
    axisOf = new int[tensors][dimensions];
    coefficientOf = new int[tensors][dimensions];
    plain = new boolean[tensors];
    relevantTo = TensorSet.none(dimensions);
    relevant = new int[tensors][];
    bit = new long[dimensions];
    axisBits = new long[tensors][];
    axes = new int[tensors][];
    sums = new int[tensors][];
    summed = new long[tensors];
    irrelevant = new int[tensors][];
    unit = new boolean[tensors];
    int bits = 0;
    for (int d = 0; d < dimensions; d++) {
      bit[d] = bounds[d] > 1 ? 1L << bits++ : 0;
    }
    moving = IntStream.range(0, dimensions).filter(d -> bounds[d] > 1).toArray();
    int out = -1;
    int terms = 1;
    for (int t = 0; t < tensors; t++) {
      Arrays.fill(axisOf[t], -1);
      plain[t] = true;
      List<Axis> axes = list.get(t).axes();
      axisDimensions[t] = new int[axes.size()][];
      axisCoefficients[t] = new int[axes.size()][];
      for (int a = 0; a < axes.size(); a++) {
        List<Axis.Term> sum =
            axes.get(a).terms().stream().filter(x -> einsum.bound(x.dimension()) > 1).toList();
        axisDimensions[t][a] = new int[sum.size()];
        axisCoefficients[t][a] = new int[sum.size()];
        plain[t] &= sum.size() <= 1;
        terms = Math.max(terms, sum.size());
        for (int i = 0; i < sum.size(); i++) {
          int d = einsum.index(sum.get(i).dimension());
          axisDimensions[t][a][i] = d;
          axisCoefficients[t][a][i] = sum.get(i).coefficient();
          axisOf[t][d] = a;
          coefficientOf[t][d] = sum.get(i).coefficient();
          relevantTo[d] = relevantTo[d].with(t);
        }
      }
      describe(t);
      if (list.get(t).role() == Operand.OUTPUT) {
        out = t;
      }
    }
    output = out;
    maxTerms = terms;
    maxAxes = list.stream().mapToInt(t -> t.axes().size()).reduce(1, Math::max);
  }

  /** Distinct words of a tensor. */
  public double words(int t) {
    double words = 1;
    for (int a = 0; a < axisDimensions[t].length; a++) {
      int[] axis = axisDimensions[t][a];
      long[] extents = Arrays.stream(axis).mapToLong(d -> bounds[d]).toArray();
      words *= axis.length == 0 ? 1 : AffineSets.size(axisCoefficients[t][a], extents, axis.length);
    }
    return words;
  }

  /** Whether several of the dimensions marked by their bits move an axis. */
  boolean isSum(int t, int axis, long bits) {
    long of = axisBits[t][axis] & bits;
    return (of & of - 1) != 0;
  }

  private void describe(int t) {
    relevant[t] = IntStream.range(0, dimensions).filter(d -> axisOf[t][d] >= 0).toArray();
    axisBits[t] =
        Arrays.stream(axisDimensions[t])
            .mapToLong(
                dims -> Arrays.stream(dims).mapToLong(d -> bit[d]).reduce(0, (x, y) -> x | y))
            .toArray();
    axes[t] = IntStream.range(0, axisDimensions[t].length).toArray();
    sums[t] = Arrays.stream(axes[t]).filter(a -> axisDimensions[t][a].length > 1).toArray();
    irrelevant[t] = Arrays.stream(moving).filter(d -> axisOf[t][d] < 0).toArray();
    for (int[] dims : axisDimensions[t]) {
      for (int d : dims) {
        summed[t] |= dims.length > 1 ? bit[d] : 0;
      }
    }
    unit[t] = plain[t] && Arrays.stream(relevant[t]).allMatch(d -> coefficientOf[t][d] == 1);
  }
}
