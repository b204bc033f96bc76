package dance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dance.check.Library;
import dance.search.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON (RFC 8259), indented by two blanks. */
public final class JsonText {
  /** In a regular expression only a lone half of a pair is a surrogate. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  /** Apart, so that a missing library is named before its classes are looked for. */
  private static final class Writer {
    static final Gson GSON =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapter(Double.class, new Shortest())
            .create();
  }

  private JsonText() {}

  /**
   * A value as JSON. Maps and rows keep their order; null is {@code null}, and so are NaN and
   * infinities, which JSON does not know.
   *
   * @param value maps, collections, {@link Rows}, {@link Parts}, intervals, texts, numbers and
   *     truth values
   * @throws IllegalArgumentException if it holds anything else
   */
  public static String of(Object value) {
    Library.GSON.need("JSON");
    String text = Writer.GSON.toJson(tree(value));
    // UTF-8 has no form of half a character
    return HALF.matcher(text)
        .replaceAll(half -> "\\\\u" + Integer.toHexString(half.group().charAt(0)));
  }

  /**
   * Reads an object back.
   *
   * @throws com.google.gson.JsonSyntaxException if the text is no JSON object
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> read(String json) {
    Library.GSON.need("JSON");
    return Writer.GSON.fromJson(json, Map.class);
  }

  private static Object tree(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> object = new LinkedHashMap<>();
      map.forEach((key, member) -> object.put(key, tree(member)));
      return object;
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(JsonText::tree).toArray();
    }
    if (value instanceof Rows<?> rows) {
      return tree(rows.objects());
    }
    if (value instanceof Parts parts) {
      return tree(parts.values());
    }
    if (value instanceof Interval interval) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("mean", interval.mean());
      object.put("margin", interval.margin());
      return object;
    }
    if (value == null
        || value instanceof String
        || value instanceof Double
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(value.getClass().getName() + " has no form in JSON");
  }

  /**
   * The shortest decimal that reads back as the same double; null for NaN and infinities.
   * Double.toString would do, but gives other digits before JDK 19.
   */
  static Number number(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
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

  /** Writes {@link #number}. */
  private static final class Shortest extends TypeAdapter<Double> {
    @Override
    public void write(JsonWriter out, Double value) throws IOException {
      out.value(number(value));
    }

    @Override
    public Double read(JsonReader in) throws IOException {
      return in.nextDouble();
    }
  }
}
