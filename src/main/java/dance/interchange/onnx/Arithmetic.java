package dance.interchange.onnx;

import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Element-wise operators: their shapes, and their values, because exporters compute shapes with
 * them.
 */
final class Arithmetic {
  /** Operators with one input and one output of the same shape, element by element. */
  static final Set<String> UNARY =
      Set.of(
          ("Abs Acos Acosh Asin Asinh Atan Atanh BiasGelu BitwiseNot Cast CastLike Ceil Celu Clip"
                  + " Cos Cosh DequantizeLinear Dropout Elu Erf Exp FastGelu Floor Gelu"
                  + " HardSigmoid HardSwish Identity IsInf IsNaN LeakyRelu Log Mish Neg Not"
                  + " QuantizeLinear QuickGelu Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin"
                  + " Sinh Softplus Softsign Sqrt Swish Tan Tanh ThresholdedRelu")
              .split(" "));

  /** Operators with two or more inputs and broadcasting. */
  static final Set<String> BROADCAST =
      Set.of(
          ("Add And BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal Greater GreaterOrEqual Less"
                  + " LessOrEqual Max Mean Min Mod Mul Or PRelu Pow Sub Sum Where Xor")
              .split(" "));

  private static final Set<String> COMPARISONS =
      Set.of("And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or", "Xor");

  private static final Map<String, DoubleUnaryOperator> UNARY_VALUES =
      Map.of(
          "Abs", Math::abs,
          "Ceil", Math::ceil,
          "Floor", Math::floor,
          "Identity", x -> x,
          "Neg", x -> -x,
          "Not", x -> x == 0 ? 1 : 0,
          "Round", Math::rint,
          "Sqrt", Math::sqrt);

  private static final Map<String, DoubleBinaryOperator> BINARY_VALUES =
      Map.ofEntries(
          Map.entry("Add", Double::sum),
          Map.entry("Sub", (a, b) -> a - b),
          Map.entry("Mul", (a, b) -> a * b),
          Map.entry("Div", (a, b) -> a / b),
          Map.entry("Pow", Math::pow),
          Map.entry("Max", Math::max),
          Map.entry("Min", Math::min),
          Map.entry("Mod", (a, b) -> a - b * Math.floor(a / b)),
          Map.entry("And", (a, b) -> a != 0 && b != 0 ? 1 : 0),
          Map.entry("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0),
          Map.entry("Equal", (a, b) -> a == b ? 1 : 0),
          Map.entry("Greater", (a, b) -> a > b ? 1 : 0),
          Map.entry("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0),
          Map.entry("Less", (a, b) -> a < b ? 1 : 0),
          Map.entry("LessOrEqual", (a, b) -> a <= b ? 1 : 0));

  private Arithmetic() {}

  static Value unary(Call call) {
    Value x = call.in(0);
    DoubleUnaryOperator value = UNARY_VALUES.get(call.op());
    int type = x.type();
    if (call.op().equals("Cast")) {
      type = (int) call.node().number("to", 0);
      boolean whole = Value.of(type).isInteger();
      value = type == Value.BOOL ? a -> a == 0 ? 0 : 1 : whole ? a -> (long) a : a -> a;
    }
    double[] data = null;
    if (x.data() != null && value != null) {
      data = new double[x.data().length];
      for (int i = 0; i < data.length; i++) {
        data[i] = value.applyAsDouble(x.data()[i]);
      }
    }
    return Value.of(type, x.dims()).data(data);
  }

  static Value broadcast(Call call) {
    boolean where = call.op().equals("Where");
    Value first = call.in(where ? 1 : 0);
    long[] dims = call.in(0).dims();
    boolean known = call.in(0).data() != null;
    for (int i = 1; i < call.inputs().length; i++) {
      dims = join(dims, call.in(i).dims());
      known &= call.in(i).data() != null;
    }
    int type = COMPARISONS.contains(call.op()) ? Value.BOOL : first.type();
    Value joined = Value.of(type, dims);
    DoubleBinaryOperator value = BINARY_VALUES.get(call.op());
    if (!known || joined.count() > Value.FEW || value == null && !where) {
      return joined;
    }
    double[] a = Rearrangement.expand(call.in(0), dims).data();
    double[] b = Rearrangement.expand(call.in(Math.min(1, call.inputs().length - 1)), dims).data();
    double[] data = new double[a.length];
    for (int i = 0; i < data.length; i++) {
      if (where) {
        data[i] = a[i] != 0 ? b[i] : Rearrangement.expand(call.in(2), dims).data()[i];
      } else {
        data[i] = value.applyAsDouble(a[i], b[i]);
        // integer division truncates; division by zero has no value
        if (call.op().equals("Div") && first.isInteger()) {
          data[i] = b[i] == 0 ? 0 : (long) data[i];
        }
      }
    }
    return call.inputs().length > (where ? 3 : 2) ? joined : joined.data(data);
  }

  /** The sizes of two tensors, broadcast as NumPy does. */
  static long[] join(long[] a, long[] b) {
    long[] joined = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= joined.length; i++) {
      long left = i > a.length ? 1 : a[a.length - i];
      long right = i > b.length ? 1 : b[b.length - i];
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException(
            "the sizes " + Value.text(a) + " and " + Value.text(b) + " do not broadcast");
      }
      joined[joined.length - i] = left == 1 ? right : left;
    }
    return joined;
  }
}
