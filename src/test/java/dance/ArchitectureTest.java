package dance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom: every package of ours has a row, every outside library a door, and every
 * package says what it is for.
 */
class ArchitectureTest {
  /**
   * A row for each package: its name after {@code dance.}, the packages of ours that it may use,
   * the outside libraries that it may use. {@code core} is check, workload, accelerator and cost;
   * {@code x.*} all rooms of x; {@code above} all rows above. As a row may only use rows above its
   * own, no two packages use each other, neither at once nor by a third.
   */
  private static final String TABLE =
      """
      check             |                                            |
      workload          | check                                      |
      accelerator       | check workload                             |
      cost              | check workload accelerator                 |
      simulate.mapping  | core                                       |
      simulate.count    | core simulate.mapping                      |
      simulate.mapper   | core simulate.mapping simulate.count       |
      simulate.explain  | core simulate.mapping simulate.count       |
      simulate          | core simulate.*                            |
      space             | check workload accelerator                 |
      evaluate          | core space                                 |
      evaluate.neural   | core space evaluate                        | ai.djl com.google.gson com.sun
      search            | core space evaluate                        | io.jenetics org.hipparchus
      interchange.onnx  | check workload                             |
      search.train      | core space evaluate evaluate.neural search interchange.onnx | ai.djl
      interchange       | core space simulate simulate.* interchange.* | org.snakeyaml
      report            | above                                      | com.google.gson
      lesson            | core space evaluate search simulate simulate.*   |
      scale             | core evaluate simulate space               | org.apache.spark scala
      bench             | above                                      |
      dance             | above                                      |
      notebook.chart    | above                                      | org.knowm java.awt javax.imageio
      notebook.drawing  | above                                      | java.awt
      notebook          | above                     | tech.tablesaw org.knowm java.awt javax.imageio
      notebook.kernel   | above                     | jdk.jshell tech.tablesaw KERNELS MAVEN
      notebook.lab      | above                                      |
      command           | above                                      | picocli
      """
          .replace("KERNELS", "org.dflib.jjava org.rapaio io.github.spencerpark")
          .replace("MAVEN", "org.eclipse.aether javax.xml org.w3c.dom org.xml.sax");

  private static final List<String> CORE = List.of("check", "workload", "accelerator", "cost");
  private static final Path ROOT = Path.of("src/main/java");
  private static final Path POOL = Path.of("dance", "cost", "Parallel.java");
  private static final Path BENCH = Path.of("src/bench/java");
  private static final ClassLoader LOADER = ArchitectureTest.class.getClassLoader();
  private static final Pattern RECORD = Pattern.compile("\\brecord \\w+\\s*[<(]");
  private static final Pattern BEGIN = Pattern.compile("Begin with \\{@link (\\w+)}");

  /**
   * A row of the table.
   *
   * @param ours packages of ours that may be used
   * @param libraries how the packages of outside libraries begin that may be used
   */
  private record Row(Set<String> ours, Set<String> libraries) {}

  private static final Map<String, Row> ROWS = rows();
  private static final Set<String> LIBRARIES = new TreeSet<>();

  static {
    ROWS.values().forEach(row -> LIBRARIES.addAll(row.libraries()));
  }

