package dance.notebook.lab;

import dance.lesson.Exercises;
import java.util.List;

/**
 * A question of a lab.
 *
 * @param name id of an exercise that checks itself, or any other name
 * @param points for a right answer
 * @param manual whether a person grades it
 * @param tests cells of Java, run after all others: one fails by an exception or by {@code false}
 */
public record Question(String name, double points, boolean manual, List<String> tests) {
  /** Copies the list: the record is immutable. */
  public Question {
    tests = List.copyOf(tests);
  }

  /** Whether it is one of the toolkit's own: its answer is checked outside of the submission. */
  boolean isExercise() {
    return Exercises.ids().contains(name);
  }

  /** The variable of its answer. */
  String variable() {
    return "answer" + name;
  }
}
