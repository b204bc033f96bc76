package dance.space;

import dance.workload.Layer;
import java.util.List;
import java.util.function.Function;

/**
 * A named function from a shape to layers: what may be chosen for a block. Its layers depend on
 * nothing but the shape, so that the cost of a network is the sum of the costs of its operations.
 *
 * <p>The operations of the presets are records and enums, so that who builds a trainable network
 * from a space can tell them apart.
 */
public interface Operation {

  /** Inverted residual block, kernels 3, 5, 7 × expansions 3, 6 (ProxylessNAS, ICLR 2019). */
  List<Operation> MB_CONVS =
      List.of(mbConv(3, 3), mbConv(3, 6), mbConv(5, 3), mbConv(5, 6), mbConv(7, 3), mbConv(7, 6));

  /** Name in genotypes; no comma, no space. */
  String label();

  /**
   * The layers in order of execution, with names of their own; none if nothing is computed.
   *
   * @param shape what goes in and what must come out
   */
  List<Layer> layers(BlockShape shape);

  /** Whether it can stand at such a place; where it cannot, a space leaves it out. */
  default boolean fits(BlockShape shape) {
    return true;
  }

  /** Inverted residual block with a square kernel; the channels inside are a multiple. */
  static Operation mbConv(int kernel, int expansion) {
    return new MbConv(kernel, expansion);
  }

  /** The block is skipped. */
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
