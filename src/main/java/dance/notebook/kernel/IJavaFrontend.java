package dance.notebook.kernel;

import dance.notebook.Frontend;
import dance.notebook.Guarded;
import dance.notebook.Renderers;
import dance.notebook.drawing.Display;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;
import java.util.Set;

/**
 * IJava 1.3. Its base library is on Maven Central (jupyter-jvm-basekernel 2.3); its own class
 * (sources: github.com/SpencerPark/IJava) is accessed by reflection.
 */
public final class IJavaFrontend implements Frontend {
  private static final String MAIN = "io.github.spencerpark.ijava.IJava";

  @Override
  public boolean running() {
    return kernel() != null;
  }

  @Override
  public void showLastValues() {
    Set<MIMEType> all = Set.of(MIMEType.ANY);
    // Object comes last among the types that IJava tries: its own come first
    kernel().getRenderer().register(all, all, Set.of(Display.class), IJavaFrontend::render);
    kernel().getRenderer().register(all, all, Set.of(Object.class), IJavaFrontend::render);
  }

  private static void render(Object value, RenderContext context) {
    Map<String, String> forms = Renderers.render(value);
    Guarded.shows(() -> forms.forEach(context.getOutputContainer()::putData));
  }

  @Override
  public void show(String id, Map<String, String> data) {
    System.out.flush();
    kernel().display(display(id, data));
  }

  @Override
  public void update(String id, Map<String, String> data) {
    kernel().getIO().display.updateDisplay(id, display(id, data));
  }

  private static DisplayData display(String id, Map<String, String> data) {
    DisplayData display = new DisplayData();
    data.forEach(display::putData);
    // not setDisplayId: its return type, and so its linkage name, changed between versions
    display.putTransientData("display_id", id);
    return display;
  }

  /** Null if another program runs. */
  private static BaseKernel kernel() {
    try {
      return (BaseKernel) Class.forName(MAIN).getMethod("getKernelInstance").invoke(null);
    } catch (ClassNotFoundException another) {
      return null;
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException("IJava does not say whether it runs", failed);
    }
  }
}
