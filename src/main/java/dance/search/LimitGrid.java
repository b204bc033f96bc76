package dance.search;

import dance.check.Rules;
import dance.cost.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a chip architect asks: the most accuracy with latency ≤ T and area ≤ A, over a grid of T and
 * A; and what each way to separate the choices reaches. Values are accuracies: λ is 0, and of
 * equally accurate pairs the cheapest by the objective is taken.
 *
 * @param problem whose own λ and limits on latency and area are ignored
 * @param cells for each T, ascending as given, each A
 */
public record LimitGrid(SearchProblem problem, List<Cell> cells) {
  /** Copies the list: the record is immutable. */
  public LimitGrid {
    cells = List.copyOf(cells);
  }

  /**
   * The answer for two limits.
   *
   * @param latencyMs T
   * @param areaMm2 A
   * @param coupling within both; empty if no pair is
   */
  public record Cell(double latencyMs, double areaMm2, Optional<Coupling> coupling) {}

  /**
   * Enumerates all pairs for each pair of limits.
   *
   * @param latenciesMs the values of T, positive: {@code [rows]}
   * @param areasMm2 the values of A, positive: {@code [columns]}
   * @throws IllegalArgumentException if a limit is not positive, or the task is not a table
   */
  public static LimitGrid of(SearchProblem problem, double[] latenciesMs, double[] areasMm2) {
    new Rules()
        .require(latenciesMs.length > 0, "a grid of limits needs at least one latency")
        .require(areasMm2.length > 0, "a grid of limits needs at least one area")
        .require(
            problem.task() instanceof TabularTask,
            "task %s trains its networks; only a table can be enumerated",
            problem.task().name())
        .check();
    AccuracyTable accuracies = ((TabularTask) problem.task()).table();
    int threads = Runtime.getRuntime().availableProcessors();
    OwnDesigns own = null;
    List<Cell> cells = new ArrayList<>();
    for (double latency : latenciesMs) {
      for (double area : areasMm2) {
        SearchProblem asked =
            problem.lambda(0).atMost(Metric.LATENCY, latency).atMost(Metric.AREA, area);
        if (!Feasibility.witness(asked, 1).feasible()) {
          cells.add(new Cell(latency, area, Optional.empty()));
          continue;
        }
        own = own == null ? new OwnDesigns(asked, accuracies, threads) : own;
        PairSurvey survey = PairSurvey.of(asked, own, new double[] {0}, threads);
        cells.add(new Cell(latency, area, Optional.of(Coupling.of(survey).get(0))));
      }
    }
    return new LimitGrid(problem, cells);
  }
}
