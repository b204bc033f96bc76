package dance.workload;

import dance.check.Copy;
import dance.check.Rules;
import java.util.Map;

/**
 * A layer of a network: a loop nest N G K C P Q R S with strides and dilations, or any affine
 * einsum.
 *
 * <p>Every prefix of {@code Layer.conv("conv3", 256, 384).kernel(3).output(13)} is a complete
 * layer. Inputs have the extent that the outputs need, padding included: {@code (P-1)·stride +
 * ·dilation + 1} rows.
 *
 * @param name as tables show it
 * @param kind what the layer computes
 * @param shape the loop nest; {@link Shape#UNIT} for kind EINSUM
 * @param einsum what is analysed; derived from the shape except for kind EINSUM
 * @param extraParameters trained parameters that no MAC touches: biases, normalisation scales,
 *     embedding tables
 * @param zeros fractions of its operands' words that are zero
 */
public record Layer(
    String name, Kind kind, Shape shape, Einsum einsum, long extraParameters, Zeros zeros) {

  /**
   * Fractions of zero words, 0…1, as an accelerator finds them: it saves energy and off-chip words
   * on them if it can, and computes the same. Zeros are taken as independent of each other and of
   * their position; those of padding are not among them.
   *
   * @param inputs of the input feature maps, both of an addition
   * @param weights of the weights, or the second factor of a matrix multiplication
   * @param outputs of the output feature maps, as they leave the layer
   */
  public record Zeros(double inputs, double weights, double outputs) {
    /** No zeros: nothing is said about the data. */
    public static final Zeros NONE = new Zeros(0, 0, 0);

    /**
     * @throws IllegalArgumentException if a fraction is not 0…1
     */
    public Zeros {
      new Rules()
          .require(inputs >= 0 && inputs <= 1, "fraction of zero inputs (%s) must be 0…1", inputs)
          .require(
              weights >= 0 && weights <= 1, "fraction of zero weights (%s) must be 0…1", weights)
          .require(
              outputs >= 0 && outputs <= 1, "fraction of zero outputs (%s) must be 0…1", outputs)
          .check();
    }

    /** The fraction of an operand. */
    public double of(Operand role) {
      return switch (role) {
        case INPUT -> inputs;
        case WEIGHT -> weights;
        case OUTPUT -> outputs;
      };
    }
  }

  /** A layer without zeros. */
  public Layer(String name, Kind kind, Shape shape, Einsum einsum, long extraParameters) {
    this(name, kind, shape, einsum, extraParameters, Zeros.NONE);
  }

  /** What a layer computes. */
  public enum Kind {
    /** A window over rows and columns, in groups; {@code 1 × 1} and depthwise among them. */
    CONVOLUTION,
    /** A matrix of weights times a vector for each item of the batch. */
    FULLY_CONNECTED,
    /** Both factors are activations, as in attention; the second plays the role WEIGHT. */
    MATRIX_MULTIPLICATION,
    /** One read per window position, no weights: bound by memory. */
    POOLING,
    /** Element-wise sum of two tensors: bound by memory. */
    ADDITION,
    /** Given by its einsum. */
    EINSUM
  }

  /**
   * Rows and columns of a plane, or steps along them.
   *
   * @param rows vertical
   * @param columns horizontal
   */
  public record Size(int rows, int columns) {}

  /**
   * The eight loops and their strides.
   *
   * @param n images
   * @param k output channels, all groups together
   * @param c input channels, all groups together
   * @param groups groups of channels; divides k and c
   * @param output loops P and Q over the outputs
   * @param kernel loops R and S over the kernel
   * @param stride steps of the window between outputs
   * @param dilation steps between elements of the kernel
   */
  public record Shape(
      int n, int k, int c, int groups, Size output, Size kernel, Size stride, Size dilation) {
    private static final Size ONE = new Size(1, 1);

    /** All bounds 1. */
    public static final Shape UNIT = new Shape(1, 1, 1, 1, ONE, ONE, ONE, ONE);

    Shape channels(int outputs, int inputs, int newGroups) {
      return Copy.with(this, Map.of("k", outputs, "c", inputs, "groups", newGroups));
    }

    Shape output(int rows, int columns) {
      return Copy.with(this, "output", new Size(rows, columns));
    }

    Shape kernel(int rows, int columns) {
      return Copy.with(this, "kernel", new Size(rows, columns));
    }

    Shape stride(int rows, int columns) {
      return Copy.with(this, "stride", new Size(rows, columns));
    }

    Shape dilation(int rows, int columns) {
      return Copy.with(this, "dilation", new Size(rows, columns));
    }

    Shape batch(int images) {
      return Copy.with(this, "n", images);
    }

    /** Output rows. */
    public int p() {
      return output.rows;
    }

    /** Output columns. */
    public int q() {
      return output.columns;
    }

    /** Kernel rows. */
    public int r() {
      return kernel.rows;
    }

    /** Kernel columns. */
    public int s() {
      return kernel.columns;
    }

    /** Step of the window between output rows. */
    public int strideP() {
      return stride.rows;
    }

    /** Step of the window between output columns. */
    public int strideQ() {
      return stride.columns;
    }

    /** Step between kernel rows. */
    public int dilationR() {
      return dilation.rows;
    }

    /** Step between kernel columns. */
    public int dilationS() {
      return dilation.columns;
    }

    /** Rows of the input that the outputs need, padding included. */
    public long inputRows() {
      return extent(output.rows, stride.rows, kernel.rows, dilation.rows);
    }

    /** Columns of the input that the outputs need, padding included. */
    public long inputColumns() {
      return extent(output.columns, stride.columns, kernel.columns, dilation.columns);
    }

    private static long extent(int outputs, int stride, int kernel, int dilation) {
      return (outputs - 1L) * stride + (kernel - 1L) * dilation + 1;
    }

    /** A flat list of the loops, by their names in einsums. */
    @Override
    public String toString() {
      return ("Shape[n=%s, k=%s, c=%s, p=%s, q=%s, r=%s, s=%s, groups=%s, strideP=%s, strideQ=%s,"
              + " dilationR=%s, dilationS=%s]")
          .formatted(
              n, k, c, p(), q(), r(), s(), groups, strideP(), strideQ(), dilationR(), dilationS());
    }
  }

  /**
   * Checks the shape; lists all that is wrong.
   *
   * @throws IllegalArgumentException naming each rule violated
   */
  public Layer {
    Rules rules = new Rules();
    LayerRules.check(rules, name, kind, shape);
    rules.require(
        extraParameters >= 0,
        "extra parameters of layer %s (%d) must not be negative",
        name,
        extraParameters);
    if (kind == Kind.EINSUM) {
      rules
          .require(einsum != null, "layer %s of kind EINSUM needs its einsum", name)
          .require(
              einsum == null || einsum.name().equals(name),
              "layer %s and its einsum must have one name. Maybe Layer.of(einsum).named(...) was"
                  + " meant.",
              name);
    }
    rules.check();
    if (kind != Kind.EINSUM) {
      einsum = LayerEinsum.einsum(name, kind, shape);
    }
    if (!zeros.equals(Zeros.NONE)) {
      einsum = einsum.zeros(zeros);
    }
  }

  private static Layer of(String name, Kind kind, Shape shape) {
    return new Layer(name, kind, shape, null, 0);
  }

  /** A layer given by any einsum, such as a 1-D or 3-D convolution or a tensor contraction. */
  public static Layer of(Einsum einsum) {
    return new Layer(einsum.name(), Kind.EINSUM, Shape.UNIT, einsum, 0);
  }

  /** A 1×1 convolution on one pixel; refine it with {@link #kernel} and {@link #output}. */
  public static Layer conv(String name, int inputChannels, int outputChannels) {
    return of(name, Kind.CONVOLUTION, Shape.UNIT.channels(outputChannels, inputChannels, 1));
  }

  /** A 1×1 convolution over a square output. */
  public static Layer pointwise(String name, int inputChannels, int outputChannels, int output) {
    return conv(name, inputChannels, outputChannels).output(output);
  }

  /** A convolution with one filter per channel. */
  public static Layer depthwise(String name, int channels) {
    return conv(name, channels, channels).groups(channels);
  }

  /** A fully connected layer; {@code output(tokens, 1)} applies it to every token. */
  public static Layer fullyConnected(String name, int inputs, int outputs) {
    return of(name, Kind.FULLY_CONNECTED, Shape.UNIT.channels(outputs, inputs, 1));
  }

  /**
   * The product of activations, {@code batch} times {@code [rows, inner] × [inner, columns]}; the
   * heads of an attention are the batch.
   */
  public static Layer matmul(String name, int batch, int rows, int inner, int columns) {
    LayerRules.checkMatmul(name, batch, rows, inner, columns);
    Shape shape = Shape.UNIT.channels(batch * columns, batch * inner, batch).output(rows, 1);
    return of(name, Kind.MATRIX_MULTIPLICATION, shape);
  }

  /** Maximum or average over windows, channel by channel. */
  public static Layer pool(String name, int channels) {
    return of(name, Kind.POOLING, Shape.UNIT.channels(channels, channels, channels));
  }

  /** Element-wise sum of two tensors of this many channels. */
  public static Layer add(String name, int channels) {
    return of(name, Kind.ADDITION, Shape.UNIT.channels(channels, channels, channels));
  }

  /** With a square kernel. */
  public Layer kernel(int size) {
    return kernel(size, size);
  }

  /** With a kernel of these rows and columns. */
  public Layer kernel(int rows, int columns) {
    return withShape(loops().kernel(rows, columns));
  }

  /** With a square output. */
  public Layer output(int size) {
    return output(size, size);
  }

  /** With an output of these rows and columns. */
  public Layer output(int rows, int columns) {
    return withShape(loops().output(rows, columns));
  }

  /** With the same stride in both directions. */
  public Layer stride(int stride) {
    return stride(stride, stride);
  }

  /** With these strides of rows and columns. */
  public Layer stride(int rows, int columns) {
    return withShape(loops().stride(rows, columns));
  }

  /** With the same dilation in both directions. */
  public Layer dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** With these dilations of rows and columns. */
  public Layer dilation(int rows, int columns) {
    return withShape(loops().dilation(rows, columns));
  }

  /** With the channels split into groups. */
  public Layer groups(int groups) {
    return withShape(loops().channels(shape.k, shape.c, groups));
  }

  /**
   * For a batch of images. They share the weights, but in a matrix multiplication every image has
   * its own second factor.
   *
   * @throws IllegalArgumentException for kind EINSUM, whose batch is one of its own dimensions
   */
  public Layer batch(int images) {
    return withShape(loops().batch(images));
  }

  /** With this number of parameters that no MAC touches (biases, normalisation, embeddings). */
  public Layer extraParameters(long count) {
    return Copy.with(this, "extraParameters", count);
  }

  /** With one more trained parameter for each output channel. */
  public Layer bias() {
    return extraParameters(extraParameters + loops().k);
  }

  /** With two more trained parameters for each output channel: scale and shift. */
  public Layer batchNorm() {
    return extraParameters(extraParameters + 2L * loops().k);
  }

  /** With this fraction of its input words zero, as after a ReLU. */
  public Layer zeroInputs(double fraction) {
    return zeros(new Zeros(fraction, zeros.weights, zeros.outputs));
  }

  /** With this fraction of its weights zero, as after pruning. */
  public Layer zeroWeights(double fraction) {
    return zeros(new Zeros(zeros.inputs, fraction, zeros.outputs));
  }

  /** With this fraction of its output words zero when they leave it. */
  public Layer zeroOutputs(double fraction) {
    return zeros(new Zeros(zeros.inputs, zeros.weights, fraction));
  }

  /** With these fractions of zero words. */
  public Layer zeros(Zeros other) {
    return Copy.with(this, "einsum", einsum.zeros(other), "zeros", other);
  }

  /** Under another name. */
  public Layer named(String newName) {
    Einsum renamed = new Einsum(newName, einsum.dimensions(), einsum.tensors(), einsum.operation());
    return Copy.with(this, "name", newName, "einsum", renamed);
  }

  /** Multiply-accumulate operations; zero for pooling and addition. */
  public long macs() {
    return einsum.operation() == Einsum.Op.MULTIPLY_ACCUMULATE ? einsum.points() : 0;
  }

  /**
   * Trained weights of the layer's MACs; zero for kind EINSUM, which does not say whether its
   * operands are trained: there {@link #extraParameters} holds them all.
   */
  public long weights() {
    if (kind == Kind.CONVOLUTION || kind == Kind.FULLY_CONNECTED) {
      return (long) shape.k * (shape.c / shape.groups) * shape.r() * shape.s();
    }
    return 0;
  }

  /**
   * All trained parameters.
   *
   * @throws IllegalArgumentException if they overflow a long
   */
  public long parameters() {
    try {
      return Math.addExact(weights(), extraParameters);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException(
          "layer " + name + " has more than 2^63 parameters: too many to count", overflow);
    }
  }

  private Shape loops() {
    if (kind == Kind.EINSUM) {
      throw new IllegalArgumentException(
          "layer "
              + name
              + " is given by its einsum: it has no kernel, output, stride, groups or batch to set."
              + " Maybe change the bounds of its einsum.");
    }
    return shape;
  }

  private Layer withShape(Shape changed) {
    return Copy.with(this, "shape", changed, "einsum", null);
  }

  @Override
  public String toString() {
    return LayerText.of(this);
  }
}
