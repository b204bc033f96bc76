package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.OtherProgram;
import dance.evaluate.neural.SameDigits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
        .containsEntry("interrupt_mode", "message")
        .containsEntry("env", SameDigits.environment());
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

  private static Path data(String system, String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return KernelFolder.data(variables, system).orElse(null);
  }

  @Test
  void theUsersFolderIsWhereJupyterLooksOnEverySystem() {
    assertThat(data("Linux", "HOME", "home")).isEqualTo(Path.of("home/.local/share/jupyter"));
    assertThat(data("Linux", "XDG_DATA_HOME", "xdg")).isEqualTo(Path.of("xdg/jupyter"));
    assertThat(data("Mac OS X", "HOME", "home", "JUPYTER_DATA_DIR", "own"))
        .isEqualTo(Path.of("own"));
    assertThat(data("Mac OS X", "HOME", "home")).isEqualTo(Path.of("home/Library/Jupyter"));
    assertThat(data("Windows 11", "APPDATA", "roaming")).isEqualTo(Path.of("roaming/jupyter"));
    assertThat(data("Windows 11", "USERPROFILE", "home")).isEqualTo(Path.of("home/.jupyter/data"));
  }

  @Test
  void withoutAHomeAPrefixIsAskedFor() throws Exception {
    for (String system : List.of("Linux", "Mac OS X", "Windows 11")) {
      assertThat(data(system)).isNull();
      assertThat(data(system, "HOME", "", "USERPROFILE", "")).isNull();
    }
    OtherProgram install =
        OtherProgram.java(
            "-Duser.home=" + prefix,
            "-cp",
            OtherProgram.classPath(),
            Main.class.getName(),
            "kernel",
            "install");
    for (String variable : List.of("HOME", "XDG_DATA_HOME", "JUPYTER_DATA_DIR", "USERPROFILE")) {
      install.with(variable, null);
    }
    OtherProgram.Ended ended = install.with("APPDATA", null).run();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err())
        .containsPattern("(HOME|USERPROFILE) is not set, .* Maybe --prefix /usr/local");
    assertThat(prefix).isEmptyDirectory();
  }
}
