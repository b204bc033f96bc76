package dance.simulate.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.simulate.count.Analysis;
import dance.simulate.count.RandomCases;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mappings that people write, and text and mapping as inverses. */
class MappingTextTest {
  private static final Accelerator DESIGN = Accelerators.template(4, 3, 16, Dataflow.UNCONSTRAINED);
  private static final Einsum EINSUM = Layer.conv("conv", 4, 8).kernel(3).output(6).einsum();

  static IntStream blocks() {
    return IntStream.range(0, 10);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void textAndMappingAreInverse(int block) {
    for (int i = 0; i < 100; i++) {
      RandomCases.Case c = RandomCases.of(9_000 + 100L * block + i, 300);
      Mapping numbered = c.mapping();
      Mapping named = numbered.namedAs(c.accelerator());
      for (Mapping mapping : List.of(numbered, named)) {
        assertThat(Mapping.parse(mapping.toString())).isEqualTo(mapping);
        String lines = mapping.toString().replace(" | ", "\n");
        assertThat(Mapping.parse(lines, c.einsum(), c.accelerator())).isEqualTo(mapping);
      }
      assertThat(named.toString()).doesNotContain("\n");
    }
  }

  @Test
  void aPersonWritesLoopsInTheirOrderAndWhatIsKept() {
    String text =
        """
        DRAM: C=4 K=2
        GLB: P=6 Q=2; X: K=4; Y: R=3; keeps Inputs, Outputs
        RF: Q=3, S=3
        """;
    Mapping mapping = Mapping.parse(text);
    assertThat(mapping.names()).containsExactly("DRAM", "GLB", "RF");
    assertThat(mapping.levels().get(0).temporal())
        .containsExactly(new Einsum.Loop("C", 4), new Einsum.Loop("K", 2));
    assertThat(mapping.levels().get(1).spatialX()).containsExactly(new Einsum.Loop("K", 4));
    assertThat(mapping.levels().get(1).spatialY()).containsExactly(new Einsum.Loop("R", 3));
    assertThat(mapping.levels().get(1).keeps()).isEqualTo(Set.of("Inputs", "Outputs"));
    assertThat(mapping.levels().get(2).keeps()).isEqualTo(Set.of("Weights", "Inputs", "Outputs"));
    assertThat(mapping.toString())
        .isEqualTo(
            "DRAM: C=4 K=2; keeps Inputs, Outputs, Weights"
                + " | GLB: P=6 Q=2; X: K=4; Y: R=3; keeps Inputs, Outputs"
                + " | RF: Q=3 S=3; keeps Inputs, Outputs, Weights");
    Mapping known = Mapping.parse(text, EINSUM, DESIGN);
    assertThat(Analysis.of(EINSUM, DESIGN).evaluate(known, Accounting.EXACT).counts().computes())
        .isEqualTo(EINSUM.points());
    Einsum pooled = Layer.pool("pool", 4).kernel(2).output(3).einsum();
    assertThat(Mapping.parse("DRAM: P=3 Q=3 | GLB: | RF: R=2 S=2", pooled, DESIGN).levels())
        .allMatch(level -> level.keeps().equals(Set.of("Inputs", "Outputs")));
  }

  @Test
  void everyLineThatIsWrongIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mapping.parse("DRAM: C=4 K\nGLB P=6\nDRAM: X: K=four\n"))
        .withMessageContaining("\"K\" at level DRAM")
        .withMessageContaining("level \"GLB P=6\" needs its name and a colon")
        .withMessageContaining("level DRAM twice")
        .withMessageContaining("\"K=four\" at level DRAM");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mapping.parse(" \n"))
        .withMessageContaining("a mapping needs a level");
  }

  @Test
  void everyMisfitIsNamedWithItsAmount() {
    Mapping other = Mapping.parse("DRAM: C=4 | Buffer: | RF:", EINSUM, DESIGN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Analysis.of(EINSUM, DESIGN).evaluate(other, Accounting.EXACT))
        .withMessageContaining("(DRAM, Buffer, RF) are not those of")
        .withMessageContaining("(DRAM, GLB, RF)");
    Mapping wrong =
        Mapping.parse("DRAM: C=4 K=3 | GLB: P=6 Q=6 Z=2; X: R=5 | RF: S=3", EINSUM, DESIGN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Analysis.of(EINSUM, DESIGN).evaluate(wrong, Accounting.EXACT))
        .withMessageContaining("take 5 × 1 instances but there are 4 × 3")
        .withMessageContaining("a loop at GLB runs over Z")
        .withMessageContaining("loops over K make 3 iterations but its bound is 8");
    Mapping large = Mapping.parse("DRAM: | GLB: | RF: C=4 K=8 P=6 Q=6 R=3 S=3", EINSUM, DESIGN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Analysis.of(EINSUM, DESIGN).evaluate(large, Accounting.EXACT))
        .withMessageContaining("do not fit RF (16 words): 816 words too many");
  }
}
