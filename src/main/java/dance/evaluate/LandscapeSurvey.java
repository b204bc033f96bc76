package dance.evaluate;

import dance.cost.Objective;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Accumulates the statistics of a {@link Landscape} over networks. */
final class LandscapeSurvey {
  private final CostTable table;
  private final Objective objective;
  private final AcceleratorSpace designs;
  private final double[] costs;
  private final double[] logs;

  /**
   * {@code [axes][values]}: sums over the networks of the minimum cost with a value relative to the
   * minimum.
   */
  private final double[][] losses;

  /** {@code [axes]}: sums over the networks of the fraction of the variance. */
  private final double[] variances;

  /** {@code [axes, designs]}. */
  private final int[][] positions;

  LandscapeSurvey(CostTable table, Objective objective) {
    this.table = table;
    this.objective = objective;
    designs = table.acceleratorSpace();
    costs = new double[table.designs()];
    logs = new double[table.designs()];
    int axes = designs.axes().size();
    variances = new double[axes];
    losses = new double[axes][];
    positions = new int[axes][table.designs()];
    for (int a = 0; a < axes; a++) {
      losses[a] = new double[designs.axes().get(a).size()];
      for (int d = 0; d < costs.length; d++) {
        positions[a][d] = designs.positions(d)[a];
      }
    }
  }

  Landscape survey(List<Genotype> surveyed, String which) {
    NetworkSpace space = table.networkSpace();
    int networks = surveyed.size();
    double[] excess = new double[costs.length];
    double[] worstExcess = new double[costs.length];
    double[] latency = new double[costs.length];
    double[] energy = new double[costs.length];
    double[] medians = new double[networks];
    double[] worsts = new double[networks];
    Map<Integer, Integer> wins = new TreeMap<>();
    for (int i = 0; i < networks; i++) {
      table.sum(space.choice(surveyed.get(i)), latency, energy);
      int best = 0;
      for (int d = 0; d < costs.length; d++) {
        costs[d] = objective.cost(latency[d], energy[d], table.areaMm2(d));
        logs[d] = Math.log(costs[d]);
        best = costs[d] < costs[best] ? d : best;
      }
      wins.merge(best, 1, Integer::sum);
      double least = costs[best];
      for (int a = 0; a < losses.length; a++) {
        addAxis(a, least);
      }
      for (int d = 0; d < costs.length; d++) {
        excess[d] += costs[d] / least - 1;
        worstExcess[d] = Math.max(worstExcess[d], costs[d] / least - 1);
      }
      Arrays.sort(costs);
      medians[i] = costs[costs.length / 2] / least;
      worsts[i] = costs[costs.length - 1] / least;
    }
    Map<String, Integer> winners = new LinkedHashMap<>();
    wins.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> winners.put(designs.label(e.getKey()), e.getValue()));
    Arrays.sort(medians);
    Arrays.sort(worsts);
    return new Landscape(
        table,
        objective,
        new Landscape.Surveyed(networks, which),
        winners,
        new Landscape.Spread(medians[networks / 2], worsts[networks / 2]),
        axes(networks),
        Landscape.uniform(table, objective),
        single(excess, worstExcess, networks));
  }

  private Landscape.Single single(double[] excess, double[] worstExcess, int networks) {
    int best = 0;
    for (int d = 1; d < excess.length; d++) {
      best = excess[d] < excess[best] ? d : best;
    }
    return new Landscape.Single(
        best, designs.label(best), excess[best] / networks, worstExcess[best]);
  }

  private void addAxis(int axis, double least) {
    int[] position = positions[axis];
    double[] minima = new double[losses[axis].length];
    double[] sums = new double[minima.length];
    Arrays.fill(minima, Double.POSITIVE_INFINITY);
    double sum = 0;
    for (int d = 0; d < costs.length; d++) {
      minima[position[d]] = Math.min(minima[position[d]], costs[d]);
      sums[position[d]] += logs[d];
      sum += logs[d];
    }
    double mean = sum / costs.length;
    double total = 0;
    for (double log : logs) {
      total += (log - mean) * (log - mean);
    }
    double each = costs.length / (double) minima.length; // designs that share a value
    double explained = 0;
    for (int v = 0; v < minima.length; v++) {
      losses[axis][v] += minima[v] / least - 1;
      explained += each * (sums[v] / each - mean) * (sums[v] / each - mean);
    }
    variances[axis] += total == 0 ? 0 : explained / total;
  }

  private List<Landscape.Axis> axes(int networks) {
    List<Landscape.Axis> axes = new ArrayList<>();
    for (int a = 0; a < losses.length; a++) {
      int best = 0;
      int worst = 0;
      for (int v = 0; v < losses[a].length; v++) {
        best = losses[a][v] < losses[a][best] ? v : best;
        worst = losses[a][v] > losses[a][worst] ? v : worst;
      }
      List<String> labels = designs.axes().get(a).labels();
      axes.add(
          new Landscape.Axis(
              designs.axes().get(a).name(),
              variances[a] / networks,
              labels.get(best),
              losses[a][best] / networks,
              labels.get(worst),
              losses[a][worst] / networks));
    }
    return axes;
  }
}
