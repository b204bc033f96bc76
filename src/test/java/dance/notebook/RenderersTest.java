package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerators;
import dance.notebook.kernel.JJavaExtension;
import dance.notebook.kernel.RapaioDisplays;
import dance.workload.Layer;
import dance.workload.Networks;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a cell shows of each kind of value. */
class RenderersTest {
  record Point(String name, int x) {}

  @Test
  void resultsAndListsOfRecordsAreTables() {
    Map<String, String> forms =
        Renderers.render(List.of(new Point("a<b", 1234), new Point("c", 5)));
    assertThat(forms.get("text/html"))
        .startsWith("<div style=\"overflow-x: auto\">\n<table>")
        .contains("<th", "a&lt;b", "1,234");
    assertThat(forms.get("text/plain")).isEqualTo("name      x\na<b   1,234\nc         5");
    assertThat(Renderers.render(Networks.byName("alexnet"))).containsKey("text/html");
  }

  @Test
  void longTablesSayHowMuchIsLeftOut() {
    List<Point> many = IntStream.range(0, 1000).mapToObj(i -> new Point("p", i)).toList();
    Map<String, String> forms = Renderers.render(many);
    assertThat(forms.get("text/html")).contains("and 940 rows more");
    assertThat(forms.get("text/plain").lines()).hasSize(62).last().isEqualTo("and 940 rows more");
  }

  @Test
  void tablesOfTablesawAreTables() {
    Table table = Table.create("t", StringColumn.create("layer", List.of("conv1")));
    assertThat(Renderers.render(table).get("text/html")).contains("layer", "conv1");
  }

  @Test
  void drawingsAndChartsAndPicturesAreShownAsSuch() throws Exception {
    Map<String, String> drawing = Renderers.render(Notebook.drawing(Accelerators.eyeriss()));
    Pictures.assertNotBlank("drawing", drawing);
    assertThat(drawing).containsKey("image/svg+xml");
    XYChart chart = new XYChart(200, 100);
    chart.addSeries("s", new double[] {1, 2, 3}, new double[] {1, 4, 9});
    Map<String, String> forms = Renderers.render(chart);
    Pictures.assertNotBlank("chart", forms);
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(3, 3, 9, 9);
    graphics.dispose();
    Map<String, String> picture = Renderers.render(image);
    assertThat(Pictures.colors(picture.get("image/png"))).isEqualTo(2);
    assertThat(picture).containsEntry("text/plain", "picture of 30 × 20 pixels");
  }

  @Test
  void recordsAreOneLineAndTextsAreAsTheyAre() {
    assertThat(Renderers.render(new Point("a", 1)))
        .isEqualTo(Map.of("text/plain", "Point[name=a, x=1]"));
    assertThat(Renderers.render(new Point("x".repeat(900), 1)).get("text/plain"))
        .hasSize(500)
        .endsWith("…");
    assertThat(Renderers.render("two\nlines")).isEqualTo(Map.of("text/plain", "two\nlines"));
    assertThat(Renderers.render(null)).isEqualTo(Map.of("text/plain", "null"));
    assertThat(Renderers.render(new int[] {1, 2})).isEqualTo(Map.of("text/plain", "[1, 2]"));
    assertThat(Renderers.render(new double[][] {{1}, {2}}))
        .isEqualTo(Map.of("text/plain", "[[1.0], [2.0]]"));
    assertThat(Renderers.render(Layer.conv("c", 3, 4)).get("text/plain"))
        .startsWith("c: convolution 3 → 4");
  }

  @Test
  void jjavaShowsTheSame() {
    Renderer renderer = new Renderer();
    JJavaExtension.register(renderer);
    Object drawing = Notebook.drawing(Accelerators.eyeriss());
    DisplayData data = renderer.render(drawing);
    assertThat(data.getData(MIMEType.parse("image/svg+xml")))
        .isEqualTo(Renderers.render(drawing).get("image/svg+xml"));
    assertThat(renderer.render(List.of(new Point("a", 1))).getData(MIMEType.TEXT_HTML)).isNotNull();
    assertThat(renderer.render(12).getData(MIMEType.TEXT_PLAIN)).isEqualTo("12");
  }

  @Test
  void rapaioShowsTheSame() {
    RapaioDisplays displays = new RapaioDisplays();
    DisplayTransformer transformer = displays.getDisplayTransformers().get(0);
    DisplayRenderer renderer = displays.getDisplayRenderers().get(0);
    Object drawing = Notebook.drawing(Accelerators.eyeriss());
    assertThat(transformer.canTransform(drawing)).isTrue();
    assertThat(transformer.canTransform("text")).isFalse();
    Object transformed = transformer.transform(drawing);
    assertThat(transformed).isInstanceOf(renderer.rendererClass());
    assertThat(renderer.rendererClass()).isEqualTo(transformer.transformedClass());
    assertThat(renderer.render("text/html", transformed).data())
        .containsAllEntriesOf(Renderers.render(drawing));
    List<Point> points = List.of(new Point("a", 1));
    assertThat(displays.getDisplayRenderers())
        .filteredOn(r -> r.rendererClass().isInstance(points))
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.render("text/html", points).data())
                    .containsAllEntriesOf(Renderers.render(points)));
  }
}
