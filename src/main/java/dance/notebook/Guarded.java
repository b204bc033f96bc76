package dance.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Services of this toolkit, without those whose libraries are absent. */
final class Guarded {
  private Guarded() {}

  /** The services that can be loaded, in the order of {@code META-INF/services}. */
  static <S> List<S> load(Class<S> service) {
    List<S> found = new ArrayList<>();
    var providers = ServiceLoader.load(service, Guarded.class.getClassLoader()).stream().iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return List.copyOf(found);
        }
        found.add(providers.next().get());
      } catch (ServiceConfigurationError | LinkageError absent) {
        // an optional library is not on the class path: nothing of it needs to be shown
      }
    }
  }
}
