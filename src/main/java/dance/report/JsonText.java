package dance.report;

import dance.check.Library;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** JSON (RFC 8259), indented by two spaces. */
public final class JsonText {
  private JsonText() {}

  /**
   * A value as JSON. Maps and rows keep their order; null is {@code null}, and so are NaN and
   * infinities, which JSON does not have.
   *
   * @param value maps, collections, {@link Rows}, {@link Parts}, intervals, texts, numbers and
   *     booleans
   * @throws IllegalArgumentException if it holds anything else
   * @throws dance.check.MissingLibrary without the library of JSON
   */
  public static String of(Object value) {
    Library.GSON.need("JSON");
    return JsonForms.of(value);
  }

  /**
   * Parses an object.
   *
   * @throws com.google.gson.JsonSyntaxException if the text is not a JSON object
   * @throws dance.check.MissingLibrary without the library of JSON
   */
  public static Map<String, Object> read(String json) {
    Library.GSON.need("JSON");
    return JsonForms.read(json);
  }

  /**
   * The shortest decimal that parses to the same double. Double.toString has other digits before
   * JDK 19.
   */
  static Number shortest(double value) {
    if (value == 0) {
      return value;
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
    boolean plain = magnitude >= 1e-4 && magnitude < 1e17;
    return plain && shortest.scale() < 1 ? shortest.setScale(1) : shortest;
  }
}
