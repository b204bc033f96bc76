package dance.report;

import dance.cost.SignificantDigits;
import dance.evaluate.CostTable;
import dance.evaluate.Landscape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much the designs of a table differ, and what one of them loses as the only one. */
public final class LandscapeRows {
  private LandscapeRows() {}

  /**
   * A design that is the best of some network.
   *
   * @param design its label
   * @param networks of how many it is
   */
  public record Winner(String design, int networks) {}

  /** The designs that are the best of some network, most frequent first. */
  public static Rows<Winner> winners(Landscape landscape) {
    List<Winner> winners =
        landscape.winners().entrySet().stream()
            .map(e -> new Winner(e.getKey(), e.getValue()))
            .toList();
    return new Rows<>(
        List.of(
            Column.of("best design", "accelerator", Winner::design),
            Column.of("networks", "networks", Winner::networks),
            new Column<>(
                "share", "share", Unit.FRACTION, w -> w.networks / (double) landscape.networks())),
        winners);
  }

  /** The effect of each axis of the accelerator space. */
  public static Rows<Landscape.Axis> axes(Landscape landscape) {
    return new Rows<>(
        List.of(
            Column.of("axis", "axis", Landscape.Axis::name),
            new Column<>("variance", "variance", Unit.FRACTION, Landscape.Axis::variance),
            Column.of("best value", "best_value", Landscape.Axis::bestValue),
            new Column<>("its loss", "best_value_loss", Unit.FRACTION, Landscape.Axis::loss),
            Column.of("worst value", "worst_value", Landscape.Axis::worstValue),
            new Column<>(
                "loss of the worst", "worst_value_loss", Unit.FRACTION, Landscape.Axis::worstLoss)),
        landscape.axes());
  }

  /** What was surveyed, in a line. */
  public static String title(Landscape landscape) {
    CostTable table = landscape.table();
    return "%s × %s, %s: %s %s, %s designs"
        .formatted(
            table.networkSpace().name(),
            table.acceleratorSpace().name(),
            landscape.objective().label(),
            SignificantDigits.count(landscape.networks()),
            landscape.which(),
            SignificantDigits.count(table.designs()));
  }

  /** Everything, as a JSON object. */
  public static Map<String, Object> object(Landscape landscape) {
    CostTable table = landscape.table();
    Map<String, Object> top = new LinkedHashMap<>();
    top.put("network_space", table.networkSpace().name());
    top.put("accelerator_space", table.acceleratorSpace().name());
    top.put("designs", table.designs());
    top.put("costs", table.accelerator(0).costs());
    top.put("objective", landscape.objective().toString());
    top.put("networks", landscape.networks());
    top.put("which", landscape.which());
    top.put("median_cost", landscape.median());
    top.put("worst_cost", landscape.worst());
    Map<String, Object> single = new LinkedHashMap<>();
    single.put("accelerator", landscape.single().design());
    single.put("mean_loss", landscape.single().mean());
    single.put("worst_loss", landscape.single().worst());
    top.put("one_for_all", single);
    top.put("winners", winners(landscape));
    top.put("axes", axes(landscape));
    return top;
  }
}
