package dance.command;

import static java.util.stream.Collectors.joining;

import dance.cost.Figures;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.simulate.mapper.Effort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulated network as JSON, as CSV and as a table.
 *
 * @param effort that the search for a mapping of each layer might take
 */
record SimulationReport(Engine.Simulation simulation, Effort effort) {

  /** Energy of the network by level, in mJ, in order of first appearance. */
  Map<String, Double> energyByLevelMj() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (Engine.LayerCost layer : simulation.layers()) {
      layer.energyByLevelMj().forEach((level, mj) -> sums.merge(level, mj, Double::sum));
    }
    return sums;
  }

  /** The keys of the stable contract. */
  Map<String, Object> structure() {
    Metrics metrics = simulation.total();
    Map<String, Object> total = new LinkedHashMap<>();
    total.put("latency_ms", metrics.latencyMs());
    total.put("energy_mj", metrics.energyMj());
    total.put("area_mm2", metrics.areaMm2());
    total.put("edap", Metric.EDAP.of(metrics));
    total.put("utilization", metrics.utilization());
    total.put("macs", macs());
    total.put("cycles", cycles());
    total.put("energy_by_level", energyByLevelMj());
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("network", simulation.network());
    top.put("accelerator", simulation.accelerator());
    top.put("dataflow", simulation.dataflow());
    top.put("total", total);
    top.put("layers", simulation.layers().stream().map(SimulationReport::layer).toList());
    return top;
  }

  private static Map<String, Object> layer(Engine.LayerCost layer) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", layer.name());
    entry.put("repeats", layer.repeats());
    entry.put("macs", layer.macs());
    entry.put("cycles", layer.cycles());
    entry.put("latency_ms", layer.latencyMs());
    entry.put("energy_mj", layer.energyMj());
    entry.put("utilization", layer.utilization());
    entry.put("energy_by_level", layer.energyByLevelMj());
    entry.put("gap", layer.gap());
    return entry;
  }

  /** One line a layer (RFC 4180, with the keys of JSON as headings), and one for the network. */
  String csv() {
    List<String> levels = List.copyOf(energyByLevelMj().keySet());
    List<String> headings =
        new ArrayList<>(
            List.of("name", "repeats", "macs", "cycles", "latency_ms", "energy_mj", "utilization"));
    headings.addAll(List.of("area_mm2", "edap"));
    levels.forEach(level -> headings.add("energy_mj." + level));
    StringBuilder text = new StringBuilder(line(headings));
    for (Engine.LayerCost layer : simulation.layers()) {
      List<String> cells = new ArrayList<>(List.of(layer.name(), "" + layer.repeats()));
      cells.addAll(List.of("" + layer.macs(), "" + layer.cycles()));
      cells.add(Json.number(layer.latencyMs()));
      cells.add(Json.number(layer.energyMj()));
      cells.add(Json.number(layer.utilization()));
      cells.addAll(List.of("", "")); // area and EDAP are the network's
      levels.forEach(
          level -> cells.add(Json.number(layer.energyByLevelMj().getOrDefault(level, 0.0))));
      text.append(line(cells));
    }
    Metrics total = simulation.total();
    List<String> cells = new ArrayList<>(List.of("total", "1", "" + macs(), "" + cycles()));
    cells.add(Json.number(total.latencyMs()));
    cells.add(Json.number(total.energyMj()));
    cells.add(Json.number(total.utilization()));
    cells.add(Json.number(total.areaMm2()));
    cells.add(Json.number(Metric.EDAP.of(total)));
    energyByLevelMj().values().forEach(mj -> cells.add(Json.number(mj)));
    return text.append(line(cells)).toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(SimulationReport::quoted).collect(joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** A table for people. */
  String text() {
    List<String> levels = List.copyOf(energyByLevelMj().keySet());
    List<String> headings = new ArrayList<>(List.of("repeats", "MACs", "cycles"));
    headings.add(Metric.LATENCY.heading());
    headings.add(Metric.ENERGY.heading());
    headings.add(Metric.UTILIZATION.heading());
    levels.forEach(level -> headings.add(level + " [" + Metric.ENERGY.unit() + "]"));
    TextTable table = new TextTable(List.of("layer"), headings);
    for (Engine.LayerCost layer : simulation.layers()) {
      table.row(
          cells(
              layer.name(),
              "" + layer.repeats(),
              layer.macs(),
              layer.cycles(),
              new Metrics(
                  layer.latencyMs(),
                  layer.energyMj(),
                  simulation.total().areaMm2(),
                  layer.utilization()),
              levels.stream()
                  .map(level -> layer.energyByLevelMj().getOrDefault(level, 0.0))
                  .toList()));
    }
    table.row(
        cells(
            "total",
            "",
            macs(),
            cycles(),
            simulation.total(),
            List.copyOf(energyByLevelMj().values())));
    Map<String, String> summary = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      summary.put(metric.heading(), Figures.measure(metric.of(simulation.total())));
    }
    summary.put("proven optimal", proven());
    return title() + "\n\n" + table + "\n" + TextTable.pairs(summary);
  }

  /** How many mappings are known to be the best, and how far the others may be from that. */
  private String proven() {
    List<Engine.LayerCost> layers = simulation.layers();
    long proven = layers.stream().filter(layer -> layer.gap() == 0).count();
    double widest = layers.stream().mapToDouble(Engine.LayerCost::gap).max().orElse(0);
    String count = proven + " of " + layers.size() + " mappings";
    if (widest == 0) {
      return count;
    }
    String gap = ", gap at most " + Figures.measure(100 * widest) + " %";
    return count + gap + ", effort reached: " + effort + " a layer";
  }

  private static List<String> cells(
      String name, String repeats, long macs, long cycles, Metrics metrics, List<Double> levels) {
    List<String> cells = new ArrayList<>(List.of(name, repeats));
    cells.add(Figures.count(macs));
    cells.add(Figures.count(cycles));
    cells.add(Figures.measure(Metric.LATENCY.of(metrics)));
    cells.add(Figures.measure(Metric.ENERGY.of(metrics)));
    cells.add(Figures.measure(Metric.UTILIZATION.of(metrics)));
    levels.forEach(mj -> cells.add(Figures.measure(mj)));
    return cells;
  }

  private String title() {
    return simulation.network()
        + " on "
        + simulation.accelerator()
        + ", dataflow "
        + simulation.dataflow();
  }

  private long macs() {
    return simulation.layers().stream().mapToLong(Engine.LayerCost::macs).sum();
  }

  private long cycles() {
    return simulation.layers().stream().mapToLong(Engine.LayerCost::cycles).sum();
  }
}
