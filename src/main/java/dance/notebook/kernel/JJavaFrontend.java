package dance.notebook.kernel;

import dance.notebook.Frontend;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** JJava, and other kernels based on jjava-jupyter. */
public final class JJavaFrontend implements Frontend {
  @Override
  public boolean running() {
    try {
      return BaseKernel.notebookKernel() != null;
    } catch (NullPointerException none) {
      return false; // the library's signal that no kernel runs
    }
  }

  @Override
  public void show(String id, Map<String, String> data) {
    System.out.flush();
    BaseKernel.notebookKernel().display(display(id, data));
  }

  @Override
  public void update(String id, Map<String, String> data) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(id, display(id, data));
  }

  private static DisplayData display(String id, Map<String, String> data) {
    DisplayData display = new DisplayData();
    data.forEach(display::putData);
    // not setDisplayId: its return type, and so its linkage name, changed between versions
    display.putTransientData("display_id", id);
    return display;
  }
}
