package dance.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.workload.Einsum.Loop;
import dance.workload.Einsum.Op;
import dance.workload.Einsums.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Laws of einsums, their tensors and axes. */
class EinsumTest {

  @Test
  void convolutionOverOneDimensionIsALayerOfOneColumn() {
    Window window = Window.of(7, 3).stride(2).dilation(3);
    Einsum conv = Einsums.conv1d("audio", 4, 8, window);
    Layer layer = Layer.conv("audio", 4, 8).kernel(3, 1).output(7, 1).stride(2, 1).dilation(3, 1);
    assertThat(Layer.of(conv).macs()).isEqualTo(layer.macs()).isEqualTo(4 * 8 * 7 * 3);
    assertThat(conv.tensors()).hasToString("[Weights[K,C,R], Inputs[C,2·P+3·R], Outputs[K,P]]");
  }

  @Test
  void convolutionOverThreeDimensionsHasAWindowForEach() {
    Einsum conv =
        Einsums.conv3d("video", 3, 16, Window.of(4, 2), Window.of(6, 3).stride(2), Window.of(5, 1));
    assertThat(Layer.of(conv).macs()).isEqualTo(3L * 16 * (4 * 2) * (6 * 3) * 5);
    assertThat(conv.tensors())
        .hasToString("[Weights[K,C,T,R,S], Inputs[C,O+T,2·P+R,Q+S], Outputs[K,O,P,Q]]");
    assertThat(conv.dimensions()).hasToString("[K=16, C=3, O=4, T=2, P=6, R=3, Q=5, S=1]");
  }

  @Test
  void matrixMultiplicationHasEveryProductOnce() {
    Einsum gemm = Einsums.gemm(5, 7, 11);
    assertThat(gemm.points()).isEqualTo(5 * 7 * 11);
    assertThat(gemm.bound("K")).isEqualTo(11);
    assertThat(gemm.index("N")).isEqualTo(1);
    assertThat(gemm.output()).hasToString("Outputs[M,N]");
    assertThat(gemm.output().isRelevant("K")).isFalse();
    assertThatThrownBy(() -> gemm.bound("Z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gemm has no dimension Z, only [M=5, N=7, K=11]");
  }

  @Test
  void allViolatedRulesAreReportedAtOnce() {
    Tensor input = Tensor.of("A", Operand.INPUT, Axis.of("X"));
    assertThatThrownBy(
            () ->
                new Einsum(
                    "bad",
                    List.of(new Loop("M", 0), new Loop("M", 2), new Loop("K", 3)),
                    List.of(input, input),
                    Op.ACCUMULATE))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("dimension M of bad (0) must be at least 1")
        .contains("bad names dimension M twice")
        .contains("bad names A twice")
        .contains("tensor A of bad uses dimension X, which is not one of [M, K]")
        .contains("bad has 0 outputs instead of one");
  }

  @Test
  void pointsThatOverflowNameTheEinsum() {
    int large = Integer.MAX_VALUE;
    assertThatThrownBy(() -> Einsums.gemm(large, large, large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gemm [M=2147483647, N=2147483647, K=2147483647] has more than 2^63");
    assertThat(Einsums.gemm(large, large, 2).points()).isEqualTo(2L * large * large);
  }

  @Test
  void axesNameADimensionOnceWithAPositiveCoefficient() {
    assertThat(Axis.of("P", 2).plus("R", 1)).hasToString("2·P+R");
    assertThatThrownBy(() -> Axis.of("P").plus("P", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("axis [P, 2·P] names a dimension twice");
    assertThatThrownBy(() -> Axis.of("P", 0)).hasMessage("coefficient of P (0) must be at least 1");
    assertThatThrownBy(() -> new Axis(List.of()))
        .hasMessage("an axis needs at least one dimension");
  }

  @Test
  void tensorsUseADimensionInOneAxisOnly() {
    assertThatThrownBy(() -> Tensor.of("D", Operand.INPUT, Axis.of("M"), Axis.of("M")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor D has a dimension in two axes ([M, M])");
    Einsum dot =
        Einsum.of(
            "sum",
            Map.of("K", 3),
            Tensor.of("A", Operand.INPUT, Axis.of("K")),
            Tensor.of("Z", Operand.OUTPUT));
    assertThat(dot.points()).isEqualTo(3);
  }

  @Test
  void windowsReportAllViolatedRules() {
    assertThatThrownBy(() -> new Window(0, 1, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("output of a window (0) must be at least 1")
        .contains("stride of a window (-1) must be at least 1");
  }
}
