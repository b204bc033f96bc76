package dance.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of layers: what is valid, what is counted, what a wither keeps. */
class LayerTest {

  static Stream<Layer> prefixes() {
    return Stream.of(
        Layer.conv("a", 3, 8),
        Layer.conv("a", 3, 8).kernel(3),
        Layer.conv("a", 3, 8).kernel(3).output(5),
        Layer.conv("a", 4, 8).kernel(3).output(5).stride(2).groups(2),
        Layer.conv("a", 3, 8).kernel(3).output(5).stride(2).dilation(2).batch(4),
        Layer.pointwise("a", 3, 8, 5),
        Layer.depthwise("a", 8),
        Layer.depthwise("a", 8).kernel(3).output(5).stride(2),
        Layer.fullyConnected("a", 8, 10),
        Layer.fullyConnected("a", 8, 10).output(7, 1),
        Layer.matmul("a", 2, 3, 4, 5),
        Layer.matmul("a", 2, 3, 4, 5).batch(2),
        Layer.pool("a", 8),
        Layer.pool("a", 8).kernel(2).stride(2).output(4),
        Layer.add("a", 8),
        Layer.add("a", 8).output(4),
        Layer.of(Einsums.gemm(2, 3, 4)).named("a"));
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void everyPrefixOfAFactoryChainIsACompleteLayer(Layer layer) {
    assertThat(layer.einsum().points()).isPositive();
    assertThat(layer.einsum().name()).isEqualTo("a");
    // "a: …" of a kind of layer, "a (M=2 …" of an einsum
    assertThat(layer.toString()).matches("a(: | \\().+");
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void anotherNameKeepsTheRest(Layer layer) {
    Layer renamed = layer.extraParameters(17).named("b");
    assertThat(renamed.name()).isEqualTo("b");
    assertThat(renamed.einsum().name()).isEqualTo("b");
    assertThat(renamed.extraParameters()).isEqualTo(17);
    assertThat(renamed.parameters()).isEqualTo(layer.weights() + 17);
    assertThat(renamed.named("a").extraParameters(0)).isEqualTo(layer);
  }

  @Test
  void withersKeepExtraParametersAndBiasesAdd() {
    Layer layer = Layer.conv("a", 3, 8).bias().batchNorm().kernel(3).output(5).stride(2);
    assertThat(layer.extraParameters()).isEqualTo(8 + 16);
    assertThat(layer.parameters()).isEqualTo(8 * 3 * 9 + 24);
    assertThat(layer.shape()).isEqualTo(shape(1, 8, 3, 5, 5, 3, 3, 1, 2, 2, 1, 1));
  }

  static Stream<Layer.Shape> randomShapes() {
    RandomGenerator random = new Random(20);
    return IntStream.range(0, 200).mapToObj(i -> randomShape(random));
  }

  private static Layer.Shape randomShape(RandomGenerator random) {
    int[] x = IntStream.generate(() -> random.nextInt(1, 6)).limit(12).toArray();
    return shape(
        x[0], x[1] * x[7], x[2] * x[7], x[3], x[4], x[5], x[6], x[7], x[8], x[9], x[10], x[11]);
  }

  /** Of n, k, c, p, q, r, s, groups, two strides, two dilations. */
  private static Layer.Shape shape(int... x) {
    return new Layer.Shape(
        x[0],
        x[1],
        x[2],
        x[7],
        new Layer.Size(x[3], x[4]),
        new Layer.Size(x[5], x[6]),
        new Layer.Size(x[8], x[9]),
        new Layer.Size(x[10], x[11]));
  }

  @Test
  void aShapeIsOneFlatListOfLoops() {
    assertThat(shape(1, 8, 3, 5, 6, 3, 2, 1, 2, 4, 1, 9))
        .hasToString(
            "Shape[n=1, k=8, c=3, p=5, q=6, r=3, s=2, groups=1, strideP=2, strideQ=4, dilationR=1,"
                + " dilationS=9]");
  }

  /** Every output word of every image sums over its group's channels and the kernel. */
  @ParameterizedTest
  @MethodSource("randomShapes")
  void macsAndWeightsEqualTheDirectFormula(Layer.Shape x) {
    Layer layer = layer(x);
    assertThat(layer.shape()).isEqualTo(x);
    long perOutput = (long) x.c() / x.groups() * x.r() * x.s();
    assertThat(layer.macs()).isEqualTo((long) x.n() * x.k() * x.p() * x.q() * perOutput);
    assertThat(layer.weights()).isEqualTo(x.k() * perOutput);
  }

  /** The last output of a window reads the last row: counted, not computed. */
  @ParameterizedTest
  @MethodSource("randomShapes")
  void inputExtentIsTheLastRowThatAnOutputReads(Layer.Shape x) {
    Axis rows =
        layer(x).einsum().tensors().stream()
            .filter(t -> t.role() == Operand.INPUT)
            .findFirst()
            .orElseThrow()
            .axes()
            .get(3);
    long last = 0;
    for (int p = 0; p < x.p(); p++) {
      for (int r = 0; r < x.r(); r++) {
        last = Math.max(last, p * coefficient(rows, "P") + r * coefficient(rows, "R"));
      }
    }
    assertThat(x.inputRows()).isEqualTo(last + 1);
  }

  private static int coefficient(Axis axis, String dimension) {
    return axis.terms().stream()
        .filter(t -> t.dimension().equals(dimension))
        .mapToInt(Axis.Term::coefficient)
        .sum();
  }

  private static Layer layer(Layer.Shape x) {
    return Layer.conv("random", x.c(), x.k())
        .groups(x.groups())
        .kernel(x.r(), x.s())
        .output(x.p(), x.q())
        .stride(x.strideP(), x.strideQ())
        .dilation(x.dilationR(), x.dilationS())
        .batch(x.n());
  }

  @Test
  void memoryBoundLayersHaveNoMacs() {
    Layer pool = Layer.pool("pool", 8).kernel(3).output(4);
    assertThat(pool.macs()).isZero();
    assertThat(pool.einsum().points()).isEqualTo(8 * 9 * 16);
    assertThat(Layer.add("add", 8).output(4).einsum().tensors())
        .extracting(Tensor::role)
        .containsExactly(Operand.INPUT, Operand.INPUT, Operand.OUTPUT);
  }

  @Test
  void imagesShareTheWeightsButNotTheSecondFactorOfAMatrixMultiplication() {
    assertThat(weights(Layer.conv("conv", 3, 8).batch(2)).isRelevant("N")).isFalse();
    assertThat(weights(Layer.matmul("scores", 2, 3, 4, 5).batch(2)).isRelevant("N")).isTrue();
    assertThat(Layer.matmul("scores", 2, 3, 4, 5).batch(7).macs()).isEqualTo(7 * 2 * 3 * 4 * 5);
  }

  private static Tensor weights(Layer layer) {
    return layer.einsum().tensors().stream()
        .filter(t -> t.role() == Operand.WEIGHT)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allViolatedRulesAreReportedAtOnce() {
    assertThatThrownBy(
            () ->
                new Layer(
                    "bad",
                    Layer.Kind.CONVOLUTION,
                    shape(0, 1, 1, -2, 1, 1, 1, 1, 0, 1, 1, 1),
                    null,
                    -1))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasLineCount(4)
        .contains("images (N) of layer bad (0) must be at least 1")
        .contains("output rows (P) of layer bad (-2) must be at least 1")
        .contains("stride of rows of layer bad (0) must be at least 1")
        .contains("extra parameters of layer bad (-1) must not be negative");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            () -> Layer.conv("dw", 48, 64).groups(32),
            "groups (32) of layer dw must divide its input channels (48). Maybe groups = 48 was"
                + " meant (depthwise)."),
        mistake(
            () -> Layer.conv("dw", 32, 48).groups(32),
            "groups (32) of layer dw must divide its output channels (48)"),
        mistake(
            () -> Layer.pool("pool", 8).groups(4),
            "groups (4) and output channels (8) of layer pool must equal its input channels (8)"),
        mistake(
            () -> Layer.add("sum", 8).kernel(3),
            "kernel columns (S) of layer sum (3) must be 1: a layer of kind ADDITION has no"),
        mistake(
            () -> Layer.matmul("mm", 1, 2, 3, 4).stride(2),
            "stride of rows of layer mm (2) must be 1: a layer of kind MATRIX_MULTIPLICATION"),
        mistake(
            () -> Layer.matmul("mm", 0, 2, -3, 4), "inner size of layer mm (-3) must be at least"),
        mistake(
            () -> Layer.matmul("mm", 70_000, 2, 3, 70_000),
            "batch (70000) times columns (70000) of layer mm must be at most 2147483647"),
        mistake(
            () -> Layer.conv("wide", 1, 1).output(2_000_000_000).stride(2),
            "input rows of layer wide (3999999999) must be at most 2147483647"),
        mistake(
            () -> Layer.conv("huge", 2_000_000_000, 2_000_000_000).output(2_000_000_000),
            "huge [N=1, G=1, K=2000000000"),
        mistake(
            () -> Layer.fullyConnected("fc", 8, 8).extraParameters(Long.MAX_VALUE).parameters(),
            "layer fc has more than 2^63 parameters"),
        mistake(() -> Layer.conv(" ", 1, 1), "a layer of kind CONVOLUTION needs a name"),
        mistake(
            () -> Layer.of(Einsums.gemm(2, 3, 4)).batch(2),
            "layer gemm is given by its einsum: it has no kernel, output, stride, groups or batch"),
        mistake(
            () -> new Layer("e", Layer.Kind.EINSUM, Layer.Shape.UNIT, null, 0),
            "layer e of kind EINSUM needs its einsum"),
        mistake(
            () -> new Layer("e", Layer.Kind.EINSUM, Layer.Shape.UNIT, Einsums.gemm(1, 1, 1), 0),
            "layer e and its einsum must have one name"));
  }

  private static Arguments mistake(ThrowingCallable mistake, String message) {
    return Arguments.of(mistake, message);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesNameTheLayerTheValueAndTheRule(ThrowingCallable mistake, String message) {
    assertThatThrownBy(mistake)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void networkTotalsThatOverflowNameTheLayer() {
    Layer large = Layer.conv("large", 2_000_000, 2_000_000).output(1000);
    Network network = Network.of("deep").then(large, 2_000_000);
    assertThatThrownBy(network::macs)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("network deep has more than 2^63 MACs up to layer large");
    assertThatThrownBy(() -> network.then(large, 0))
        .hasMessageContaining("repeats of layer large (0) must be at least 1");
  }

  @Test
  void repeatedEntriesCountAsOftenAsTheyRun() {
    Layer layer = Layer.conv("a", 3, 8).bias();
    Network network = Network.of("two", layer).then(layer.named("b"), 2);
    assertThat(network.macs()).isEqualTo(3 * 24);
    assertThat(network.parameters()).isEqualTo(3 * 32);
    assertThat(network.layers()).isEqualTo(List.of(layer, layer.named("b")));
  }
}
