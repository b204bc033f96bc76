package dance.space;

import dance.check.Rules;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of a network, with a fixed operation or the one chosen for a block. A block may have
 * several places, as the cells of a network share their operations.
 */
public final class Placement {
  /** {@link #block} of a place with a fixed operation. */
  public static final int FIXED = -1;

  private final String name;
  private final int block;
  private final BlockShape shape;
  private final int repeats;
  private final List<Operation> operations;
  private final List<List<Network.Entry>> layers = new ArrayList<>();

  Placement(String name, int block, BlockShape shape, int repeats, List<Operation> operations) {
    this.name = name;
    this.block = block;
    this.shape = shape;
    this.repeats = repeats;
    this.operations = List.copyOf(operations);
    Rules rules = new Rules();
    for (Operation operation : operations) {
      List<Layer> own = operation.layers(shape);
      checkOutput(rules, operation, own);
      layers.add(
          own.stream()
              .map(layer -> new Network.Entry(layer.named(name + "." + layer.name()), repeats))
              .toList());
    }
    rules.check();
  }

  private void checkOutput(Rules rules, Operation operation, List<Layer> own) {
    if (own.isEmpty()) {
      rules.require(
          shape.kept(),
          "operation %s at %s has no layers, but must turn %s",
          operation.label(),
          name,
          shape);
      return;
    }
    Layer last = own.get(own.size() - 1);
    if (last.kind() == Layer.Kind.EINSUM) {
      return; // its output is a tensor of any form
    }
    Layer.Shape made = last.shape();
    rules.require(
        made.k() == shape.outputs()
            && made.p() == shape.outputRows()
            && made.q() == shape.outputColumns(),
        "operation %s at %s ends with %d×%d×%d, but must turn %s",
        operation.label(),
        name,
        made.k(),
        made.p(),
        made.q(),
        shape);
  }

  /** Prefix of the names of its layers. */
  public String name() {
    return name;
  }

  /** Index of its block, or {@link #FIXED}. */
  public int block() {
    return block;
  }

  /** Input and output shape. */
  public BlockShape shape() {
    return shape;
  }

  /** Number of times in sequence. */
  public int repeats() {
    return repeats;
  }

  /** The candidate operations: one if fixed, otherwise those of the block in its order. */
  public List<Operation> operations() {
    return operations;
  }

  /** The layers of the operation at this position of {@link #operations}. */
  List<Network.Entry> layers(int position) {
    return layers.get(position);
  }

  @Override
  public String toString() {
    return name + " " + shape + " × " + repeats + " " + operations;
  }
}
