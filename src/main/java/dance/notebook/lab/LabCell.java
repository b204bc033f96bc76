package dance.notebook.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cell of a notebook.
 *
 * @param json as nbformat 4 writes it
 */
record LabCell(Map<String, Object> json) {
  boolean is(String kind) {
    return kind.equals(json.get("cell_type"));
  }

  /** Its text; nbformat has a text or a list of lines. */
  String source() {
    Object source = json.getOrDefault("source", "");
    if (source instanceof List<?> lines) {
      StringBuilder text = new StringBuilder();
      lines.forEach(text::append);
      return text.toString();
    }
    return String.valueOf(source);
  }

  /** The same cell with another text, as if it had never run. */
  LabCell with(String source) {
    Map<String, Object> changed = new LinkedHashMap<>(json);
    changed.put("source", List.of(source.split("(?<=\n)")));
    if (is("code")) {
      changed.put("outputs", List.of());
      changed.put("execution_count", null);
    }
    return new LabCell(changed);
  }

  /** The same cell, which a notebook's editor neither changes nor deletes. */
  LabCell locked() {
    Map<String, Object> changed = new LinkedHashMap<>(json);
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (json.get("metadata") instanceof Map<?, ?> known) {
      known.forEach((key, value) -> metadata.put(String.valueOf(key), value));
    }
    metadata.put("deletable", false);
    metadata.put("editable", false);
    changed.put("metadata", metadata);
    return new LabCell(changed);
  }
}
