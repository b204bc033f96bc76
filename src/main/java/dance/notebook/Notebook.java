package dance.notebook;

import dance.accelerator.Accelerator;
import dance.check.AtomicFile;
import dance.check.Library;
import dance.check.Rules;
import dance.cost.Design;
import dance.cost.Measured;
import dance.cost.Metric;
import dance.cost.Metrics;
import dance.evaluate.Landscape;
import dance.lesson.AlphaGradient;
import dance.lesson.AlphaMove;
import dance.lesson.Relaxation;
import dance.lesson.Step;
import dance.notebook.chart.AlphaChart;
import dance.notebook.chart.AxesChart;
import dance.notebook.chart.Charts;
import dance.notebook.chart.ComparisonChart;
import dance.notebook.chart.CouplingChart;
import dance.notebook.chart.DesignHeatMap;
import dance.notebook.chart.EnergyChart;
import dance.notebook.chart.FidelityChart;
import dance.notebook.chart.ParetoChart;
import dance.notebook.chart.RegretChart;
import dance.notebook.chart.RooflineChart;
import dance.notebook.chart.TraceChart;
import dance.notebook.chart.WinnersHeatMap;
import dance.notebook.drawing.AcceleratorDrawing;
import dance.notebook.drawing.AlphaStrip;
import dance.notebook.drawing.Drawing;
import dance.notebook.drawing.ExplanationDrawing;
import dance.notebook.drawing.FrontDrawing;
import dance.notebook.drawing.GradientDrawing;
import dance.notebook.drawing.MappingDrawing;
import dance.notebook.drawing.NetworkDrawing;
import dance.notebook.drawing.RelaxationDrawing;
import dance.notebook.drawing.StepDrawing;
import dance.notebook.drawing.StepStrip;
import dance.report.Results;
import dance.search.Comparison;
import dance.search.Coupling;
import dance.search.FrontSurvey;
import dance.search.SearchResult;
import dance.simulate.Explain;
import dance.simulate.NetworkEvaluation;
import dance.simulate.explain.Explanation;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Evaluation;
import dance.workload.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/**
 * Tables, charts and drawings for cells: {@code import static dance.notebook.Notebook.*}.
 *
 * <pre>{@code
 * print(table(simulate("alexnet", "eyeriss")).sortDescendingOn("energy [mJ]").first(5));
 * save(roofline(simulate("alexnet", "eyeriss")), "roofline.svg");
 * }</pre>
 */
public final class Notebook {
  private Notebook() {}

  /**
   * A result as a table: a row for each layer of a network, access of a mapping, account of a
   * ledger, search of a comparison, or record of a list; units are in the headings. A text is the
   * name of a CSV file.
   *
   * @throws IllegalArgumentException if the result has no rows
   */
  public static Table table(Object result) {
    if (result instanceof String csv) {
      return table(Path.of(csv));
    }
    Library.TABLESAW.need("tables");
    return result instanceof Table table ? table : Tables.of("", Results.of(result));
  }

  /**
   * The table of a CSV file, as {@link #save} writes it.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static Table table(Path csv) {
    if (csv == null) {
      return table((Object) null);
    }
    new Rules().require(Files.isRegularFile(csv), "%s is not a file", csv).check();
    Library.TABLESAW.need("tables");
    try {
      return Tables.read(csv.getFileName().toString(), Files.readString(csv));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Prints a value in full, where JShell would truncate it; lists of records and results as tables,
   * as {@link Show#show}.
   */
  public static void print(Object value) {
    boolean rows = isTable(value) || Results.has(value);
    System.out.println(rows ? Renderers.render(value).get("text/plain") : value);
  }

  /**
   * Writes a table or a result as {@code .csv}, a chart as {@code .png} or {@code .svg}, a drawing
   * as {@code .svg}. The file is written atomically.
   *
   * @throws IllegalArgumentException if the value cannot be written in the format of this extension
   */
  public static void save(Object value, String path) {
    save(value, Path.of(path));
  }

