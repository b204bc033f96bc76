package dance.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** One run of the kernel, from Jupyter's connection file to its shutdown. */
final class KernelSession {
  private KernelSession() {}

  /** Serves until the connection is closed. */
  static void serve(Path connectionFile) throws IOException, GeneralSecurityException {
    // JShell takes a second to start; Jupyter's first requests do not need it
    CompletableFuture<CellEvaluator> evaluator =
        CompletableFuture.supplyAsync(() -> new CellEvaluator(StartUp.imports()));
    JupyterConnection connection =
        new JupyterConnection(KernelConnectionProperties.parse(Files.readString(connectionFile)));
    JavaKernel kernel = new JavaKernelBuilder(evaluator).build();
    // before any socket is open: a message without a handler would be lost
    kernel.becomeHandlerForConnection(connection);
    kernel.onStartup();
    connection.connect();
    connection.waitUntilClose();
  }
}
