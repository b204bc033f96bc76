package dance.simulate.explain;

import static dance.simulate.mapping.NestText.level;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.count.Analysis;
import dance.simulate.explain.Explanation.Derivation;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations of cases that were counted by hand. */
class ExplanationTest {
  private static final String[] ALL = {"Weights", "Inputs", "Outputs"};

  /** Case t01 of the reference: a window of 3 words slides over 18 by the loop over P at GLB. */
  static Evaluation slidingWindow() {
    return Analysis.of(conv1d(16, 3), accelerator(1, 1))
        .evaluate(
            mapping(level("", "", "", ALL), level("P=16", "", "", ALL), level("R=3", "", "", ALL)),
            Accounting.EXACT);
  }

  /** Three filter rows along Y, two output rows along X: four diagonals need four input rows. */
  private static Evaluation diagonals(int outputs, String glbLoops) {
    return Analysis.of(conv1d(outputs, 3), accelerator(2, 3))
        .evaluate(
            mapping(
                level("", "", "", ALL), level(glbLoops, "R=3", "P=2", ALL), level("", "", "", ALL)),
            Accounting.EXACT);
  }

  private static Explanation explain(Evaluation evaluation, String name) {
    return Explainer.of(evaluation).explain(name);
  }

  private static Einsum conv1d(int p, int r) {
    return Layer.conv("conv1d", 1, 1).kernel(r, 1).output(p, 1).einsum();
  }

  private static Mapping mapping(Mapping.Level... levels) {
    return new Mapping(List.of(levels));
  }

  private static Accelerator accelerator(int x, int y) {
    return new Accelerator(
        "three levels",
        List.of(
            MemoryLevel.unbounded("DRAM").energy(100, 200, 300),
            MemoryLevel.of("GLB", 4096).energy(10, 20, 30).fanout(x, y),
            MemoryLevel.of("RF", 256).energy(1, 2, 3)),
        new MacUnit("mac", 0.5, 0.5, 0, 0),
        1000,
        Dataflow.UNCONSTRAINED,
        "none",
        Overheads.NONE);
  }

  @Test
  void aSlidingWindowIsFilledByTheLoopThatMovesIt() {
    assertThat(explain(slidingWindow(), "RF.fills.Inputs").text())
        .isEqualTo(
            """
            RF fills of Inputs = 18 words
              |tile| + Σ loops (b − 1) · ∏outer b · (|tile| − overlap)
              = 3 + 15 · (3 − 2)
              Whenever a loop outside RF advances, the words come in that the tile before did not hold.
                 3  the first tile
                15  for P in [0:16) at GLB: 15 × (3 − 2), moves by +1 along P+R
              RF tile of Inputs = 3 words
                |tile| = ∏ axes elements
                What the loops at RF and inside it touch.
                  3  elements along P+R (P=1, R=3)\
            """);
  }

  @Test
  void theStructureNamesTheLoopAndWhatItMoves() {
    Explanation fills = explain(slidingWindow(), "RF.fills.Inputs");
    assertThat(fills.value()).isEqualTo(18L);
    assertThat(fills.unit()).isEqualTo("words");
    assertThat(fills.terms())
        .containsExactly(
            new Explanation.Amount("the first tile", 3L),
            new Explanation.Moves("for P in [0:16) at GLB", 15, 3, 2, "moves by +1 along P+R"));
  }

  @Test
  void aStationaryTileIsMovedByNoLoop() {
    assertThat(explain(slidingWindow(), "RF.fills.Weights").terms())
        .containsExactly(
            new Explanation.Amount("the first tile", 3L),
            new Explanation.Moves("for P in [0:16) at GLB", 15, 3, 3, "the tile stays"));
  }

  @Test
  void readsForTheArrayRestOnFillsAndOnDistinctTiles() {
    assertThat(explain(diagonals(8, "P=4"), "GLB.reads.Inputs").text())
        .isEqualTo(
            """
            GLB reads of Inputs = 16 words
              received by one RF · D
              = 4 · 4
              What enters RF is read from GLB, once for all instances that need the same tile.
              Inputs received by one RF = 4 words
                |tile| + Σ loops (b − 1) · ∏outer b · (|tile| − overlap)
                = 1 + 3 · (1 − 0)
                Whenever a loop outside RF advances, the words come in that the tile before did not hold.
                  1  the first tile
                  3  for P in [0:4) at GLB: 3 × (1 − 0), moves by +2 along P+R
                RF tile of Inputs = 1 word
                  |tile| = ∏ axes elements
                  What the loops at RF and inside it touch.
              D, distinct Inputs tiles over the instances of RF below one GLB = 4
                ∏ axes |{Σ step · index}|
                Instances that need the same share one access.
                  4  positions along P+R: for R in [0:3) (Spatial-Y) at GLB, for P in [0:2) (Spatial-X) at GLB\
            """);
  }

  @Test
  void partialTilesAreSummedOverTheInstances() {
    // Outputs 0…6 in four steps of two: the last step has one, so that 7 · 3 = 21 words are needed.
    assertThat(explain(diagonals(7, "P=4"), "RF.fills.Inputs").text())
        .isEqualTo(
            """
            RF fills of Inputs = 21 words
              Σ |tile| of first tiles + Σ loops Σ advances (|tile| − overlap)
              = 6 + (15 − 0)
              Summed over the 6 instances of RF in use. Last tiles are partial, so that instances differ: words
              and overlap are sums over them.
                 6  first tiles
                15  for P in [0:4) at GLB: 3 advances; their tiles have 15 words, 0 of them held before\
            """);
  }

