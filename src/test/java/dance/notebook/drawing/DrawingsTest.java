package dance.notebook.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.notebook.Examples;
import dance.notebook.Notebook;
import dance.simulate.count.Analysis;
import dance.simulate.count.RandomCases;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.LoopNest;
import dance.simulate.mapping.Mapping;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import dance.workload.Tensor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Drawings are well-formed and show as much as there is. */
class DrawingsTest {
  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void busyUnitsAreAsManyAsTheAnalysisCounts(long seed) {
    RandomCases.Case random = RandomCases.of(seed, 2000);
    Evaluation evaluation =
        Analysis.of(random.einsum(), random.accelerator())
            .evaluate(random.mapping(), Accounting.EXACT);
    assertThat(busy(evaluation)).isEqualTo(evaluation.counts().utilizedMacs());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLevelIsSaidToKeepWhatTheMappingKeepsThere(long seed) throws Exception {
    RandomCases.Case random = RandomCases.of(seed, 300);
    Evaluation evaluation =
        Analysis.of(random.einsum(), random.accelerator())
            .evaluate(random.mapping(), Accounting.EXACT);
    List<List<String>> keeps = new ArrayList<>();
    List<List<String>> bypassed = new ArrayList<>();
    List<String> last = null;
    for (Element text : elements(AcceleratorDrawing.of(evaluation), "text")) {
      String line = text.getTextContent();
      if (line.startsWith("keeps ")) {
        last = names(line.substring("keeps ".length()));
        keeps.add(last);
        bypassed.add(List.of());
      } else if (line.startsWith("bypassed by ")) {
        last = names(line.substring("bypassed by ".length()));
        bypassed.set(bypassed.size() - 1, last);
      } else if (line.startsWith("  ")) {
        last.addAll(names(line.strip()));
      }
    }
    List<String> all = random.einsum().tensors().stream().map(Tensor::name).toList();
    assertThat(keeps).hasSameSizeAs(random.mapping().levels());
    for (int l = 0; l < keeps.size(); l++) {
      Set<String> kept = random.mapping().levels().get(l).keeps();
      assertThat(keeps.get(l))
          .isEqualTo(
              kept.isEmpty() ? List.of("nothing") : all.stream().filter(kept::contains).toList());
      assertThat(bypassed.get(l))
          .isEqualTo(all.stream().filter(name -> !kept.contains(name)).toList());
    }
  }

  private static List<String> names(String line) {
    return new ArrayList<>(List.of(line.replaceFirst(",$", "").split(", ")));
  }

  @Test
  void longNamesOfOperandsWrap() {
    List<String> names = List.of("a".repeat(30), "b".repeat(30), "c".repeat(30), "d");
    assertThat(new Kept(names, List.of()).lines())
        .containsExactly(
            "keeps " + names.get(0) + ",", "  " + names.get(1) + ",", "  " + names.get(2) + ", d");
  }

  /** What a chip at rest could keep is not what this mapping keeps. */
  @Test
  void aLevelThatIsBypassedSaysSo() throws Exception {
    Evaluation evaluation =
        Examples.map(Layer.conv("odd", 5, 11).kernel(3).output(9), Accelerators.eyeriss())
            .evaluation();
    Mapping mapping = evaluation.mapping();
    Mapping.Level buffer = mapping.levels().get(1);
    List<Mapping.Level> levels = new ArrayList<>(mapping.levels());
    levels.set(
        1,
        new Mapping.Level(
            buffer.temporal(),
            buffer.spatialX(),
            buffer.spatialY(),
            Set.of("Inputs"),
            buffer.unicast()));
    Evaluation past =
        Analysis.of(evaluation.einsum(), evaluation.accelerator())
            .evaluate(new Mapping(levels), Accounting.EXACT);
    assertThat(elements(AcceleratorDrawing.of(past), "text"))
        .extracting(Element::getTextContent)
        .containsSubsequence("GLB", "keeps Inputs", "bypassed by Weights, Outputs", "RF");
    assertThat(AcceleratorDrawing.of(Accelerators.eyeriss()).svg()).doesNotContain("bypassed");
  }

  private static long busy(Evaluation evaluation) {
    long count = 0;
    UnitIndices units = UnitIndices.of(evaluation);
    for (int x = 0; x < units.columns(); x++) {
      for (int y = 0; y < units.rows(); y++) {
        count += units.busy(x, y) ? 1 : 0;
      }
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"template:7x5:rf32:ws", "template:7x5:rf32:os", "eyeriss", "simba"})
  void squaresOfAnAcceleratorAreItsUnits(String name) throws Exception {
    Accelerator accelerator = Accelerators.byName(name);
    MappingResult result = Examples.map(Layer.conv("odd", 5, 11).kernel(3).output(9), accelerator);
    List<Element> drawn = elements(AcceleratorDrawing.of(result.evaluation()), "rect");
    long busy = drawn.stream().filter(e -> e.getAttribute("class").equals("busy")).count();
    long idle = drawn.stream().filter(e -> e.getAttribute("class").equals("idle")).count();
    assertThat(busy).isEqualTo(result.evaluation().counts().utilizedMacs());
    assertThat(busy + idle).isEqualTo(accelerator.macUnits());
  }

  @Test
  void largeArraysAreDrawnInSquaresOfSeveralUnits() throws Exception {
    Drawing drawing = AcceleratorDrawing.of(Accelerators.tpuLike());
    assertThat(elements(drawing, "rect").stream().filter(e -> e.hasAttribute("class")))
        .hasSize(64 * 64);
    assertThat(drawing.svg()).contains("a square is 4 × 4 of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "simba"})
  void aNestHasALineForEveryLoopAndADotForEveryTensorOfIt(String name) throws Exception {
    Evaluation evaluation =
        Examples.map(Layer.conv("odd", 5, 11).kernel(3).output(9), Accelerators.byName(name))
            .evaluation();
    LoopNest nest =
        LoopNest.of(evaluation.einsum(), evaluation.accelerator(), evaluation.mapping());
    List<String> texts =
        elements(MappingDrawing.of(evaluation), "text").stream()
            .map(Element::getTextContent)
            .toList();
    long loops =
        nest.levels().stream().flatMap(l -> l.loops().stream()).filter(l -> l.bound() > 1).count();
    assertThat(texts.stream().filter(t -> t.startsWith("for ") || t.startsWith("along ")))
        .hasSize((int) loops);
    assertThat(texts.stream().filter(t -> t.equals("●") || t.equals("○"))).hasSize((int) loops * 3);
    assertThat(texts)
        .contains("Weights", "Inputs", "Outputs")
        .contains(evaluation.counts().levels().get(0).tensors().get(0).tileWords() + "");
  }

  @Test
  void aNetworkHasABoxForEveryLayerAndAFrameForEveryBlock() throws Exception {
    for (Network network : List.of(Networks.mobileNetV2(), Networks.bertBase(64))) {
      List<Element> drawn = elements(NetworkDrawing.of(network), "rect");
      assertThat(drawn.stream().filter(e -> e.getAttribute("class").equals("layer")))
          .hasSize(network.entries().size());
    }
    assertThat(elements(NetworkDrawing.of(Examples.NETWORK), "rect"))
        .filteredOn(e -> e.getAttribute("class").equals("block"))
        .hasSize(1);
  }

  static Stream<Drawing> drawings() {
    Layer awkward = Layer.conv("a<b & \"c\"", 4, 4).output(2);
    MappingResult result = Examples.map(awkward, Examples.DESIGN.named("<&>"));
    return Stream.of(
        Notebook.drawing(Networks.gpt2Small(16)),
        Notebook.drawing(Network.of("<one>", awkward)),
        Notebook.drawing(result),
        Notebook.nest(result),
        Notebook.drawing(Accelerators.template(3, 3, 4, Dataflow.WEIGHT_STATIONARY)));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void everythingLiesWithinTheDrawing(Drawing drawing) throws Exception {
    assertThat(elements(drawing, "svg").get(0).getAttribute("viewBox"))
        .isEqualTo("0 0 " + drawing.width() + " " + drawing.height());
    for (String name : List.of("rect", "text")) {
      assertThat(elements(drawing, name))
          .isNotEmpty()
          .filteredOn(e -> e.hasAttribute("x"))
          .allSatisfy(
              e -> {
                assertThat(at(e, "x") + at(e, "width")).isBetween(0.0, (double) drawing.width());
                assertThat(at(e, "y") + at(e, "height")).isBetween(0.0, (double) drawing.height());
              });
    }
  }

  private static double at(Element element, String attribute) {
    return element.hasAttribute(attribute)
        ? Double.parseDouble(element.getAttribute(attribute))
        : 0;
  }

  static List<Element> elements(Drawing drawing, String name) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(drawing.svg().getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
