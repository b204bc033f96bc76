package dance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.ReflectionAccessFilter;
import com.google.gson.ToNumberPolicy;
import dance.search.ConfidenceInterval;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The forms of values in JSON: apart from {@link JsonText}, which names a missing library first.
 */
final class JsonForms {
  /** In a regular expression only an unpaired surrogate matches. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          // what a result has in JSON is said by its columns, not by its fields
          .addReflectionAccessFilter(type -> ReflectionAccessFilter.FilterResult.BLOCK_ALL)
          .registerTypeAdapter(
              Double.class, (JsonSerializer<Double>) (value, type, in) -> number(value))
          .registerTypeAdapter(
              Rows.class,
              (JsonSerializer<Rows<?>>) (rows, type, in) -> in.serialize(rows.objects()))
          .registerTypeAdapter(
              Parts.class,
              (JsonSerializer<Parts>) (parts, type, in) -> in.serialize(parts.values()))
          .registerTypeAdapter(
              ConfidenceInterval.class,
              (JsonSerializer<ConfidenceInterval>) (value, type, in) -> interval(value))
          .create();

  private JsonForms() {}

  /**
   * A value as JSON. Maps and rows keep their order; null is {@code null}, and so are NaN and
   * infinities, which JSON does not have.
   *
   * @param value maps, collections, {@link Rows}, {@link Parts}, intervals, texts, numbers and
   *     booleans
   * @throws IllegalArgumentException if it holds anything else
   */
  static String of(Object value) {
    try {
      // UTF-8 cannot encode an unpaired surrogate
      return HALF.matcher(GSON.toJson(value))
          .replaceAll(half -> "\\\\u" + Integer.toHexString(half.group().charAt(0)));
    } catch (JsonIOException unknown) {
      throw new IllegalArgumentException("no form in JSON: " + unknown.getMessage(), unknown);
    }
  }

  /**
   * Parses an object.
   *
   * @throws com.google.gson.JsonSyntaxException if the text is not a JSON object
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> read(String json) {
    return GSON.fromJson(json, Map.class);
  }

  private static JsonObject interval(ConfidenceInterval interval) {
    JsonObject object = new JsonObject();
    object.add("mean", number(interval.mean()));
    object.add("margin", number(interval.margin()));
    return object;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(JsonText.shortest(value)) : JsonNull.INSTANCE;
  }
}
