package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dance.OtherProgram;
import dance.command.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Jupyter of this machine, with this toolkit's kernel installed for a test alone. */
public final class Jupyter {
  private static final boolean INSTALLED = isInstalled();

  /** Cells run for seconds: what a better compiler would gain is less than what it costs. */
  private static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;

  private Jupyter(Path folder) {
    this.folder = folder;
  }

  /** Installs the kernel under a folder; skips the test where there is no Jupyter. */
  public static Jupyter orSkip(Path folder) throws Exception {
    Jupyter jupyter = new Jupyter(folder);
    assumeTrue(INSTALLED, "needs Jupyter: apt-get install jupyter-client jupyter-nbconvert");
    jupyter.run(
        OtherProgram.java(
            "-cp",
            OtherProgram.classPath(),
            Main.class.getName(),
            "kernel",
            "install",
            "--prefix",
            folder.toString()));
    return jupyter;
  }

  /** Whether this machine has one. */
  static boolean isThere() {
    return INSTALLED;
  }

  private static boolean isInstalled() {
    try {
      return OtherProgram.of("jupyter", "nbconvert", "--version").run().exitCode() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** The notebook after a run in Jupyter; the test fails if a cell does. */
  NotebookFile execute(Path notebook) throws Exception {
    return execute(notebook, "dance");
  }

  /** The notebook after a run in another kernel that is installed in the folder. */
  public NotebookFile execute(Path notebook, String kernel) throws Exception {
    run(
        OtherProgram.of(
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--ExecutePreprocessor.kernel_name=" + kernel,
            "--ExecutePreprocessor.startup_timeout=120",
            "--output-dir",
            folder.toString(),
            notebook.toAbsolutePath().toString()));
    return NotebookFile.read(folder.resolve(notebook.getFileName()));
  }

  /**
   * What a program prints that Jupyter's own libraries run in.
   *
   * @param libraries a folder of modules that Python finds before its own
   */
  public String python(String script, Path libraries) throws Exception {
    Path file = folder.resolve("session.py");
    Files.writeString(file, script);
    return run(
        OtherProgram.of(interpreter(), file.toString())
            .with("PYTHONPATH", libraries.toString())
            .with("CLASSPATH", "what/other/programs/want"));
  }

  /** The Python that Jupyter's own script names in its first line; it has its libraries. */
  private static String interpreter() throws IOException {
    for (String entry : System.getenv("PATH").split(File.pathSeparator)) {
      Path script = Path.of(entry, "jupyter");
      if (Files.isRegularFile(script)) {
        return Files.readAllLines(script).get(0).replaceFirst("^#!\\s*", "");
      }
    }
    throw new IllegalStateException("no jupyter on the path");
  }

  private String run(OtherProgram program) throws Exception {
    OtherProgram.Ended ended =
        program
            .with("JUPYTER_PATH", folder.resolve("share/jupyter").toString())
            .with("JDK_JAVA_OPTIONS", BRIEF)
            .run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    return ended.out();
  }
}
