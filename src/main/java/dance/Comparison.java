package dance;

import dance.accelerator.Dataflow;
import dance.cost.Figures;
import dance.cost.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The main job: one network on one accelerator under each of the three dataflows. */
final class Comparison {
  private static final List<Dataflow> DATAFLOWS =
      List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY);
  private static final List<Metric> METRICS =
      List.of(Metric.LATENCY, Metric.ENERGY, Metric.AREA, Metric.EDAP, Metric.UTILIZATION);

  private Comparison() {}

  /** Simulates and tabulates. */
  static String of(Engine engine, String network, String accelerator) {
    List<Engine.Simulation> simulations = new ArrayList<>();
    for (Dataflow dataflow : DATAFLOWS) {
      simulations.add(engine.simulate(network, accelerator, Optional.of(dataflow)));
    }
    Engine.Simulation first = simulations.get(0);
    return first.network()
        + " on "
        + first.accelerator()
        + "\n\n"
        + metrics(simulations)
        + "\nenergy by level ["
        + Metric.ENERGY.unit()
        + "]\n"
        + levels(simulations);
  }

  private static TextTable metrics(List<Engine.Simulation> simulations) {
    TextTable table =
        new TextTable(List.of("dataflow"), METRICS.stream().map(Metric::heading).toList());
    for (int i = 0; i < simulations.size(); i++) {
      List<String> cells = new ArrayList<>(List.of(words(DATAFLOWS.get(i))));
      for (Metric metric : METRICS) {
        cells.add(Figures.measure(metric.of(simulations.get(i).total())));
      }
      table.row(cells);
    }
    return table;
  }

  private static TextTable levels(List<Engine.Simulation> simulations) {
    List<Map<String, Double>> energies =
        simulations.stream().map(s -> new SimulationReport(s).energyByLevelMj()).toList();
    Set<String> levels = new LinkedHashSet<>();
    energies.forEach(energy -> levels.addAll(energy.keySet()));
    TextTable table = new TextTable(List.of("dataflow"), List.copyOf(levels));
    for (int i = 0; i < energies.size(); i++) {
      List<String> cells = new ArrayList<>(List.of(words(DATAFLOWS.get(i))));
      for (String level : levels) {
        cells.add(Figures.measure(energies.get(i).getOrDefault(level, 0.0)));
      }
      table.row(cells);
    }
    return table;
  }

  private static String words(Dataflow dataflow) {
    return dataflow.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
