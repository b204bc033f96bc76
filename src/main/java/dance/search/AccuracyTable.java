package dance.search;

import dance.check.Rules;
import dance.space.NetworkSpace;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The accuracies of all networks of a space: a tensor with one axis per block. The expected
 * accuracy of a relaxed architecture,
 *
 * <pre>  E(p) = Σ over all networks n of  acc(n) · Π over blocks b of p_b(n_b),</pre>
 *
 * is linear in the probabilities of every block and computed by contracting one axis after the
 * other; so is its gradient. Each takes little more than one pass over the tensor.
 */
final class AccuracyTable {
  static final int MOST_NETWORKS = 1 << 24;

  private final NetworkSpace space;
  private final int operations;

  /** {@code [blocks][]}: indices of the operations that a block offers, ascending. */
  private final int[][] offered;

  /** Position of an operation among those that the block offers, or −1. */
  private final int[] position;

  /** Accuracy by network; the last block changes fastest. */
  private final double[] values;

  /**
   * A table without values.
   *
   * @throws IllegalArgumentException if the space has too many networks for a table
   */
  AccuracyTable(NetworkSpace space) {
    new Rules()
        .require(
            space.count().compareTo(BigInteger.valueOf(MOST_NETWORKS)) <= 0,
            "space %s has %d networks, more than a table can hold (%d)",
            space.name(),
            space.count(),
            MOST_NETWORKS)
        .check();
    this.space = space;
    operations = space.operations().size();
    offered = offered(space);
    position = new int[offered.length * operations];
    Arrays.fill(position, -1);
    for (int b = 0; b < offered.length; b++) {
      for (int i = 0; i < offered[b].length; i++) {
        position[b * operations + offered[b][i]] = i;
      }
    }
    values = new double[space.count().intValueExact()];
    Arrays.fill(values, Double.NaN);
  }

  /** {@code [blocks][]}: indices of the operations that a block offers, ascending. */
  static int[][] offered(NetworkSpace space) {
    int[][] offered = new int[space.blocks()][];
    for (int b = 0; b < offered.length; b++) {
      int block = b;
      offered[b] =
          IntStream.range(0, space.operations().size())
              .filter(o -> space.allows(block, o))
              .toArray();
    }
    return offered;
  }

  NetworkSpace space() {
    return space;
  }

  /** Number of networks. */
  int size() {
    return values.length;
  }

  /** The accuracy of a network by its index; NaN if it was not set. */
  double get(int index) {
    return values[index];
  }

  void set(int index, double accuracy) {
    values[index] = accuracy;
  }

  /**
   * The index of a network.
   *
   * @throws IllegalArgumentException if an operation is not offered at its block
   */
  int index(int[] choice) {
    int index = 0;
    boolean valid = choice.length == offered.length;
    for (int b = 0; valid && b < choice.length; b++) {
      boolean known = choice[b] >= 0 && choice[b] < operations;
      int at = known ? position[b * operations + choice[b]] : -1;
      valid = at >= 0;
      index = index * offered[b].length + at;
    }
    if (!valid) {
      space.genotype(choice); // throws with the message
    }
    return index;
  }

  /** Writes the operations of a network. */
  void choice(int index, int[] into) {
    int rest = index;
    for (int b = offered.length - 1; b >= 0; b--) {
      into[b] = offered[b][rest % offered[b].length];
      rest /= offered[b].length;
    }
  }

  /** Contracts the tensor; one per thread. */
  final class Contraction {
    /** The tensor with the last blocks contracted: {@code partial[b]} has the first b axes. */
    private final double[][] partial = new double[offered.length + 1][];

    /** Product of the probabilities of the first blocks. */
    private final double[][] weight = new double[offered.length][];

    Contraction() {
      int size = 1;
      for (int b = 0; b < offered.length; b++) {
        weight[b] = new double[size];
        partial[b] = new double[size];
        size *= offered[b].length;
      }
      partial[offered.length] = values;
    }

    /**
     * The expected accuracy.
     *
     * @param gradient {@code [blocks, operations]}, written unless null
     */
    double expect(double[] probabilities, double[] gradient) {
      for (int b = offered.length - 1; b >= 0; b--) {
        int width = offered[b].length;
        double[] from = partial[b + 1];
        double[] to = partial[b];
        for (int i = 0; i < to.length; i++) {
          double sum = 0;
          for (int j = 0; j < width; j++) {
            sum += from[i * width + j] * probabilities[b * operations + offered[b][j]];
          }
          to[i] = sum;
        }
      }
      if (gradient != null) {
        differentiate(probabilities, gradient);
      }
      return partial[0][0];
    }

    private void differentiate(double[] probabilities, double[] gradient) {
      Arrays.fill(gradient, 0);
      weight[0][0] = 1;
      for (int b = 0; b < offered.length; b++) {
        int width = offered[b].length;
        double[] rest = partial[b + 1];
        for (int j = 0; j < width; j++) {
          int gate = b * operations + offered[b][j];
          double sum = 0;
          for (int i = 0; i < weight[b].length; i++) {
            sum += weight[b][i] * rest[i * width + j];
            if (b + 1 < offered.length) {
              weight[b + 1][i * width + j] = weight[b][i] * probabilities[gate];
            }
          }
          gradient[gate] = sum;
        }
      }
    }
  }
}
