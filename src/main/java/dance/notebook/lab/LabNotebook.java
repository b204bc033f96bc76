package dance.notebook.lab;

import dance.check.AtomicFile;
import dance.report.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notebook of nbformat 4.
 *
 * @param top all but the cells
 * @param cells from top to bottom
 */
record LabNotebook(Map<String, Object> top, List<LabCell> cells) {
  private static final long MOST_BYTES = 64L << 20;

  /**
   * Reads a notebook.
   *
   * @throws IllegalArgumentException naming the file, if it is not one
   * @throws UncheckedIOException if it cannot be read
   */
  static LabNotebook read(Path file) {
    Map<String, Object> top;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "%s has %d MiB, more than %d MiB: clear its outputs"
                .formatted(file, Files.size(file) >> 20, MOST_BYTES >> 20));
      }
      top = JsonText.read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + ": cannot be read", unreadable);
    } catch (IllegalArgumentException tooLarge) {
      throw tooLarge;
    } catch (RuntimeException noJson) {
      throw new IllegalArgumentException(file + " is not a notebook: it is not JSON", noJson);
    }
    if (top == null || !(top.get("cells") instanceof List<?> cells)) {
      throw new IllegalArgumentException(file + " is not a notebook of nbformat 4: no cells");
    }
    List<LabCell> read = new ArrayList<>();
    for (Object cell : cells) {
      if (!(cell instanceof Map<?, ?> json)) {
        throw new IllegalArgumentException(
            file + " is not a notebook: cell " + (read.size() + 1) + " is no object");
      }
      Map<String, Object> known = new LinkedHashMap<>();
      json.forEach((key, value) -> known.put(String.valueOf(key), value));
      read.add(new LabCell(known));
    }
    return new LabNotebook(top, read);
  }

  /** The metadata of the whole under a key of ours. */
  Map<String, Object> metadata() {
    Map<String, Object> found = new LinkedHashMap<>();
    if (top.get("metadata") instanceof Map<?, ?> known) {
      known.forEach((key, value) -> found.put(String.valueOf(key), value));
    }
    return found;
  }

  /** Another notebook with the same header. */
  LabNotebook with(List<LabCell> others, Map<String, Object> metadata) {
    Map<String, Object> changed = new LinkedHashMap<>(top);
    changed.put("metadata", metadata);
    return new LabNotebook(changed, others);
  }

  /** Writes it atomically. */
  void write(Path file) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("cells", cells.stream().map(LabCell::json).toList());
    top.forEach(all::putIfAbsent);
    AtomicFile.write(file, (JsonText.of(all) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
