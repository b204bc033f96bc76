package dance.notebook;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts in a cell: as PNG, which stays small however many points there are. */
public final class ChartRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    if (!(value instanceof Chart<?, ?> chart)) {
      return Optional.empty();
    }
    String title = chart.getTitle();
    return Optional.of(
        Map.of(
            "image/png",
            Base64.getEncoder().encodeToString(Charts.png(chart)),
            "text/plain",
            "chart: " + title));
  }
}
