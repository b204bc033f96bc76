package dance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change and its reason: the terms add up to the difference. */
class WhatIfTest {
  private static final Einsum CONV = Layer.conv("c", 16, 16).kernel(3).output(8).einsum();
  private static final Accelerator CHIP = ScratchPool.eyeriss();

  private static Evaluation evaluation(String mapping) {
    return Analysis.of(CONV, CHIP).evaluate(Mapping.parse(mapping, CONV, CHIP), Accounting.EXACT);
  }

  private static final Evaluation BEFORE =
      evaluation("DRAM: K=2 P=2 | GLB: C=4 P=2 Q=2; X: K=8; Y: R=3 | RF: C=4 Q=4 P=2 S=3");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "swap K and P at DRAM; K and P at DRAM change places",
        "move C=2 from RF to GLB; C=2 goes from RF to GLB",
        "move P=2 from GLB to Y of GLB; P=2 goes from GLB to Y of GLB",
        "move Q=2 from GLB to DRAM; Q=2 goes from GLB to DRAM",
        "double GLB; GLB is twice as large",
        "bypass Weights at GLB; Weights bypass GLB",
        "dataflow ws; the dataflow is ws"
      })
  void theTermsAddUpToTheDifference(String text, String said) {
    WhatIf whatIf = WhatIf.of(BEFORE, Change.parse(text));
    double sum = whatIf.terms().stream().mapToDouble(WhatIf.Term::differencePj).sum();
    double difference = whatIf.after().energyPj() - BEFORE.energyPj();
    assertThat(difference).isNotZero();
    assertThat(sum).isCloseTo(difference, within(1e-9 * BEFORE.energyPj()));
    assertThat(whatIf.toString()).startsWith("what if " + said.strip()).contains("time after:");
  }

  @Test
  void aChangeIsTheMappingWrittenByHand() {
    assertThat(Change.parse("swap K and P at DRAM").apply(BEFORE).counts())
        .isEqualTo(
            evaluation("DRAM: P=2 K=2 | GLB: C=4 P=2 Q=2; X: K=8; Y: R=3 | RF: C=4 Q=4 P=2 S=3")
                .counts());
    assertThat(Change.parse("move C=2 from RF to GLB").apply(BEFORE).counts())
        .isEqualTo(
            evaluation("DRAM: K=2 P=2 | GLB: C=8 P=2 Q=2; X: K=8; Y: R=3 | RF: C=2 Q=4 P=2 S=3")
                .counts());
    assertThat(Change.parse("move S=3 from RF to DRAM").apply(BEFORE).mapping().levels().get(0))
        .isEqualTo(Mapping.parse("DRAM: K=2 P=2 S=3", CONV, CHIP).levels().get(0));
    Evaluation without = Change.parse("bypass Weights at GLB").apply(BEFORE);
    assertThat(Change.parse("keep Weights at GLB").apply(without).counts())
        .isEqualTo(BEFORE.counts());
  }

  @Test
  void theReasonIsTheFormulaOfTheCountWithItsNumbers() {
    WhatIf whatIf = WhatIf.of(BEFORE, Change.parse("swap K and P at DRAM"));
    assertThat(whatIf.terms())
        .anySatisfy(
            term -> {
              assertThat(term.account()).isEqualTo("DRAM reads of Weights");
              assertThat(term.countAfter()).isEqualTo(2 * term.countBefore());
              assertThat(term.reasonBefore()).isNotEmpty().isNotEqualTo(term.reasonAfter());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "swap K and S at DRAM", "move C=3 from RF to GLB", "double DRAM", "bypass Weights at GLBB",
        "dataflow xs", "treble GLB", "keep Weights at GLB", "move R=2 from RF to GLB"
      })
  void whatCannotBeChangedIsRefusedWithTheRule(String text) {
    assertThatThrownBy(() -> WhatIf.of(BEFORE, Change.parse(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "(?s).*(no temporal loop|must divide|unbounded|Maybe|only ws|keeps Weights already).*");
  }
}
