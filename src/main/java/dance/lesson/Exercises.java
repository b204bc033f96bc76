package dance.lesson;

import dance.check.Nearest;
import dance.simulate.Explain;
import dance.simulate.explain.Explanation;
import dance.simulate.mapping.Evaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The exercises of the labs, and how far a student is with them. An answer is checked with the
 * numbers of the seed that the exercise was asked for last; 1 if it never was.
 */
public final class Exercises {
  private static final Map<String, LongFunction<Exercise>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("1a", OneLayerExercises::macs);
    ALL.put("1b", OneLayerExercises::inputs);
    ALL.put("1c", OneLayerExercises::partialSums);
    ALL.put("1d", OneLayerExercises::halo);
    ALL.put("1e", OneLayerExercises::lastTile);
    ALL.put("1f", OneLayerExercises::onceFromDram);
    ALL.put("2a", ArrayExercises::multicast);
    ALL.put("2b", ArrayExercises::systolic);
    ALL.put("2c", ArrayExercises::utilization);
    ALL.put("2d", ArrayExercises::dataflow);
    ALL.put("2e", ArrayExercises::fullArray);
    ALL.put("3a", CoDesignExercises::energy);
    ALL.put("3b", CoDesignExercises::bound);
    ALL.put("3c", CoDesignExercises::front);
    ALL.put("3d", CoDesignExercises::breakEven);
    ALL.put("3e", CoDesignExercises::slope);
  }

  /** How far a student is with one exercise. */
  private static final class Attempts {
    final Exercise exercise;
    int wrong;
    int hints;
    boolean solved;

    Attempts(Exercise exercise) {
      this.exercise = exercise;
    }
  }

  /**
   * A row of the score.
   *
   * @param exercise its id
   * @param seed of its numbers
   * @param solved whether a right answer was given
   * @param wrong answers that were wrong
   * @param hints hints that were asked for
   */
  public record Score(String exercise, long seed, boolean solved, int wrong, int hints) {}

  private final Map<String, Attempts> attempts = new LinkedHashMap<>();
  private final Map<String, Object> predictions = new HashMap<>();

  /** Exercises without an attempt yet. */
  public Exercises() {}

  /** The ids of all exercises, in the order of the labs. */
  public static List<String> ids() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * An exercise with the numbers of a seed.
   *
   * @throws IllegalArgumentException if there is no such exercise
   */
  public static Exercise of(String id, long seed) {
    LongFunction<Exercise> made = ALL.get(id);
    if (made == null) {
      throw new IllegalArgumentException(
          "there is no exercise %s, only %s.%s"
              .formatted(id, String.join(", ", ALL.keySet()), Nearest.maybe(id, ALL.keySet())));
    }
    return made.apply(seed);
  }

  /** Asks an exercise; another seed has other numbers, and begins anew. */
  public synchronized Exercise ask(String id, long seed) {
    Attempts known = attempts.get(id);
    if (known == null || known.exercise.seed() != seed) {
      known = new Attempts(of(id, seed));
      attempts.put(id, known);
    }
    return known.exercise;
  }

  /**
   * Checks an answer.
   *
   * @param answer as the statement says; null for none yet, which is not counted as an attempt
   * @throws WrongAnswer if it is wrong; names the mistake if it is a usual one
   */
  public synchronized Verdict check(String id, Object answer) {
    Exercise exercise = current(id);
    if (answer == null) {
      return Verdict.wrong("", "no answer to " + id + ".");
    }
    Verdict verdict = exercise.solution().check(answer);
    Attempts own = attempts.get(id);
    if (verdict.right()) {
      own.solved = true;
      return verdict;
    }
    own.wrong++;
    throw new WrongAnswer(id, verdict);
  }

  /**
   * Predicts a number; the first prediction of it counts.
   *
   * @param result as {@link Explain#of} takes it
   * @param quantity name of the number
   * @param predicted null for none yet: the number stays hidden
   */
  public synchronized Prediction predict(Object result, String quantity, Object predicted) {
    Explanation explanation = Explain.of(result, quantity);
    Evaluation evaluation = Explain.evaluation(result);
    String of = explanation.subject() + " in " + evaluation + " by " + evaluation.mapping();
    Object first =
        predicted == null ? predictions.get(of) : predictions.merge(of, predicted, (a, b) -> a);
    return new Prediction(explanation, first);
  }

  /** The next hint of an exercise; the last one again when there are no more. */
  public synchronized String hint(String id) {
    List<String> hints = current(id).hints();
    Attempts own = attempts.get(id);
    own.hints = Math.min(own.hints + 1, hints.size());
    return "hint %d of %d: %s".formatted(own.hints, hints.size(), hints.get(own.hints - 1));
  }

  /** A row for each exercise that was asked, answered or hinted at, in the order of the labs. */
  public synchronized List<Score> score() {
    List<Score> rows = new ArrayList<>();
    for (String id : ALL.keySet()) {
      Attempts own = attempts.get(id);
      if (own != null) {
        rows.add(new Score(id, own.exercise.seed(), own.solved, own.wrong, own.hints));
      }
    }
    return rows;
  }

  private Exercise current(String id) {
    Attempts own = attempts.get(id);
    return own == null ? ask(id, 1) : own.exercise;
  }
}
