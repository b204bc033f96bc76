package dance.cost;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds the non-dominated points. In lexicographic order a point is dominated only by earlier ones,
 * so that one pass over the sorted points suffices (Kung, Luccio and Preparata, J. ACM 1975).
 */
final class Dominance {
  private Dominance() {}

  /** The front of {@code [points, objectives]}, in lexicographic order. */
  static int[] front(double[][] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Arrays.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return values[0].length <= 3 ? swept(values, order) : compared(values, order);
  }

  /**
   * Up to three objectives: the staircase holds the minimum of the third objective for every second
   * objective so far; it is decreasing.
   */
  private static int[] swept(double[][] values, int[] order) {
    TreeMap<Double, Double> staircase = new TreeMap<>();
    int[] front = new int[order.length];
    int size = 0;
    for (int i = 0; i < order.length; i++) {
      double[] point = values[order[i]];
      if (i > 0 && Arrays.equals(point, values[order[i - 1]])) {
        if (size > 0 && front[size - 1] == order[i - 1]) {
          front[size++] = order[i];
        }
        continue;
      }
      double second = point.length > 1 ? point[1] : 0;
      double third = point.length > 2 ? point[2] : 0;
      Map.Entry<Double, Double> left = staircase.floorEntry(second);
      if (left != null && left.getValue() <= third) {
        continue;
      }
      front[size++] = order[i];
      Map.Entry<Double, Double> right = staircase.ceilingEntry(second);
      while (right != null && right.getValue() >= third) {
        staircase.remove(right.getKey());
        right = staircase.ceilingEntry(second);
      }
      staircase.put(second, third);
    }
    return Arrays.copyOf(front, size);
  }

  private static int[] compared(double[][] values, int[] order) {
    int[] front = new int[order.length];
    int size = 0;
    for (int candidate : order) {
      boolean dominated = false;
      for (int i = 0; i < size && !dominated; i++) {
        dominated = dominates(values[front[i]], values[candidate]);
      }
      if (!dominated) {
        front[size++] = candidate;
      }
    }
    return Arrays.copyOf(front, size);
  }

  private static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }
}
