package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dance.notebook.Show;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kernels of other versions than the toolkit was compiled against, made here as far as it calls
 * them: their display code may link or not, work or fail, and a cell's computation continues.
 */
class KernelVersionsTest {
  private static final String BASE =
      """
      package PACKAGE;
      public class BaseKernel {
        public static BaseKernel running = new BaseKernel();
        public static BaseKernel notebookKernel() { return running; }
        public void display(PACKAGE.display.DisplayData data) {
          FAILURE
          seen.Seen.SEEN.add("show " + data.data);
        }
        public JupyterIO getIO() { return new JupyterIO(); }
        public PACKAGE.display.Renderer getRenderer() { return new PACKAGE.display.Renderer(); }
      }
      """;

  private static final String IO =
      """
      package PACKAGE;
      public class JupyterIO {
        public final DisplayStream display = new DisplayStream();
      }
      """;

  private static final String STREAM =
      """
      package PACKAGE;
      public class DisplayStream {
        public void updateDisplay(String id, PACKAGE.display.DisplayData data) {
          seen.Seen.SEEN.add("update " + data.data);
        }
      }
      """;

  private static final String RENDERER =
      """
      package PACKAGE.display;
      public class Renderer {}
      """;

  private static final String RAPAIO =
      """
      package PACKAGE;
      public class MainApp {
        public static final PACKAGE.core.RapaioKernel kernel = new PACKAGE.core.RapaioKernel();
      }
      """;

  private static final String RAPAIO_KERNEL =
      """
      package PACKAGE.core;
      public class RapaioKernel {
        public PACKAGE.channels.Channels channels() { return new PACKAGE.channels.Channels(); }
        public void display(PACKAGE.display.DisplayData data) {
          FAILURE
          seen.Seen.SEEN.add("show " + data.data);
        }
        public void updateDisplay(PACKAGE.display.DisplayData data) {
          seen.Seen.SEEN.add("update " + data.data);
        }
      }
      """;

  private static final String RAPAIO_CHANNELS =
      """
      package PACKAGE.channels;
      public class Channels {}
      """;

  private static final String IJAVA =
      """
      package io.github.spencerpark.ijava;
      public class IJava {
        public static PACKAGE.BaseKernel getKernelInstance() { return PACKAGE.BaseKernel.running; }
      }
      """;

  private static final String DATA =
      """
      package PACKAGE.display;
      import java.util.*;
      public class DisplayData {
        public final Map<String, Object> data = new TreeMap<>();
        public static DisplayData fromText(String text) {
          DisplayData made = new DisplayData();
          made.data.put("text/plain", text);
          return made;
        }
        public void putData(String type, Object form) { data.put(type, form); }
        METHODS
      }
      """;

  private static final String BOTH =
      """
      public void putTransientData(String key, Object value) {}
      public void putTransient(String key, Object value) {}
      """;

  private static final String SEEN =
      """
      package seen;
      public class Seen {
        public static final java.util.List<String> SEEN = new java.util.ArrayList<>();
      }
      """;

  /** What a cell does: shows a value, works for a while with a bar, and has a result. */
  private static final String CELL =
      """
      import dance.cost.Steps;
      import dance.notebook.Frontend;
      import dance.notebook.Show;
      import java.util.*;
      public class Cell {
        public static int run() {
          Frontend.attach();
          Show.show("a value");
          long[] clock = {0};
          int done = 0;
          try (Steps steps = new Steps("work", "steps", 4,
              dance.cost.Progress.shown(), () -> clock[0] += 1_000_000_000L)) {
            for (int i = 0; i < 4; i++) {
              steps.step();
              done++;
            }
          }
          return done;
        }
      }
      """;

  @TempDir private Path folder;

  /** A kernel of a kind and version, and whether it can show anything. */
  record Version(String name, String library, String methods, String failure, boolean shows) {
    @Override
    public String toString() {
      return name + ", " + library;
    }
  }

  static Stream<Version> versions() {
    String old = BOTH + "public void setDisplayId(String id) {}";
    String recent = BOTH + "public DisplayData setDisplayId(String id) { return this; }";
    return Stream.of(
            "org.dflib.jjava.jupyter.kernel",
            "io.github.spencerpark.jupyter.kernel",
            "org.rapaio.jupyter.kernel")
        .flatMap(
            library ->
                Stream.of(
                    new Version("setDisplayId answers nothing", library, old, "", true),
                    new Version("setDisplayId answers itself", library, recent, "", true),
                    new Version("nothing sets an id", library, "", "", false),
                    new Version(
                        "its channel is closed",
                        library,
                        recent,
                        "if (data != null) throw new IllegalStateException(\"closed\");",
                        false)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aCellContinuesWhateverTheKernelsDisplayCodeDoes(Version version) throws Exception {
    boolean rapaio = version.library().contains("rapaio");
    Map<String, String> sources =
        rapaio
            ? Map.of("MainApp", RAPAIO, "RapaioKernel", RAPAIO_KERNEL, "Channels", RAPAIO_CHANNELS)
            : Map.of(
                "BaseKernel", BASE, "JupyterIO", IO, "DisplayStream", STREAM, "Renderer", RENDERER);
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      files.add(write(source.getKey(), source.getValue(), version));
    }
    files.add(write("DisplayData", DATA, version));
    files.add(write("Seen", SEEN, version));
    files.add(write("Cell", CELL, version));
    if (version.library().contains("spencerpark")) {
      files.add(write("IJava", IJAVA, version));
    }
    compile(files);
    String command = System.getProperty("sun.java.command", "");
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = loader()) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      if (rapaio) {
        System.setProperty("sun.java.command", "rapaio");
      }
      Class<?> cell = loader.loadClass("Cell");
      assertThat(cell.getMethod("run").invoke(null)).isEqualTo(4);
      List<?> seen = (List<?>) loader.loadClass("seen.Seen").getField("SEEN").get(null);
      String text = printed.toString(StandardCharsets.UTF_8);
      if (version.shows()) {
        assertThat(text).isEmpty();
        assertThat(seen).first().isEqualTo("show {text/plain=a value}");
        assertThat(seen).element(1).asString().startsWith("show {text/plain=work [");
        assertThat(seen).last().isEqualTo("update {text/plain=}");
      } else {
        assertThat(text.strip()).isEqualTo("a value");
        assertThat(seen).isEmpty();
      }
    } finally {
      System.setOut(out);
      System.setProperty("sun.java.command", command);
    }
  }

  private Path write(String name, String source, Version version) throws IOException {
    String text =
        source
            .replace("PACKAGE", version.library())
            .replace("METHODS", version.methods())
            .replace("FAILURE", version.failure());
    return Files.writeString(
        Files.createDirectories(folder.resolve("sources")).resolve(name + ".java"), text);
  }

  private void compile(List<Path> files) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString(),
                "-cp",
                ours().toString()));
    files.forEach(file -> arguments.add(file.toString()));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int failed = javac.run(null, null, errors, arguments.toArray(String[]::new));
    assertThat(failed).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** The toolkit, with these stand-ins instead of any kernel. */
  private URLClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(folder.resolve("classes").toUri().toURL());
    urls.add(ours().toUri().toURL());
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static Path ours() {
    String here = Show.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return new File(here).toPath();
  }
}
