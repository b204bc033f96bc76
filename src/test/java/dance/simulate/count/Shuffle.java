package dance.simulate.count;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random order; {@link Collections#shuffle} does not take a {@link RandomGenerator} in Java 17. */
public final class Shuffle {
  private Shuffle() {}

  public static <T> List<T> of(List<T> items, RandomGenerator random) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }
}
