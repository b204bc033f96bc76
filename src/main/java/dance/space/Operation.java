package dance.space;

import dance.workload.Layer;
import java.util.List;
import java.util.function.Function;

/**
 * A candidate operation of a block: a named function from a shape to layers. Its layers depend on
 * the shape only, so that the cost of a network is the sum of the costs of its operations.
 *
 * <p>The operations of the bundled spaces are records and enums, so that code that builds trainable
 * networks can distinguish them.
 */
public interface Operation {

  /** Inverted residual block, kernels 3, 5, 7 × expansions 3, 6 (ProxylessNAS, ICLR 2019). */
  List<Operation> MB_CONVS =
      List.of(mbConv(3, 3), mbConv(3, 6), mbConv(5, 3), mbConv(5, 6), mbConv(7, 3), mbConv(7, 6));

  /** Name in genotypes; no comma, no space. */
  String label();

  /**
   * The layers in order of execution, each with its own name; none if nothing is computed.
   *
   * @param shape input and output shape
   */
  List<Layer> layers(BlockShape shape);

  /** Whether it fits this shape; a space excludes it elsewhere. */
  default boolean fits(BlockShape shape) {
    return true;
  }

  /** Inverted residual block with a square kernel and this expansion ratio. */
  static Operation mbConv(int kernel, int expansion) {
    return new MbConv(kernel, expansion);
  }

  /**
   * The built-in operation of a space file's word: {@code mb3e6}, {@code conv3x3}, {@code zero},
   * {@code identity}, {@code residual}, {@code classifier}, {@code normalized-classifier}, {@code
   * nor_conv_3x3} and the others of NAS-Bench-201, these also as {@code nor_conv_3x3+add}.
   *
   * @throws IllegalArgumentException if there is none; the message has the nearest
   */
  static Operation byName(String word) {
    return OperationNames.byName(word);
  }

  /**
   * The word of a built-in operation, as {@link #byName} takes it.
   *
   * @throws IllegalArgumentException if it is not built in
   */
  static String word(Operation operation) {
    return OperationNames.of(operation);
  }

  /** Skips the block. */
  static Operation zero() {
    return Zero.ZERO;
  }

  /** Any operation: {@code of("conv", x -> List.of(Layer.pointwise("conv", x.inputs(), …)))}. */
  static Operation of(String label, Function<BlockShape, List<Layer>> layers) {
    return new Operation() {
      @Override
      public String label() {
        return label;
      }

      @Override
      public List<Layer> layers(BlockShape shape) {
        return layers.apply(shape);
      }

      @Override
      public String toString() {
        return label;
      }
    };
  }
}
