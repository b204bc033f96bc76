package dance.cost;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The non-dominated points, all objectives minimised: a point dominates another if it is nowhere
 * worse and somewhere better. The front is exact. Equal points do not dominate each other: all of
 * them are on it.
 *
 * @param points the front in lexicographic order of the objectives; equal ones in input order
 * @param objectives what is minimised
 * @param <T> type of a point, such as {@link Design}
 */
public record ParetoFront<T>(List<T> points, List<ToDoubleFunction<? super T>> objectives) {

  /** Copies the lists: the record is immutable. */
  public ParetoFront {
    points = List.copyOf(points);
    objectives = List.copyOf(objectives);
  }

  /**
   * The Pareto front of some points; negate what is to be maximised.
   *
   * @throws IllegalArgumentException without objectives, or if a value is NaN
   */
  @SafeVarargs
  public static <T> ParetoFront<T> of(
      Collection<? extends T> candidates, ToDoubleFunction<? super T>... objectives) {
    List<T> all = new ArrayList<>(candidates);
    List<ToDoubleFunction<? super T>> minimised = List.of(objectives);
    List<T> front = new ArrayList<>();
    for (int index : indices(values(all, minimised))) {
      front.add(all.get(index));
    }
    return new ParetoFront<>(front, minimised);
  }

  /** The Pareto front of some designs in these metrics, all of them minimised. */
  public static ParetoFront<Design> of(Collection<Design> designs, Metric... metrics) {
    List<ToDoubleFunction<? super Design>> objectives = new ArrayList<>();
    for (Metric metric : metrics) {
      objectives.add(d -> metric.of(d.metrics()));
    }
    List<Design> all = new ArrayList<>(designs);
    List<Design> front = new ArrayList<>();
    for (int index : indices(values(all, objectives))) {
      front.add(all.get(index));
    }
    return new ParetoFront<>(front, objectives);
  }

  /**
   * Indices of the points on the front, in its order. O(n log n) for up to three objectives,
   * otherwise n times the size of the front.
   *
   * @param values {@code [points, objectives]}, minimised
   */
  public static int[] indices(double[][] values) {
    check(values);
    return values.length == 0 ? new int[0] : Dominance.front(values);
  }

  /**
   * Volume that the front dominates, up to a reference point that is worse than all of it; points
   * beyond the reference contribute nothing.
   *
   * @param reference {@code [objectives]}
   */
  public double hypervolume(double... reference) {
    new Rules()
        .require(
            reference.length == objectives.size(),
            "reference %s must have a value for each of %d objectives",
            Arrays.toString(reference),
            objectives.size())
        .check();
    return Hypervolume.of(values(points, objectives), reference);
  }

  private static <T> double[][] values(
      List<T> points, List<ToDoubleFunction<? super T>> objectives) {
    double[][] values = new double[points.size()][objectives.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = objectives.get(j).applyAsDouble(points.get(i));
      }
    }
    return values;
  }

  private static void check(double[][] values) {
    Rules rules = new Rules();
    for (int i = 0; i < values.length; i++) {
      rules.require(
          values[i].length >= 1 && values[i].length == values[0].length,
          "point %d has %d objectives; all points must have the same, at least one",
          i,
          values[i].length);
      rules.require(
          Arrays.stream(values[i]).noneMatch(Double::isNaN),
          "point %d %s must have numbers only",
          i,
          Arrays.toString(values[i]));
    }
    rules.check();
  }
}
