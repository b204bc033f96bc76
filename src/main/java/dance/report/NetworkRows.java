package dance.report;

import dance.accelerator.Accelerator;
import dance.accelerator.Validation;
import dance.cost.Metric;
import dance.simulate.NetworkEvaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks: simulated ones, and the layers of one. */
public final class NetworkRows {
  private NetworkRows() {}

  /** One row per simulated network. */
  public static Rows<NetworkEvaluation> of(List<NetworkEvaluation> evaluations) {
    List<Column<NetworkEvaluation>> columns = new ArrayList<>();
    columns.add(Column.of("network", "network", e -> e.network().name()));
    columns.addAll(AcceleratorColumns.of(evaluations, NetworkEvaluation::accelerator));
    columns.addAll(Column.metrics(NetworkEvaluation::metrics));
    columns.add(Column.of("MACs", "macs", LayerRows::macs));
    columns.add(Column.of("cycles", "cycles", NetworkEvaluation::cycles));
    columns.add(
        new Column<>(
            "energy by level",
            "energy_by_level",
            Unit.MJ,
            e -> new Parts("energy_mj", LayerRows.energyByLevelMj(e))));
    return new Rows<>(columns, evaluations);
  }

  /** A simulated network as a JSON object: names, totals and layers. */
  public static Map<String, Object> object(NetworkEvaluation evaluation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("network", evaluation.network().name());
    object.put("accelerator", evaluation.accelerator().name());
    object.put("dataflow", evaluation.accelerator().dataflow().label());
    object.put("technology", evaluation.accelerator().costs());
    object.put("validation", Validation.of(evaluation.accelerator()));
    object.put("total", totals(evaluation).objects().get(0));
    object.put(
        "layers", LayerRows.of(evaluation.layers()).without("kind", "operations", "technology"));
    return object;
  }

  /** Totals of a simulated network. */
  public static Rows<NetworkEvaluation> totals(NetworkEvaluation evaluation) {
    return of(List.of(evaluation))
        .plus(
            new Column<>(
                "area by part",
                "area_by_part",
                Unit.of(Metric.AREA.unit()),
                e -> new Parts("area_mm2", areaByPart(e.accelerator()))))
        .only(
            "latency_ms",
            "energy_mj",
            "area_mm2",
            "edap",
            "utilization",
            "macs",
            "cycles",
            "energy_by_level",
            "area_by_part");
  }

  private static Map<String, Double> areaByPart(Accelerator accelerator) {
    Map<String, Double> parts = new LinkedHashMap<>();
    accelerator.area().parts().forEach(p -> parts.merge(p.component(), p.areaMm2(), Double::sum));
    return parts;
  }

  /** One row per layer of a network, without simulation. */
  public static Rows<Network.Entry> ofLayers(List<Network.Entry> entries) {
    List<Column<Network.Entry>> columns = new ArrayList<>();
    columns.add(Column.of("layer", "name", e -> e.layer().name()));
    columns.add(Column.of("kind", "kind", e -> LayerKind.of(e.layer()).label()));
    columns.add(Column.of("repeats", "repeats", Network.Entry::repeats));
    columns.add(Column.of("dimensions", "dimensions", e -> dimensions(e.layer())));
    columns.add(Column.of("MACs", "macs", e -> e.layer().macs()));
    columns.add(Column.of("parameters", "parameters", e -> e.layer().parameters()));
    return new Rows<>(columns, entries);
  }

  private static Parts dimensions(Layer layer) {
    Map<String, Object> bounds = new LinkedHashMap<>();
    layer.einsum().dimensions().forEach(d -> bounds.put(d.dimension(), d.bound()));
    return new Parts("dimension", bounds);
  }

  /**
   * Sums over all repeats of a layer, or over the whole network.
   *
   * @param name of either
   * @param kind of the layer; empty for the network
   * @param repeats of the layer; 1 for the network
   * @param macs multiply-accumulate operations
   * @param parameters trained weights and biases
   */
  public record Sum(String name, String kind, int repeats, long macs, long parameters) {}

  /** The layers with all their repeats and, last, the network. */
  public static Rows<Sum> sums(Network network) {
    List<Sum> sums = new ArrayList<>();
    for (Network.Entry entry : network.entries()) {
      Layer layer = entry.layer();
      sums.add(
          new Sum(
              layer.name(),
              LayerKind.of(layer).label(),
              entry.repeats(),
              layer.macs() * entry.repeats(),
              layer.parameters() * entry.repeats()));
    }
    sums.add(new Sum(network.name(), "", 1, network.macs(), network.parameters()));
    List<Column<Sum>> columns =
        List.of(
            Column.of("layer", "name", Sum::name),
            Column.of("kind", "kind", Sum::kind),
            Column.of("repeats", "repeats", Sum::repeats),
            Column.of("MACs", "macs", Sum::macs),
            Column.of("parameters", "parameters", Sum::parameters));
    return new Rows<>(columns, sums);
  }
}
