package dance.lesson;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The numbers of an exercise, drawn from its seed: the same ones in every session. */
final class Given {
  private final String id;
  private final long seed;
  private final RandomGenerator random;
  private final Map<String, Long> numbers = new LinkedHashMap<>();

  Given(String id, long seed) {
    this.id = id;
    this.seed = seed;
    random = new SplittableRandom(seed * 1_000_003 + id.hashCode());
  }

  /** Draws one of these. */
  int of(String name, int... choices) {
    int chosen = choices[random.nextInt(choices.length)];
    numbers.put(name, (long) chosen);
    return chosen;
  }

  /** Notes a number that follows from the others. */
  long note(String name, long value) {
    numbers.put(name, value);
    return value;
  }

  Exercise exercise(String statement, Solution solution, String... hints) {
    return new Exercise(id, seed, statement, numbers, solution, List.of(hints));
  }
}
