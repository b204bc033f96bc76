package dance.search;

import dance.cost.Objective;
import dance.cost.Parallel;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Every network of a table on its own best design, whatever the limits, and what else surveys of
 * all pairs have in common that differ in λ and limits only. Runs of designs are left out by a
 * lower bound ({@link HardwareOracle}). Not thread-safe.
 */
final class OwnDesigns {
  private static final int CHUNK = 64;

  final AccuracyTable accuracies;

  /** {@code [networks][blocks]}: indices of operations. */
  final int[][] choices;

  /** {@code [networks]}: the design of the lowest cost. */
  final int[] designOf;

  /** {@code [networks]}: that cost. */
  final double[] costOf;

  /** The networks that may be the best on some design. */
  final int[] rivals;

  private final int threads;

  /** The best single design for each set of designs that keep a limit on area. */
  private final Map<Double, Integer> single = new HashMap<>();

  /** Of a problem with any λ and limits. */
  OwnDesigns(SearchProblem problem, AccuracyTable accuracies, int threads) {
    this.accuracies = accuracies;
    this.threads = threads;
    CostTable table = problem.table();
    choices = new int[accuracies.size()][table.networkSpace().blocks()];
    for (int n = 0; n < choices.length; n++) {
      accuracies.choice(n, choices[n]);
    }
    designOf = new int[choices.length];
    costOf = new double[choices.length];
    Objective free = problem.unlimited().objective();
    chunks(
        from -> {
          HardwareOracle oracle = HardwareOracle.of(table);
          double[] m = new double[3];
          for (int n = from; n < end(from); n++) {
            designOf[n] = oracle.best(choices[n], free);
            table.metricsOn(choices[n], designOf[n], m);
            costOf[n] = free.cost(m[0], m[1], m[2]);
          }
        });
    rivals =
        free.isMonotone()
            ? Rivals.of(table, accuracies)
            : IntStream.range(0, choices.length).toArray();
  }

  /** Work on a chunk of networks. */
  @FunctionalInterface
  interface Chunk {
    void from(int network);
  }

  /** All networks in chunks of {@value CHUNK}, several at once. */
  void chunks(Chunk work) {
    List<Integer> starts =
        IntStream.range(0, (choices.length + CHUNK - 1) / CHUNK).mapToObj(i -> i * CHUNK).toList();
    Parallel.of("the survey of all networks", threads)
        .map(
            starts,
            from -> {
              work.from(from);
              return from;
            });
  }

  /** The first network after those of the chunk that begins here. */
  int end(int from) {
    return Math.min(from + CHUNK, choices.length);
  }

  /**
   * The design of the lowest mean cost relative to each network's own; among those that keep the
   * problem's limit on area, if any does.
   */
  int single(SearchProblem problem) {
    return single.computeIfAbsent(
        FixedChip.areaLimit(problem), area -> MeanExcess.least(problem, choices, costOf, threads));
  }
}
