package dance.notebook.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.SignificantDigits;
import dance.lesson.Step;
import dance.lesson.Walk;
import dance.notebook.Notebook;
import dance.notebook.Renderers;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.RandomCases;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Frames of a walk: well-formed, with the counters of the step, playing without scripts. */
class StepDrawingTest {
  private static final Step STEP =
      dance.Dance.step(
          dance.workload.Layer.conv("c", 4, 8).kernel(3).output(4),
          dance.lesson.ScratchPool.eyeriss(),
          "DRAM: K=2 | GLB: P=2 C=2; X: K=4; Y: R=3 | RF: C=2 Q=4 S=3 P=2");

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyStepOfAnyNestIsDrawn(long seed) throws Exception {
    RandomCases.Case c = RandomCases.of(seed, 300);
    CompiledEinsum shape = new CompiledEinsum(c.einsum());
    if (shape.plain[shape.output]) {
      Walk walk = Walk.of(c.einsum(), c.accelerator(), c.mapping());
      Drawing drawing = Notebook.drawing(walk.at(walk.steps() / 2));
      root(drawing);
      assertThat(drawing.svg()).doesNotContain("NaN").doesNotContain("width=\"-");
    }
  }

  private static Element root(Drawing drawing) throws Exception {
    byte[] bytes = drawing.svg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes))
        .getDocumentElement();
  }

  @Test
  void aFrameShowsTheCountersTheMovesAndTheReasons() {
    Step step = STEP.toNext("fill of Inputs at RF");
    String svg = Notebook.drawing(step).svg();
    step.counts().levels().stream()
        .flatMap(level -> level.tensors().stream())
        .forEach(
            tensor ->
                assertThat(svg).contains(">" + SignificantDigits.count(tensor.reads()) + "<"));
    assertThat(svg).contains("↓ Inputs").contains("RF Outputs stays: C at GLB does not move it");
    Map<String, String> shown = Renderers.render(step);
    assertThat(shown).containsKeys("image/svg+xml", "text/html");
    assertThat(shown.get("text/plain")).isEqualTo(step.toString());
  }

  @Test
  void anAnimationPlaysEveryFrameOnceARoundWithoutScripts() throws Exception {
    List<Step> frames = STEP.frames("fill of Inputs at RF", 5);
    assertThat(frames).hasSize(5);
    Drawing drawing = Notebook.animation(frames);
    var animated = root(drawing).getElementsByTagName("animate");
    assertThat(animated.getLength()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      String[] values = ((Element) animated.item(i)).getAttribute("values").split(";");
      assertThat(values).hasSize(5);
      assertThat(values[i]).isEqualTo("inline");
      assertThat(values).containsOnlyOnce("inline");
    }
    assertThat(drawing.svg()).doesNotContain("<script");
    assertThatThrownBy(() -> Notebook.animation(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void aStripHasAColumnForEachStep() throws Exception {
    List<Step> frames = STEP.frames(4);
    Drawing strip = Notebook.strip(frames);
    root(strip);
    for (Step step : frames) {
      assertThat(strip.svg()).contains(">step " + (step.index() + 1) + "<");
    }
    assertThat(STEP.walk().last().frames(4)).hasSize(1);
    assertThat(STEP.walk().last().frames("fill of Inputs at RF", 4)).isEmpty();
  }
}