  /** As {@link #save(Object, String)}. */
  public static void save(Object value, Path path) {
    String name = path.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    byte[] bytes;
    if (value instanceof Drawing drawing && ending.equals("svg")) {
      bytes = drawing.svg().getBytes(StandardCharsets.UTF_8);
    } else if (isChart(value) && ending.equals("png")) {
      bytes = Charts.png((Chart<?, ?>) value);
    } else if (isChart(value) && ending.equals("svg")) {
      bytes = Charts.svg((Chart<?, ?>) value);
    } else if ((isTable(value) || Results.has(value)) && ending.equals("csv")) {
      bytes = Tables.csv(table(value));
    } else {
      throw new IllegalArgumentException(
          "cannot save a %s as %s: tables and results are saved as .csv, charts as .png or .svg, drawings as .svg"
              .formatted(value == null ? "null" : value.getClass().getSimpleName(), name));
    }
    Path folder = path.toAbsolutePath().getParent();
    new Rules()
        .require(
            Files.isDirectory(folder), "%s: cannot be written: there is no folder %s", path, folder)
        .check();
    AtomicFile.write(path, bytes);
  }

  /** Without the library there are no values of its types. */
  private static boolean isChart(Object value) {
    return Library.XCHART.present() && value instanceof Chart<?, ?>;
  }

  private static boolean isTable(Object value) {
    return Library.TABLESAW.present() && value instanceof Table;
  }

  /** {@link RooflineChart}. */
  public static XYChart roofline(NetworkEvaluation evaluation) {
    Library.XCHART.need("charts");
    return RooflineChart.of(evaluation);
  }

  /** {@link EnergyChart} with a bar for each layer. */
  public static CategoryChart energy(NetworkEvaluation evaluation) {
    Library.XCHART.need("charts");
    return EnergyChart.of(evaluation);
  }

  /** {@link EnergyChart} with a bar for each mapping, such as a custom one and the best. */
  public static CategoryChart energy(Measured... mappings) {
    return EnergyChart.of(mappings);
  }

  /** {@link EnergyChart} with a bar for each evaluation. */
  public static CategoryChart energy(List<NetworkEvaluation> evaluations) {
    Library.XCHART.need("charts");
    return EnergyChart.of(evaluations);
  }

  /** {@link DesignHeatMap}. */
  public static HeatMapChart heatMap(Collection<Design> designs, Metric metric) {
    Library.XCHART.need("charts");
    return DesignHeatMap.of(designs, metric);
  }

  /** {@link WinnersHeatMap}. */
  public static HeatMapChart heatMap(Landscape landscape, String across, String up) {
    Library.XCHART.need("charts");
    return WinnersHeatMap.of(landscape, across, up);
  }

  /** {@link AxesChart}. */
  public static CategoryChart axes(List<Landscape> landscapes) {
    Library.XCHART.need("charts");
    return AxesChart.of(landscapes);
  }

  /** {@link ParetoChart} of designs alone. */
  public static XYChart pareto(Collection<Design> all, Metric horizontal, Metric vertical) {
    Library.XCHART.need("charts");
    return ParetoChart.of(all, Map.of(), horizontal, vertical);
  }

  /** {@link ParetoChart}. */
  public static XYChart pareto(
      Collection<Design> all,
      Map<String, ? extends Collection<Design>> methods,
      Metric horizontal,
      Metric vertical) {
    Library.XCHART.need("charts");
    return ParetoChart.of(all, methods, horizontal, vertical);
  }

  /**
   * {@link ParetoChart} of the designs found by searches, with the true front, if known, behind
   * them.
   */
  public static XYChart pareto(Comparison comparison) {
    Library.XCHART.need("charts");
    return ParetoChart.of(comparison);
  }

  /** {@link ParetoChart} of every method over all weights of the cost, before the true front. */
  public static XYChart pareto(FrontSurvey fronts) {
    Library.XCHART.need("charts");
    return ParetoChart.of(fronts);
  }

  /** {@link FrontDrawing} of some methods over all weights of the cost, with the true front. */
  public static Drawing fronts(FrontSurvey fronts, Map<String, String> labels) {
    return FrontDrawing.of(fronts, labels);
  }

  /** {@link FrontDrawing} of all methods. */
  public static Drawing fronts(FrontSurvey fronts) {
    return FrontDrawing.of(fronts, fronts.found().keySet().stream().toList());
  }

