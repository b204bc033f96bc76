package dance.notebook.kernel;

import dance.notebook.Frontend;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** This toolkit's own kernel. */
public final class KernelFrontend implements Frontend {
  @Override
  public boolean running() {
    try {
      return BaseKernel.notebookKernel() instanceof JavaKernel;
    } catch (NullPointerException none) {
      return false; // the library's signal that no kernel runs
    }
  }

  private static JavaKernel kernel() {
    return (JavaKernel) BaseKernel.notebookKernel();
  }

  @Override
  public void show(String id, Map<String, String> data) {
    System.out.flush();
    kernel().display(display(id, data));
  }

  @Override
  public void update(String id, Map<String, String> data) {
    kernel().update(display(id, data));
  }

  @Override
  public void remove(String id) {
    kernel().remove(id);
  }

  private static DisplayData display(String id, Map<String, String> forms) {
    DisplayData data = JavaKernel.display(forms);
    data.putTransientData(DisplayData.DISPLAY_ID_KEY, id);
    return data;
  }
}