  @Test
  void partialSumsThatWereSpilledComeBackButForTheFirstTime() {
    Evaluation spilling =
        Analysis.of(conv1d(4, 3), accelerator(1, 1))
            .evaluate(
                mapping(
                    level("", "", "", ALL), level("R=3 P=4", "", "", ALL), level("", "", "", ALL)),
                Accounting.EXACT);
    Explanation fills = explain(spilling, "RF.fills.Outputs");
    assertThat(fills.substitution()).isEqualTo("12 − 4");
    assertThat(fills.value()).isEqualTo(8L);
    Explanation passing = fills.basis().get(0);
    assertThat(passing.substitution()).isEqualTo("1 + 9 · (1 − 0) + 2 · (1 − 0)");
  }

  @Test
  void eachAccountingSaysWhichOverlapItCredits() {
    // The filter moves the window of 3 outputs by 1; the step to the next window moves it by 3 − 1.
    Mapping mapping =
        mapping(level("", "", "", ALL), level("P=2 R=2", "", "", ALL), level("P=3", "", "", ALL));
    Analysis analysis = Analysis.of(conv1d(6, 2), accelerator(1, 1));
    assertThat(explain(analysis.evaluate(mapping, Accounting.EXACT), "RF.fills.Inputs").terms())
        .containsExactly(
            new Explanation.Amount("the first tile", 3L),
            new Explanation.Moves("for R in [0:2) at GLB", 2, 3, 2, "moves by +1 along P+R"),
            new Explanation.Moves("for P in [0:2) at GLB", 1, 3, 1, "moves by +2 along P+R"));
    assertThat(explain(analysis.evaluate(mapping, Accounting.TIMELOOP), "RF.fills.Inputs").terms())
        .endsWith(
            new Explanation.Moves(
                "for P in [0:2) at GLB",
                1,
                3,
                0,
                "moves by +2 along P+R, not as in the step before: Timeloop credits no overlap"));
  }

  @Test
  void onlyTimeloopCountsGapsAsWords() {
    Einsum strided = Layer.conv("strided", 1, 1).kernel(3, 1).output(2, 1).stride(4, 1).einsum();
    Mapping mapping =
        mapping(level("", "", "", ALL), level("", "", "", ALL), level("P=2 R=3", "", "", ALL));
    Analysis analysis = Analysis.of(strided, accelerator(1, 1));
    Explanation exact = explain(analysis.evaluate(mapping, Accounting.EXACT), "RF.tile.Inputs");
    assertThat(exact.value()).isEqualTo(6L);
    assertThat(exact.text()).doesNotContain("gaps");
    Explanation box = explain(analysis.evaluate(mapping, Accounting.TIMELOOP), "RF.tile.Inputs");
    assertThat(box.value()).isEqualTo(7L);
    assertThat(box.text()).contains("Timeloop counts gaps between them as words.");
  }

  @Test
  void energyIsListedFromTheLargestAccountDown() {
    Explanation energy = explain(slidingWindow(), "energy");
    assertThat(energy.value()).isEqualTo(8348.0);
    assertThat(energy.text().lines().filter(line -> line.contains("%")))
        .first()
        .isEqualTo("    4,800  DRAM.energy.updates.Outputs (57.5 %)");
    assertThat(energy.terms().stream().map(t -> t.value().doubleValue()))
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void anAccountIsItsAccessesTimesTheirPrice() {
    Explanation account = explain(slidingWindow(), "RF.energy.updates.Outputs");
    assertThat(account.substitution()).isEqualTo("48 · 3");
    assertThat(account.value()).isEqualTo(144.0);
    assertThat(explain(slidingWindow(), "RF.energy.Outputs").substitution()).isEqualTo("144 + 32");
  }

  @Test
  void theSlowestPortDecidesTheCycles() {
    Accelerator plain = accelerator(1, 1);
    MemoryLevel glb = plain.levels().get(1).bandwidth(2, 0.5);
    Accelerator slow = plain.level(glb.interconnect(Interconnect.IDEAL.latency(5, 7)));
    Evaluation known = slidingWindow();
    Evaluation evaluation =
        Analysis.of(known.einsum(), slow).evaluate(known.mapping(), Accounting.EXACT);
    assertThat(explain(evaluation, "cycles").text())
        .startsWith(
            """
            cycles = 86 cycles
              slowest part + latency of the networks
              = 74 + 5 + 7
              The networks are filled once at the start and drained once at the end.
                74  cycles of the slowest part
                 5  fill latency below GLB
                 7  drain latency below GLB
              cycles of the slowest part = 74 cycles
                max(compute cycles, words of a port / words per cycle, …)
                = max(48, ⌈10.5⌉, ⌈74⌉)
                All work at the same time, so the slowest decides: the write port of GLB.
            """);
    assertThat(explain(evaluation, "utilization").substitution()).isEqualTo("48 / (86 · 1)");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> explain(slidingWindow(), "GLB.read.Input"))
        .withMessageContaining("\"GLB.read.Input\"")
        .withMessageContaining("Maybe GLB.reads.Inputs was meant.")
        .withMessageContaining("LEVEL.energy.reads.TENSOR")
        .withMessageContaining("LEVEL one of DRAM, GLB, RF, mac");
  }

  @Test
  void termsThatDoNotMakeTheValueAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Explanation(
                    "three",
                    3L,
                    "",
                    new Derivation("1 + 1", "", ""),
                    Explanation.How.SUM,
                    List.of(new Explanation.Amount("one", 1L), new Explanation.Amount("one", 1L)),
                    List.of()))
        .withMessageContaining("three");
  }
}
