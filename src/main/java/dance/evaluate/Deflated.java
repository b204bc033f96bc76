package dance.evaluate;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes deflated as in RFC 1950. */
final class Deflated {
  private Deflated() {}

  static byte[] of(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /**
   * The bytes before they were deflated.
   *
   * @param name of their file in messages
   * @param length number of bytes expected, which bounds the memory
   * @throws IllegalArgumentException if they are damaged or of another length
   */
  static byte[] inflate(String name, byte[] data, int length) {
    byte[] bytes = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int read = inflater.inflate(bytes);
      if (read != length || inflater.inflate(new byte[1]) != 0) {
        throw new IllegalArgumentException(
            name + " holds another number of costs than its header says");
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(name + " is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
