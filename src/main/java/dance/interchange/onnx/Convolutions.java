package dance.interchange.onnx;

import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Convolutions and poolings as layers. One axis is an image of one column, which is exact; three
 * axes are an einsum; a transposed convolution becomes one convolution per phase of its stride,
 * with the same inputs and outputs (Shi et al., CVPR 2016, "sub-pixel") and all products of its
 * definition, those cut off by padding included.
 */
final class Convolutions {
  private Convolutions() {}

  static Windows windows(Call call, Value x, Value w) {
    boolean transposed = call.op().equals("ConvTranspose");
    if (x.rank() < 3 || w.rank() != x.rank()) {
      throw new IllegalArgumentException(
          "a convolution of %s with weights %s".formatted(x.shape(), w.shape()));
    }
    long[] kernel = sizes(w);
    long groups = call.node().number("group", 1);
    long channels = transposed ? w.dim(0) : w.dim(1) * groups;
    if (groups < 1 || x.dim(1) != channels) {
      throw new IllegalArgumentException(
          "%d input channels where weights %s in %d groups take %d"
              .formatted(x.dim(1), w.shape(), groups, channels));
    }
    return transposed
        ? Windows.transposed(call, sizes(x), kernel)
        : Windows.of(call, sizes(x), kernel);
  }

  static Windows poolWindows(Call call, Value x) {
    if (x.rank() < 3) {
      throw new IllegalArgumentException("a pooling of " + x.shape());
    }
    long[] image = sizes(x);
    return call.op().startsWith("Global")
        ? Windows.of(call, image, image)
        : Windows.of(call, image, call.needed("kernel_shape", -1));
  }

  static long[] sizes(Value x) {
    return Arrays.copyOfRange(x.dims(), 2, x.rank());
  }

  /** The layers of a convolution; phases have a suffix. */
  static List<Layer> layers(String name, Call call, Value x, Value w) {
    Windows windows = windows(call, x, w);
    int groups = Math.toIntExact(call.node().number("group", 1));
    int images = Math.toIntExact(x.dim(0));
    int inputs = Math.toIntExact(x.dim(1));
    if (call.op().equals("ConvTranspose")) {
      return transposed(name, windows, images, inputs, (int) w.dim(1) * groups, groups);
    }
    int outputs = Math.toIntExact(w.dim(0));
    if (windows.input().length > 2) {
      return List.of(
          deep(name, windows, new int[] {images, groups, outputs / groups, inputs / groups}, true)
              .extraParameters(w.count()));
    }
    Layer layer = Layer.conv(name, inputs, outputs).groups(groups);
    return List.of(windowed(layer, windows).batch(images));
  }

  /** The layer of a pooling over one, two or three axes. */
  static Layer pool(String name, Windows windows, Value x) {
    int images = Math.toIntExact(x.dim(0));
    int channels = Math.toIntExact(x.dim(1));
    if (windows.input().length > 2) {
      return deep(name, windows, new int[] {images, channels, 1, 1}, false);
    }
    return windowed(Layer.pool(name, channels), windows).batch(images);
  }

  private static Layer windowed(Layer layer, Windows w) {
    return layer
        .kernel(Windows.at(w.kernel(), 0), Windows.at(w.kernel(), 1))
        .stride(Windows.at(w.stride(), 0), Windows.at(w.stride(), 1))
        .dilation(Windows.at(w.dilation(), 0), Windows.at(w.dilation(), 1))
        .output(Windows.at(w.output(), 0), Windows.at(w.output(), 1));
  }

