package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.accelerator.ZeroSavings;
import dance.cost.Ledger;
import dance.cost.Metric;
import dance.simulate.count.Analysis;
import dance.simulate.explain.Explainer;
import dance.simulate.explain.Explanation;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Networks;
import dance.workload.Operand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What zeros save, and what they leave as it is. */
class ZerosTest {
  private static final Layer LAYER = Layer.conv("small", 4, 8).kernel(3).output(6);
  private static final Layer.Zeros ZEROS = new Layer.Zeros(0.75, 0.5, 0.6);

  /** A row of 2 PEs; every energy is 1 pJ, so that energies are counts. */
  private static final Accelerator PLAIN =
      new Accelerator(
          "plain",
          List.of(
              MemoryLevel.unbounded("DRAM").energy(1, 1, 1).sharedBandwidth(0.05),
              MemoryLevel.of("GLB", 100_000).energy(1, 1, 1).fanout(2, 1),
              MemoryLevel.of("RF", 100).energy(1, 1, 1)),
          new MacUnit("MAC", 1, 1, 0, 0),
          1000,
          Dataflow.UNCONSTRAINED,
          "none",
          Overheads.NONE);

  private static final Accelerator SAVING = PLAIN.zeros(ZeroSavings.EYERISS);

  private static Evaluation evaluate(Layer layer, Accelerator accelerator) {
    return evaluate(layer, accelerator, "DRAM: C=4 \n GLB: K=4 P=6 Q=6; X: K=2 \n RF: R=3 S=3");
  }

  private static Evaluation evaluate(Layer layer, Accelerator accelerator, String text) {
    Mapping mapping = Mapping.parse(text, layer.einsum(), accelerator);
    return Analysis.of(layer.einsum(), accelerator).evaluate(mapping, Accounting.EXACT);
  }

