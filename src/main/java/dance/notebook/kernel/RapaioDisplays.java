package dance.notebook.kernel;

import dance.notebook.Renderers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Makes rapaio-jupyter-kernel show a cell's last value as {@link Renderers} does. */
public final class RapaioDisplays implements DisplayProvider {
  /** A value in its forms, passed between the two calls of this kernel. */
  record Rendered(Map<String, String> data) {}

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of(new ToRendered());
  }

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    // lists of records too: this kernel has a renderer of its own for them, which would come first
    return List.of(
        new Shown<>(Rendered.class, Rendered::data),
        new Shown<>(Collection.class, Renderers::render));
  }

  private static final class ToRendered implements DisplayTransformer {
    @Override
    public boolean canTransform(Object value) {
      return Renderers.rich(value).isPresent();
    }

    @Override
    public Class<?> transformedClass() {
      return Rendered.class;
    }

    @Override
    public Object transform(Object value) {
      return new Rendered(Renderers.render(value));
    }
  }

  /** Shows the values of a class. */
  private record Shown<T>(Class<T> rendererClass, Function<T, Map<String, String>> forms)
      implements DisplayRenderer {
    @Override
    public boolean canRender(String type) {
      return true;
    }

    @Override
    public DisplayData render(String type, Object value) {
      Map<String, String> data = forms.apply(rendererClass.cast(value));
      try {
        return RapaioFrontend.display(UUID.randomUUID().toString(), data);
      } catch (LinkageError refused) {
        return DisplayData.fromText(
            data.get("text/plain")); // an incompatible version: at least its text is shown
      }
    }
  }
}
