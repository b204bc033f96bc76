package dance.interchange.onnx;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * Reads the fields of one protobuf message in order (Protocol Buffers, "Encoding"): {@code while
 * (wire.next()) switch (wire.field()) …}. Unused fields are skipped. Nothing is copied before its
 * length is checked against the message.
 */
final class Wire {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** Maximum length of names and texts of a model. */
  private static final int MAX_TEXT = 1 << 16;

  private final ByteBuffer bytes;
  private int field;
  private int type;

  /** Start of the value of the current field, and of the next field. */
  private int start;

  private int end;

  Wire(ByteBuffer message) {
    bytes = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Advances to the next field; false at the end of the message. */
  boolean next() {
    if (end >= bytes.limit()) {
      return false;
    }
    try {
      bytes.position(end);
      long tag = varint();
      field = (int) (tag >>> 3);
      type = (int) (tag & 7);
      if (field <= 0 || tag >>> 32 != 0) {
        throw malformed("a field with the number " + (tag >>> 3));
      }
      long length =
          switch (type) {
            case VARINT -> lengthOfVarint();
            case FIXED64 -> 8;
            case FIXED32 -> 4;
            case BYTES -> varint();
            default -> throw malformed("a field of wire type " + type);
          };
      start = bytes.position();
      if (length < 0 || length > bytes.limit() - start) {
        throw malformed(
            "a field of " + length + " bytes where " + (bytes.limit() - start) + " are");
      }
      end = start + (int) length;
      return true;
    } catch (BufferUnderflowException cut) {
      throw malformed("an end within a field");
    }
  }

  int field() {
    return field;
  }

  long number() {
    require(VARINT);
    bytes.position(start);
    return varint();
  }

  double real() {
    require(FIXED32);
    return bytes.getFloat(start);
  }

  Wire message() {
    return new Wire(payload());
  }

  /** The bytes of the field, not copied. */
  ByteBuffer payload() {
    require(BYTES);
    return bytes.slice(start, end - start).order(ByteOrder.LITTLE_ENDIAN);
  }

  String text() {
    ByteBuffer payload = payload();
    if (payload.remaining() > MAX_TEXT) {
      throw malformed("a text of " + payload.remaining() + " bytes, of at most " + MAX_TEXT);
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(payload);
      return text.toString();
    } catch (CharacterCodingException notText) {
      throw malformed("a text that is not UTF-8");
    }
  }

  /** One number, or those packed into the field. */
  void numbers(LongConsumer each) {
    if (type != BYTES) {
      each.accept(number());
      return;
    }
    Wire packed = message();
    while (packed.bytes.hasRemaining()) {
      each.accept(packed.varint());
    }
  }

  /** Floats, or doubles if {@code wide}: one, or those packed into the field. */
  void reals(boolean wide, DoubleConsumer each) {
    if (type == BYTES) {
      ByteBuffer packed = payload();
      while (packed.remaining() >= (wide ? 8 : 4)) {
        each.accept(wide ? packed.getDouble() : packed.getFloat());
      }
    } else {
      require(wide ? FIXED64 : FIXED32);
      each.accept(wide ? bytes.getDouble(start) : bytes.getFloat(start));
    }
  }

  private long lengthOfVarint() {
    int from = bytes.position();
    varint();
    int length = bytes.position() - from;
    bytes.position(from);
    return length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw malformed("an end within a number");
      }
      byte b = bytes.get();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("a number of more than ten bytes");
  }

  private void require(int expected) {
    if (type != expected) {
      throw malformed("field " + field + " of wire type " + type + " in place of " + expected);
    }
  }

  static IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException("no ONNX model: " + what);
  }
}
