package dance.interchange.onnx;

import java.nio.ByteBuffer;

/** Elements of a tensor stored as bytes, little-endian. */
final class RawData {
  private RawData() {}

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