  /** {@link FidelityChart} of exact and predicted values, {@code [networks]} each. */
  public static XYChart fidelity(Metric metric, double[] exact, double[] predicted) {
    Library.XCHART.need("charts");
    return FidelityChart.of(metric, exact, predicted);
  }

  /** {@link TraceChart}. */
  public static XYChart trace(String title, String heading, Map<String, double[]> traces) {
    Library.XCHART.need("charts");
    return TraceChart.of(title, heading, traces);
  }

  /** {@link TraceChart} of the losses, the cost and the entropy of a search. */
  public static XYChart trace(SearchResult result) {
    Library.XCHART.need("charts");
    return TraceChart.of(result);
  }

  /** {@link AlphaChart} of probabilities, {@code [blocks][operations]}. */
  public static HeatMapChart alpha(String title, List<String> choices, double[][] probabilities) {
    Library.XCHART.need("charts");
    return AlphaChart.of(title, choices, probabilities);
  }

  /** {@link RegretChart}. */
  public static XYChart regret(
      String title, String cost, Map<String, RegretChart.Searches> methods) {
    Library.XCHART.need("charts");
    return RegretChart.of(title, cost, methods);
  }

  /**
   * {@link RegretChart} over evaluations.
   *
   * @throws IllegalArgumentException if the exhaustive optimum is unknown
   */
  public static XYChart regret(Comparison comparison) {
    Library.XCHART.need("charts");
    return RegretChart.of(comparison);
  }

  /** {@link CouplingChart}. */
  public static XYChart coupling(List<Coupling> couplings) {
    Library.XCHART.need("charts");
    return CouplingChart.of(couplings);
  }

  /** {@link ComparisonChart}. */
  public static CategoryChart comparison(Map<String, Metrics> designs) {
    Library.XCHART.need("charts");
    return ComparisonChart.of(designs);
  }

  /** {@link AcceleratorDrawing}. */
  public static Drawing drawing(Accelerator accelerator) {
    return AcceleratorDrawing.of(accelerator);
  }

  /** {@link AcceleratorDrawing} with the PEs in use under a mapping. */
  public static Drawing drawing(Evaluation evaluation) {
    return AcceleratorDrawing.of(evaluation);
  }

  /** {@link AcceleratorDrawing} with the PEs in use under the best mapping. */
  public static Drawing drawing(MappingResult result) {
    return AcceleratorDrawing.of(result.evaluation());
  }

  /** {@link StepDrawing}. */
  public static Drawing drawing(Step step) {
    return StepDrawing.of(step);
  }

  /**
   * {@link StepStrip}: a step and those after it side by side, as {@link Step#frames} lists them.
   */
  public static Drawing strip(List<Step> steps) {
    return StepStrip.of(steps);
  }

  /** {@link StepDrawing#animation}: one drawing that plays in a browser, for slides. */
  public static Drawing animation(List<Step> steps) {
    return StepDrawing.animation(steps);
  }

  /** {@link ExplanationDrawing}: the nest with the loops responsible. */
  public static Drawing drawing(Explanation explanation) {
    return ExplanationDrawing.of(explanation, "");
  }

  /** {@link GradientDrawing}: several side by side on one scale. */
  public static Drawing drawing(AlphaGradient... gradients) {
    return GradientDrawing.of(gradients);
  }

  /** {@link AlphaStrip}. */
  public static Drawing strip(AlphaMove move) {
    return AlphaStrip.of(move);
  }

  /** {@link RelaxationDrawing}. */
  public static Drawing drawing(Relaxation relaxation) {
    return RelaxationDrawing.of(relaxation);
  }

  /** {@link NetworkDrawing}. */
  public static Drawing drawing(Network network) {
    return NetworkDrawing.of(network);
  }

  /** {@link NetworkDrawing} of the network that a search found. */
  public static Drawing drawing(SearchResult result) {
    return NetworkDrawing.of(result);
  }

  /** {@link MappingDrawing}. */
  public static Drawing nest(Measured evaluation) {
    return MappingDrawing.of(Explain.evaluation(evaluation));
  }
}
