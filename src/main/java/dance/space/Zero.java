package dance.space;

import dance.workload.Layer;
import java.util.List;

/** Skips a block: its output is its input, at no cost. Only where the shape is unchanged. */
public enum Zero implements Operation {
  /** The only instance. */
  ZERO;

  @Override
  public String label() {
    return "zero";
  }

  @Override
  public List<Layer> layers(BlockShape shape) {
    return List.of();
  }

  @Override
  public boolean fits(BlockShape shape) {
    return shape.kept();
  }

  @Override
  public String toString() {
    return label();
  }
}
