package dance.space;

import dance.check.Rules;
import java.util.Arrays;
import java.util.List;

/**
 * Mixed-radix numbers of positions on axes, the last axis changing fastest, and their one-hot
 * vectors.
 */
final class MixedRadix {
  private final List<DesignAxis> axes;
  private final int[] offsets;
  final int size;

  /**
   * @throws IllegalArgumentException if the axes have more combinations than an int can count
   */
  MixedRadix(String space, List<DesignAxis> axes) {
    this.axes = axes;
    offsets = new int[axes.size() + 1];
    double product = 1;
    for (int a = 0; a < axes.size(); a++) {
      product *= axes.get(a).size();
      offsets[a + 1] = offsets[a] + axes.get(a).size();
    }
    new Rules()
        .require(
            product <= Integer.MAX_VALUE,
            "accelerator space %s has %.0f designs; at most %d can be numbered",
            space,
            product,
            Integer.MAX_VALUE)
        .check();
    size = (int) product;
  }

  /** Offset of the values of an axis in an encoding; after the last axis, its length. */
  int offset(int axis) {
    return offsets[axis];
  }

  int index(int... positions) {
    Rules rules = new Rules();
    rules
        .require(
            positions.length == axes.size(),
            "choice %s must have a position on each of %d axes",
            Arrays.toString(positions),
            axes.size())
        .check();
    int index = 0;
    for (int a = 0; a < positions.length; a++) {
      int length = axes.get(a).size();
      rules.require(
          positions[a] >= 0 && positions[a] < length,
          "position %d on axis %s must be from 0 to %d",
          positions[a],
          axes.get(a).name(),
          length - 1);
      index = index * length + positions[a];
    }
    rules.check();
    return index;
  }

  int[] positions(int index) {
    new Rules()
        .require(
            index >= 0 && index < size,
            "index %d of a design must be from 0 to %d",
            index,
            size - 1)
        .check();
    int[] positions = new int[axes.size()];
    for (int a = positions.length - 1, rest = index; a >= 0; a--) {
      int length = axes.get(a).size();
      positions[a] = rest % length;
      rest /= length;
    }
    return positions;
  }

  double[] encode(int index) {
    double[] encoding = new double[offsets[axes.size()]];
    int[] positions = positions(index);
    for (int a = 0; a < positions.length; a++) {
      encoding[offsets[a] + positions[a]] = 1;
    }
    return encoding;
  }

  int decode(double[] encoding) {
    new Rules()
        .require(
            encoding.length == offsets[axes.size()],
            "encoding of %d values must have %d, one for each value of %s",
            encoding.length,
            offsets[axes.size()],
            axes)
        .check();
    int[] positions = new int[axes.size()];
    for (int a = 0; a < positions.length; a++) {
      int best = offsets[a];
      for (int i = best + 1; i < offsets[a + 1]; i++) {
        best = encoding[i] > encoding[best] ? i : best;
      }
      positions[a] = best - offsets[a];
    }
    return index(positions);
  }
}
