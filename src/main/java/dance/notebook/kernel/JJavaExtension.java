package dance.notebook.kernel;

import dance.notebook.Guarded;
import dance.notebook.Renderers;
import dance.notebook.drawing.Display;
import java.util.Map;
import java.util.Set;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Makes JJava import this toolkit and show a cell's last value as {@link Renderers} does. */
public final class JJavaExtension implements Extension {
  @Override
  public void install(BaseKernel kernel) {
    Guarded.shows(() -> register(kernel.getRenderer()));
    Guarded.shows(() -> kernel.evalRaw(StartUp.imports()));
  }

  /** Makes a kernel show values of this toolkit as tables, charts and drawings. */
  public static void register(Renderer renderer) {
    Set<MIMEType> all = Set.of(MIMEType.ANY);
    // Object comes last among the types that JJava tries: its own and other extensions' come first
    renderer.register(all, all, Set.of(Display.class), JJavaExtension::render);
    renderer.register(all, all, Set.of(Object.class), JJavaExtension::render);
  }

  private static void render(Object value, RenderContext context) {
    Map<String, String> forms = Renderers.render(value);
    Guarded.shows(() -> forms.forEach(context.getOutputContainer()::putData));
  }
}
