package dance.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, strings, numbers, booleans and null as JSON (RFC 8259), indented. */
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /**
   * The value as a JSON text.
   *
   * @throws IllegalArgumentException if it holds anything without a JSON representation
   */
  static String of(Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.text.toString();
  }

  private void value(Object value, String newline) {
    if (value instanceof Map<?, ?> map) {
      members(map, newline);
    } else if (value instanceof List<?> list) {
      elements(list, newline);
    } else if (value instanceof String string) {
      string(string);
    } else if (value instanceof Double number) {
      text.append(number(number));
    } else if (value == null
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean) {
      text.append(value);
    } else {
      throw new IllegalArgumentException(value.getClass().getName() + " has no form in JSON");
    }
  }

  private void members(Map<?, ?> map, String newline) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(newline).append("  ");
      string((String) entry.getKey());
      text.append(": ");
      value(entry.getValue(), newline + "  ");
      separator = ",";
    }
    text.append(map.isEmpty() ? "{}" : newline + "}");
  }

  private void elements(List<?> list, String newline) {
    text.append('[');
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      text.append(newline).append("  ");
      value(i.next(), newline + "  ");
      text.append(i.hasNext() ? "," : newline);
    }
    text.append(']');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          // an unpaired surrogate cannot be encoded in UTF-8
          if (c < 0x20 || (Character.isSurrogate(c) && !paired(string, i))) {
            text.append("\\u").append(Character.forDigit(c >> 12, 16));
            text.append(Character.forDigit(c >> 8 & 15, 16));
            text.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean paired(String string, int i) {
    char c = string.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(string.charAt(i - 1));
  }

  /**
   * The shortest decimal that reads back as the same double; {@code null} for NaN and infinities,
   * which JSON does not know. Double.toString would do, but gives other digits before JDK 19.
   */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits)).stripTrailingZeros();
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    double magnitude = Math.abs(value);
    if (magnitude < 1e-4 || magnitude >= 1e17) {
      return shortest.toString();
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
