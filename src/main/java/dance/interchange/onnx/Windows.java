package dance.interchange.onnx;

import java.util.Arrays;

/**
 * Windows of a kernel over the axes of an image: rows and columns, one axis, or three.
 *
 * @param input sizes of the image
 * @param kernel its sizes
 * @param stride steps between positions
 * @param dilation steps inside the kernel
 * @param output number of positions; for a transposed convolution the sizes of its output
 */
record Windows(long[] input, long[] kernel, long[] stride, long[] dilation, long[] output) {

  /** Of a convolution or a pooling, whose kernel has these sizes. */
  static Windows of(Call call, long[] input, long[] kernel) {
    Windows w = read(call, input, kernel);
    long[] pads = call.longs("pads", -1, new long[2 * input.length]);
    String automatic = call.node().text("auto_pad", "NOTSET");
    boolean ceiling = call.node().number("ceil_mode", 0) != 0;
    w.same("pads", pads, 2);
    for (int i = 0; i < input.length; i++) {
      long extent = (kernel[i] - 1) * w.dilation[i] + 1;
      long step = w.stride[i];
      if (automatic.startsWith("SAME")) {
        w.output[i] = (input[i] + step - 1) / step;
        continue;
      }
      long pad = automatic.equals("VALID") ? 0 : pads[i] + pads[i + input.length];
      long room = input[i] + pad - extent;
      w.output[i] = room < 0 ? 0 : (ceiling ? room + step - 1 : room) / step + 1;
      // a window that begins in the padding after the image is dropped
      if (ceiling && (w.output[i] - 1) * step >= input[i] + pads[i]) {
        w.output[i]--;
      }
      if (w.output[i] < 1) {
        throw new IllegalArgumentException(
            "a kernel of %d (dilation %d) does not fit %d with %d of padding"
                .formatted(kernel[i], w.dilation[i], input[i], pad));
      }
    }
    return w;
  }

  /** Of a transposed convolution. */
  static Windows transposed(Call call, long[] input, long[] kernel) {
    Windows w = read(call, input, kernel);
    long[] pads = call.longs("pads", -1, new long[2 * input.length]);
    long[] more = call.longs("output_padding", -1, new long[input.length]);
    long[] given = call.node().numbers("output_shape");
    w.same("pads", pads, 2);
    w.same("output_padding", more, 1);
    boolean same = call.node().text("auto_pad", "NOTSET").startsWith("SAME");
    for (int i = 0; i < input.length; i++) {
      long extent = (kernel[i] - 1) * w.dilation[i] + 1;
      w.output[i] =
          given != null && given.length >= input.length
              ? given[given.length - input.length + i]
              : same
                  ? input[i] * w.stride[i]
                  : (input[i] - 1) * w.stride[i]
                      + extent
                      + more[i]
                      - pads[i]
                      - pads[i + input.length];
      if (w.output[i] < 1) {
        throw new IllegalArgumentException("an output of " + w.output[i] + " along an axis");
      }
    }
    return w;
  }

  private static Windows read(Call call, long[] input, long[] kernel) {
    long[] ones = new long[input.length];
    Arrays.fill(ones, 1);
    long[] strides = call.longs("strides", -1, ones);
    long[] dilations = call.longs("dilations", -1, ones);
    Windows w = new Windows(input, kernel, strides, dilations, new long[input.length]);
    w.same("kernel_shape", kernel, 1);
    w.same("strides", strides, 1);
    w.same("dilations", dilations, 1);
    for (int i = 0; i < input.length; i++) {
      if (kernel[i] < 1 || strides[i] < 1 || dilations[i] < 1) {
        throw new IllegalArgumentException(
            "kernel (%d), stride (%d) and dilation (%d) must be at least 1"
                .formatted(kernel[i], strides[i], dilations[i]));
      }
    }
    return w;
  }

  private void same(String what, long[] numbers, int times) {
    if (numbers.length != times * input.length) {
      throw new IllegalArgumentException(
          "%s has %d numbers for %d axes".formatted(what, numbers.length, input.length));
    }
  }

  /** The value for an axis, or 1 if the image has fewer axes. */
  static int at(long[] numbers, int axis) {
    return axis < numbers.length ? Math.toIntExact(numbers[axis]) : 1;
  }
}
