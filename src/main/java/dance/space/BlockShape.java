package dance.space;

import dance.check.Copy;
import dance.check.Rules;

/**
 * Input and output shape of a place of a network: an operation turns it into layers.
 *
 * @param inputs channels of the input
 * @param outputs channels of the output
 * @param rows rows of the input
 * @param columns columns of the input
 * @param stride step between output rows and between output columns
 */
public record BlockShape(int inputs, int outputs, int rows, int columns, int stride) {
  /**
   * @throws IllegalArgumentException naming each size below 1
   */
  public BlockShape {
    new Rules()
        .require(inputs >= 1, "input channels of a block (%d) must be at least 1", inputs)
        .require(outputs >= 1, "output channels of a block (%d) must be at least 1", outputs)
        .require(
            rows >= 1 && columns >= 1,
            "pixels of a block (%d × %d) must be at least 1 × 1",
            rows,
            columns)
        .require(stride >= 1, "stride of a block (%d) must be at least 1", stride)
        .check();
  }

  /** From and to these numbers of channels, over a square, with stride 1. */
  public static BlockShape of(int inputs, int outputs, int size) {
    return new BlockShape(inputs, outputs, size, size, 1);
  }

  /** With another stride. */
  public BlockShape stride(int step) {
    return Copy.with(this, "stride", step);
  }

  /** Rows of the output, under padding that keeps the size at stride 1. */
  public int outputRows() {
    return (rows + stride - 1) / stride;
  }

  /** Columns of the output, under padding that keeps the size at stride 1. */
  public int outputColumns() {
    return (columns + stride - 1) / stride;
  }

  /** Whether the output has the shape of the input, so that they can be added. */
  public boolean kept() {
    return inputs == outputs && stride == 1;
  }

  /** {@code 16×32×32 → 24×16×16}: channels, rows, columns. */
  @Override
  public String toString() {
    return inputs
        + "×"
        + rows
        + "×"
        + columns
        + " → "
        + outputs
        + "×"
        + outputRows()
        + "×"
        + outputColumns();
  }
}
