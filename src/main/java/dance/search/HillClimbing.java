package dance.search;

import java.util.SplittableRandom;

/**
 * Hill climbing with restarts: moves from a random design to the first better neighbour, in random
 * order; from a local optimum to another random design. Neighbours differ in one operation or in
 * one value of the accelerator.
 *
 * @param evaluations default number, for an unlimited budget
 */
public record HillClimbing(long evaluations) implements SearchMethod {
  /** With 10,000 evaluations. */
  public static HillClimbing defaults() {
    return new HillClimbing(10_000);
  }

  @Override
  public String name() {
    return "hill climbing";
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    EvaluationLog log = new EvaluationLog(name(), problem, seed, budget, watch, evaluations);
    JointSpace space = new JointSpace(problem.task().space(), problem.table().acceleratorSpace());
    SplittableRandom random = new SplittableRandom(seed);
    int[][] moves = moves(space);
    int[] vector = new int[space.length()];
    do {
      space.sample(random, vector);
      climb(log, space, vector, moves, random);
    } while (log.more());
    return log.result();
  }

  /** {@code [moves][2]}: a place, and the cyclic shift of its value. */
  private static int[][] moves(JointSpace space) {
    int count = 0;
    for (int i = 0; i < space.length(); i++) {
      count += space.size(i) - 1;
    }
    int[][] moves = new int[count][];
    for (int i = 0; i < space.length(); i++) {
      for (int turn = 1; turn < space.size(i); turn++) {
        moves[--count] = new int[] {i, turn};
      }
    }
    return moves;
  }

  private static void climb(
      EvaluationLog log, JointSpace space, int[] vector, int[][] moves, SplittableRandom random) {
    Candidate here = log.evaluate(space.choice(vector), space.designIndex(vector));
    boolean better = true;
    while (better) {
      better = false;
      for (int left = moves.length; left > 0 && !better; left--) {
        if (!log.more()) {
          return;
        }
        int pick = random.nextInt(left);
        int[] move = moves[pick];
        moves[pick] = moves[left - 1];
        moves[left - 1] = move;
        int before = vector[move[0]];
        vector[move[0]] = (before + move[1]) % space.size(move[0]);
        Candidate there = log.evaluate(space.choice(vector), space.designIndex(vector));
        better = there.better(here);
        if (better) {
          here = there;
        } else {
          vector[move[0]] = before;
        }
      }
    }
  }
}
