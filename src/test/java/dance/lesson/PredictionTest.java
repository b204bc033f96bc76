package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import dance.notebook.Renderers;
import dance.simulate.Explain;
import dance.simulate.explain.Explanation;
import dance.simulate.explain.ResponsibleLoops;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A number stays hidden until it is predicted; then the loops responsible are shown. */
class PredictionTest {
  /** Weights pass the DRAM twice: P stands around K. 3 · 2 · 4 words; 2 tiles of P, 3 of K. */
  private static final Evaluation AGAIN =
      HandOut.evaluate(
          Layer.conv("c", 2, 3).kernel(2).output(4).einsum(),
          HandOut.buffer(60),
          "DRAM: P=2 K=3 \n GLB: C=2 P=2 Q=4 R=2 S=2");

  private static final String READS = "DRAM.reads.Weights";

  @Test
  void withoutAPredictionNothingIsShownAndThenBoth() {
    Exercises lesson = new Exercises();
    Prediction none = lesson.predict(AGAIN, READS, null);
    assertThat(none.shown()).isEmpty();
    assertThat(none.toString())
        .startsWith("predict first: ")
        .contains("[words]")
        .doesNotContain("48");
    assertThat(Renderers.render(none).values()).noneMatch(form -> form.contains("48"));
    Prediction once = lesson.predict(AGAIN, READS, "24 words");
    assertThat(once.toString())
        .contains("you predicted 24 words: it is too small.", "DRAM reads of Weights = 48 words");
    assertThat(Renderers.render(once).get("image/svg+xml")).contains("= 48 words", "too small");
    Prediction late = lesson.predict(AGAIN, READS, 48);
    assertThat(late.sentence()).as("the first one counts").contains("24 words");
    assertThat(lesson.predict(AGAIN, READS, null).shown()).isPresent();
    assertThat(lesson.predict(AGAIN, "cycles", 384).sentence()).contains("right.");
    assertThat(new Exercises().predict(AGAIN, READS, "many").sentence()).contains("many");
  }

  @Test
  void theLoopsResponsibleAreMarkedInTheNest() {
    Explanation reads = Explain.of(AGAIN, READS);
    List<ResponsibleLoops.Line> loops = reads.loops().lines();
    assertThat(loops.stream().filter(ResponsibleLoops.Line::isResponsible))
        .extracting(line -> line.loop().dimension() + " at " + line.level())
        .containsExactly("P at DRAM", "K at DRAM");
    // the first tile, and what each loop brings: K 2 · 2 times 8 words, P once 8
    assertThat(loops.get(0).value()).isEqualTo(8);
    assertThat(loops.get(1).value()).isEqualTo(32);
    assertThat(loops.stream().mapToDouble(ResponsibleLoops.Line::value).sum() + 8)
        .isEqualTo(reads.value().doubleValue());
    assertThat(reads.loops().toString()).contains("▸ for P in [0:2)", "▸   for K in [0:3)");
    String svg = Renderers.render(reads).get("image/svg+xml");
    assertThat(svg.split("class=\"responsible\"")).hasSize(3);
    assertThat(svg).contains(Renderers.render(reads).get("text/plain").lines().findFirst().get());
    assertThat(Renderers.render(Explain.of(AGAIN, "energy"))).containsOnlyKeys("text/plain");
  }

  @Test
  void anExerciseDoesNotTellItsSolution() {
    for (String id : Exercises.ids()) {
      Exercise exercise = Exercises.of(id, 3);
      if (exercise.solution() instanceof NumberSolution number) {
        long whole = Math.round(number.value());
        assertThat(exercise.solution().toString()).doesNotContain(Long.toString(whole));
        assertThat(Renderers.render(exercise.solution()).get("text/plain"))
            .doesNotContain(Long.toString(whole));
      }
    }
  }
}
