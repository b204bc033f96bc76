package dance.interchange.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that only rearrange elements: their shapes, and the elements if known. */
final class Rearrangement {
  private Rearrangement() {}

  /** Maps an index of the output to an element of the input. */
  @FunctionalInterface
  private interface Source {
    long at(long[] index);
  }

  private static Value moved(Value x, long[] dims, Source source) {
    Value result = Value.of(x.type(), dims);
    long count = result.count();
    if (x.data() == null || count > Value.FEW) {
      return result;
    }
    double[] data = new double[(int) count];
    long[] index = new long[dims.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = x.data()[(int) source.at(index)];
      for (int axis = dims.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return result.data(data);
  }

  /** Position of an index in row-major order. */
  private static long flat(long[] dims, long[] index) {
    long position = 0;
    for (int i = 0; i < dims.length; i++) {
      position = position * dims[i] + index[i];
    }
    return position;
  }

  private static Value sameElements(Value x, long[] dims) {
    if (Value.product(dims, 0, dims.length) != x.count()) {
      throw new IllegalArgumentException(
          "%s has %d elements, %s has %d"
              .formatted(x.shape(), x.count(), Value.text(dims), Value.of(0, dims).count()));
    }
    return Value.of(x.type(), dims).data(x.data());
  }

  static Value reshape(Call call) {
    Value x = call.in(0);
    long[] dims = call.needed("shape", 1).clone();
    int free = -1;
    long rest = 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0 && call.node().number("allowzero", 0) == 0) {
        dims[i] = x.dim(Call.axis(i, x.rank()));
      }
      if (dims[i] == -1 && free < 0) {
        free = i;
      } else if (dims[i] < 0) {
        throw new IllegalArgumentException("no tensor has the sizes " + Value.text(dims));
      } else {
        rest = Math.multiplyExact(rest, dims[i]);
      }
    }
    if (free >= 0) {
      dims[free] = rest == 0 ? 0 : x.count() / rest;
    }
    return sameElements(x, dims);
  }

  static Value flatten(Call call) {
    Value x = call.in(0);
    long axis = call.node().number("axis", 1);
    int at = axis == x.rank() ? x.rank() : Call.axis(axis, x.rank());
    return sameElements(x, new long[] {x.product(0, at), x.product(at, x.rank())});
  }

