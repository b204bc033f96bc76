package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dance.command.Main;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Jupyter of this machine, with this toolkit's kernel installed for a test alone. */
public final class Jupyter {
  private static final long LONGEST_SECONDS = 240;

  private final Path folder;

  private Jupyter(Path folder) {
    this.folder = folder;
  }

  /** Installs the kernel under a folder; skips the test where there is no Jupyter. */
  public static Jupyter orSkip(Path folder) throws Exception {
    Jupyter jupyter = new Jupyter(folder);
    assumeTrue(
        jupyter.isInstalled(), "needs Jupyter: apt-get install jupyter-client jupyter-nbconvert");
    ProcessBuilder install =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "kernel",
            "install",
            "--prefix",
            folder.toString());
    jupyter.run(install);
    return jupyter;
  }

  private boolean isInstalled() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("jupyter", "nbconvert", "--version")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("version.txt").toFile())
              .start();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** The notebook after a run in Jupyter; the test fails if a cell does. */
  NotebookFile execute(Path notebook) throws Exception {
    return execute(notebook, "dance");
  }

  /** Likewise, in another kernel that is installed in the folder. */
  public NotebookFile execute(Path notebook, String kernel) throws Exception {
    run(
        new ProcessBuilder(
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--ExecutePreprocessor.kernel_name=" + kernel,
            "--ExecutePreprocessor.startup_timeout=30",
            "--output-dir",
            folder.toString(),
            notebook.toAbsolutePath().toString()));
    return NotebookFile.read(folder.resolve(notebook.getFileName()));
  }

  /** What a program prints that Jupyter's own libraries run in. */
  public String python(String script) throws Exception {
    Path file = folder.resolve("session.py");
    Files.writeString(file, script);
    return run(new ProcessBuilder(interpreter(), file.toString()));
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

  private String run(ProcessBuilder program) throws Exception {
    Path output = folder.resolve("output.txt");
    program.environment().put("JUPYTER_PATH", folder.resolve("share/jupyter").toString());
    program.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = program.start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as("ended: " + List.of(program.command()) + "\n" + text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
