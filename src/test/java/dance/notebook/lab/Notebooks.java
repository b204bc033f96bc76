package dance.notebook.lab;

import dance.report.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small notebooks for tests. */
public final class Notebooks {
  private Notebooks() {}

  /**
   * A notebook.
   *
   * @param cells each {@code code:…}, {@code markdown:…} or {@code raw:…}
   */
  public static String of(String... cells) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String cell : cells) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("cell_type", cell.substring(0, cell.indexOf(':')));
      json.put("metadata", Map.of());
      json.put("source", cell.substring(cell.indexOf(':') + 1));
      all.add(json);
    }
    return JsonText.of(Map.of("cells", all, "metadata", Map.of(), "nbformat", 4));
  }
}
