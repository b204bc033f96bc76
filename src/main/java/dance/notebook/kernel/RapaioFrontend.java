package dance.notebook.kernel;

import dance.notebook.Frontend;
import java.util.Map;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** The kernel rapaio-jupyter-kernel 3. */
public final class RapaioFrontend implements Frontend {
  @Override
  public boolean running() {
    // loading its class would start a kernel even if the jar is merely on the class path
    return System.getProperty("sun.java.command", "").contains("rapaio")
        && MainApp.kernel.channels() != null;
  }

  @Override
  public void show(String id, Map<String, String> data) {
    System.out.flush();
    MainApp.kernel.display(display(id, data));
  }

  @Override
  public void update(String id, Map<String, String> data) {
    MainApp.kernel.updateDisplay(display(id, data));
  }

  static DisplayData display(String id, Map<String, String> data) {
    DisplayData display = DisplayData.fromText(data.get("text/plain"));
    data.forEach((type, form) -> display.putData(type, (Object) form));
    display.putTransient("display_id", id);
    return display;
  }
}
