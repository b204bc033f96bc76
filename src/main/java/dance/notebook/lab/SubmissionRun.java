package dance.notebook.lab;

import dance.report.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs the cells of a submission in a process of its own. A cell that ends or outstays its process
 * is skipped, and the rest runs again without it.
 */
final class SubmissionRun {
  private static final int MOST_STARTS = 5;
  private static final int START_SECONDS = 60;
  private static final int LONGEST_LINE = 1 << 20;
  private static final long LOOK_MS = 200;

  /** Exit code of a virtual machine that ends because its memory is full. */
  private static final int NO_MEMORY = 3;

  private final Sandbox sandbox;
  private final Limits limits;
  private final List<String> variables;
  private final List<String> sources;
  private final List<String> tests;

  /** What went wrong in a cell or test, by its index; a text each. */
  final Map<Integer, String> cellErrors = new TreeMap<>();

  final Map<Integer, String> testErrors = new TreeMap<>();

  /** The last values of the variables that were seen. */
  final Map<String, Object> answers = new LinkedHashMap<>();

  /** Processes that the process was seen to start: if it ends first, nobody knows them any more. */
  private final Set<ProcessHandle> started = new HashSet<>();

  private final Map<String, Map<Integer, String>> skipped =
      Map.of("cell", new TreeMap<>(), "test", new TreeMap<>());

  /** Where a process was when it ended. */
  private record Ended(String kind, int index, String reason) {}

  SubmissionRun(
      Sandbox sandbox,
      Limits limits,
      List<String> variables,
      List<String> sources,
      List<String> tests) {
    this.sandbox = sandbox;
    this.limits = limits;
    this.variables = variables;
    this.sources = sources;
    this.tests = tests;
  }

  /** Runs all; returns why some did not, empty if all did. */
  String run() {
    for (int start = 0; start < MOST_STARTS; start++) {
      Ended ended = once();
      if (ended == null) {
        return finish("");
      }
      if (ended.kind.isEmpty()) {
        return finish("nothing ran: " + ended.reason);
      }
      skipped.get(ended.kind).put(ended.index, ended.reason);
    }
    return finish("given up after " + MOST_STARTS + " starts");
  }

  private String finish(String note) {
    cellErrors.putAll(skipped.get("cell"));
    testErrors.putAll(skipped.get("test"));
    return note;
  }

  /** One process; null if it came to its end. */
  private Ended once() {
    cellErrors.clear();
    testErrors.clear();
    Path folder = null;
    Process process = null;
    try {
      folder = Files.createTempDirectory("dance-submission").toRealPath();
      process =
          sandbox.start(
              folder, limits, Sandbox.java(limits, folder, SubmissionMain.class), environment());
      try (OutputStream plan = process.getOutputStream()) {
        plan.write(plan().getBytes(StandardCharsets.UTF_8));
      } catch (IOException ended) {
        // it has ended already; how is said below
      }
      return follow(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process: " + e.getMessage(), e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Ended("", 0, "interrupted");
    } finally {
      if (process != null) {
        end(process);
      }
      if (folder != null) {
        Sandbox.delete(folder);
      }
    }
  }

  private void end(Process process) {
    process.descendants().forEach(started::add);
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    started.clear();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Engines that are unpacked already are found again. */
  private static Map<String, String> environment() {
    String known = System.getenv("DJL_CACHE_DIR");
    Path cache =
        known == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(known);
    return Files.isDirectory(cache)
        ? Map.of("DJL_CACHE_DIR", cache.toAbsolutePath().toString())
        : Map.of();
  }

  private String plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("variables", variables);
    plan.put("cells", jobs(sources, skipped.get("cell")));
    plan.put("tests", jobs(tests, skipped.get("test")));
    return JsonText.of(plan);
  }

  private static List<Map<String, Object>> jobs(
      List<String> sources, Map<Integer, String> without) {
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      if (!without.containsKey(i)) {
        jobs.add(Map.of("index", i, "source", sources.get(i)));
      }
    }
    return jobs;
  }

  private Ended follow(Process process, Path folder) throws InterruptedException {
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(1000);
    Thread reader = new Thread(() -> read(process.getInputStream(), lines), "submission");
    reader.setDaemon(true);
    reader.start();
    String kind = "";
    int index = 0;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      String line = lines.poll(LOOK_MS, TimeUnit.MILLISECONDS);
      process.descendants().forEach(started::add);
      if (Sandbox.bytes(folder) > (long) limits.folderMb() << 20) {
        return new Ended(kind, index, "more than %d MiB of files".formatted(limits.folderMb()));
      }
      if (line == null) {
        if (System.nanoTime() > deadline) {
          return new Ended(kind, index, "no end within %d s".formatted(limits.cellSeconds()));
        }
        continue;
      }
      if (line.isEmpty()) {
        boolean gone = process.waitFor(5, TimeUnit.SECONDS);
        int code = gone ? process.exitValue() : -1;
        return new Ended(
            kind,
            index,
            code == NO_MEMORY
                ? "out of memory: more than %d MiB".formatted(limits.heapMb())
                : "ended the program (exit code %d)".formatted(code));
      }
      Map<String, Object> event = parsed(line);
      if (event.containsKey("done")) {
        return null;
      }
      if (event.get("answers") instanceof Map<?, ?> seen) {
        seen.forEach((name, value) -> answers.put(String.valueOf(name), value));
      }
      int at = event.get("index") instanceof Long number ? number.intValue() : 0;
      if (event.get("begin") instanceof String begun && skipped.containsKey(begun)) {
        kind = begun;
        index = at;
        deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limits.cellSeconds());
      }
      if (event.get("end") instanceof String over && event.get("error") instanceof String error) {
        (over.equals("test") ? testErrors : cellErrors).put(at, error);
      }
    }
  }

  /** What a submission itself writes there is no event. */
  private static Map<String, Object> parsed(String line) {
    try {
      Map<String, Object> event = JsonText.read(line);
      return event == null ? Map.of() : event;
    } catch (RuntimeException noEvent) {
      return Map.of();
    }
  }

  /** Puts line after line, and at the end an empty one; lines that are too long are cut. */
  private static void read(InputStream from, BlockingQueue<String> lines) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] bytes = new byte[8192];
    try {
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        for (int i = 0; i < count; i++) {
          if (bytes[i] != '\n') {
            if (line.size() < LONGEST_LINE) {
              line.write(bytes[i]);
            }
          } else if (line.size() > 0) {
            lines.put(line.toString(StandardCharsets.UTF_8));
            line.reset();
          }
        }
      }
    } catch (IOException ended) {
      // the process is gone
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    lines.offer("");
  }
}
