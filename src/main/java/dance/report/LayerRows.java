package dance.report;

import dance.accelerator.Accelerator;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.simulate.LayerEvaluation;
import dance.simulate.NetworkEvaluation;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The layers of a simulated network. The values of a layer are those of all its repeats together,
 * so that layers sum to the network.
 */
public final class LayerRows {
  private static final double PJ_PER_MJ = 1e9;

  private LayerRows() {}

  /**
   * A layer, or all of them.
   *
   * @param name of the layer
   * @param layer itself; null for all
   * @param accelerator that runs it
   * @param counts repeats, operations and cycles
   * @param metrics the area is the network's; NaN for one layer
   * @param energyMj by level, outermost first
   * @param gap optimality gap as a fraction; 0 if proven optimal; empty for all
   */
  public record Line(
      String name,
      Layer layer,
      Accelerator accelerator,
      Counts counts,
      Metrics metrics,
      Map<String, Double> energyMj,
      OptionalDouble gap) {}

  /**
   * Counts of a layer.
   *
   * @param repeats number of repeats
   * @param macs multiply-accumulate operations
   * @param operations multiplications, or additions of pooling and addition
   * @param cycles latency in clock cycles
   */
  public record Counts(int repeats, long macs, long operations, long cycles) {}

  private static final List<Column<Line>> COLUMNS = columns();

  private static List<Column<Line>> columns() {
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(Column.of("layer", "name", Line::name));
    columns.add(
        Column.of("kind", "kind", l -> l.layer() == null ? "" : LayerKind.of(l.layer()).label()));
    columns.add(Column.of("repeats", "repeats", l -> l.counts().repeats()));
    columns.add(Column.of("MACs", "macs", l -> l.counts().macs()));
    columns.add(Column.of("operations", "operations", l -> l.counts().operations()));
    columns.add(Column.of("cycles", "cycles", l -> l.counts().cycles()));
    for (Metric metric :
        List.of(Metric.LATENCY, Metric.ENERGY, Metric.UTILIZATION, Metric.AREA, Metric.EDAP)) {
      columns.add(Column.of(metric, Line::metrics));
    }
    columns.add(
        new Column<>(
            "energy by level",
            "energy_by_level",
            Unit.MJ,
            l -> new Parts("energy_mj", l.energyMj())));
    columns.add(Column.technology(Line::accelerator));
    columns.add(new Column<>("gap", "gap", Unit.FRACTION, Line::gap));
    return List.copyOf(columns);
  }

  /** The layers, without quantities that only the network has. */
  public static Rows<Line> of(List<LayerEvaluation> layers) {
    return new Rows<>(COLUMNS, layers.stream().map(LayerRows::line).toList())
        .without("area_mm2", "edap");
  }

  /** The layers and, last, their total. */
  public static Rows<Line> withTotal(NetworkEvaluation evaluation) {
    List<Line> lines = new ArrayList<>(evaluation.layers().stream().map(LayerRows::line).toList());
    lines.add(total(evaluation));
    return new Rows<>(COLUMNS, lines);
  }

  private static Line line(LayerEvaluation layer) {
    return new Line(
        layer.layer().name(),
        layer.layer(),
        layer.evaluation().accelerator(),
        new Counts(layer.repeats(), macs(layer), layer.operations(), layer.cycles()),
        new Metrics(
            layer.latencyMs(),
            layer.energyPj() / PJ_PER_MJ,
            Double.NaN,
            layer.evaluation().utilization()),
        byLevel(layer),
        OptionalDouble.of(layer.result().optimal() ? 0 : layer.result().gap()));
  }

  private static Line total(NetworkEvaluation evaluation) {
    return new Line(
        "total",
        null,
        evaluation.accelerator(),
        new Counts(
            1,
            macs(evaluation),
            evaluation.layers().stream().mapToLong(LayerEvaluation::operations).sum(),
            evaluation.cycles()),
        evaluation.metrics(),
        energyByLevelMj(evaluation),
        OptionalDouble.empty());
  }

  private static Map<String, Double> byLevel(LayerEvaluation layer) {
    Map<String, Double> energyMj = new LinkedHashMap<>();
    layer.energyByLevelPj().forEach((level, pj) -> energyMj.put(level, pj / PJ_PER_MJ));
    return energyMj;
  }

  /** Energy of all layers by level, in mJ, in order of first appearance. */
  static Map<String, Double> energyByLevelMj(NetworkEvaluation evaluation) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (LayerEvaluation layer : evaluation.layers()) {
      byLevel(layer).forEach((level, mj) -> sums.merge(level, mj, Double::sum));
    }
    return sums;
  }

  /** MACs of all layers. */
  static long macs(NetworkEvaluation evaluation) {
    return evaluation.layers().stream().mapToLong(LayerRows::macs).sum();
  }

  private static long macs(LayerEvaluation layer) {
    return Math.multiplyExact(layer.layer().macs(), (long) layer.repeats());
  }
}
