package io.github.spencerpark.ijava;

import dance.notebook.kernel.OtherShell;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands for the class of IJava 1.3, which is not on Maven Central, on the library that IJava is
 * built on, which is: what it shows, and when the variables of its environment count.
 */
public final class IJava {
  private static JavaKernel running;

  private IJava() {}

  public static void main(String... args) throws Exception {
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
    start();
    running.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }

  public static void start() {
    running = new JavaKernel();
  }

  public static void stop() {
    running = null;
  }

  public static JavaKernel getKernelInstance() {
    return running;
  }

  public static final class JavaKernel extends BaseKernel {
    public final List<DisplayData> displayed = new ArrayList<>();
    private OtherShell shell;

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
      super.display(data);
    }

    @Override
    public DisplayData eval(String cell) throws Exception {
      if (shell == null) {
        shell = new OtherShell();
        shell.addToClasspath(System.getenv("IJAVA_CLASSPATH"));
        shell.eval("import java.util.*;");
        shell.eval(Files.readString(Path.of(System.getenv("IJAVA_STARTUP_SCRIPTS_PATH"))));
        shell.eval(System.getenv("IJAVA_STARTUP_SCRIPT"));
      }
      Object value = shell.eval(cell);
      return value == null ? null : getRenderer().render(value);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return new LanguageInfo.Builder("Java").fileExtension(".java").build();
    }
  }
}
