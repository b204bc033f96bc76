package dance.command;

import dance.check.AtomicFile;
import dance.evaluate.neural.SameDigits;
import dance.report.JsonText;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a kernel specification, where <a
 * href="https://jupyter-client.readthedocs.io/en/stable/kernels.html">Jupyter looks for it</a>.
 *
 * @param kernels the enclosing folder
 * @param name name of the kernel in Jupyter
 */
record KernelFolder(Path kernels, String name) {
  private static final String SPEC = "kernel.json";

  /** By name: kernels are listed and removed even if the notebook classes are absent. */
  private static final String MAIN = "dance.notebook.kernel.KernelMain";

  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  /**
   * The user's own kernels.
   *
   * @throws IllegalArgumentException if the environment does not define their location
   */
  static Path ofUser() {
    return ofUser(System.getenv(), System.getProperty("os.name"));
  }

  /** The folder in a given environment and operating system. */
  static Path ofUser(Map<String, String> environment, String system) {
    return data(environment, system)
        .map(data -> data.resolve("kernels"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is not set, so that the user's own kernels have no folder. Maybe --prefix"
                            .formatted(isWindows(system) ? "USERPROFILE" : "HOME")
                        + " /usr/local, for all users."));
  }

  /** The kernels of a Jupyter installed under a folder such as /usr/local. */
  static Path under(Path prefix) {
    return prefix.toAbsolutePath().normalize().resolve("share/jupyter/kernels");
  }

  /**
   * Jupyter's data folder of the user, as {@code jupyter_core.paths.jupyter_data_dir}; empty if the
   * environment defines no home folder: Java's fallback differs from Jupyter's.
   */
  static Optional<Path> data(Map<String, String> environment, String system) {
    Optional<Path> given = folder(environment, "JUPYTER_DATA_DIR");
    if (given.isPresent()) {
      return given;
    }
    Optional<Path> home = folder(environment, isWindows(system) ? "USERPROFILE" : "HOME");
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return home.map(h -> h.resolve("Library/Jupyter"));
    }
    if (isWindows(system)) {
      return folder(environment, "APPDATA")
          .map(roaming -> roaming.resolve("jupyter"))
          .or(() -> home.map(h -> h.resolve(".jupyter/data")));
    }
    return folder(environment, "XDG_DATA_HOME")
        .map(local -> local.resolve("jupyter"))
        .or(() -> home.map(h -> h.resolve(".local/share/jupyter")));
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  private static boolean isWindows(String system) {
    return system.toLowerCase(Locale.ROOT).startsWith("windows");
  }

  /** All kernels of this toolkit in Jupyter's default locations. */
  static List<KernelFolder> installed() {
    Set<Path> folders = new LinkedHashSet<>();
    String more = System.getenv().getOrDefault("JUPYTER_PATH", "");
    Arrays.stream(more.split(File.pathSeparator))
        .filter(path -> !path.isEmpty())
        .forEach(path -> folders.add(Path.of(path, "kernels")));
    data(System.getenv(), System.getProperty("os.name"))
        .ifPresent(data -> folders.add(data.resolve("kernels")));
    folders.add(under(Path.of("/usr/local")));
    folders.add(under(Path.of("/usr")));
    List<KernelFolder> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        found.addAll(in(folder));
      }
    }
    return found.stream()
        .filter(KernelFolder::isOurs)
        .sorted(Comparator.comparing(KernelFolder::path))
        .toList();
  }

  private static List<KernelFolder> in(Path folder) {
    List<KernelFolder> found = new ArrayList<>();
    try (DirectoryStream<Path> kernels = Files.newDirectoryStream(folder)) {
      for (Path kernel : kernels) {
        found.add(new KernelFolder(folder, kernel.getFileName().toString()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    found.sort(Comparator.comparing(KernelFolder::name));
    return found;
  }

  Path path() {
    return kernels.resolve(name);
  }

  /**
   * Installs the kernel: it runs this Java with this program.
   *
   * @throws IllegalArgumentException if another program's kernel has the name
   */
  void install() {
    if (Files.exists(path().resolve(SPEC)) && !isOurs()) {
      throw new IllegalArgumentException(
          path() + ": is the kernel of another program. Maybe another --name?");
    }
    try {
      Files.createDirectories(path());
    } catch (IOException refused) {
      throw new UncheckedIOException(
          new IOException(
              path() + ": cannot be written: " + AtomicFile.reason(path(), refused), refused));
    }
    AtomicFile.write(path().resolve(SPEC), JsonText.of(spec()));
  }

  private static Map<String, Object> spec() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("argv", List.of(java, "-cp", classPath(), MAIN, "{connection_file}"));
    spec.put("display_name", "Java (dance)");
    spec.put("language", "java");
    // Jupyter's default interrupt, a signal, would end the virtual machine
    spec.put("interrupt_mode", "message");
    // what training needs to give the same digits on other processors, for users' own PyTorch too
    spec.put("env", SameDigits.environment());
    return spec;
  }

  /** The jar, whose manifest names its libraries; absolute, as notebooks run in other folders. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Removes the kernel.
   *
   * @throws IllegalArgumentException if there is none, or another program's
   */
  void uninstall() {
    if (!Files.exists(path())) {
      throw new IllegalArgumentException(path() + ": no such kernel. " + others());
    }
    if (!isOurs()) {
      throw new IllegalArgumentException(path() + ": is the kernel of another program");
    }
    try (Stream<Path> inside = Files.list(path())) {
      for (Path file : inside.toList()) {
        Files.delete(file);
      }
      Files.delete(path());
    } catch (IOException refused) {
      throw new UncheckedIOException(
          new IOException(path() + ": cannot be removed: " + refused, refused));
    }
  }

  /** Names of the installed kernels, for a message. */
  private String others() {
    List<KernelFolder> here = Files.isDirectory(kernels) ? in(kernels) : List.of();
    List<String> names =
        here.stream().filter(KernelFolder::isOurs).map(KernelFolder::name).toList();
    if (!names.isEmpty()) {
      return "Of this toolkit there is " + String.join(", ", names) + ".";
    }
    List<String> elsewhere = installed().stream().map(k -> k.path().toString()).toList();
    return elsewhere.isEmpty()
        ? "No kernel of this toolkit is installed."
        : "Of this toolkit there is " + String.join(", ", elsewhere) + ".";
  }

  private boolean isOurs() {
    return strings().contains(MAIN);
  }

  /** Whether Jupyter could start it. */
  String state() {
    List<String> strings = strings();
    int argv = strings.indexOf("argv");
    Path java = Path.of(strings.get(argv + 1));
    List<Path> missing =
        Stream.concat(
                Stream.of(java),
                Arrays.stream(strings.get(argv + 3).split(File.pathSeparator)).map(Path::of))
            .filter(path -> !Files.exists(path))
            .toList();
    return missing.isEmpty() ? "ready" : missing.get(0) + " is gone: install it again";
  }

  /** The strings of the specification, keys and values, in order. */
  private List<String> strings() {
    Path spec = path().resolve(SPEC);
    if (!Files.isRegularFile(spec)) {
      return List.of();
    }
    try {
      return STRING.matcher(Files.readString(spec)).results().map(KernelFolder::unescaped).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String unescaped(MatchResult string) {
    return string.group(1).replaceAll("\\\\(.)", "$1");
  }
}
