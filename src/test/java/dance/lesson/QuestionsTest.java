package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.simulate.count.Analysis;
import dance.simulate.count.RandomCases;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import org.junit.jupiter.api.Test;

/** What students ask, answered in numbers that agree with the simulator's. */
class QuestionsTest {
  private static final Einsum CONV = Layer.conv("c", 16, 16).kernel(3).output(8).einsum();
  private static final Accelerator CHIP = ScratchPool.eyeriss();
  private static final Evaluation GIVEN =
      Analysis.of(CONV, CHIP)
          .evaluate(
              Mapping.parse(
                  "DRAM: P=2 K=2 | GLB: C=4 P=2 Q=2; X: K=8; Y: R=3 | RF: C=4 Q=4 P=2 S=3",
                  CONV,
                  CHIP),
              Accounting.EXACT);

  @Test
  void theSlowestBoundDecidesTheTime() {
    Answer answer = Questions.whySlow(GIVEN);
    double slowest = answer.facts().get(0).value().doubleValue();
    assertThat(slowest + answer.value("latency of the interconnects")).isEqualTo(GIVEN.cycles());
    assertThat(answer.value("compute cycles")).isEqualTo(GIVEN.counts().computeCycles());
    assertThat(answer.toString()).contains("why is c slow?").contains("% of the slowest");
  }

  @Test
  void weightsAreReadAgainForEveryLoopAroundThoseThatMoveThem() {
    Answer answer = Questions.howOften(GIVEN, "Weights");
    assertThat(answer.value("times")).isEqualTo(2);
    assertThat(answer.value("words of Weights")).isEqualTo(16 * 16 * 9);
    assertThat(answer.sentence()).contains("because of P=2 at DRAM");
    Answer outputs = Questions.howOften(GIVEN, "Outputs");
    assertThat(outputs.value("times")).isEqualTo(1);
    assertThat(outputs.value("partial sums read back")).isZero();
    assertThatThrownBy(() -> Questions.howOften(GIVEN, "Weight"))
        .hasMessageContaining("Maybe Weights was meant");
  }

  @Test
  void energiesAddUpToTheTotal() {
    Answer answer = Questions.whereEnergy(GIVEN);
    double levels = GIVEN.ledger().byLevel().keySet().stream().mapToDouble(answer::value).sum();
    assertThat(levels).isCloseTo(GIVEN.energyPj() / 1e6, within(1e-9 * levels));
    assertThat(answer.value("each operation")).isEqualTo(GIVEN.energyPj() / CONV.points());
  }

  @Test
  void utilizationIsTheProductOfItsThreeReasons() {
    for (long seed = 0; seed < 100; seed++) {
      RandomCases.Case c = RandomCases.of(seed, 500);
      Evaluation e =
          Analysis.of(c.einsum(), c.accelerator()).evaluate(c.mapping(), Accounting.EXACT);
      Answer answer = Questions.whyIdle(e);
      assertThat(
              answer.value("filled by spatial loops")
                  * answer.value("existing iterations")
                  * answer.value("time without waiting"))
          .as("%s", c)
          .isCloseTo(e.utilization(), within(1e-12));
    }
    assertThat(Questions.whyIdle(GIVEN).value("PEs that never work")).isEqualTo(168 - 24);
  }

  @Test
  void theBestMappingIsAsGoodAsTheBest() {
    Answer answer = Questions.fromBest(GIVEN);
    assertThat(answer.value("EDP over the best")).isGreaterThan(1);
    assertThat(answer.sentence()).contains("The first difference: DRAM");
    Evaluation best = LargerBuffer.best(GIVEN, CHIP);
    assertThat(Questions.fromBest(best).value("EDP over the best")).isEqualTo(1);
    assertThat(FromBest.difference(best, best)).isEmpty();
  }

  @Test
  void aLargerBufferIsComparedWithTheBestMappingOfEach() {
    Answer answer = Questions.largerBuffer(GIVEN, "GLB");
    double edp =
        answer.value("energy of the best mapping") * answer.value("cycles of the best mapping");
    double then = answer.value("energy, twice as large") * answer.value("cycles, twice as large");
    assertThat(answer.value("EDP saved")).isCloseTo(100 * (1 - then / edp), within(1e-9));
    assertThat(answer.value("area added")).isPositive();
    assertThatThrownBy(() -> Questions.largerBuffer(GIVEN, "DRAM"))
        .hasMessageContaining("unbounded");
  }
}
