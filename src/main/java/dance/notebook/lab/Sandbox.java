package dance.notebook.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How a process is kept from the rest of the machine. Whichever is the first that works here is
 * used; {@link #says} tells what it contains and what it does not.
 */
enum Sandbox {
  /** Namespaces of Linux, by util-linux: no network, one writable folder, no other process. */
  CLOSED(
      "contained: time, memory, files (only its own folder can be written), network, processes."
          + " Not contained: it reads what you may read."),
  /** A shell's limits. */
  LIMITED(
      "contained: time, memory, size of files. Not contained: it reads and writes what you may,"
          + " reaches the network, and may leave processes behind. Maybe grade as a user of its own,"
          + " or on Linux with unshare and setpriv of util-linux."),
  /** A process alone. */
  PLAIN(
      "contained: time, heap, files in its own folder. Not contained: it reads and writes what you"
          + " may, reaches the network, and may leave processes behind. Maybe grade in a virtual"
          + " machine.");

  private static final String LIMITS =
      "ulimit -c 0; ulimit -f $(($2 * 2048)); ulimit -v $((($1 + 4096) * 1024)); ulimit -t 900;"
          + " shift 2; ";

  /** Flags of a mount that are not changed must be repeated. */
  private static final String READ_ONLY =
      "w=$PWD; mount --bind \"$w\" \"$w\" || exit 97; while read -r _ _ _ _ m o _; do case $m in"
          + " \"$w\"|/proc|/proc/*) ;; *) case $o in rw*) mount -o \"remount,bind,ro${o#rw}\" \"$m\""
          + " 2>/dev/null;; esac;; esac; done </proc/self/mountinfo; cd \"$w\"; ";

  private static final String DROP =
      "exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all \"$@\"";

  private final String says;

  Sandbox(String says) {
    this.says = says;
  }

  /** What it contains, and what not. */
  String says() {
    return says;
  }

  /** The strictest that works on this machine. */
  static Sandbox here() {
    return Arrays.stream(values()).filter(Sandbox::works).findFirst().orElse(PLAIN);
  }

  /** Whether it does on this machine. */
  boolean works() {
    if (this == PLAIN) {
      return true;
    }
    try {
      Path folder = Files.createTempDirectory("dance-probe");
      String outside = folder.resolveSibling(folder.getFileName() + "-outside").toString();
      try {
        String probe =
            "touch inside && "
                + (this == CLOSED ? "! touch '" + outside + "' 2>/dev/null" : "true");
        Process process = start(folder, Limits.defaults(), List.of("sh", "-c", probe), Map.of());
        process.getOutputStream().close();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        Files.deleteIfExists(Path.of(outside));
        delete(folder);
      }
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Starts a command in a folder, with an environment of its own.
   *
   * @param more variables of the environment
   */
  Process start(Path folder, Limits limits, List<String> command, Map<String, String> more)
      throws IOException {
    List<String> words = new ArrayList<>();
    if (this == CLOSED) {
      words.addAll(
          List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--fork"));
      words.addAll(List.of("--kill-child", "--mount-proc"));
    }
    if (this != PLAIN) {
      String last = this == CLOSED ? READ_ONLY + DROP : "exec \"$@\"";
      words.addAll(List.of("sh", "-c", LIMITS + last, "sh"));
      words.add(Integer.toString(limits.heapMb()));
      words.add(Integer.toString(limits.folderMb()));
    }
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    String system = environment.get("SystemRoot");
    environment.clear();
    if (system != null) {
      environment.put("SystemRoot", system);
    }
    environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", folder.toString());
    environment.putAll(more);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** The command of a Java of this program's classes. */
  static List<String> java(Limits limits, Path folder, Class<?> main) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + limits.heapMb() + "m");
    words.add("-Xss1m");
    words.add("-XX:MaxMetaspaceSize=256m");
    words.add("-XX:CompressedClassSpaceSize=128m");
    words.add("-XX:ReservedCodeCacheSize=64m");
    words.add("-XX:MaxDirectMemorySize=64m");
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-XX:+UseSerialGC");
    words.add("-XX:-UsePerfData");
    words.add("-XX:+ExitOnOutOfMemoryError");
    words.add("-Doffline=true");
    words.add("-Djava.awt.headless=true");
    words.add("-Djava.io.tmpdir=" + folder);
    words.add("-Duser.home=" + folder);
    words.add("-cp");
    words.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    words.add(main.getName());
    return words;
  }

  /** Bytes of all files below a folder; what vanishes meanwhile has none. */
  static long bytes(Path folder) {
    File[] files = folder.toFile().listFiles();
    long bytes = 0;
    for (File file : files == null ? new File[0] : files) {
      boolean link = Files.isSymbolicLink(file.toPath());
      bytes += link ? 0 : file.isDirectory() ? bytes(file.toPath()) : file.length();
    }
    return bytes;
  }

  /** Deletes a folder with all that is in it, but not what links in it lead to. */
  static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (!Files.isSymbolicLink(file.toPath()) && file.isDirectory()) {
        delete(file.toPath());
      } else {
        file.delete();
      }
    }
    folder.toFile().delete();
  }
}
