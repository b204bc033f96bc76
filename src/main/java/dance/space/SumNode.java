package dance.space;

import dance.workload.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * An operation on an edge whose result is added to the other edges of the node: its layers and an
 * element-wise addition; {@code none} needs no addition.
 *
 * @param operation the operation of the edge
 */
public record SumNode(Operation operation) implements Operation {
  @Override
  public String label() {
    return operation.label();
  }

  @Override
  public List<Layer> layers(BlockShape x) {
    if (operation == CellOperation.NONE) {
      return List.of();
    }
    List<Layer> layers = new ArrayList<>(operation.layers(x));
    layers.add(Layer.add("add", x.outputs()).output(x.outputRows(), x.outputColumns()));
    return layers;
  }

  @Override
  public boolean fits(BlockShape shape) {
    return operation.fits(shape);
  }

  @Override
  public String toString() {
    return label();
  }
}
