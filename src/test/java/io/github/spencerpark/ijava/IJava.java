package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;

/** Stands for the class of IJava 1.3, which is not on Maven Central, as far as it is used. */
public final class IJava {
  private static JavaKernel running;

  private IJava() {}

  public static void start() {
    running = new JavaKernel();
  }

  public static void stop() {
    running = null;
  }

  public static JavaKernel getKernelInstance() {
    return running;
  }

  public static final class JavaKernel {
    public final List<DisplayData> displayed = new ArrayList<>();
    private final JupyterIO io = new JupyterIO();

    public void display(DisplayData data) {
      displayed.add(data);
    }

    public JupyterIO getIO() {
      return io;
    }
  }

  public static final class JupyterIO {
    public final DisplayStream display = new DisplayStream();
  }

  public static final class DisplayStream {
    public final List<DisplayData> updated = new ArrayList<>();

    public void updateDisplay(String id, DisplayData data) {
      data.setDisplayId(id);
      updated.add(data);
    }
  }
}
