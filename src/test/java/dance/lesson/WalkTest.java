package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.RandomCases;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Layer;
import dance.workload.Networks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going through a walk: forwards, backwards, to events and cycles, and on with another mapping. */
class WalkTest {
  private static final List<Step> STEPS = new ArrayList<>();

  @BeforeAll
  static void listAllSteps() {
    Walk walk = small();
    for (long i = 0; i < walk.steps(); i++) {
      STEPS.add(walk.at(i));
    }
  }

  private static Walk small() {
    Accelerator chip = ScratchPool.eyeriss();
    return Walk.of(
        Layer.conv("c", 4, 8).kernel(3).output(4).einsum(),
        chip,
        Mapping.parse(
            "DRAM: K=2 | GLB: P=2 C=2; X: K=4; Y: R=3 | RF: C=2 Q=4 S=3 P=2",
            Layer.conv("c", 4, 8).kernel(3).output(4).einsum(),
            chip));
  }

  @Test
  void aJumpIsWhereSequentialSteppingGetsTo() {
    Walk walk = small();
    Step step = walk.first();
    List<Step> seen = new ArrayList<>();
    for (long i = 0; i < walk.steps(); i++) {
      seen.add(step);
      assertThat(step.index()).isEqualTo(i);
      step = step.next();
    }
    assertThat(step).as("after the last step there is none").isEqualTo(walk.last());
    for (int i = seen.size() - 1; i > 0; i--) {
      assertThat(seen.get(i).back()).isEqualTo(seen.get(i - 1));
      assertThat(walk.at(i)).isEqualTo(seen.get(i));
    }
    assertThat(walk.first().back()).isEqualTo(walk.first());
  }

  @Test
  void indicesAndStepsAreInverse() {
    Walk walk = small();
    for (long i = 0; i < walk.steps(); i++) {
      assertThat(walk.stepOf(walk.point(i))).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fill of Inputs at RF",
        "fill of Weights at RF",
        "write of Outputs to DRAM",
        "read of Inputs from GLB",
        "write of Outputs to GLB"
      })
  void theNextEventIsTheOneThatSteppingMeets(String event) {
    Walk walk = small();
    Event parsed = Event.parse(event);
    assertThat(parsed.toString().split(" ")[0]).isEqualTo(event.split(" ")[0]);
    long last = -1;
    for (long i = 1; i < walk.steps(); i++) {
      Step before = STEPS.get((int) i - 1);
      if (count(STEPS.get((int) i), parsed) > count(before, parsed)) {
        long from = Math.max(0, last);
        assertThat(walk.at(from).toNext(event).index()).isEqualTo(i);
        if (last >= 0) {
          assertThat(walk.at(i).toPrevious(event).index()).isEqualTo(last);
        }
        last = i;
      }
    }
    assertThat(last).isPositive();
    long end = last;
    assertThatThrownBy(() -> walk.at(end).toNext(event))
        .hasMessageContaining("there is no " + parsed);
  }

  private static long count(Step step, Event event) {
    return step.counts().levels().stream()
        .filter(level -> level.name().equals(event.level()))
        .flatMap(level -> level.tensors().stream())
        .filter(tensor -> tensor.name().equals(event.tensor()))
        .mapToLong(
            tensor ->
                switch (event.kind()) {
                  case READ -> tensor.reads();
                  case FILL -> tensor.fills();
                  case WRITE -> tensor.fills() + tensor.updates();
                })
        .sum();
  }

  @Test
  void movesAreTheDifferencesOfTheCounts() {
    Walk walk = small();
    long[] reads = new long[2];
    long begun = 0;
    for (long i = 0; i < walk.steps(); i++) {
      begun += STEPS.get((int) i).begun();
      for (Move move : STEPS.get((int) i).moves()) {
        reads[0] += move.from().equals("GLB") && move.tensor().equals("Inputs") ? move.words() : 0;
        reads[1] += move.to().equals("DRAM") ? move.words() : 0;
      }
    }
    assertThat(reads[0]).isEqualTo(count(walk.last(), Event.parse("read of Inputs from GLB")));
    assertThat(reads[1]).isEqualTo(count(walk.last(), Event.parse("write of Outputs to DRAM")));
    // every PE of a row accumulates its own partial sums of the outputs
    assertThat(begun).isEqualTo(3 * 8 * 4 * 4);
  }

