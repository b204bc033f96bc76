package dance.interchange.onnx;

import java.nio.ByteBuffer;

/**
 * Elements of a tensor stored as bytes, little-endian.
 *
 * @param type element type of onnx.proto
 * @param bytes a part of the file, which is not copied
 */
record RawData(int type, ByteBuffer bytes) {

  /**
   * The fraction of the elements that are zero, of either sign; NaN where 0 is not a type's zero:
   * unsigned integers are quantised weights with a zero point.
   *
   * @param count the number of elements
   */
  double zeros(long count) {
    int size =
        switch (type) {
          case 3 -> 1;
          case 5, 10, 16 -> 2;
          case 1, 6 -> 4;
          case 7, 11 -> 8;
          default -> 0;
        };
    if (size == 0 || count == 0 || bytes.remaining() != size * count) {
      return Double.NaN;
    }
    boolean signed = type == 1 || type == 10 || type == 11 || type == 16;
    long zeros = 0;
    for (int at = bytes.position(); at < bytes.limit(); at += size) {
      int any = 0;
      for (int i = 0; i < size; i++) {
        // the sign is the highest bit of the last byte
        any |= bytes.get(at + i) & (signed && i == size - 1 ? 0x7F : 0xFF);
      }
      zeros += any == 0 ? 1 : 0;
    }
    return (double) zeros / count;
  }

  /** The elements; null if the type is not numeric, or the number of bytes is wrong. */
  static double[] elements(int type, ByteBuffer raw, int count) {
    int size =
        switch (type) {
          case 2, 3, 9 -> 1;
          case 4, 5 -> 2;
          case 1, 6, 12 -> 4;
          case 7, 11, 13 -> 8;
          default -> 0;
        };
    if (size == 0 || raw.remaining() != (long) size * count) {
      return null;
    }
    double[] elements = new double[count];
    for (int i = 0; i < count; i++) {
      elements[i] =
          switch (type) {
            case 1 -> raw.getFloat();
            case 2, 9 -> raw.get() & 0xFF;
            case 3 -> raw.get();
            case 4 -> raw.getShort() & 0xFFFF;
            case 5 -> raw.getShort();
            case 6 -> raw.getInt();
            case 11 -> raw.getDouble();
            case 12 -> raw.getInt() & 0xFFFFFFFFL;
            default -> raw.getLong();
          };
    }
    return elements;
  }
}