  /** Loops N G K C, then positions and kernel of each axis; poolings have no weights. */
  private static Layer deep(String name, Windows w, int[] channels, boolean weighted) {
    List<Einsum.Loop> loops = new ArrayList<>();
    String[] names = {"N", "G", "K", "C"};
    for (int i = 0; i < names.length; i++) {
      loops.add(new Einsum.Loop(names[i], channels[i]));
    }
    List<Axis> weights = axes("G", "K", "C");
    List<Axis> inputs = axes("N", "G", "C");
    List<Axis> outputs = axes("N", "G", "K");
    for (int i = 0; i < w.input().length; i++) {
      String position = i < 3 ? "OPQ".substring(i, i + 1) : "P" + i;
      String kernel = i < 3 ? "TRS".substring(i, i + 1) : "R" + i;
      loops.add(new Einsum.Loop(position, Math.toIntExact(w.output()[i])));
      loops.add(new Einsum.Loop(kernel, Math.toIntExact(w.kernel()[i])));
      weights.add(Axis.of(kernel));
      outputs.add(Axis.of(position));
      inputs.add(
          Axis.of(position, Math.toIntExact(w.stride()[i]))
              .plus(kernel, Math.toIntExact(w.dilation()[i])));
    }
    List<Tensor> tensors = new ArrayList<>();
    if (weighted) {
      tensors.add(new Tensor("Weights", Operand.WEIGHT, weights));
    }
    tensors.add(new Tensor("Inputs", Operand.INPUT, inputs));
    tensors.add(new Tensor("Outputs", Operand.OUTPUT, outputs));
    Einsum.Op op = weighted ? Einsum.Op.MULTIPLY_ACCUMULATE : Einsum.Op.ACCUMULATE;
    return Layer.of(new Einsum(name, loops, tensors, op));
  }

  private static List<Axis> axes(String... names) {
    return new ArrayList<>(Arrays.stream(names).map(Axis::of).toList());
  }

  /**
   * Along an axis of stride s and kernel k, each output phase takes every s-th tap: k mod s phases
   * take one tap more than the others. Phases with equally many taps become one layer with more
   * channels.
   */
  private static List<Layer> transposed(
      String name, Windows w, int images, int inputs, int outputs, int groups) {
    int axes = w.input().length;
    if (axes > 3) {
      throw new Call.Unknowable("a transposed convolution over " + axes + " axes is no layer here");
    }
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    List<Windows> kinds = new ArrayList<>();
    List<Long> widths = new ArrayList<>();
    phases(w, 0, ones.clone(), ones.clone(), 1, kinds, widths);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      Windows phase = kinds.get(i);
      int width = Math.toIntExact(Math.multiplyExact(outputs, widths.get(i)));
      String taps = Value.text(phase.kernel());
      String own = i == 0 ? name : name + "." + taps.substring(1, taps.length() - 1);
      if (axes > 2) {
        int[] channels = {images, groups, width / groups, inputs / groups};
        long weights = Value.product(phase.kernel(), 0, axes) * width * (inputs / groups);
        layers.add(deep(own, phase, channels, true).extraParameters(weights));
      } else {
        Layer layer = Layer.conv(own, inputs, width).groups(groups);
        layers.add(windowed(layer, phase).batch(images));
      }
    }
    return layers;
  }

  private static void phases(
      Windows w,
      int axis,
      long[] kernel,
      long[] dilation,
      long count,
      List<Windows> kinds,
      List<Long> counts) {
    if (axis == w.input().length) {
      long[] ones = new long[axis];
      Arrays.fill(ones, 1);
      kinds.add(new Windows(w.input(), kernel.clone(), ones, dilation.clone(), w.input()));
      counts.add(count);
      return;
    }
    for (long[] phase : phases(w, axis)) {
      kernel[axis] = phase[1];
      dilation[axis] = phase[2];
      phases(w, axis + 1, kernel, dilation, count * phase[0], kinds, counts);
    }
  }

  /** Groups of phases: their number, taps, and dilation. */
  private static List<long[]> phases(Windows w, int axis) {
    long kernel = Windows.at(w.kernel(), axis);
    long stride = Windows.at(w.stride(), axis);
    long dilation = Windows.at(w.dilation(), axis);
    long common = gcd(stride, dilation);
    long reached = stride / common;
    long longer = kernel % reached;
    List<long[]> kinds = new ArrayList<>();
    if (longer > 0) {
      kinds.add(new long[] {longer, kernel / reached + 1, dilation / common});
    }
    if (kernel >= reached) {
      kinds.add(new long[] {reached - longer, kernel / reached, dilation / common});
    }
    return kinds;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
