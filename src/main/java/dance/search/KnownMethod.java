package dance.search;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * A method whose searches were done elsewhere: it gives their results.
 *
 * @param method the method
 * @param results of searches, as {@link ComparisonShard} keeps them, by everything that they depend
 *     on
 */
public record KnownMethod(SearchMethod method, Map<String, byte[]> results)
    implements SearchMethod {
  @Override
  public String name() {
    return method.name();
  }

  @Override
  public String recipe(SearchProblem problem) {
    return method.recipe(problem);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it was not done: problem, method, seed or budget differ
   */
  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    byte[] known = results.get(CachedMethod.search(method, problem, seed, budget));
    if (known == null) {
      throw new IllegalArgumentException(
          "no shard has the search of %s with seed %d for %s. Maybe a table or accuracies changed since."
              .formatted(name(), seed, problem));
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(known))) {
      return CachedMethod.read(in, name(), problem, seed);
    } catch (IOException wrong) {
      throw new IllegalArgumentException(
          "the result of " + name() + " with seed " + seed + " is cut off", wrong);
    }
  }
}
