package dance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: every package of ours has a row, every outside library a door. */
class ArchitectureTest {
  private static final Set<String> CORE = Set.of("workload", "accelerator", "cost", "check");

  /** The packages of ours that a package may use, besides itself; "" is the package dance. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "check", Set.of(),
          "workload", Set.of("check"),
          "accelerator", Set.of("check", "workload"),
          "cost", Set.of("check", "workload", "accelerator"),
          "simulate", CORE,
          "space", Set.of("check", "workload", "accelerator"),
          "evaluate", with(CORE, "space"),
          "search", with(CORE, "space", "evaluate"),
          "interchange", with(CORE, "simulate"),
          "notebook", with(CORE, "simulate", "space", "evaluate", "search", "interchange"));

  private static final Set<String> DOORS = Set.of("", "command", "bench");

  private static final Set<String> FRONT =
      with(MAY_USE.get("notebook"), "notebook", "bench", "command");

  /** Outside libraries, by how their packages begin, and who may use them. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("ai.djl", Set.of("evaluate", "search")),
          Map.entry("io.jenetics", Set.of("search")),
          Map.entry("org.hipparchus", Set.of("search")),
          Map.entry("tech.tablesaw", Set.of("notebook")),
          Map.entry("org.knowm", Set.of("notebook")),
          Map.entry("java.awt", Set.of("notebook")),
          Map.entry("javax.imageio", Set.of("notebook")),
          Map.entry("jdk.jshell", Set.of("notebook")),
          Map.entry("org.dflib.jjava", Set.of("notebook")),
          Map.entry("org.rapaio", Set.of("notebook")),
          Map.entry("org.eclipse.aether", Set.of("notebook")),
          Map.entry("javax.xml", Set.of("notebook")),
          Map.entry("org.w3c.dom", Set.of("notebook")),
          Map.entry("org.xml.sax", Set.of("notebook")),
          Map.entry("io.github.spencerpark", Set.of("notebook")),
          Map.entry("org.snakeyaml", Set.of("interchange")),
          Map.entry("picocli", Set.of("command")),
          Map.entry("me.tongfei.progressbar", Set.of("command")));

  private static final Pattern NO_CODE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern USE =
      Pattern.compile(
          "(?:import (?:static )?|\\b(?=(?:dance|"
              + String.join("|", LIBRARIES.keySet()).replace(".", "\\.")
              + ")\\.))((?:[a-z][a-z0-9_]*\\.)+)(?=[A-Z*])");

  @Test
  void everySourceFileKeepsToTheImportTable() throws IOException {
    List<String> found = new ArrayList<>();
    Path root = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        found.addAll(violations(root.relativize(file), Files.readString(file)));
      }
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void breachesAreFound(String file, String code, String... expected) {
    assertThat(violations(Path.of(file), code)).containsExactly(expected);
  }

  static Stream<Arguments> breachesAreFound() {
    return Stream.of(
        arguments(
            "dance/workload/A.java",
            "import dance.cost.Metric;",
            new String[] {"dance/workload/A.java must not use dance.cost"}),
        arguments(
            "dance/simulate/A.java",
            "import static ai.djl.Device.cpu;\nclass A { java.awt.Color c; }",
            new String[] {
              "dance/simulate/A.java must not use ai.djl",
              "dance/simulate/A.java must not use java.awt"
            }),
        arguments(
            "dance/A.java",
            "import org.apache.Thing;",
            new String[] {"dance/A.java must not use org.apache"}),
        arguments(
            "dance/Dance.java",
            "import dance.notebook.*;",
            new String[] {"dance/Dance.java must not use dance.notebook"}),
        arguments("dance/fun/A.java", "", new String[] {"dance.fun has no row in the table"}),
        arguments(
            "dance/search/A.java",
            "import dance.simulate.mapper.Mapper;",
            new String[] {"dance/search/A.java must not use dance.simulate"}),
        arguments(
            "dance/search/A.java",
            "import ai.djl.Device; // dance.simulate.mapper.Mapper\nimport java.util.List;",
            new String[] {}),
        arguments("dance/command/Main.java", "import picocli.CommandLine;", new String[] {}));
  }

  private static List<String> violations(Path file, String source) {
    String own = file.getNameCount() == 2 ? "" : file.getName(1).toString();
    if (!DOORS.contains(own) && !MAY_USE.containsKey(own)) {
      return List.of("dance." + own + " has no row in the table");
    }
    Set<String> ours = DOORS.contains(own) ? FRONT : MAY_USE.get(own);
    // the verbs must load where only this project's jar is on the class path
    boolean verbs = own.isEmpty() && file.endsWith("Dance.java");
    String itself = own.isEmpty() ? "dance" : "dance." + own;
    return USE.matcher(NO_CODE.matcher(source).replaceAll(" "))
        .results()
        .map(match -> door(match.group(1)))
        .distinct()
        .filter(used -> !used.equals("java") && !used.equals(itself))
        .filter(
            used ->
                used.startsWith("dance.")
                    ? !ours.contains(used.substring(6)) || (verbs && used.equals("dance.notebook"))
                    : !LIBRARIES.getOrDefault(used, Set.of()).contains(own))
        .map(used -> file.toString().replace('\\', '/') + " must not use " + used)
        .toList();
  }

  /** What the table calls a package: its library, {@code dance.x}, or its first two names. */
  private static String door(String prefix) {
    for (String library : LIBRARIES.keySet()) {
      if (prefix.startsWith(library + ".")) {
        return library;
      }
    }
    return prefix.startsWith("java.") ? "java" : prefix.replaceAll("^(\\w+(\\.\\w+)?).*", "$1");
  }

  private static Set<String> with(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toSet());
  }
}
