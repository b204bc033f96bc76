package dance.command;

import dance.accelerator.Dataflow;
import dance.cost.CostModel;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.simulate.mapper.Effort;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the commands ask for: they read options and print results, everything between is behind this
 * interface. All methods throw IllegalArgumentException for bad input, with every problem found.
 */
interface Engine {

  /** Counts and prices a given mapping. */
  Evaluation evaluate(Path architecture, Path problem, Path mapping, Accounting accounting);

  /**
   * Finds the best mapping.
   *
   * @param constraints files of constraints, which hold together; none if empty
   * @param objective ENERGY, LATENCY or EDP
   * @param effort that the search may take
   * @param perfectFactors whether spatial factors have to divide
   */
  Found map(
      Path architecture,
      Path problem,
      List<Path> constraints,
      Metric objective,
      Accounting accounting,
      Effort effort,
      boolean perfectFactors);

  /**
   * Maps and simulates a network.
   *
   * @param network a preset, or a file
   * @param accelerator name of a preset, or an architecture file
   * @param dataflow in place of the accelerator's own
   * @param effort that the search for the mapping of a layer may take
   */
  Simulation simulate(
      GivenNetwork network, String accelerator, Optional<Dataflow> dataflow, Effort effort);

  /** Prices layers for tables, in any number of threads. */
  CostModel costModel();

  /** Measures how fast mappings are evaluated and found. */
  Speed measureMappings();

  /**
   * The outcome of a search for a mapping.
   *
   * @param yaml the mapping as a file
   * @param cycles of the whole problem
   * @param energyPj of the whole problem
   * @param mappings number of mappings that were evaluated
   * @param optimal whether no better mapping exists
   * @param objective value of the objective: cycles, pJ or pJ·cycles
   * @param lowerBound of the objective over all mappings, in the same unit
   */
  record Found(
      String yaml,
      long cycles,
      double energyPj,
      long mappings,
      boolean optimal,
      double objective,
      double lowerBound) {}

  /**
   * A network on an accelerator.
   *
   * @param network its name
   * @param accelerator its name
   * @param dataflow short name
   * @param total of one pass
   * @param layers in order
   */
  record Simulation(
      String network, String accelerator, String dataflow, Metrics total, List<LayerCost> layers) {}

  /**
   * A layer of a simulated network; all figures are those of its repeats together, so that the
   * layers sum to the network.
   *
   * @param name of the layer
   * @param repeats how often the network runs it
   * @param macs operations
   * @param cycles time in cycles
   * @param latencyMs time
   * @param energyMj energy
   * @param utilization operations per MAC unit and cycle, 0…1
   * @param energyByLevelMj parts of the energy, outermost level first
   * @param gap how much less a mapping could have of the objective at most, as a fraction; 0 if the
   *     mapping is proven to be the best
   */
  record LayerCost(
      String name,
      int repeats,
      long macs,
      long cycles,
      double latencyMs,
      double energyMj,
      double utilization,
      Map<String, Double> energyByLevelMj,
      double gap) {}

  /**
   * Speed of the mapper on one core.
   *
   * @param mappingsPerSecond evaluations of AlexNet conv3 on the Eyeriss preset
   * @param mobilenetv2Seconds time to map the whole MobileNetV2
   */
  record Speed(double mappingsPerSecond, double mobilenetv2Seconds) {}
}
