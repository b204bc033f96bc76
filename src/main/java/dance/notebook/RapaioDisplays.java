package dance.notebook;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** Makes rapaio-jupyter-kernel show a cell's last value as {@link Renderers} does. */
public final class RapaioDisplays implements DisplayProvider {
  /** A value in its forms, on the way between the two calls that this kernel makes for it. */
  record Rendered(Map<String, String> data) {}

  @Override
  public List<DisplayTransformer> getDisplayTransformers() {
    return List.of(new ToRendered());
  }

  @Override
  public List<DisplayRenderer> getDisplayRenderers() {
    return List.of(new OfRendered(), new OfCollections());
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

  private static final class OfRendered implements DisplayRenderer {
    @Override
    public Class<?> rendererClass() {
      return Rendered.class;
    }

    @Override
    public boolean canRender(String type) {
      return true;
    }

    @Override
    public DisplayData render(String type, Object value) {
      return RapaioFrontend.display(UUID.randomUUID().toString(), ((Rendered) value).data());
    }
  }

  /**
   * Lists of records too: this kernel has a renderer of its own for them, asked before all ways.
   */
  private static final class OfCollections implements DisplayRenderer {
    @Override
    public Class<?> rendererClass() {
      return Collection.class;
    }

    @Override
    public boolean canRender(String type) {
      return true;
    }

    @Override
    public DisplayData render(String type, Object value) {
      return RapaioFrontend.display(UUID.randomUUID().toString(), Renderers.render(value));
    }
  }
}
