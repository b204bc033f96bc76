package dance.search;

import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import java.util.Arrays;

/**
 * The cost of a relaxed architecture on one design, whatever others there are; constraints play no
 * part.
 */
final class DesignTerm implements CostTerm {
  private final SearchProblem problem;
  private final CostTable table;
  private final int designIndex;
  private final boolean ownDesign;
  private final HardwareOracle oracle;
  private final double[] metrics = new double[3];
  private final double[] slope = new double[3];
  private long calls;

  /**
   * A term.
   *
   * @param designIndex the design that is priced
   * @param ownDesign whether a derived network gets its own best design in the end
   */
  DesignTerm(SearchProblem problem, int designIndex, boolean ownDesign) {
    this.problem = problem;
    this.designIndex = designIndex;
    this.ownDesign = ownDesign;
    table = problem.table();
    oracle = HardwareOracle.of(table);
  }

  @Override
  public String identity() {
    return "on "
        + table.acceleratorSpace().label(designIndex)
        + (ownDesign ? ", then its own" : "");
  }

  @Override
  public double expected(double[] probabilities, double[] into, double[] gradient) {
    calls++;
    Objective objective = problem.objective();
    table.on(designIndex, probabilities, into);
    objective.gradient(into[0], into[1], into[2], slope);
    int operations = table.networkSpace().operations().size();
    for (int i = 0; i < gradient.length; i++) {
      int block = i / operations;
      int operation = i % operations;
      gradient[i] =
          (slope[0] * table.latencyMs(block, operation, designIndex)
                  + slope[1] * table.energyMj(block, operation, designIndex))
              / problem.reference();
    }
    return objective.cost(into[0], into[1], into[2]) / problem.reference();
  }

  @Override
  public double excess(double[] probabilities, double[] into, double[] gradient) {
    Arrays.fill(gradient, 0);
    return 0;
  }

  @Override
  public int designIndex(int[] choice) {
    calls += ownDesign ? table.designs() : 1;
    return ownDesign ? oracle.best(choice, problem.objective()) : designIndex;
  }

  /** Networks are compared on the design, although the result may get another one. */
  @Override
  public double judged(int[] choice, double exact) {
    table.metricsOn(choice, designIndex, metrics);
    return problem.objective().cost(metrics[0], metrics[1], metrics[2]) / problem.reference();
  }

  @Override
  public long calls() {
    return calls;
  }

  @Override
  public void calls(long count) {
    calls = count;
  }
}
