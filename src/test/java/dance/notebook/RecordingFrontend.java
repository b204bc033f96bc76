package dance.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands for a kernel while a test records what cells show. */
public final class RecordingFrontend implements Frontend {
  private static volatile Map<String, Map<String, String>> shown;

  /** From now on, {@code show} reaches this. */
  static void start() {
    shown = new LinkedHashMap<>();
  }

  /** What was shown since the last call. */
  static List<Map<String, String>> take() {
    List<Map<String, String>> all = new ArrayList<>(shown.values());
    shown.clear();
    return all;
  }

  static void stop() {
    shown = null;
  }

  @Override
  public boolean running() {
    return shown != null;
  }

  @Override
  public void show(String id, Map<String, String> data) {
    shown.put(id, data);
  }

  @Override
  public void update(String id, Map<String, String> data) {
    shown.replace(id, data);
  }

  @Override
  public void remove(String id) {
    shown.remove(id);
  }
}
