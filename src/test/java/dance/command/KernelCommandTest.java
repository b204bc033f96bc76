package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code dance kernel}: what it writes, where, and what it leaves alone. */
class KernelCommandTest {
  private final Shell shell = new Shell();

  @TempDir private Path prefix;

  private Path kernel(String name) {
    return prefix.resolve("share/jupyter/kernels").resolve(name);
  }

  @Test
  @SuppressWarnings("unchecked")
  void theKernelRunsThisJavaWithThisProgramFromAnyFolder() throws IOException {
    assertThat(shell.dance("kernel", "install", "--prefix", prefix)).as(shell.err()).isZero();
    assertThat(shell.out()).startsWith(kernel("dance") + ": installed");
    Map<String, Object> spec =
        (Map<String, Object>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(kernel("dance").resolve("kernel.json")));
    List<String> argv = (List<String>) spec.get("argv");
    assertThat(Path.of(argv.get(0)))
        .isExecutable()
        .startsWith(Path.of(System.getProperty("java.home")));
    assertThat(argv.get(2).split(File.pathSeparator))
        .allMatch(entry -> Path.of(entry).isAbsolute());
    assertThat(argv).contains(dance.notebook.kernel.KernelMain.class.getName());
    assertThat(argv).last().isEqualTo("{connection_file}");
    assertThat(spec)
        .containsEntry("display_name", "Java (dance)")
        .containsEntry("interrupt_mode", "message");
    try (Stream<Path> files = Files.list(kernel("dance"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void installingAgainReplacesAndUninstallingLeavesNothing() {
    for (int i = 0; i < 2; i++) {
      assertThat(shell.dance("kernel", "install", "--prefix", prefix, "--name", "mine")).isZero();
    }
    assertThat(shell.dance("kernel", "uninstall", "--prefix", prefix, "--name", "mine")).isZero();
    assertThat(kernel("mine")).doesNotExist();
    assertThat(shell.dance("kernel", "uninstall", "--prefix", prefix, "--name", "mine"))
        .isEqualTo(2);
    assertThat(shell.err().strip()).startsWith(kernel("mine") + ": no such kernel. ");
    assertThat(shell.dance("kernel", "install", "--prefix", prefix, "--name", "other")).isZero();
    assertThat(shell.dance("kernel", "uninstall", "--prefix", prefix, "--name", "mine"))
        .isEqualTo(2);
    assertThat(shell.err().strip())
        .isEqualTo(kernel("mine") + ": no such kernel. Of this toolkit there is other.");
  }

  @Test
  void aKernelOfAnotherProgramIsLeftAlone() throws IOException {
    Files.createDirectories(kernel("python3"));
    Path other =
        Files.writeString(kernel("python3").resolve("kernel.json"), "{\"argv\": [\"python\"]}");
    for (String verb : List.of("install", "uninstall")) {
      assertThat(shell.dance("kernel", verb, "--prefix", prefix, "--name", "python3")).isEqualTo(2);
      assertThat(shell.err()).contains("is the kernel of another program");
    }
    assertThat(other).hasContent("{\"argv\": [\"python\"]}");
  }

  @Test
  void badNamesAndTwoPlacesAtOnceAreRefused() {
    for (String name : List.of("a/b", ".", "..", ".hidden", "")) {
      assertThat(shell.dance("kernel", "install", "--prefix", prefix, "--name", name)).isEqualTo(2);
      assertThat(shell.err()).contains("--name (" + name + ") must be of letters");
    }
    assertThat(shell.dance("kernel", "install", "--user", "--prefix", prefix)).isEqualTo(2);
    assertThat(shell.dance("kernel")).isEqualTo(2);
    assertThat(prefix).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(prefix.resolve("file"), "");
    assertThat(shell.dance("kernel", "install", "--prefix", file)).isEqualTo(2);
    assertThat(shell.err().strip())
        .endsWith("cannot be written: " + file + " is no folder")
        .doesNotContain("Exception");
  }

  @Test
  void kernelsWhoseJavaOrJarHasGoneAreSaidToBeBroken() throws IOException {
    assertThat(shell.dance("kernel", "install", "--prefix", prefix)).isZero();
    KernelFolder folder = new KernelFolder(prefix.resolve("share/jupyter/kernels"), "dance");
    assertThat(folder.state()).isEqualTo("ready");
    Path spec = folder.path().resolve("kernel.json");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(spec, Files.readString(spec).replace(java, "/no/such/java"));
    assertThat(folder.state()).isEqualTo("/no/such/java is gone: install it again");
    assertThat(shell.dance("kernel", "list", "--json")).isZero();
  }

  @Test
  void theUsersFolderIsWhereJupyterLooksOnEverySystem() {
    Path home = Path.of("home");
    assertThat(
            Arrays.asList(
                KernelFolder.data(Map.of(), "Linux", home),
                KernelFolder.data(Map.of("XDG_DATA_HOME", "xdg"), "Linux", home),
                KernelFolder.data(Map.of("JUPYTER_DATA_DIR", "own"), "Mac OS X", home),
                KernelFolder.data(Map.of(), "Mac OS X", home),
                KernelFolder.data(Map.of("APPDATA", "roaming"), "Windows 11", home)))
        .containsExactly(
            Path.of("home/.local/share/jupyter"),
            Path.of("xdg/jupyter"),
            Path.of("own"),
            Path.of("home/Library/Jupyter"),
            Path.of("roaming/jupyter"));
  }
}
