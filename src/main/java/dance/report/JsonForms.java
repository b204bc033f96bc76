package dance.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import dance.search.ConfidenceInterval;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The forms of values in JSON: apart from {@link JsonText}, which names a missing library first.
 * Uses of Gson what its version 2.8.5 has, because IJava's own copy of it comes first on the class
 * path.
 */
final class JsonForms {
  /** In a regular expression only an unpaired surrogate matches. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private JsonForms() {}

  /**
   * A value as JSON. Maps and rows keep their order; null is {@code null}, and so are NaN and
   * infinities, which JSON does not have.
   *
   * @param value maps, collections, arrays, {@link Rows}, {@link Parts}, intervals, texts, numbers,
   *     constants and booleans
   * @throws IllegalArgumentException if it holds anything else
   */
  static String of(Object value) {
    // UTF-8 cannot encode an unpaired surrogate
    return HALF.matcher(GSON.toJson(element(value)))
        .replaceAll(half -> "\\\\u" + Integer.toHexString(half.group().charAt(0)));
  }

  // what a result has in JSON is said by its columns, not by its fields
  private static JsonElement element(Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    } else if (value instanceof Double number) {
      return number(number);
    } else if (value instanceof Number number) {
      return new JsonPrimitive(number);
    } else if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    } else if (value instanceof CharSequence || value instanceof Character) {
      return new JsonPrimitive(value.toString());
    } else if (value instanceof Enum<?> constant) {
      return new JsonPrimitive(constant.name());
    } else if (value instanceof Rows<?> rows) {
      return element(rows.objects());
    } else if (value instanceof Parts parts) {
      return element(parts.values());
    } else if (value instanceof ConfidenceInterval interval) {
      return interval(interval);
    } else if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, part) -> object.add(String.valueOf(key), element(part)));
      return object;
    }
    JsonArray array = new JsonArray();
    if (value instanceof Iterable<?> parts) {
      parts.forEach(part -> array.add(element(part)));
    } else if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        array.add(element(Array.get(value, i)));
      }
    } else {
      throw new IllegalArgumentException("no form in JSON: " + value.getClass().getName());
    }
    return array;
  }

  /**
   * Parses an object. Whole numbers become {@code Long}, others {@code Double}.
   *
   * @throws JsonSyntaxException if the text is not a JSON object
   */
  static Map<String, Object> read(String json) {
    JsonElement root = GSON.fromJson(json, JsonElement.class);
    if (root == null || !root.isJsonObject()) {
      throw new JsonSyntaxException("not an object: " + root);
    }
    return map(root.getAsJsonObject());
  }

  private static Map<String, Object> map(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object.entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
    return map;
  }

  private static Object value(JsonElement element) {
    if (element.isJsonObject()) {
      return map(element.getAsJsonObject());
    }
    if (element.isJsonArray()) {
      List<Object> list = new ArrayList<>();
      element.getAsJsonArray().forEach(part -> list.add(value(part)));
      return list;
    }
    if (element.isJsonNull()) {
      return null;
    }
    JsonPrimitive primitive = element.getAsJsonPrimitive();
    if (primitive.isNumber()) {
      String digits = primitive.getAsString();
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException fraction) {
        return Double.parseDouble(digits);
      }
    }
    return primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsString();
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
