package dance.search;

import dance.cost.Design;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.space.Genotype;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Makes every separate choice of a {@link Coupling} from a survey of all pairs. */
final class CouplingSurvey {
  /** Values that differ by less are equal: sums of costs are rounded. */
  private static final double ROUNDING = 1e-12;

  private final PairSurvey survey;
  private final SearchProblem problem;
  private final CostTable table;
  private final double[] macs;
  private final double[] operations;

  CouplingSurvey(PairSurvey survey) {
    this.survey = survey;
    problem = survey.problem;
    table = problem.table();
    macs = counts(OperationCounts.MACS);
    operations = counts(OperationCounts.ALL);
  }

  /** A count of every network: of its fixed layers and of those of its operations. */
  private double[] counts(ToDoubleFunction<Network.Entry> ofLayer) {
    OperationCounts counts = OperationCounts.of(table.networkSpace(), ofLayer);
    double[] sums = new double[survey.designOf.length];
    int[] choice = new int[table.networkSpace().blocks()];
    for (int n = 0; n < sums.length; n++) {
      survey.accuracies.choice(n, choice);
      sums[n] = counts.of(choice);
    }
    return sums;
  }

  /** The answer for one λ of the survey. */
  Coupling coupling(int l) {
    double lambda = survey.lambdas[l];
    int best = 0;
    for (int n = 1; n < survey.designOf.length; n++) {
      best = survey.value(n, lambda) > survey.value(best, lambda) ? n : best;
    }
    double optimum = survey.value(best, lambda);
    List<Coupling.Way> ways = new ArrayList<>();
    int average = survey.single;
    int eyeriss = FixedChip.eyeriss(problem);
    int first = networkFirst();
    add(ways, Separation.NETWORK_FIRST, first, survey.designOf[first], l, optimum);
    int typical = anyDesign(typicalNetwork());
    on(ways, Separation.TYPICAL_NETWORK, typical, l, optimum);
    on(ways, Separation.ACCELERATOR_FIRST, average, l, optimum);
    again(ways, Separation.ACCELERATOR_FIRST_AGAIN, average, l, optimum);
    on(ways, Separation.EYERISS, eyeriss, l, optimum);
    again(ways, Separation.EYERISS_AGAIN, eyeriss, l, optimum);
    proxy(ways, Separation.MACS, hull(macs), l, optimum);
    proxy(ways, Separation.OPERATIONS, hull(operations), l, optimum);
    proxy(ways, Separation.MAC_BUDGET, front(macs), l, optimum);
    return new Coupling(
        problem.lambda(lambda),
        pair(best, survey.designOf[best], lambda),
        ways,
        alternation(l, optimum),
        fixed(l, optimum));
  }

  private Coupling.FixedChips fixed(int l, double optimum) {
    double[] regrets =
        Arrays.stream(survey.valueOn[l])
            .filter(value -> value > Double.NEGATIVE_INFINITY)
            .map(value -> regret(value, optimum))
            .toArray();
    return new Coupling.FixedChips(
        table.designs(),
        table.designs() - regrets.length,
        Arrays.stream(regrets).average().orElse(Double.POSITIVE_INFINITY),
        Arrays.stream(regrets).max().orElse(Double.POSITIVE_INFINITY));
  }

  private void on(
      List<Coupling.Way> ways, Separation separation, int design, int l, double optimum) {
    add(ways, separation, survey.networkOn[l][design], design, l, optimum);
  }

  private void again(
      List<Coupling.Way> ways, Separation separation, int design, int l, double optimum) {
    int network = survey.networkOn[l][design];
    int own = network == PairSurvey.NONE ? design : survey.designOf[network];
    add(ways, separation, network, own, l, optimum);
  }

  private void add(
      List<Coupling.Way> ways,
      Separation separation,
      int network,
      int design,
      int l,
      double optimum) {
    boolean none = network == PairSurvey.NONE || design == PairSurvey.NONE;
    Coupling.Pair pair = none ? null : pair(network, design, survey.lambdas[l]);
    ways.add(
        new Coupling.Way(
            separation, pair, none ? Double.POSITIVE_INFINITY : regret(pair.value(), optimum)));
  }

  /** The network of these that turns out best, on its own best design. */
  private void proxy(
      List<Coupling.Way> ways, Separation separation, int[] networks, int l, double optimum) {
    double lambda = survey.lambdas[l];
    int best = networks[0];
    for (int n : networks) {
      best = survey.value(n, lambda) > survey.value(best, lambda) ? n : best;
    }
    add(ways, separation, best, survey.designOf[best], l, optimum);
  }

