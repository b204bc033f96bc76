package dance.notebook.kernel;

import dance.check.Library;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Entry point of the kernel for Jupyter, with the connection file as its only argument. */
public final class KernelMain {
  private KernelMain() {}

  /**
   * Why a kernel cannot run in this virtual machine; empty if it can. Loads none of the optional
   * libraries.
   */
  public static String missing() {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      return "the kernel needs a JDK: this Java (%s) has no module jdk.jshell"
          .formatted(System.getProperty("java.home"));
    }
    return Stream.of(Library.JUPYTER, Library.ZEROMQ)
        .filter(library -> !library.present())
        .map(library -> "the kernel needs " + library.missing())
        .findFirst()
        .orElse("");
  }

  /** Serves Jupyter until its shutdown message, then ends the program. */
  public static void main(String... args) throws Exception {
    System.setProperty("java.awt.headless", "true");
    String missing = args.length == 1 ? missing() : "usage: KernelMain CONNECTION_FILE";
    if (!missing.isEmpty()) {
      System.err.println(missing);
      System.exit(2);
    }
    endWithParent();
    KernelSession.serve(Path.of(args[0]));
    // cells may have left threads behind that would keep the program alive
    System.exit(0);
  }

  /** A killed server sends no shutdown message. */
  private static void endWithParent() {
    String parent = System.getenv("JPY_PARENT_PID");
    if (parent != null && parent.matches("[1-9]\\d{0,17}")) {
      ProcessHandle.of(Long.parseLong(parent))
          .ifPresent(server -> server.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
    }
  }
}
