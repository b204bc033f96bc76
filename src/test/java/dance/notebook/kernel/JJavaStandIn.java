package dance.notebook.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseKernelBuilder;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * Stands for the kernel of JJava 1.0-a6, which is not on Maven Central, on its library, which is:
 * how it finds extensions and what it shows.
 */
public final class JJavaStandIn extends BaseKernel {
  private final OtherShell shell = new OtherShell();

  private JJavaStandIn(Builder builder) {
    super(
        "JJava",
        "1.0-a6",
        new LanguageInfo.Builder("Java").fileExtension(".jshell").build(),
        List.of(),
        null,
        builder.io(),
        builder.comm(),
        builder.renderer(),
        null,
        null,
        true,
        builder.styler());
  }

  public static void main(String... args) throws Exception {
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))));
    JJavaStandIn kernel = new Builder().build();
    kernel.becomeHandlerForConnection(connection);
    kernel.onStartup();
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }

  @Override
  public void onStartup() {
    super.onStartup();
    String paths = System.getenv("JJAVA_CLASSPATH");
    shell.addToClasspath(paths);
    installExtensions(paths);
  }

  @Override
  protected ClassLoader getClassLoader() {
    return shell.loader();
  }

  @Override
  public Object evalRaw(String cell) {
    return shell.eval(cell);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean detailed) {
    return null;
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return null;
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_MAYBE;
  }

  private static final class Builder extends BaseKernelBuilder<Builder, JJavaStandIn> {
    org.dflib.jjava.jupyter.kernel.JupyterIO io() {
      return buildJupyterIO(buildJupyterIOEncoding());
    }

    org.dflib.jjava.jupyter.kernel.comm.CommManager comm() {
      return buildCommManager();
    }

    org.dflib.jjava.jupyter.kernel.display.Renderer renderer() {
      return buildRenderer();
    }

    org.dflib.jjava.jupyter.kernel.util.StringStyler styler() {
      return buildErrorStyler();
    }

    @Override
    public JJavaStandIn build() {
      return new JJavaStandIn(this);
    }
  }
}
