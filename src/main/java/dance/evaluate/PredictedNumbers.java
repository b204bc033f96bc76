package dance.evaluate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The costs of one layer on every design of a large space, without loss in well below a byte a
 * number.
 *
 * <p>Neighbours on an axis mostly have the same best mapping: the same latency to the last bit, and
 * energies that lie in a plane, since clock and control grow with the array. So a latency is stored
 * as the axis on which the neighbour below has the same one, or in full; an energy as the predictor
 * that came nearest, and how many floats it is off:
 *
 * <pre>  E[i] ≈ E[i − a] + E[i − b] − E[i − c]</pre>
 *
 * <p>with offsets of neighbours on one axis or two. Choices, differences and numbers in full are
 * three streams of bytes, each deflated (RFC 1950).
 */
final class PredictedNumbers {
  /** In place of an axis or a predictor: the number is in full. */
  private static final int FULL = 255;

  /** Differences that fit a byte. */
  private static final int MOST_OFF = 127;

  /** A predictor that is off by no more is kept: changes of predictors take more room. */
  private static final int KEEP = 2;

  /** Axes whose neighbours are on a line for energies, counted from the last: those of an array. */
  private static final int LINES = 2;

  private final int designs;
  private final int[] stride;
  private final int[] size;
  private final List<Predictor> predictors = new ArrayList<>();

  /**
   * Offsets of neighbours; those in {@code axes} need this number of steps back on an axis each.
   */
  private record Predictor(int a, int b, int c, int[] axes, int[] steps) {}

  /** The three streams of a layer. */
  private static final class Streams {
    final byte[] choices;
    final byte[] off;
    final ByteArrayOutputStream full = new ByteArrayOutputStream();

    Streams(int designs) {
      choices = new byte[2 * designs];
      off = new byte[designs];
    }
  }

  /**
   * @param designs of the space
   * @param sizes numbers of values of its axes; that of all combinations may be larger where
   *     conditions exclude some
   */
  PredictedNumbers(int designs, int[] sizes) {
    this.designs = designs;
    int axes = sizes.length;
    stride = new int[axes];
    size = new int[axes];
    for (int k = 0, step = 1; k < axes; k++) {
      size[k] = sizes[axes - 1 - k];
      stride[k] = step;
      step *= size[k];
    }
    for (int k = 0; k < axes; k++) {
      int s = stride[k];
      predictors.add(new Predictor(s, s, s, new int[] {k}, new int[] {1}));
      if (k < LINES) {
        predictors.add(new Predictor(s, s, 2 * s, new int[] {k}, new int[] {2}));
      }
      for (int j = 0; j < Math.min(k, LINES + 1); j++) {
        int other = stride[j];
        predictors.add(new Predictor(s, other, s + other, new int[] {j, k}, new int[] {1, 1}));
      }
    }
  }

  private boolean has(int design, int axis, int steps) {
    return design / stride[axis] % size[axis] >= steps;
  }

  private boolean has(int design, Predictor predictor) {
    for (int i = 0; i < predictor.axes.length; i++) {
      if (!has(design, predictor.axes[i], predictor.steps[i])) {
        return false;
      }
    }
    return true;
  }

  private static int bits(float[] of, int design, Predictor by) {
    return Float.floatToRawIntBits(of[design - by.a] + (of[design - by.b] - of[design - by.c]));
  }

  /** Both rows of a layer: {@code [designs]} each. */
  byte[] bytes(float[] latencyMs, float[] energyMj) {
    Streams streams = new Streams(designs);
    int axis = 0;
    int predictor = 0;
    for (int d = 0; d < designs; d++) {
      axis = same(latencyMs, d, axis);
      streams.choices[d] = (byte) (axis < 0 ? FULL : axis);
      if (axis < 0) {
        full(streams.full, Float.floatToRawIntBits(latencyMs[d]));
        axis = 0;
      }
      predictor = nearest(energyMj, d, predictor);
      long off = predictor < 0 ? Long.MAX_VALUE : off(energyMj, d, predictor);
      boolean near = Math.abs(off) <= MOST_OFF;
      streams.choices[designs + d] = (byte) (near ? predictor : FULL);
      streams.off[d] = (byte) (near ? off : 0);
      if (!near) {
        full(streams.full, Float.floatToRawIntBits(energyMj[d]));
        predictor = Math.max(predictor, 0);
      }
    }
    byte[] full = streams.full.toByteArray();
    byte[][] parts = {Deflated.of(streams.choices), Deflated.of(streams.off), Deflated.of(full)};
    ByteBuffer all =
        ByteBuffer.allocate(
            4 * Integer.BYTES + parts[0].length + parts[1].length + parts[2].length);
    all.putInt(full.length);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return all.array();
  }

  /** An axis on which the neighbour below has the same number, if possible this one; else −1. */
  private int same(float[] of, int design, int wanted) {
    if (has(design, wanted, 1) && of[design] == of[design - stride[wanted]]) {
      return wanted;
    }
    for (int k = 0; k < stride.length; k++) {
      if (has(design, k, 1) && of[design] == of[design - stride[k]]) {
        return k;
      }
    }
    return -1;
  }

  /** The predictor that is nearest, of equal ones if possible this one; −1 if there is none. */
  private int nearest(float[] of, int design, int wanted) {
    int best = -1;
    long least = Long.MAX_VALUE;
    if (has(design, predictors.get(wanted))) {
      best = wanted;
      least = Math.abs(off(of, design, wanted));
      if (least <= KEEP) {
        return wanted;
      }
    }
    for (int p = 0; p < predictors.size() && least > 0; p++) {
      if (has(design, predictors.get(p))) {
        long off = Math.abs(off(of, design, p));
        if (off < least) {
          least = off;
          best = p;
        }
      }
    }
    return best;
  }

  private long off(float[] of, int design, int predictor) {
    return (long) Float.floatToRawIntBits(of[design]) - bits(of, design, predictors.get(predictor));
  }

  private static void full(ByteArrayOutputStream to, int bits) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      to.write(bits >> shift);
    }
  }

  /**
   * Reads both rows of a layer.
   *
   * @param name of the file in messages
   * @param latencyMs {@code [designs]}, written
   * @param energyMj {@code [designs]}, written
   * @throws IllegalArgumentException if the bytes are damaged
   */
  void read(String name, ByteBuffer bytes, float[] latencyMs, float[] energyMj) {
    try {
      int fullLength = bytes.getInt();
      byte[] choices = part(name, bytes, 2 * designs);
      byte[] off = part(name, bytes, designs);
      ByteBuffer full = ByteBuffer.wrap(part(name, bytes, fullLength));
      for (int d = 0; d < designs; d++) {
        int axis = choices[d] & 0xff;
        latencyMs[d] = axis == FULL ? full.getFloat() : latencyMs[d - stride[axis]];
        int predictor = choices[designs + d] & 0xff;
        energyMj[d] =
            predictor == FULL
                ? full.getFloat()
                : Float.intBitsToFloat(bits(energyMj, d, predictors.get(predictor)) + off[d]);
      }
    } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException wrong) {
      throw new IllegalArgumentException(name + " is damaged: a number of it is missing", wrong);
    }
  }

  private static byte[] part(String name, ByteBuffer bytes, int length) {
    byte[] deflated = new byte[bytes.getInt()];
    bytes.get(deflated);
    return Deflated.inflate(name, deflated, length);
  }
}
