package dance.report;

import dance.cost.Design;
import dance.search.FrontSurvey;
import dance.search.Information;
import dance.search.SearchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fronts of search methods: how much of the true one each dominates, and all their points. */
public final class FrontRows {
  private FrontRows() {}

  /**
   * A result of a search at one weight of the cost.
   *
   * @param lambda the weight
   * @param result what was found
   */
  public record Point(double lambda, SearchResult result) {}

  /** The methods, with mean and interval of each quantity over seeds. */
  public static Rows<String> methods(FrontSurvey fronts) {
    return methods(fronts, List.copyOf(fronts.found().keySet()));
  }

  /** The methods with this information. */
  public static Rows<String> methods(FrontSurvey fronts, Information group) {
    List<String> some =
        fronts.found().keySet().stream().filter(m -> fronts.information(m) == group).toList();
    return methods(fronts, some);
  }

  private static Rows<String> methods(FrontSurvey fronts, List<String> some) {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Column.of("method", "method", m -> m));
    columns.add(new Column<>("hypervolume", "hypervolume", Unit.NONE, fronts::hypervolume));
    columns.add(Column.of("points of the front", "points", m -> fronts.typical(m).size()));
    columns.add(
        Column.of(
            "evaluations",
            "evaluations",
            m -> fronts.information(m) == Information.EVALUATIONS ? fronts.evaluations(m) : null));
    columns.add(new Column<>("time", "seconds", Unit.SECONDS, fronts::seconds));
    return new Rows<>(columns, some);
  }

  /** All results, by method, seed and weight. */
  public static Rows<Point> points(FrontSurvey fronts) {
    List<Point> points = new ArrayList<>();
    fronts
        .found()
        .values()
        .forEach(
            seeds ->
                seeds.forEach(
                    results -> {
                      for (int l = 0; l < results.size(); l++) {
                        points.add(new Point(fronts.weights().get(l), results.get(l)));
                      }
                    }));
    List<Column<Point>> columns = new ArrayList<>();
    columns.add(Column.of("lambda", "lambda", Point::lambda));
    SearchRows.designs(
            SearchRows.of(points.stream().map(Point::result).toList()),
            "keeps_limits",
            "evaluations")
        .columns()
        .forEach(c -> columns.add(c.within(Point::result)));
    return new Rows<>(columns, points);
  }

  /** The true front, the cheapest design first. */
  public static Rows<Design> truth(FrontSurvey fronts) {
    return DesignRows.front(fronts.truth().front());
  }

  /** Everything, as a JSON object. */
  public static Map<String, Object> object(FrontSurvey fronts) {
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("problem", fronts.problem().name());
    fronts.problem().task().predictionError().ifPresent(e -> top.put("accuracy_error", e));
    Rows<String> rows = methods(fronts).without("method");
    Map<String, Object> methods = new LinkedHashMap<>();
    rows.results().forEach(method -> methods.put(method, Rows.object(rows.columns(), method)));
    top.put("lambdas", fronts.weights());
    top.put("hypervolume_of_optima", fronts.hypervolumeOfOptima());
    top.put("methods", methods);
    top.put("front", truth(fronts));
    return top;
  }
}
