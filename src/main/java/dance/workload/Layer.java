package dance.workload;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer of a network: a loop nest N G K C P Q R S with strides and dilations, or any affine
 * einsum.
 *
 * <p>Every prefix of {@code Layer.conv("conv3", 256, 384).kernel(3).output(13)} is a complete
 * layer. Inputs have the extent that the outputs need, padding included: {@code (P-1)·stride +
 * (R-1)·dilation + 1} rows.
 *
 * @param name as tables call it
 * @param kind what the layer computes
 * @param shape the loop nest; {@link Shape#UNIT} for kind EINSUM
 * @param einsum what is analysed; derived from the shape except for kind EINSUM
 * @param extraParameters trained parameters that no MAC touches: biases, normalisation scales,
 *     embedding tables
 */
public record Layer(String name, Kind kind, Shape shape, Einsum einsum, long extraParameters) {

  /** What a layer computes. */
  public enum Kind {
    CONVOLUTION,
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
   * The eight loops and their strides.
   *
   * @param n images
   * @param k output channels, all groups together
   * @param c input channels, all groups together
   * @param p output rows
   * @param q output columns
   * @param r kernel rows
   * @param s kernel columns
   * @param groups groups of channels; divides k and c
   * @param strideP step of the window between output rows
   * @param strideQ step of the window between output columns
   * @param dilationR step between kernel rows
   * @param dilationS step between kernel columns
   */
  public record Shape(
      int n,
      int k,
      int c,
      int p,
      int q,
      int r,
      int s,
      int groups,
      int strideP,
      int strideQ,
      int dilationR,
      int dilationS) {
    /** One of everything. */
    public static final Shape UNIT = new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  public Layer {
    Rules rules = new Rules();
    int[] sizes = {
      shape.n,
      shape.k,
      shape.c,
      shape.p,
      shape.q,
      shape.r,
      shape.s,
      shape.groups,
      shape.strideP,
      shape.strideQ,
      shape.dilationR,
      shape.dilationS
    };
    String[] labels = {
      "images (N)",
      "output channels (K)",
      "input channels (C)",
      "output rows (P)",
      "output columns (Q)",
      "kernel rows (R)",
      "kernel columns (S)",
      "groups",
      "stride of rows",
      "stride of columns",
      "dilation of rows",
      "dilation of columns"
    };
    for (int i = 0; i < sizes.length; i++) {
      rules.require(
          sizes[i] >= 1, "%s of layer %s (%d) must be at least 1", labels[i], name, sizes[i]);
    }
    if (shape.groups >= 1) {
      rules.require(
          shape.c % shape.groups == 0,
          "groups (%d) of layer %s must divide its input channels (%d). Maybe groups = %d was"
              + " meant (depthwise).",
          shape.groups,
          name,
          shape.c,
          shape.c);
      rules.require(
          shape.k % shape.groups == 0,
          "groups (%d) of layer %s must divide its output channels (%d)",
          shape.groups,
          name,
          shape.k);
    }
    rules.require(
        extraParameters >= 0,
        "extra parameters of layer %s (%d) must not be negative",
        name,
        extraParameters);
    rules.check();
    if (kind != Kind.EINSUM) {
      einsum = einsumOf(name, kind, shape);
    }
  }

  private static Layer of(String name, Kind kind, Shape shape) {
    return new Layer(name, kind, shape, null, 0);
  }

  /** A layer given by any einsum: 1-D and 3-D convolution, tensor contractions. */
  public static Layer of(Einsum einsum) {
    return new Layer(einsum.name(), Kind.EINSUM, Shape.UNIT, einsum, 0);
  }

  /** A 1×1 convolution on one pixel; refine it with {@link #kernel} and {@link #output}. */
  public static Layer conv(String name, int inputChannels, int outputChannels) {
    return of(
        name,
        Kind.CONVOLUTION,
        new Shape(1, outputChannels, inputChannels, 1, 1, 1, 1, 1, 1, 1, 1, 1));
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
    return of(name, Kind.FULLY_CONNECTED, new Shape(1, outputs, inputs, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  }

  /** The product of activations, {@code batch} times {@code [rows, inner] × [inner, columns]}. */
  public static Layer matmul(String name, int batch, int rows, int inner, int columns) {
    Shape shape = new Shape(1, batch * columns, batch * inner, rows, 1, 1, 1, batch, 1, 1, 1, 1);
    return of(name, Kind.MATRIX_MULTIPLICATION, shape);
  }

  /** Maximum or average over windows, channel by channel. */
  public static Layer pool(String name, int channels) {
    return of(
        name, Kind.POOLING, new Shape(1, channels, channels, 1, 1, 1, 1, channels, 1, 1, 1, 1));
  }

  /** Element-wise sum of two tensors of this many channels. */
  public static Layer add(String name, int channels) {
    return of(
        name, Kind.ADDITION, new Shape(1, channels, channels, 1, 1, 1, 1, channels, 1, 1, 1, 1));
  }

  /** With a square kernel. */
  public Layer kernel(int size) {
    return kernel(size, size);
  }

  /** With a kernel of these rows and columns. */
  public Layer kernel(int rows, int columns) {
    Shape x = loops();
    return withShape(
        new Shape(
            x.n,
            x.k,
            x.c,
            x.p,
            x.q,
            rows,
            columns,
            x.groups,
            x.strideP,
            x.strideQ,
            x.dilationR,
            x.dilationS));
  }

  /** With a square output. */
  public Layer output(int size) {
    return output(size, size);
  }

  /** With an output of these rows and columns. */
  public Layer output(int rows, int columns) {
    Shape x = loops();
    return withShape(
        new Shape(
            x.n,
            x.k,
            x.c,
            rows,
            columns,
            x.r,
            x.s,
            x.groups,
            x.strideP,
            x.strideQ,
            x.dilationR,
            x.dilationS));
  }

  /** With the same stride in both directions. */
  public Layer stride(int stride) {
    return stride(stride, stride);
  }

  /** With these strides of rows and columns. */
  public Layer stride(int rows, int columns) {
    Shape x = loops();
    return withShape(
        new Shape(
            x.n, x.k, x.c, x.p, x.q, x.r, x.s, x.groups, rows, columns, x.dilationR, x.dilationS));
  }

  /** With the same dilation in both directions. */
  public Layer dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** With these dilations of rows and columns. */
  public Layer dilation(int rows, int columns) {
    Shape x = loops();
    return withShape(
        new Shape(
            x.n, x.k, x.c, x.p, x.q, x.r, x.s, x.groups, x.strideP, x.strideQ, rows, columns));
  }

  /** With the channels split into groups. */
  public Layer groups(int groups) {
    Shape x = loops();
    return withShape(
        new Shape(
            x.n,
            x.k,
            x.c,
            x.p,
            x.q,
            x.r,
            x.s,
            groups,
            x.strideP,
            x.strideQ,
            x.dilationR,
            x.dilationS));
  }

  /** For a batch of images. */
  public Layer batch(int images) {
    Shape x = loops();
    return withShape(
        new Shape(
            images,
            x.k,
            x.c,
            x.p,
            x.q,
            x.r,
            x.s,
            x.groups,
            x.strideP,
            x.strideQ,
            x.dilationR,
            x.dilationS));
  }

  /** With parameters that no MAC touches (biases, normalisation, embeddings). */
  public Layer extraParameters(long count) {
    return new Layer(name, kind, shape, einsum, count);
  }

  /** Under another name. */
  public Layer named(String newName) {
    Einsum renamed = new Einsum(newName, einsum.dimensions(), einsum.tensors(), einsum.operation());
    return new Layer(newName, kind, shape, renamed, extraParameters);
  }

  /** Multiply-accumulate operations; zero for pooling and addition. */
  public long macs() {
    return einsum.operation() == Einsum.Op.MULTIPLY_ACCUMULATE ? einsum.points() : 0;
  }

  /** Trained weights of the layer's MACs. */
  public long weights() {
    if (kind == Kind.CONVOLUTION || kind == Kind.FULLY_CONNECTED) {
      return (long) shape.k * (shape.c / shape.groups) * shape.r * shape.s;
    }
    return 0;
  }

  /** All trained parameters. */
  public long parameters() {
    return weights() + extraParameters;
  }

  private Shape loops() {
    if (kind == Kind.EINSUM) {
      throw new IllegalArgumentException(
          "layer " + name + " is given by its einsum: it has no kernel, output or stride to set");
    }
    return shape;
  }

  private Layer withShape(Shape changed) {
    return new Layer(name, kind, changed, null, extraParameters);
  }

  private static Einsum einsumOf(String name, Kind kind, Shape x) {
    boolean channelwise = kind == Kind.POOLING || kind == Kind.ADDITION;
    List<Einsum.Loop> loops = new ArrayList<>();
    loops.add(new Einsum.Loop("N", x.n));
    loops.add(new Einsum.Loop("G", x.groups));
    loops.add(new Einsum.Loop("K", x.k / x.groups));
    loops.add(new Einsum.Loop("C", x.c / x.groups));
    loops.add(new Einsum.Loop("P", x.p));
    loops.add(new Einsum.Loop("Q", x.q));
    loops.add(new Einsum.Loop("R", x.r));
    loops.add(new Einsum.Loop("S", x.s));
    Axis rows = Axis.of("P", x.strideP).plus("R", x.dilationR);
    Axis columns = Axis.of("Q", x.strideQ).plus("S", x.dilationS);
    Tensor input =
        Tensor.of("Inputs", Operand.INPUT, Axis.of("N"), Axis.of("G"), Axis.of("C"), rows, columns);
    Tensor output =
        Tensor.of(
            "Outputs",
            Operand.OUTPUT,
            Axis.of("N"),
            Axis.of("G"),
            Axis.of("K"),
            Axis.of("P"),
            Axis.of("Q"));
    List<Tensor> tensors = new ArrayList<>();
    if (!channelwise) {
      tensors.add(
          Tensor.of(
              "Weights",
              Operand.WEIGHT,
              Axis.of("G"),
              Axis.of("K"),
              Axis.of("C"),
              Axis.of("R"),
              Axis.of("S")));
    }
    tensors.add(input);
    if (kind == Kind.ADDITION) {
      tensors.add(new Tensor("Addends", Operand.INPUT, input.axes()));
    }
    tensors.add(output);
    return new Einsum(
        name, loops, tensors, channelwise ? Einsum.Op.ACCUMULATE : Einsum.Op.MULTIPLY_ACCUMULATE);
  }

  @Override
  public String toString() {
    return kind == Kind.EINSUM ? einsum.toString() : name + " " + kind + " " + shape;
  }
}
