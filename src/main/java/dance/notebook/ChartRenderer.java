package dance.notebook;

import dance.notebook.chart.ChartText;
import dance.notebook.chart.Charts;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;

/** Shows charts of XChart as PNG, which looks the same in every browser, unlike fonts in SVG. */
public final class ChartRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    return value instanceof Chart<?, ?> chart
        ? Optional.of(
            Map.of(
                "image/png",
                Base64.getEncoder().encodeToString(Charts.png(chart)),
                "text/plain",
                ChartText.of(chart)))
        : Optional.empty();
  }
}
