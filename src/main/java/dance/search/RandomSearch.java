package dance.search;

import java.util.SplittableRandom;

/**
 * Random search: networks and accelerators drawn uniformly and independently.
 *
 * @param evaluations default number, for an unlimited budget
 */
public record RandomSearch(long evaluations) implements SearchMethod {
  /** With 10,000 evaluations. */
  public static RandomSearch defaults() {
    return new RandomSearch(10_000);
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    EvaluationLog log = new EvaluationLog(name(), problem, seed, budget, watch, evaluations);
    JointSpace space = new JointSpace(problem.task().space(), problem.table().acceleratorSpace());
    SplittableRandom random = new SplittableRandom(seed);
    int[] vector = new int[space.length()];
    do {
      space.sample(random, vector);
      log.evaluate(space.choice(vector), space.designIndex(vector));
    } while (log.more());
    return log.result();
  }
}