  private static final Pattern NO_CODE =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"(\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern USE =
      Pattern.compile(
          "(?:import (?:static )?|\\b(?=(?:dance|"
              + String.join("|", LIBRARIES).replace(".", "\\.")
              + ")\\.))((?:[a-z][a-z0-9_]*\\.)+)(?=[A-Z*])");

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      Set<String> ours = new LinkedHashSet<>();
      for (String word : words(cells[1])) {
        switch (word) {
          case "core" -> ours.addAll(CORE);
          case "above" -> ours.addAll(rows.keySet());
          default -> {
            String rooms = word.replaceFirst("\\*$", "");
            rows.keySet().stream()
                .filter(row -> rooms.equals(word) ? row.equals(word) : row.startsWith(rooms))
                .forEach(ours::add);
          }
        }
      }
      rows.put(cells[0].strip(), new Row(ours, new LinkedHashSet<>(words(cells[2]))));
    }
    return rows;
  }

  private static List<String> words(String cell) {
    return cell.isBlank() ? List.of() : List.of(cell.strip().split("\\s+"));
  }

  private static List<Path> sources() throws IOException {
    return sources(ROOT);
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyWordOfTheTableIsARowAboveItsOwn() {
    List<String> seen = new ArrayList<>();
    for (String line : TABLE.lines().toList()) {
      for (String word : words(line.split("\\|", -1)[1])) {
        String row = word.replaceFirst("\\.\\*$", "");
        boolean known = Set.of("core", "above").contains(word) || seen.contains(row);
        assertThat(known || !row.equals(word)).as(line).isTrue();
      }
      seen.add(line.split("\\|")[0].strip());
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(CORE);
  }

  @Test
  void everySourceFileKeepsToTheTable() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      found.addAll(violations(ROOT.relativize(file), Files.readString(file)));
    }
    assertThat(found).isEmpty();
  }

  /**
   * One room has what measures speed: {@code dance.bench}, whose door is the command {@code bench}.
   * The benchmarks of JMH are of it, too, but not in the jar.
   */
  @Test
  void benchmarksOfJmhAreOfTheRoomOfBenchmarks() throws IOException {
    assertThat(sources(BENCH)).isNotEmpty();
    for (Path file : sources(BENCH)) {
      Path inside = BENCH.relativize(file);
      assertThat(inside.getParent()).isEqualTo(Path.of("dance", "bench"));
      assertThat(violations(inside, Files.readString(file)))
          .allMatch(found -> found.endsWith(" must not use org.openjdk"));
    }
  }

  @Test
  void everyPackageSaysWhatItIsForWhereToBeginAndWhatItMustNotKnow() throws IOException {
    Set<Path> folders = new TreeSet<>();
    sources().forEach(file -> folders.add(file.getParent()));
    assertThat(folders).hasSameSizeAs(ROWS.keySet());
    for (Path folder : folders) {
      Path file = folder.resolve("package-info.java");
      assertThat(file).exists();
      String text = Files.readString(file);
      assertThat(text).as("%s", file).contains("Must not know ");
      Matcher begin = BEGIN.matcher(text);
      assertThat(begin.find()).as("%s says where to begin", file).isTrue();
      assertThat(folder.resolve(begin.group(1) + ".java")).exists();
    }
  }

  /** IJava 1.3 has Gson 2.8.5 before ours on the class path. */
  @Test
  void ofGsonOnlyWhatIJavaHasIsUsed() throws IOException {
    Pattern newer =
        Pattern.compile(
            "\\b(parseString|parseReader|ToNumberPolicy|ReflectionAccessFilter|Strictness|FormattingStyle)\\b");
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      String source = Files.readString(file);
      if (source.contains("com.google.gson")) {
        newer.matcher(source).results().forEach(use -> found.add(file + ": " + use.group()));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noRecordHasMoreThanEightComponents() throws IOException, ClassNotFoundException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      String source = NO_CODE.matcher(Files.readString(file)).replaceAll(" ");
      if (RECORD.matcher(source).find()) {
        String name = ROOT.relativize(file).toString().replaceAll("[/\\\\]", ".");
        found.addAll(large(Class.forName(name.replaceFirst("\\.java$", ""), false, LOADER)));
      }
    }
    assertThat(found).isEmpty();
  }

  /** Work that is done in parallel is shared out in one place, with progress and interrupts. */
  @Test
  void thereIsOnePoolOfThreads() throws IOException {
    Pattern pool =
        Pattern.compile(
            "\\bExecutors\\.new(Fixed|Cached|Work)|\\b(ForkJoin|ThreadPoolExecutor)|\\bparallelStream\\(");
    List<Path> found = new ArrayList<>();
    for (Path file : sources()) {
      if (pool.matcher(NO_CODE.matcher(Files.readString(file)).replaceAll(" ")).find()) {
        found.add(ROOT.relativize(file));
      }
    }
    assertThat(found).containsExactly(POOL);
  }

  @Test
  void thePomCanBeReadAtOnce() throws IOException {
    assertThat(Files.readAllLines(Path.of("pom.xml"))).hasSizeLessThanOrEqualTo(400);
  }

  @Test
  void largeRecordsAreFoundWhereverTheyStand() {
    record Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}
    assertThat(large(Holder.class)).containsExactly("Eight.Nine has 9 components: nest some");
    assertThat(large(Nine.class)).hasSize(1);
  }

  private interface Holder {
    record Eight(int a, int b, int c, int d, int e, int f, int g, int h) {
      private record Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) {}
    }
  }

  /** The records that a type is or declares and that have more components than are read at once. */
  private static List<String> large(Class<?> type) {
    List<String> found = new ArrayList<>();
    if (type.isRecord() && type.getRecordComponents().length > 8) {
      String[] names = type.getName().split("[.$]");
      found.add(
          "%s.%s has %d components: nest some"
              .formatted(
                  names[names.length - 2],
                  names[names.length - 1],
                  type.getRecordComponents().length));
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      found.addAll(large(nested));
    }
    return found;
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
        arguments(
            "dance/A.java",
            "import dance.command.Main;",
            new String[] {"dance/A.java must not use dance.command"}),
        arguments("dance/Launcher.java", "import dance.command.Main;", new String[] {}),
        arguments("dance/fun/A.java", "", new String[] {"dance.fun has no row in the table"}),
        arguments(
            "dance/search/A.java",
            "import dance.simulate.mapper.Mapper;",
            new String[] {"dance/search/A.java must not use dance.simulate.mapper"}),
        arguments(
            "dance/search/A.java",
            "import ai.djl.Device; // dance.simulate.mapper.Mapper\nimport java.util.List;",
            new String[] {"dance/search/A.java must not use ai.djl"}),
        arguments("dance/search/train/A.java", "import ai.djl.Device;", new String[] {}),
        arguments(
            "dance/simulate/mapping/A.java",
            "import dance.simulate.explain.Explainer;\nimport dance.simulate.Simulator;",
            new String[] {
              "dance/simulate/mapping/A.java must not use dance.simulate.explain",
              "dance/simulate/mapping/A.java must not use dance.simulate"
            }),
        arguments("dance/command/Main.java", "import picocli.CommandLine;", new String[] {}));
  }

  private static List<String> violations(Path file, String source) {
    String itself = file.getParent().toString().replace('\\', '/').replace('/', '.');
    Row row = ROWS.get(itself.equals("dance") ? "dance" : itself.substring("dance.".length()));
    if (row == null) {
      return List.of(itself + " has no row in the table");
    }
    // the class that a jar starts is the one door from the verbs' package to the command line
    boolean launcher = itself.equals("dance") && file.endsWith("Launcher.java");
    return USE.matcher(NO_CODE.matcher(source).replaceAll(" "))
        .results()
        .map(match -> door(match.group(1)))
        .distinct()
        .filter(used -> !used.equals("java") && !used.equals(itself))
        .filter(used -> !(launcher && used.equals("dance.command")))
        .filter(
            used ->
                used.startsWith("dance.")
                    ? !row.ours().contains(used.substring("dance.".length()))
                    : !row.libraries().contains(used) && !row.ours().contains(used))
        .map(used -> file.toString().replace('\\', '/') + " must not use " + used)
        .toList();
  }

  /** What the table calls a package: its library, its own name, or its first two names. */
  private static String door(String prefix) {
    String name = prefix.substring(0, prefix.length() - 1);
    if (name.equals("dance") || name.startsWith("dance.")) {
      return name;
    }
    for (String library : LIBRARIES) {
      if (prefix.startsWith(library + ".")) {
        return library;
      }
    }
    return prefix.startsWith("java.") ? "java" : prefix.replaceAll("^(\\w+(\\.\\w+)?).*", "$1");
  }
}