  static Value squeeze(Call call) {
    Value x = call.in(0);
    long[] axes = call.longs("axes", 1);
    boolean[] chosen = Call.axes(axes, x.rank());
    List<Long> kept = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!chosen[i] || axes == null && x.dim(i) != 1) {
        kept.add(x.dim(i));
      }
    }
    return sameElements(x, array(kept));
  }

  static Value unsqueeze(Call call) {
    Value x = call.in(0);
    long[] axes = call.longs("axes", 1, new long[0]);
    boolean[] added = Call.axes(axes, Math.min(x.rank() + axes.length, Value.MAX_RANK));
    long[] dims = new long[added.length];
    int next = 0;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = added[i] || next >= x.rank() ? 1 : x.dim(next++);
    }
    return sameElements(x, dims);
  }

  static Value transpose(Call call) {
    Value x = call.in(0);
    long[] order = call.node().numbers("perm");
    int[] from = new int[x.rank()];
    long[] dims = new long[x.rank()];
    boolean[] used = new boolean[x.rank()];
    for (int i = 0; i < from.length; i++) {
      from[i] = order == null ? from.length - 1 - i : Call.axis(order[i], from.length);
      used[from[i]] = true;
      dims[i] = x.dim(from[i]);
    }
    for (boolean axis : used) {
      if (!axis || order != null && order.length != from.length) {
        throw new IllegalArgumentException("perm is no order of " + from.length + " dimensions");
      }
    }
    long[] source = new long[from.length];
    return moved(
        x,
        dims,
        index -> {
          for (int i = 0; i < from.length; i++) {
            source[from[i]] = index[i];
          }
          return flat(x.dims(), source);
        });
  }

  static Value expand(Value x, long[] shape) {
    long[] dims = Arithmetic.join(x.dims(), shape);
    int more = dims.length - x.rank();
    long[] source = new long[x.rank()];
    return moved(
        x,
        dims,
        index -> {
          for (int i = 0; i < source.length; i++) {
            source[i] = x.dim(i) == 1 ? 0 : index[i + more];
          }
          return flat(x.dims(), source);
        });
  }

  static Value tile(Call call) {
    Value x = call.in(0);
    long[] repeats = call.needed("repeats", 1);
    long[] dims = x.dims().clone();
    for (int i = 0; i < Math.min(dims.length, repeats.length); i++) {
      dims[i] = Math.multiplyExact(dims[i], repeats[i]);
    }
    return Value.of(x.type(), dims);
  }

  static Value concat(Call call) {
    Value first = call.in(0);
    int axis = Call.axis(call.node().number("axis", 0), first.rank());
    long[] dims = first.dims().clone();
    boolean known = first.data() != null;
    for (int i = 1; i < call.inputs().length; i++) {
      Value next = call.in(i);
      if (next.rank() != dims.length) {
        throw new IllegalArgumentException(
            "%s and %s do not join".formatted(first.shape(), next.shape()));
      }
      dims[axis] = Math.addExact(dims[axis], next.dim(axis));
      known &= next.data() != null;
    }
    Value joined = Value.of(first.type(), dims);
    if (!known || dims.length != 1 || joined.count() > Value.FEW) {
      return joined;
    }
    double[] data = new double[0];
    for (int i = 0; i < call.inputs().length; i++) {
      int length = data.length;
      double[] part = call.in(i).data();
      data = Arrays.copyOf(data, length + part.length);
      System.arraycopy(part, 0, data, length, part.length);
    }
    return joined.data(data);
  }

  static Value[] split(Call call) {
    Value x = call.in(0);
    int axis = Call.axis(call.node().number("axis", 0), x.rank());
    int parts = call.node().outputs().size();
    long[] sizes = call.longs("split", 1);
    if (sizes == null) {
      sizes = new long[parts];
      Arrays.fill(sizes, (x.dim(axis) + parts - 1) / parts);
      sizes[parts - 1] = x.dim(axis) - sizes[0] * (parts - 1);
    }
    if (sizes.length != parts || Arrays.stream(sizes).sum() != x.dim(axis)) {
      throw new IllegalArgumentException(
          "the parts %s are not those of %d".formatted(Value.text(sizes), x.dim(axis)));
    }
    Value[] results = new Value[parts];
    long begin = 0;
    for (int i = 0; i < parts; i++) {
      results[i] = part(x, axis, begin, 1, sizes[i]);
      begin += sizes[i];
    }
    return results;
  }

  private static Value part(Value x, int axis, long begin, long step, long size) {
    long[] dims = x.dims().clone();
    dims[axis] = size;
    long[] source = new long[dims.length];
    return moved(
        x,
        dims,
        index -> {
          System.arraycopy(index, 0, source, 0, source.length);
          source[axis] = begin + step * index[axis];
          return flat(x.dims(), source);
        });
  }

  static Value slice(Call call) {
    Value x = call.in(0);
    long[] starts = call.needed("starts", 1);
    long[] ends = call.needed("ends", 2);
    long[] axes = call.longs("axes", 3);
    long[] steps = call.longs("steps", 4);
    for (int i = 0; i < starts.length; i++) {
      int axis = Call.axis(axes == null ? i : axes[i], x.rank());
      long size = x.dim(axis);
      long step = steps == null ? 1 : steps[i];
      if (step == 0) {
        throw new IllegalArgumentException("a step of 0");
      }
      long lowest = step > 0 ? 0 : -1;
      long highest = step > 0 ? size : size - 1;
      long begin = clamp(starts[i], size, 0, highest);
      long end = clamp(ends[i], size, lowest, size);
      long span = step > 0 ? end - begin : begin - end;
      long stride = Math.abs(Math.max(step, -Long.MAX_VALUE));
      x = part(x, axis, begin, step, span <= 0 ? 0 : (span - 1) / stride + 1);
    }
    return x;
  }

  private static long clamp(long position, long size, long low, long high) {
    long counted = position < 0 && position >= -size ? position + size : position;
    return Math.max(low, Math.min(high, counted));
  }

  static Value gather(Call call) {
    Value x = call.in(0);
    Value indices = call.in(1);
    int axis = Call.axis(call.node().number("axis", 0), x.rank());
    long[] dims = replaced(x.dims(), axis, indices.dims());
    long size = x.dim(axis);
    Value result = Value.of(x.type(), dims);
    if (indices.data() == null || x.data() == null) {
      return result;
    }
    long[] source = new long[x.rank()];
    return moved(
        x,
        dims,
        index -> {
          int more = indices.rank();
          System.arraycopy(index, 0, source, 0, axis);
          System.arraycopy(index, axis + more, source, axis + 1, source.length - axis - 1);
          long[] at = Arrays.copyOfRange(index, axis, axis + more);
          long chosen = (long) indices.data()[(int) flat(indices.dims(), at)];
          source[axis] = Call.axis(chosen, (int) Math.min(size, Integer.MAX_VALUE));
          return flat(x.dims(), source);
        });
  }

  /** Sizes with one of them replaced by others. */
  static long[] replaced(long[] dims, int axis, long... by) {
    long[] result = new long[dims.length - 1 + by.length];
    System.arraycopy(dims, 0, result, 0, axis);
    System.arraycopy(by, 0, result, axis, by.length);
    System.arraycopy(dims, axis + 1, result, axis + by.length, dims.length - axis - 1);
    return result;
  }

  private static long[] array(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }
}
