package dance.notebook.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The grade of a submission.
 *
 * @param student by the file's name
 * @param file of the submission; empty if there is none
 * @param seed of the numbers that the answers were checked with
 * @param results of the questions
 * @param cells what went wrong in cells, by their number from 1
 * @param notes for the lecturer
 */
public record Grade(
    String student,
    String file,
    long seed,
    List<Result> results,
    Map<Integer, String> cells,
    List<String> notes) {

  /**
   * The result of a question.
   *
   * @param question its name
   * @param points NaN if a person is to grade it
   * @param of the most
   * @param diagnosis name of a usual mistake; empty if none is known
   * @param message of the check
   * @param answer as it was given; null if there is none
   */
  public record Result(
      String question, double points, double of, String diagnosis, String message, Object answer) {
    Map<String, Object> object() {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("question", question);
      object.put("points", points);
      object.put("of", of);
      object.put("diagnosis", diagnosis);
      object.put("message", message);
      object.put("answer", answer);
      return object;
    }
  }

  /** Points of a question; NaN if a person is to grade it or it is not asked. */
  public double points(String question) {
    return results.stream()
        .filter(result -> result.question.equals(question))
        .mapToDouble(Result::points)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The points of all that is graded here. */
  public double total() {
    return results.stream().mapToDouble(Result::points).filter(p -> !Double.isNaN(p)).sum();
  }

  /** The points that can be had for all that is graded here. */
  public double of() {
    return results.stream().filter(r -> !Double.isNaN(r.points)).mapToDouble(Result::of).sum();
  }

  /** All of it, for JSON. */
  public Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("student", student);
    object.put("file", file);
    object.put("seed", seed);
    object.put("total", total());
    object.put("of", of());
    object.put("questions", results.stream().map(Result::object).toList());
    List<Map<String, Object>> failed = new ArrayList<>();
    cells.forEach(
        (cell, error) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("cell", cell);
          one.put("error", error);
          failed.add(one);
        });
    object.put("failed_cells", failed);
    object.put("notes", notes);
    return object;
  }
}
