package dance.notebook;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * IJava 1.3. It is not on Maven Central, so its names are looked up while it runs; they are those
 * of its sources (github.com/SpencerPark/IJava and jupyter-jvm-basekernel 2.3).
 */
public final class IJavaFrontend implements Frontend {
  private static final String KERNEL = "io.github.spencerpark.ijava.IJava";
  private static final String DATA = "io.github.spencerpark.jupyter.kernel.display.DisplayData";

  @Override
  public boolean running() {
    try {
      return kernel() != null;
    } catch (ClassNotFoundException | NoSuchMethodException another) {
      return false;
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException("IJava does not say whether it runs", failed);
    }
  }

  @Override
  public void show(String id, Map<String, String> data) {
    System.out.flush();
    try {
      Object kernel = kernel();
      kernel.getClass().getMethod("display", type()).invoke(kernel, display(id, data));
    } catch (ReflectiveOperationException failed) {
      throw failure(failed);
    }
  }

  @Override
  public void update(String id, Map<String, String> data) {
    try {
      Object io = kernel().getClass().getMethod("getIO").invoke(kernel());
      Object stream = io.getClass().getField("display").get(io);
      stream
          .getClass()
          .getMethod("updateDisplay", String.class, type())
          .invoke(stream, id, display(id, data));
    } catch (ReflectiveOperationException failed) {
      throw failure(failed);
    }
  }

  private static Object kernel() throws ReflectiveOperationException {
    return Class.forName(KERNEL).getMethod("getKernelInstance").invoke(null);
  }

  private static Class<?> type() throws ClassNotFoundException {
    return Class.forName(DATA);
  }

  private static Object display(String id, Map<String, String> data)
      throws ReflectiveOperationException {
    Object display = type().getConstructor().newInstance();
    for (Map.Entry<String, String> form : data.entrySet()) {
      type()
          .getMethod("putData", String.class, Object.class)
          .invoke(display, form.getKey(), form.getValue());
    }
    type().getMethod("setDisplayId", String.class).invoke(display, id);
    return display;
  }

  private static IllegalStateException failure(ReflectiveOperationException failed) {
    Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
    return new IllegalStateException("IJava does not show a value: " + cause, cause);
  }
}