  private static double regret(double value, double optimum) {
    double regret = (optimum - value) / Math.abs(optimum);
    return Math.abs(regret) < ROUNDING ? 0 : regret;
  }

  /** The most accurate network; of equal ones the cheapest. */
  private int networkFirst() {
    int best = 0;
    for (int n = 1; n < survey.designOf.length; n++) {
      double more = survey.accuracies.get(n) - survey.accuracies.get(best);
      best = more > 0 || more == 0 && survey.costOf[n] < survey.costOf[best] ? n : best;
    }
    return best;
  }

  /** The network of the median number of MACs. */
  private int typicalNetwork() {
    return IntStream.range(0, macs.length)
        .boxed()
        .sorted(Comparator.comparingDouble(n -> macs[n]))
        .skip(macs.length / 2)
        .findFirst()
        .orElseThrow();
  }

  /** The best design for a network, whatever the limits: they are for the pair that is built. */
  private int anyDesign(int network) {
    int[] choice = choice(network);
    return HardwareOracle.of(table).best(choice, problem.objective());
  }

  /** Networks that maximise accuracy − μ · count for some μ ≥ 0: the upper convex hull. */
  private int[] hull(double[] count) {
    int[] front = front(count);
    int[] hull = new int[front.length];
    int size = 0;
    for (int n : front) {
      while (size >= 2 && !above(count, hull[size - 2], hull[size - 1], n)) {
        size--;
      }
      hull[size++] = n;
    }
    return Arrays.copyOf(hull, size);
  }

  /** Whether b lies above the line from a to c. */
  private boolean above(double[] count, int a, int b, int c) {
    double left = (survey.accuracies.get(b) - survey.accuracies.get(a)) * (count[c] - count[a]);
    double right = (survey.accuracies.get(c) - survey.accuracies.get(a)) * (count[b] - count[a]);
    return left > right;
  }

  /** Networks that are more accurate than all with at most as large a count, ascending. */
  private int[] front(double[] count) {
    int[] order =
        IntStream.range(0, count.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer n) -> count[n])
                    .thenComparingDouble(n -> -survey.accuracies.get(n)))
            .mapToInt(n -> n)
            .toArray();
    int[] front = new int[order.length];
    int size = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int n : order) {
      if (survey.accuracies.get(n) > most) {
        most = survey.accuracies.get(n);
        front[size++] = n;
      }
    }
    return Arrays.copyOf(front, size);
  }

  private Coupling.Alternation alternation(int l, double optimum) {
    double lambda = survey.lambdas[l];
    int reached = 0;
    int failed = 0;
    int rounds = 0;
    double sum = 0;
    double worst = Double.NEGATIVE_INFINITY;
    int worstNetwork = PairSurvey.NONE;
    for (int start = 0; start < table.designs(); start++) {
      int network = survey.networkOn[l][start];
      int round = 1;
      while (network != PairSurvey.NONE) {
        int next = survey.networkOn[l][survey.designOf[network]];
        if (!(survey.value(next, lambda) > survey.value(network, lambda))) {
          break;
        }
        network = next;
        round++;
      }
      if (network == PairSurvey.NONE) {
        failed++;
        continue;
      }
      rounds = Math.max(rounds, round);
      double regret = regret(survey.value(network, lambda), optimum);
      reached += regret <= 0 ? 1 : 0;
      sum += regret;
      if (regret > worst) {
        worst = regret;
        worstNetwork = network;
      }
    }
    boolean none = worstNetwork == PairSurvey.NONE;
    return new Coupling.Alternation(
        table.designs(),
        reached,
        failed,
        none ? Double.POSITIVE_INFINITY : sum / (table.designs() - failed),
        none ? Double.POSITIVE_INFINITY : worst,
        rounds,
        none ? null : pair(worstNetwork, survey.designOf[worstNetwork], lambda));
  }

  private int[] choice(int network) {
    int[] choice = new int[table.networkSpace().blocks()];
    survey.accuracies.choice(network, choice);
    return choice;
  }

  private Coupling.Pair pair(int network, int design, double lambda) {
    int[] choice = choice(network);
    Genotype genotype = table.networkSpace().genotype(choice);
    Design found =
        Design.of(
                genotype.toString(),
                table.accelerator(design),
                table.metrics(table.networkSpace().network(genotype), table.accelerator(design)))
            .accuracy(survey.accuracies.get(network))
            .accuracyError(survey.problem.task().predictionError());
    double[] metrics = new double[3];
    table.metricsOn(choice, design, metrics);
    double cost = problem.objective().cost(metrics[0], metrics[1], metrics[2]);
    return new Coupling.Pair(
        found, problem.lambda(lambda).value(survey.accuracies.get(network), cost));
  }
}
