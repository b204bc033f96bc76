package dance.interchange.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.interchange.onnx.ImportReport.Row;
import dance.interchange.onnx.ImportReport.Taken;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes, layers and refusals of single operators, on graphs written for each. */
class OnnxOperatorsTest {
  private static final OnnxOptions DEFAULTS = OnnxOptions.defaults();

  /** A graph with the input x and, so that there is a layer at all, a convolution of its own. */
  private static OnnxWriter graph(Object... x) {
    return new OnnxWriter("g")
        .input("x", x)
        .input("other", 1, 1, 1, 1)
        .weights("kernel", null, 1, 1, 1, 1)
        .node("Conv", "conv", List.of("other", "kernel"), "y");
  }

  private static ImportReport read(OnnxWriter graph) {
    return OnnxNetwork.read("g", graph.toBytes(), DEFAULTS);
  }

  private static Row last(OnnxWriter graph) {
    List<Row> rows = read(graph).rows();
    return rows.get(rows.size() - 1);
  }

  private static Object[] sizes(String text) {
    return Arrays.stream(text.split("x")).map(Long::valueOf).toArray();
  }

  private static long[] longs(String text) {
    return text.isEmpty()
        ? new long[0]
        : Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  /** Operator, input, a second input of whole numbers, attributes, output. */
  @ParameterizedTest
  @CsvSource({
    "Reshape, 2x3x4, 0 -1, , [2×12]",
    "Reshape, 2x3x4, 4 3 2 1, , [4×3×2×1]",
    "Squeeze, 1x3x1x4, , , [3×4]",
    "Squeeze, 1x3x1x4, -2, , [1×3×4]",
    "Unsqueeze, 3x4, 0 -1, , [1×3×4×1]",
    "Flatten, 2x3x4, , axis=2, [6×4]",
    "Flatten, 2x3x4, , axis=0, [1×24]",
    "Transpose, 2x3x4, , perm=2 0 1, [4×2×3]",
    "Transpose, 2x3x4, , , [4×3×2]",
    "Expand, 3x1, 2 1 6, , [2×3×6]",
    "Tile, 2x3, 2 4, , [4×12]",
    "ReduceSum, 2x3x4, -1, keepdims=0, [2×3]",
    "ReduceMax, 2x3x4, , axes=0 2, [1×3×1]",
    "ArgMax, 2x3x4, , axis=1;keepdims=0, [2×4]",
    "Gather, 5x6, 1 2 4, axis=1, [5×3]",
    "TopK, 2x9, 3, , [2×3]",
    "Pad, 1x2x5, 0 0 1 0 0 3, , [1×2×9]",
    "DepthToSpace, 1x8x2x3, , blocksize=2, [1×2×4×6]",
    "SpaceToDepth, 1x2x4x6, , blocksize=2, [1×8×2×3]",
    "Concat, 2x3, , axis=-1, [2×3]",
    "Softmax, 2x3, , axis=1, [2×3]",
    "LeakyRelu, 2x3x4x5, , , [2×3×4×5]",
    "Shape, 2x3x4x5, , , [4]"
  })
  void shapes(String operator, String x, String numbers, String attributes, String output) {
    List<Object> given = new ArrayList<>();
    for (String part : attributes == null ? new String[0] : attributes.split(";")) {
      String[] pair = part.split("=");
      boolean list = pair[0].equals("perm") || pair[0].equals("axes");
      given.add(pair[0]);
      given.add(list ? (Object) longs(pair[1]) : Long.valueOf(pair[1]));
    }
    OnnxWriter graph = graph(sizes(x));
    List<String> inputs = new ArrayList<>(List.of("x"));
    if (numbers != null) {
      inputs.add("n");
      graph.numbers("n", longs(numbers));
    }
    Row row = last(graph.node(operator, "node", inputs, "z", given.toArray()));
    assertThat(row.output()).isEqualTo(output);
    assertThat(row.macs()).isZero();
    assertThat(row.taken()).isEqualTo(operator.equals("Shape") ? Taken.CONSTANT : Taken.NOT_COSTED);
  }

  @ParameterizedTest
  @CsvSource({
    "SAME_UPPER, 2, 112",
    "SAME_LOWER, 3, 75",
    "VALID, 2, 109",
    "NOTSET, 2, 109",
  })
  void automaticPadding(String automatic, long stride, long expected) {
    OnnxWriter graph =
        graph(1, 3, 224, 224)
            .weights("w", null, 8, 3, 7, 7)
            .node(
                "Conv",
                "c",
                List.of("x", "w"),
                "z",
                "auto_pad",
                automatic,
                "strides",
                new long[] {stride, stride});
    Row row = last(graph);
    assertThat(row.output()).isEqualTo("[1×8×" + expected + "×" + expected + "]");
    assertThat(row.macs()).isEqualTo(8L * 3 * 49 * expected * expected);
  }

  /** A transposed convolution multiplies each input with each tap, whatever stride and dilation. */
  @ParameterizedTest
  @CsvSource({"4,2,1,1", "3,2,1,1", "5,3,1,2", "2,4,1,1", "3,2,3,1", "4,4,2,2", "3,1,2,1"})
  void transposedConvolutions(long kernel, long stride, long dilation, long groups) {
    for (int axes = 1; axes <= 3; axes++) {
      Object[] x = new Object[axes + 2];
      Arrays.fill(x, 5);
      x[0] = 2;
      x[1] = 4;
      long[] w = new long[axes + 2];
      Arrays.fill(w, kernel);
      w[0] = 4;
      w[1] = 6 / groups;
      long[] strides = new long[axes];
      Arrays.fill(strides, stride);
      long[] dilations = new long[axes];
      Arrays.fill(dilations, dilation);
      OnnxWriter graph =
          graph(x)
              .weights("w", null, w)
              .node(
                  "ConvTranspose",
                  "t",
                  List.of("x", "w"),
                  "z",
                  "strides",
                  strides,
                  "dilations",
                  dilations,
                  "group",
                  groups);
      Row row = last(graph);
      long taps = (long) Math.pow(kernel, axes);
      assertThat(row.macs()).isEqualTo(2 * 4 * (6 / groups) * taps * (long) Math.pow(5, axes));
      assertThat(row.parameters()).isEqualTo(4 * (6 / groups) * taps);
      long size = 4 * stride + (kernel - 1) * dilation + 1;
      assertThat(row.output()).isEqualTo("[2×6" + ("×" + size).repeat(axes) + "]");
    }
  }

  /** Sizes of both factors; loops N, G, rows, inner size, columns. */
  @ParameterizedTest
  @CsvSource({
    "1x197x768, 768x10, true, 1 1 197 768 10",
    "5x8, 8x3, true, 1 1 5 8 3",
    "1x12x9x64, 1x12x64x7, false, 1 12 9 64 7",
    "1x12x9x64, 64x7, false, 1 1 108 64 7",
    "4x1x9x64, 1x6x64x7, false, 1 24 9 64 7",
    "1x9x64, 6x64x7, false, 1 1 42 64 9"
  })
  void products(String a, String b, boolean weights, String loops) {
    long[] dims = Arrays.stream(b.split("x")).mapToLong(Long::parseLong).toArray();
    OnnxWriter graph = new OnnxWriter("g").input("image", 1).input("x", sizes(a));
    if (weights) {
      graph.weights("b", null, dims);
    } else {
      graph.input("b", sizes(b));
    }
    ImportReport report = read(graph.node("MatMul", "m", List.of("x", "b"), "z"));
    Layer layer = report.network().layers().get(0);
    Layer.Shape s = layer.shape();
    long[] expected = longs(loops);
    assertThat(
            new long[] {s.n(), s.groups(), s.p() * s.q(), s.c() / s.groups(), s.k() / s.groups()})
        .isEqualTo(expected);
    assertThat(layer.macs()).isEqualTo(Arrays.stream(expected).reduce(1, (p, q) -> p * q));
    assertThat(layer.kind())
        .isEqualTo(weights ? Layer.Kind.FULLY_CONNECTED : Layer.Kind.MATRIX_MULTIPLICATION);
  }

  @Test
  void productsAndSumsOfActivations() {
    OnnxWriter silu =
        graph(1, 4, 6, 6)
            .node("Sigmoid", "s", List.of("x"), "s")
            .node("Mul", "silu", List.of("x", "s"), "z");
    assertThat(last(silu).taken()).isEqualTo(Taken.NOT_COSTED);
    OnnxWriter gated =
        graph(1, 4, 6, 6).input("gate", 1, 4, 6, 6).node("Mul", "gated", List.of("x", "gate"), "z");
    assertThat(last(gated).macs()).isEqualTo(4 * 6 * 6);
    OnnxWriter squeezed =
        graph(1, 4, 6, 6)
            .node("GlobalAveragePool", "p", List.of("x"), "p")
            .node("Sigmoid", "s", List.of("p"), "s")
            .node("Mul", "scale", List.of("s", "x"), "z");
    assertThat(last(squeezed).macs()).isEqualTo(4 * 6 * 6);
    OnnxWriter residual =
        graph(1, 4, 6, 6).input("skip", 1, 4, 6, 6).node("Add", "add", List.of("x", "skip"), "z");
    assertThat(last(residual).taken()).isEqualTo(Taken.MEMORY);
    OnnxWriter bias =
        graph(1, 4, 6, 6)
            .weights("w", null, 8, 4, 1, 1)
            .weights("b", null, 8, 1, 1)
            .node("Conv", "c", List.of("x", "w"), "c")
            .node("Add", "bias", List.of("c", "b"), "z");
    assertThat(last(bias).taken()).isEqualTo(Taken.FOLDED);
    assertThat(last(bias).why()).isEqualTo("into c");
    assertThat(read(bias).network().parameters()).isEqualTo(1 + 8 * 4 + 8);
  }

  @Test
  void fusedAttention() {
    OnnxWriter graph =
        graph(1, 16, 64)
            .weights("w", null, 64, 192)
            .weights("b", null, 192)
            .node("com.microsoft:Attention", "a", List.of("x", "w", "b"), "z", "num_heads", 4);
    Row row = last(graph);
    assertThat(row.macs()).isEqualTo(16 * 64 * 192 + 2 * 16 * 16 * 64);
    assertThat(row.parameters()).isEqualTo(64 * 192 + 192);
    assertThat(row.output()).isEqualTo("[1×16×64]");
  }

  @Test
  void anUnknownOperatorIsNamedAndHasNoShape() {
    OnnxWriter graph = graph(1, 4, 6, 6).node("my.domain:Magic", "m", List.of("x"), "z");
    assertThat(last(graph).taken()).isEqualTo(Taken.UNKNOWN);
    assertThat(read(graph).notes())
        .containsExactly("operator Magic (node m) is not known: MACs that it may have are missing");
    graph
        .weights("w", null, 8, 4, 3, 3)
        .node("Relu", "r", List.of("z"), "r")
        .node("Conv", "after", List.of("r", "w"), "c");
    assertThatThrownBy(() -> read(graph))
        .hasMessage(
            "g: node after (Conv): a shape that it needs cannot be known: tensor z: node m (Magic)"
                + " makes it, an operator that is not known here");
  }

  @Test
  void whatOnlyTheRunningNetworkKnowsIsNamed() {
    OnnxWriter graph =
        graph(1, 4, 6, 6)
            .input("shape", 2)
            .weights("w", null, 4, 8)
            .node("Reshape", "r", List.of("x", "shape"), "z")
            .node("MatMul", "m", List.of("z", "w"), "c");
    assertThatThrownBy(() -> read(graph))
        .hasMessageContaining("node m (MatMul)")
        .hasMessageContaining("tensor shape, shape of node r (Reshape), is only known when");
  }

  @Test
  void contradictionsAreAllNamed() {
    OnnxWriter graph =
        graph(1, 4, 6, 6)
            .weights("w", null, 8, 3, 3, 3)
            .weights("large", null, 8, 4, 9, 9)
            .numbers("n", 7, 7)
            .node("Conv", "a", List.of("x", "w"), "a")
            .node("Conv", "b", List.of("x", "large"), "b")
            .node("Reshape", "c", List.of("x", "n"), "c")
            .node("Relu", "d", List.of("nowhere"), "d")
            .node("Relu", "e", List.of("a"), "e");
    assertThatThrownBy(() -> read(graph))
        .hasMessageContaining("node a (Conv): 4 input channels where weights [8×3×3×3]")
        .hasMessageContaining("node b (Conv): a kernel of 9 (dilation 1) does not fit 6 with 0")
        .hasMessageContaining("node c (Reshape): [1×4×6×6] has 144 elements, [7×7] has 49")
        .hasMessageContaining("node d (Relu): tensor nowhere is no input")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
  }

  @Test
  void aModelWithoutLayersIsNoNetwork() {
    OnnxWriter graph = new OnnxWriter("g").input("x", 1).node("Relu", "r", List.of("x"), "z");
    assertThatThrownBy(() -> read(graph))
        .hasMessage("g has 1 nodes but no layer: none of [Relu] is one");
  }

  /** Whatever a byte or an end is changed to: a network, or one message; never another failure. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damagedFiles(long seed) {
    byte[] whole =
        graph(1, 4, 6, 6)
            .weights("w", null, 8, 4, 3, 3)
            .numbers("n", 0, -1)
            .node("Conv", "c", List.of("x", "w"), "c", "pads", new long[] {1, 1, 1, 1})
            .node("Reshape", "r", List.of("c", "n"), "r")
            .node("Slice", "s", List.of("r", "n", "n"), "s")
            .node("MaxPool", "p", List.of("c"), "p", "kernel_shape", new long[] {2, 2})
            .toBytes();
    java.util.Random random = new java.util.Random(seed);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged =
          Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int k = random.nextInt(3); k >= 0 && damaged.length > 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(OnnxNetwork.read("damaged", damaged, DEFAULTS).toString()).isNotBlank();
      } catch (IllegalArgumentException named) {
        assertThat(named.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 2999);
  }

  /** 3 of 8 weights are zero, one of them negative zero; the other layer has none stored. */
  @Test
  void zerosOfWeightsAreReadWhereTheyAreAskedFor() {
    OnnxWriter graph =
        graph(1, 2, 4, 4)
            .weights("w", new float[] {1, 0, 2, -0f, 3, 4, 0, 5}, 4, 2, 1, 1)
            .node("Conv", "sparse", List.of("x", "w"), "z");
    OnnxOptions zeros = DEFAULTS.zeros(true);
    ImportReport read = OnnxNetwork.read("g", graph.toBytes(), zeros);
    assertThat(read.network().layers())
        .extracting(l -> l.name() + " " + l.zeros().weights())
        .containsExactly("conv 0.0", "sparse 0.375");
    assertThat(read.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("zeros of weights: 37.50 % of 8 words; 1 layers' weights")
                    .endsWith("taken as without zeros: conv"));
    // and not otherwise
    assertThat(read(graph).network().layers())
        .extracting(l -> l.zeros().weights())
        .containsOnly(0.0);
    assertThat(read(graph).notes()).noneMatch(note -> note.contains("zeros"));
  }

  @Test
  void rearrangedWeightsKeepTheirZeros() {
    OnnxWriter graph =
        graph(2, 3)
            .weights("w", new float[] {0, 1, 2, 0, 0, 3}, 2, 3)
            .node("Transpose", "t", List.of("w"), "wt")
            .node("MatMul", "product", List.of("x", "wt"), "z");
    assertThat(OnnxNetwork.read("g", graph.toBytes(), DEFAULTS.zeros(true)).network().layers())
        .extracting(l -> l.zeros().weights())
        .containsExactly(0.0, 0.5);
  }
}
