package dance.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notebook, as Jupyter writes it.
 *
 * @param cells from top to bottom
 */
public record NotebookFile(List<Cell> cells) {

  /**
   * A cell.
   *
   * @param isCode whether it runs
   * @param source its text
   * @param outputs what it showed when it ran, by mime type; printed text as text/plain
   * @param errors messages of what stopped it
   * @param count how many ran until it had; 0 if it never ran
   */
  public record Cell(
      boolean isCode,
      String source,
      List<Map<String, String>> outputs,
      List<String> errors,
      int count) {}

  public static NotebookFile read(Path file) {
    try {
      JsonObject top = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      List<Cell> cells = new ArrayList<>();
      top.getAsJsonArray("cells").forEach(cell -> cells.add(cell(cell.getAsJsonObject())));
      return new NotebookFile(cells);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public List<Cell> code() {
    return cells.stream().filter(Cell::isCode).toList();
  }

  private static Cell cell(JsonObject cell) {
    List<Map<String, String>> outputs = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    boolean isCode = cell.get("cell_type").getAsString().equals("code");
    JsonArray shown = isCode ? cell.getAsJsonArray("outputs") : new JsonArray();
    for (JsonElement element : shown) {
      JsonObject output = element.getAsJsonObject();
      switch (output.get("output_type").getAsString()) {
        case "error" -> errors.add(text(output.get("traceback")));
        case "stream" -> outputs.add(Map.of("text/plain", text(output.get("text"))));
        default -> {
          Map<String, String> data = new LinkedHashMap<>();
          output
              .getAsJsonObject("data")
              .entrySet()
              .forEach(e -> data.put(e.getKey(), text(e.getValue())));
          outputs.add(data);
        }
      }
    }
    JsonElement count = isCode ? cell.get("execution_count") : null;
    int ran = count == null || count.isJsonNull() ? 0 : count.getAsInt();
    return new Cell(isCode, text(cell.get("source")), outputs, errors, ran);
  }

  /** Texts are strings or lists of lines. */
  private static String text(JsonElement element) {
    if (!element.isJsonArray()) {
      return element.getAsString();
    }
    StringBuilder text = new StringBuilder();
    element.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }
}
