package dance.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls of foreign code that may be absent, of an incompatible version, or broken: its failures
 * must not end a computation.
 */
public final class Guarded {
  private static final AtomicBoolean SAID = new AtomicBoolean();

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

  /**
   * Calls display code; returns whether it succeeded. The first failure is reported, further ones
   * are not.
   */
  public static boolean shows(Runnable call) {
    try {
      call.run();
      return true;
    } catch (LinkageError | RuntimeException refused) {
      if (!SAID.getAndSet(true)) {
        System.err.println(
            "this kernel cannot show rich output, so that texts are printed instead: " + refused);
      }
      return false;
    }
  }
}
