package dance.interchange;

import dance.accelerator.Accelerator;
import dance.interchange.onnx.OnnxOptions;
import dance.workload.Einsum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many of the files that others have published are read, and why each of the rest is not.
 *
 * <pre>
 * java -cp … dance.interchange.PublicFiles FOLDER [--reasons]
 * </pre>
 *
 * <p>The folder has a folder for each repository. Files of equal content count once, in the first
 * repository that has them. A file counts once for each of its sections: {@code architecture},
 * {@code problem}, {@code mapping}, constraints. Mappings and constraints are read with an
 * architecture and a problem of their own file, else of the nearest folder above that has both, in
 * every combination until one is read. A part of an architecture, as those of CiMLoop are, counts
 * as read if the architecture is that the authors' top file makes of it.
 */
final class PublicFiles {
  private static final int COMBINATIONS = 150;
  private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("AccelForge arch", Pattern.compile("(?m)^ *- !(Memory|Toll|Network)\\b"));
    KINDS.put("AccelForge workload", Pattern.compile("(?m)^workload\\s*:"));
    KINDS.put("ZigZag accelerator", Pattern.compile("(?m)^operational_array\\s*:"));
    KINDS.put("architecture", Pattern.compile("(?m)^(architecture|arch)\\s*:"));
    KINDS.put("problem", Pattern.compile("(?m)^problem\\s*:"));
    KINDS.put(
        "mapping", Pattern.compile("(?m)^mapping\\s*:(?!\\s*(\\[\\s*]|null)?\\s*(\\n\\w|\\z))"));
    KINDS.put(
        "constraints",
        Pattern.compile("(?m)^(architecture_constraints|mapspace_constraints|constraints)\\s*:"));
  }

  /** A part of an architecture of CiMLoop: the folder of the top file, its kind and its name. */
  private static final Pattern PART =
      Pattern.compile("(.*)/arch/\\d_(macro|tile|chip|system)/(\\w+)(?:/arch)?\\.yaml");

  private final Map<Path, String> texts = new TreeMap<>();
  private final Map<Path, Object> read = new HashMap<>();
  private final boolean reasons;
  private List<Path> variables;
  private Path root;

  private PublicFiles(boolean reasons) {
    this.reasons = reasons;
  }

  /** Prints a table of repositories, then the reasons. */
  public static void main(String... args) throws IOException {
    new PublicFiles(Arrays.asList(args).contains("--reasons")).scan(Path.of(args[0]));
  }

  private void scan(Path folder) throws IOException {
    root = folder;
    Map<String, Map<String, int[]>> counts = new TreeMap<>();
    Map<String, List<Path>> why = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(PublicFiles::isYaml).toList()) {
        texts.put(file, Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    Set<String> seen = new HashSet<>();
    texts.forEach(
        (file, text) -> {
          if (!seen.add(text)) {
            return;
          }
          String repository = folder.relativize(file).getName(0).toString();
          KINDS.forEach(
              (kind, section) -> {
                boolean accelForge = KINDS.get("AccelForge arch").matcher(text).find();
                if (section.matcher(text).find()
                    && !(accelForge && kind.equals("architecture"))
                    && !(kind.equals("mapping") && text.contains("!Storage"))) {
                  int[] count =
                      counts
                          .computeIfAbsent(repository, r -> new LinkedHashMap<>())
                          .computeIfAbsent(kind, k -> new int[2]);
                  count[1]++;
                  String problem = problem(kind, file);
                  if (problem.isEmpty()) {
                    count[0]++;
                  } else {
                    why.computeIfAbsent(kind + ": " + form(problem), p -> new ArrayList<>())
                        .add(folder.relativize(file));
                  }
                }
              });
        });
    counts.forEach(
        (repository, kinds) -> {
          StringBuilder line = new StringBuilder(repository);
          KINDS
              .keySet()
              .forEach(
                  kind -> {
                    int[] count = kinds.getOrDefault(kind, new int[2]);
                    line.append(" | ").append(count[1] == 0 ? "–" : count[0] + " of " + count[1]);
                  });
          System.out.println(line);
        });
    why.entrySet().stream()
        .sorted((a, b) -> b.getValue().size() - a.getValue().size())
        .forEach(
            e -> {
              System.out.println(e.getValue().size() + " × " + e.getKey());
              if (reasons) {
                e.getValue().stream().limit(3).forEach(f -> System.out.println("      " + f));
              }
            });
  }

  private String problem(String kind, Path file) {
    switch (kind) {
      case "architecture" -> {
        return tried(() -> architecture(file));
      }
      case "AccelForge arch" -> {
        return tried(() -> AccelForgeFiles.read(List.of(file)));
      }
      case "ZigZag accelerator" -> {
        return tried(() -> AcceleratorReader.read(file));
      }
      case "AccelForge workload" -> {
        return tried(() -> NetworkReader.read(file, OnnxOptions.defaults()));
      }
      case "problem" -> {
        return tried(() -> problemOf(file));
      }
      default -> {
        return paired(kind, file);
      }
    }
  }

  private Accelerator architecture(Path file) {
    return (Accelerator)
        read.computeIfAbsent(
            file.resolve("architecture"),
            f -> {
              try {
                return withOthers(file, files -> TimeloopArchitecture.read(files).value());
              } catch (IllegalArgumentException alone) {
                return PART.matcher(file.toString()).matches() ? whole(file, alone) : fail(alone);
              }
            });
  }

  private static Accelerator fail(IllegalArgumentException problem) {
    throw problem;
  }

  /** The smallest architecture that the authors' own top file makes of a part. */
  private static Accelerator whole(Path file, IllegalArgumentException alone) {
    Matcher part = PART.matcher(file.toString());
    if (!part.matches()) {
      throw alone;
    }
    Map<String, String> names = new LinkedHashMap<>();
    names.put("macro", "basic_analog");
    names.put("system", "ws_dummy_buffer_one_macro");
    names.put(part.group(2), part.group(3));
    names.put("iso", names.get("macro"));
    StringBuilder text = new StringBuilder();
    names.forEach((name, value) -> text.append("{% set " + name + " = '" + value + "' %}"));
    Path folder = Path.of(part.group(1));
    Path made = folder.resolve("made.yaml.jinja2");
    try {
      text.append("\n").append(Files.readString(folder.resolve("top.yaml.jinja2")));
      Files.writeString(made, text);
      try {
        return TimeloopArchitecture.read(made).value();
      } finally {
        Files.delete(made);
      }
    } catch (IOException none) {
      throw alone;
    }
  }

  private Einsum problemOf(Path file) {
    return (Einsum)
        read.computeIfAbsent(
            file.resolve("problem"),
            f -> withOthers(file, files -> TimeloopProblem.read(files).value()));
  }

  /** Read alone, else with the files of variables beside it, else with one of its repository. */
  private <T> T withOthers(Path file, Function<List<Path>, T> reader) {
    try {
      return reader.apply(List.of(file));
    } catch (IllegalArgumentException alone) {
      if (!String.valueOf(alone.getMessage()).contains("was expected, not '")) {
        throw alone;
      }
      Map<Path, List<Path>> folders = new TreeMap<>();
      List<Path> include = new ArrayList<>();
      Path repository = file.subpath(0, root.getNameCount() + 1);
      for (Path other : variables()) {
        if (other.subpath(0, root.getNameCount() + 1).equals(repository)) {
          Path folder = other.getParent();
          (folder.endsWith("include")
                  ? include
                  : folders.computeIfAbsent(folder, f -> new ArrayList<>()))
              .add(other);
        }
      }
      List<List<Path>> groups = new ArrayList<>(folders.values());
      groups.forEach(group -> group.addAll(include));
      Optional.ofNullable(folders.get(file.getParent())).ifPresent(near -> groups.add(0, near));
      for (List<Path> others : groups) {
        List<Path> all = new ArrayList<>(List.of(file));
        all.addAll(others);
        try {
          return reader.apply(all);
        } catch (IllegalArgumentException next) {
          // the first message is reported
        }
      }
      throw alone;
    }
  }

  private List<Path> variables() {
    if (variables == null) {
      variables =
          texts.entrySet().stream()
              .filter(e -> e.getValue().matches("(?s)(.*\\n)?variables\\s*:.*"))
              .filter(e -> KINDS.values().stream().noneMatch(k -> k.matcher(e.getValue()).find()))
              .map(Map.Entry::getKey)
              .toList();
    }
    return variables;
  }

  private String paired(String kind, Path file) {
    String last = "no architecture and problem near it";
    for (Path folder = file.getParent(); folder.getNameCount() > 0; folder = folder.getParent()) {
      List<Path> architectures = new ArrayList<>(having("architecture", folder, file));
      List<Path> problems = having("problem", folder, file);
      architectures.removeIf(a -> !tried(() -> architecture(a)).isEmpty());
      int tries = 0;
      for (Path a : architectures) {
        for (Path p : problems) {
          if (tries++ > COMBINATIONS || !tried(() -> problemOf(p)).isEmpty()) {
            continue;
          }
          last =
              tried(
                  () ->
                      kind.equals("mapping")
                          ? TimeloopMapping.read(file, problemOf(p), architecture(a))
                          : TimeloopConstraints.read(file, problemOf(p), architecture(a)));
          if (last.isEmpty()) {
            return "";
          }
        }
      }
      if (tries > 0 || Files.exists(folder.resolve(".source"))) {
        break;
      }
    }
    return last;
  }

  private List<Path> having(String kind, Path folder, Path self) {
    Pattern section = KINDS.get(kind);
    return section.matcher(texts.get(self)).find()
        ? List.of(self)
        : texts.entrySet().stream()
            .filter(e -> e.getKey().startsWith(folder) && section.matcher(e.getValue()).find())
            .map(Map.Entry::getKey)
            .limit(200)
            .toList();
  }

  private static String tried(Supplier<?> reader) {
    try {
      Object unused = reader.get();
      return "";
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    } catch (RuntimeException fault) {
      return "FAULT " + fault;
    }
  }

  /** The first problem without what differs between files. */
  private static String form(String problem) {
    String line = problem.lines().findFirst().orElse("");
    return line.replaceFirst("^[^ ]*?\\.(ya?ml|jinja2?|j2)(:\\d+)?:? ?", "")
        .replaceAll("\\[\\d+\\]", "[]")
        .replaceAll("\\d[\\d,.]*", "N");
  }

  private static boolean isYaml(Path file) {
    return Files.isRegularFile(file)
        && file.toString().matches("(?i).*\\.(ya?ml)(\\.(jinja2?|j2))?");
  }
}
