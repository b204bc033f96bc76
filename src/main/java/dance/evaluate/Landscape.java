package dance.evaluate;

import dance.check.Rules;
import dance.cost.Objective;
import dance.cost.SignificantDigits;
import dance.space.AcceleratorSpace;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.space.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Statistics of a table that show whether searching the accelerator pays off: how much the designs
 * differ, and how the best one depends on the network. Constraints of the objective are ignored.
 *
 * @param table the table
 * @param objective what was minimised
 * @param surveyed the networks
 * @param winners designs that are the best for some network, with the number of those, most
 *     frequent first
 * @param spread how much the designs differ
 * @param axes effect of each axis, in the order of the space
 * @param uniform the best design of the network that has the same operation at all blocks; where a
 *     block does not offer it, its first
 * @param single what one fixed design for all of them loses
 */
public record Landscape(
    CostTable table,
    Objective objective,
    Surveyed surveyed,
    Map<String, Integer> winners,
    Spread spread,
    List<Axis> axes,
    Map<String, String> uniform,
    Single single) {

  /**
   * The networks of a survey.
   *
   * @param count number of networks
   * @param which of the networks of the space: {@code random networks}
   */
  public record Surveyed(int count, String which) {}

  /**
   * Costs of designs relative to the best.
   *
   * @param median cost of the median design, median over the networks
   * @param worst the same of the worst design
   */
  public record Spread(double median, double worst) {}

  /** Number of networks. */
  public int networks() {
    return surveyed.count;
  }

  /** Which of the networks of the space. */
  public String which() {
    return surveyed.which;
  }

  /** Cost of the median design relative to the best, median over the networks. */
  public double median() {
    return spread.median;
  }

  /** Cost of the worst design relative to the best, median over the networks. */
  public double worst() {
    return spread.worst;
  }

  /**
   * One design for all networks: that of the lowest mean cost relative to each network's best.
   *
   * @param designIndex its index in the table
   * @param design its label
   * @param mean relative excess cost, mean over the networks
   * @param worst relative excess cost for the network that it suits least
   */
  public record Single(int designIndex, String design, double mean, double worst) {}

  /**
   * Effect of an axis.
   *
   * @param name of the axis
   * @param variance fraction of the variance of the logarithm of the cost over all designs that the
   *     axis alone explains, 0…1; mean over the networks
   * @param bestValue the best value if all networks must share it
   * @param loss relative excess cost of the best design with this value; mean over the networks
   * @param worstValue the worst value if all networks must share it
   * @param worstLoss relative excess cost of the best design with that value; mean over the
   *     networks
   */
  public record Axis(
      String name,
      double variance,
      String bestValue,
      double loss,
      String worstValue,
      double worstLoss) {}

  private static final int SHOWN = 10;

  /**
   * Surveys random networks.
   *
   * @param networks number of networks, at least 1
   * @param seed of the random networks
   */
  public static Landscape of(CostTable table, Objective objective, int networks, long seed) {
    new Rules()
        .require(networks >= 1, "networks to survey (%d) must be at least 1", networks)
        .check();
    NetworkSpace space = table.networkSpace();
    Random random = new Random(seed);
    return new LandscapeSurvey(table, objective)
        .survey(
            Stream.generate(() -> space.sample(random)).limit(networks).toList(),
            "random networks");
  }

  /**
   * Surveys given networks, such as those on the front of accuracy and cost, where a search lives.
   *
   * @param networks at least one, of the space of the table
   */
  public static Landscape of(CostTable table, Objective objective, List<Genotype> networks) {
    return of(table, objective, networks, "given networks");
  }

  /**
   * Surveys given networks.
   *
   * @param networks at least one, of the space of the table
   * @param which of the networks of the space: {@code networks on the front}
   */
  public static Landscape of(
      CostTable table, Objective objective, List<Genotype> networks, String which) {
    new Rules().require(!networks.isEmpty(), "a landscape needs at least one network").check();
    return new LandscapeSurvey(table, objective).survey(networks, which);
  }

  /**
   * The best design of a block alone: how it depends on kernel, expansion, channels and pixels.
   *
   * @param block its name
   * @param shape of its inputs and outputs
   * @param best design by operation
   */
  public record Block(String block, String shape, Map<String, String> best) {
    /** Copies the map: the record is immutable. */
    public Block {
      best = Collections.unmodifiableMap(new LinkedHashMap<>(best));
    }
  }

  /** The best designs of each block alone, in the order of the network. */
  public List<Block> blocks() {
    NetworkSpace space = table.networkSpace();
    List<Block> blocks = new ArrayList<>();
    for (Placement part : space.parts()) {
      if (part.block() != blocks.size()) {
        continue; // fixed, or a repeated block
      }
      Map<String, String> best = new LinkedHashMap<>();
      for (int o = 0; o < space.operations().size(); o++) {
        boolean works = space.allows(blocks.size(), o) && table.latencyMs(blocks.size(), o, 0) > 0;
        best.put(
            space.operations().get(o),
            works ? table.acceleratorSpace().label(best(blocks.size(), o)) : "");
      }
      blocks.add(new Block(part.name(), part.shape().toString(), best));
    }
    return blocks;
  }

  private int best(int block, int operation) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < table.designs(); d++) {
      double latency = table.latencyMs(block, operation, d);
      double energy = table.energyMj(block, operation, d);
      double cost = objective.cost(latency, energy, table.areaMm2(d));
      if (cost < least) {
        least = cost;
        best = d;
      }
    }
    return best;
  }

  static Map<String, String> uniform(CostTable table, Objective objective) {
    NetworkSpace space = table.networkSpace();
    HardwareOracle oracle = HardwareOracle.of(table);
    Map<String, String> best = new LinkedHashMap<>();
    for (int o = 0; o < space.operations().size(); o++) {
      int[] choice = new int[space.blocks()];
      for (int b = 0; b < choice.length; b++) {
        choice[b] = o;
        for (int other = 0; !space.allows(b, choice[b]); other++) {
          choice[b] = other;
        }
      }
      int designIndex = oracle.best(choice, objective);
      best.put(space.operations().get(o), table.acceleratorSpace().label(designIndex));
    }
    return best;
  }

  /** The statistics as tables. */
  @Override
  public String toString() {
    AcceleratorSpace designs = table.acceleratorSpace();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%s × %s, %s: %s %s, %s designs",
            table.networkSpace().name(),
            designs.name(),
            objective.label(),
            SignificantDigits.count(networks()),
            which(),
            SignificantDigits.count(table.designs())));
    lines.add(format("designs that are the best of some network  %d", winners.size()));
    lines.add(format("median design costs  %.3f × the best", median()));
    lines.add(format("worst design costs   %.3f × the best", worst()));
    lines.add("");
    lines.add(format("%-32s%10s", "best design", "networks"));
    winners.entrySet().stream()
        .limit(SHOWN)
        .forEach(e -> lines.add(format("%-32s%8.2f %%", e.getKey(), share(e.getValue()))));
    lines.add("");
    lines.add(
        format("%-12s%14s%20s%20s", "axis", "variance [%]", "if fixed: loss [%]", "worst [%]"));
    for (Axis axis : axes) {
      lines.add(
          format(
              "%-12s%14.1f%20s%20s",
              axis.name,
              100 * axis.variance,
              format("%s: %.2f", axis.bestValue, 100 * axis.loss),
              format("%s: %.1f", axis.worstValue, 100 * axis.worstLoss)));
    }
    lines.add("");
    lines.add(format("%-16s%s", "everywhere", "best design"));
    uniform.forEach((operation, label) -> lines.add(format("%-16s%s", operation, label)));
    return String.join("\n", lines) + "\n";
  }

  private double share(int count) {
    return 100.0 * count / networks();
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