  @Test
  void aRealLayerIsWalkedWithoutListingItsSteps() {
    var einsum = Networks.vgg16().layers().get(1).einsum();
    Accelerator chip = ScratchPool.eyeriss();
    Walk walk =
        Walk.of(
            einsum,
            chip,
            Mapping.parse(
                "DRAM: K=16 P=32 Q=4 | GLB: C=16 K=4; X: Q=14; Y: R=3 C=4 | RF: Q=4 S=3 P=7",
                einsum,
                chip));
    assertThat(walk.steps()).isGreaterThan(10_000_000L);
    assertThat(walk.last().counts()).isEqualTo(walk.evaluation().counts());
    Step middle = walk.at(walk.steps() / 2);
    assertThat(middle.toNext("write of Outputs to DRAM").back().next().moves())
        .anyMatch(move -> move.to().equals("DRAM"));
  }

  @Test
  void onTheLastCycleTheTimeIsTheSimulatorsWithoutTheLatencyOfInterconnects() {
    for (long seed = 0; seed < 60; seed++) {
      RandomCases.Case c = RandomCases.of(seed, 300);
      CompiledEinsum shape = new CompiledEinsum(c.einsum());
      if (!shape.plain[shape.output]) {
        continue;
      }
      Accelerator slow = c.accelerator();
      for (MemoryLevel level : slow.levels()) {
        slow = slow.level(level.bandwidth(1 + seed % 3, 2 - 0.5 * (seed % 2)));
      }
      Walk walk = Walk.of(c.einsum(), slow, c.mapping());
      assertThat(walk.last().cycle()).as("%s", c).isEqualTo(walk.evaluation().cycles());
      long cycle = walk.evaluation().cycles() / 2 + 1;
      Step at = walk.atCycle(cycle);
      assertThat(at.cycle()).isGreaterThanOrEqualTo(cycle);
      assertThat(at.index() == 0 || at.back().cycle() < cycle).isTrue();
    }
    assertThatThrownBy(() -> small().atCycle(1L << 40)).hasMessageContaining("there is no cycle");
  }

  @Test
  void anEditedMappingContinuesAtTheSamePointOfTheComputation() {
    Walk walk = small();
    Step step = walk.at(200);
    Step edited = step.with("DRAM: P=2 K=2 | GLB: C=4; X: K=4; Y: R=3 | RF: S=3 P=2 Q=4");
    assertThat(edited.walk().point(edited.index())).isEqualTo(walk.point(200));
    assertThat(edited.walk().evaluation().mapping()).isNotEqualTo(walk.evaluation().mapping());
    assertThat(edited.with(walk.evaluation().mapping()).index()).isEqualTo(200);
  }

  @Test
  void aStepSaysWhatStaysAndWhy() {
    Walk walk = small();
    String text = walk.at(1).toString();
    assertThat(text).contains("step 1 of 0…383").contains("Weights").contains("words so far");
    Tile inputs = walk.first().toNext("fill of Inputs at RF").tile("Inputs", "RF");
    assertThat(inputs.why().change()).isIn(Tile.Change.MOVES, Tile.Change.SLIDES);
    Evaluation evaluation = walk.evaluation();
    assertThat(Walk.of(evaluation).first().tile("Outputs", "DRAM").words()).isEqualTo(8 * 4 * 4);
  }

  @Test
  void badQuestionsAreAnsweredWithTheRule() {
    Walk walk = small();
    assertThatThrownBy(() -> walk.at(-1)).hasMessageContaining("must be from 0 to");
    assertThatThrownBy(() -> walk.first().toNext("fil of Inputs at RF"))
        .hasMessageContaining("is no event")
        .hasMessageContaining("Maybe fill was meant");
    assertThatThrownBy(() -> walk.first().toNext("fill of Input at RF"))
        .hasMessageContaining("Maybe Inputs was meant");
    assertThatThrownBy(() -> walk.first().toNext("fill of Inputs at RFF"))
        .hasMessageContaining("Maybe RF was meant");
  }
}
