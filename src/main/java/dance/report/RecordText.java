package dance.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dance.check.Library;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records of others from a text: rows of cells by heading. CSV (RFC 4180) with a line of headings,
 * lines that begin with {@code #} skipped; or JSON, an array of objects, or an object of objects,
 * lists or numbers, whose keys are then the column {@code key} and whose lists and numbers the
 * column {@code value}. Lists of numbers are cells with semicolons.
 */
public final class RecordText {
  private RecordText() {}

  /**
   * Reads rows.
   *
   * @throws IllegalArgumentException naming the line or the element that is wrong
   */
  public static List<Map<String, String>> read(String text) {
    String begin = text.stripLeading();
    return begin.startsWith("{") || begin.startsWith("[") ? Json.rows(text) : csv(text);
  }

  private static List<Map<String, String>> csv(String text) {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> headings = null;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> cells = cells(line);
      if (headings == null) {
        headings = cells;
        continue;
      }
      if (cells.size() != headings.size()) {
        throw new IllegalArgumentException(
            "line %d has %d cells for %d headings. Maybe a text with commas needs quotes."
                .formatted(number, cells.size(), headings.size()));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(headings.get(i), cells.get(i));
      }
      rows.add(row);
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("has no rows below a line of headings");
    }
    return rows;
  }

  /** The cells of a line; quotes protect commas, and two are one. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /** Apart, so that CSV needs no library. */
  private static final class Json {
    static List<Map<String, String>> rows(String text) {
      Library.GSON.need("JSON");
      JsonElement root;
      try {
        root = new Gson().fromJson(text, JsonElement.class);
      } catch (JsonParseException | StackOverflowError damaged) {
        throw new IllegalArgumentException("is not JSON. Maybe the file is truncated.", damaged);
      }
      List<Map<String, String>> rows = new ArrayList<>();
      if (root == null) {
        throw new IllegalArgumentException("has no records");
      }
      if (root.isJsonArray()) {
        for (JsonElement element : root.getAsJsonArray()) {
          rows.add(row(new LinkedHashMap<>(), element));
        }
      } else {
        root.getAsJsonObject()
            .entrySet()
            .forEach(
                e -> rows.add(row(new LinkedHashMap<>(Map.of("key", e.getKey())), e.getValue())));
      }
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("has no records");
      }
      return rows;
    }

    private static Map<String, String> row(Map<String, String> row, JsonElement element) {
      if (element.isJsonObject()) {
        element.getAsJsonObject().entrySet().stream()
            .filter(e -> !e.getValue().isJsonNull())
            .forEach(e -> row.put(e.getKey(), cell(e.getValue())));
      } else {
        row.put("value", cell(element));
      }
      return row;
    }

    private static String cell(JsonElement value) {
      if (value.isJsonPrimitive()) {
        return value.getAsString();
      }
      if (value.isJsonArray()) {
        JsonArray list = value.getAsJsonArray();
        List<String> cells = new ArrayList<>();
        list.forEach(e -> cells.add(e.isJsonPrimitive() ? e.getAsString() : e.toString()));
        return cells.stream().collect(Collectors.joining(";"));
      }
      return value.toString();
    }
  }
}
