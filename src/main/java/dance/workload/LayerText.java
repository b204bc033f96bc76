package dance.workload;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A layer in a line: what a person would say of it, without what is one of everything. */
final class LayerText {
  private LayerText() {}

  /** {@code conv3: convolution 256 → 384, kernel 3 × 3, output 13 × 13}. */
  static String of(Layer layer) {
    if (layer.kind() == Layer.Kind.EINSUM) {
      return layer.einsum().toString();
    }
    List<String> parts = parts(layer);
    zeros(parts, "inputs", layer.zeros().inputs());
    zeros(parts, "weights", layer.zeros().weights());
    zeros(parts, "outputs", layer.zeros().outputs());
    return layer.name() + ": " + String.join(", ", parts);
  }

  private static List<String> parts(Layer layer) {
    Layer.Shape s = layer.shape();
    List<String> parts = new ArrayList<>();
    switch (layer.kind()) {
      case MATRIX_MULTIPLICATION -> {
        int products = s.groups();
        parts.add(
            "matrix product %s · %s"
                .formatted(
                    pair(s.p() * s.q(), s.c() / products),
                    pair(s.c() / products, s.k() / products)));
        add(parts, "products", products);
        add(parts, "batch", s.n());
        return parts;
      }
      case FULLY_CONNECTED -> parts.add("fully connected " + s.c() + " → " + s.k());
      case POOLING -> parts.add("pooling of " + channels(s.k()));
      case ADDITION -> parts.add("addition of " + channels(s.k()));
      default -> parts.add(convolution(s));
    }
    if (layer.kind() != Layer.Kind.ADDITION && s.r() * s.s() > 1) {
      parts.add("kernel " + pair(s.r(), s.s()));
    }
    step(parts, "stride", s.strideP(), s.strideQ());
    step(parts, "dilation", s.dilationR(), s.dilationS());
    if (layer.kind() != Layer.Kind.FULLY_CONNECTED || s.p() * s.q() > 1) {
      parts.add("output " + pair(s.p(), s.q()));
    }
    add(parts, "batch", s.n());
    return parts;
  }

  private static String convolution(Layer.Shape s) {
    boolean depthwise = s.groups() > 1 && s.groups() == s.c() && s.groups() == s.k();
    String groups = s.groups() > 1 ? " in " + s.groups() + " groups" : "";
    return depthwise
        ? "depthwise convolution of " + channels(s.k())
        : "convolution " + s.c() + " → " + s.k() + groups;
  }

  private static String channels(int count) {
    return count == 1 ? "1 channel" : count + " channels";
  }

  private static void step(List<String> parts, String what, int rows, int columns) {
    if (rows > 1 || columns > 1) {
      parts.add(what + " " + (rows == columns ? "" + rows : pair(rows, columns)));
    }
  }

  private static void add(List<String> parts, String what, int count) {
    if (count > 1) {
      parts.add(what.equals("products") ? count + " " + what : what + " " + count);
    }
  }

  private static void zeros(List<String> parts, String what, double fraction) {
    if (fraction > 0) {
      BigDecimal percent = new BigDecimal(100 * fraction).round(new MathContext(4));
      parts.add(percent.stripTrailingZeros().toPlainString() + " % zero " + what);
    }
  }

  private static String pair(int rows, int columns) {
    return rows + " × " + columns;
  }
}