  private static Ledger.Entry entry(Evaluation e, String level, Ledger.Action action, String of) {
    return e.ledger().entries().stream()
        .filter(x -> x.level().equals(level) && x.action() == action && x.operand().equals(of))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void savingsAndZerosNeedEachOther() {
    Evaluation dense = evaluate(LAYER, PLAIN);
    assertThat(evaluate(LAYER, SAVING).ledger()).isEqualTo(dense.ledger());
    assertThat(evaluate(LAYER.zeros(ZEROS), PLAIN).ledger()).isEqualTo(dense.ledger());
  }

  @Test
  void countsStayWhatTheyAre() {
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), SAVING);
    assertThat(zeros.counts()).isEqualTo(evaluate(LAYER, SAVING).counts());
    assertThat(zeros.utilization() * zeros.cycles())
        .isCloseTo(LAYER.macs() / 2.0, within(1e-6 * LAYER.macs()));
  }

  @Test
  void zeroInputsGateMacsReadsOfWeightsAndPartialSums() {
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), SAVING);
    double macs = LAYER.macs();
    double gated = ZeroSavings.Gating.MAC_45NM;
    assertThat(entry(zeros, "MAC", Ledger.Action.COMPUTE, "").energyPj())
        .isCloseTo(macs * (0.25 + 0.75 * gated), within(1e-9 * macs));
    assertThat(entry(zeros, "MAC", Ledger.Action.COMPUTE, "").count()).isEqualTo(LAYER.macs());
    assertThat(entry(zeros, "RF", Ledger.Action.READ, "Weights").energyPj()).isEqualTo(0.25 * macs);
    // inputs are read to see whether they are zero
    assertThat(entry(zeros, "RF", Ledger.Action.READ, "Inputs").energyPj()).isEqualTo(macs);
    assertThat(entry(zeros, "RF", Ledger.Action.UPDATE, "Outputs").energyPj())
        .isEqualTo(0.25 * macs);
    // words that pass the buffer are not gated
    Evaluation dense = evaluate(LAYER, SAVING);
    assertThat(entry(zeros, "GLB", Ledger.Action.READ, "Weights"))
        .isEqualTo(entry(dense, "GLB", Ledger.Action.READ, "Weights"));
  }

  @Test
  void bothFactorsGateIfBothAreLookedAt() {
    ZeroSavings both =
        new ZeroSavings(
            new ZeroSavings.Gating(Set.of(Operand.INPUT, Operand.WEIGHT), 0, Set.of()),
            ZeroSavings.NONE.offChip());
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), PLAIN.zeros(both));
    assertThat(entry(zeros, "MAC", Ledger.Action.COMPUTE, "").energyPj())
        .isCloseTo(LAYER.macs() * 0.25 * 0.5, within(1e-6));
  }

  @Test
  void offChipOnlyFinalOutputsAndInputsAreCoded() {
    // every output leaves four times, once for each channel, and comes back three times
    String spilling = "DRAM: C=4 P=6 \n GLB: K=4 Q=6; X: K=2 \n RF: R=3 S=3";
    Evaluation dense = evaluate(LAYER, SAVING, spilling);
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), SAVING, spilling);
    double words = 8 * 6 * 6;
    double share = ZeroSavings.EYERISS.offChip().share(0.6, 16);
    assertThat(entry(zeros, "DRAM", Ledger.Action.UPDATE, "Outputs").count()).isEqualTo(4 * 288);
    assertThat(entry(zeros, "DRAM", Ledger.Action.UPDATE, "Outputs").energyPj())
        .isCloseTo(3 * words + words * share, within(1e-9));
    assertThat(entry(zeros, "DRAM", Ledger.Action.READ, "Outputs").energyPj()).isEqualTo(3 * words);
    double inputs = entry(dense, "DRAM", Ledger.Action.READ, "Inputs").energyPj();
    assertThat(entry(zeros, "DRAM", Ledger.Action.READ, "Inputs").energyPj())
        .isCloseTo(inputs * ZeroSavings.EYERISS.offChip().share(0.75, 16), within(1e-9));
    // Eyeriss codes no weights
    assertThat(entry(zeros, "DRAM", Ledger.Action.READ, "Weights"))
        .isEqualTo(entry(dense, "DRAM", Ledger.Action.READ, "Weights"));
  }

  @Test
  void theLinkIsAsLongBusyAsTheCodedWordsTake() {
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), SAVING);
    double words = zeros.offChipBytes() / 2;
    assertThat(zeros.cycles()).isEqualTo((long) Math.ceil(words / 0.05));
    assertThat(zeros.cycles()).isLessThan(evaluate(LAYER, SAVING).cycles());
  }

  @Test
  void explanationsShowTheShareThatIsLeftAndWhatIsSaved() {
    Evaluation dense = evaluate(LAYER, SAVING);
    Evaluation zeros = evaluate(LAYER.zeros(ZEROS), SAVING);
    Explainer explainer = Explainer.of(zeros);
    Explanation saved = explainer.explain("zeros");
    assertThat(saved.value().doubleValue())
        .isCloseTo(dense.energyPj() - zeros.energyPj(), within(1e-9 * dense.energyPj()));
    assertThat(explainer.explain("MAC.energy.operations").text())
        .contains("share left with zeros gated")
        .contains("0.75 of the MACs, by zeros of")
        .contains("Inputs (75 %)");
    assertThat(explainer.explain("RF.energy.reads.Weights").text()).contains("zeros gated");
    assertThat(explainer.explain("DRAM.energy.reads.Inputs").text())
        .contains("run-length coding of 75 % zeros");
    assertThat(explainer.explain("cycles").text()).contains("(coded to ");
    assertThat(Explainer.of(dense).explain("zeros").value()).isEqualTo(0.0);
  }

  @Test
  void moreZerosNeverCostMore() {
    Network network = Network.of("n", Layer.conv("c", 16, 32).kernel(3).output(8));
    Accelerator eyeriss = Accelerators.eyeriss();
    Simulator simulator = new Simulator(Simulator.Options.proven());
    double before = Double.POSITIVE_INFINITY;
    for (double zeros : new double[] {0, 0.3, 0.6, 0.9}) {
      Network with = network.layer("c", l -> l.zeroInputs(zeros).zeroOutputs(zeros));
      double edp = Metric.EDP.of(simulator.evaluate(with, eyeriss).metrics());
      assertThat(edp).isLessThan(before);
      before = edp;
    }
  }

  @Test
  void aNetworkPassesZerosToTheLayerThatWritesThem() {
    Network alexNet = Networks.alexNet().zeroInputs(Map.of("conv3", 0.725, "conv4", 0.793));
    assertThat(alexNet.layers().get(2).zeros()).isEqualTo(new Layer.Zeros(0, 0, 0.725));
    assertThat(alexNet.layers().get(3).zeros()).isEqualTo(new Layer.Zeros(0.725, 0, 0.725));
    assertThat(alexNet.layers().get(4).zeros()).isEqualTo(new Layer.Zeros(0.725, 0, 0.793));
    assertThat(alexNet.layers().get(5).zeros()).isEqualTo(new Layer.Zeros(0.793, 0, 0));
    assertThat(alexNet.layers().get(4))
        .hasToString(
            "conv3: convolution 256 → 384, kernel 3 × 3, output 13 × 13, 72.5 % zero inputs,"
                + " 79.3 % zero outputs");
    assertThatThrownBy(() -> Networks.alexNet().zeroInputs(Map.of("conv9", 0.1, "cnov2", 2.0)))
        .hasMessageContaining("AlexNet has no layer conv9")
        .hasMessageContaining("Maybe conv2 was meant");
    assertThatThrownBy(() -> LAYER.zeroInputs(1.5)).hasMessageContaining("zero inputs (1.5)");
  }
}
