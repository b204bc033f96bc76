package dance.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The volume between a front and a reference point, by slices along the last objective (HSO: While,
 * Hingston, Barone and Huband, IEEE Trans. Evolutionary Computation 2006). Exact; for few
 * objectives and hundreds of points.
 */
final class Hypervolume {
  private Hypervolume() {}

  /** Volume dominated by {@code [points, objectives]} below the reference. */
  static double of(double[][] points, double[] reference) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : points) {
      boolean better = true;
      for (int i = 0; i < point.length; i++) {
        better &= point[i] < reference[i];
      }
      if (better) {
        inside.add(point);
      }
    }
    return slices(inside, reference, reference.length);
  }

  private static double slices(List<double[]> points, double[] reference, int objectives) {
    int last = objectives - 1;
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(p -> p[last]));
    if (last == 0) {
      return sorted.isEmpty() ? 0 : reference[0] - sorted.get(0)[0];
    }
    double volume = 0;
    List<double[]> seen = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      double[] point = sorted.get(i);
      if (seen.stream().noneMatch(s -> noWorse(s, point, last))) {
        seen.removeIf(s -> noWorse(point, s, last));
        seen.add(point);
      }
      double top = i + 1 < sorted.size() ? sorted.get(i + 1)[last] : reference[last];
      if (top > point[last]) {
        volume += (top - point[last]) * slices(seen, reference, last);
      }
    }
    return volume;
  }

  private static boolean noWorse(double[] a, double[] b, int objectives) {
    for (int i = 0; i < objectives; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }
}
