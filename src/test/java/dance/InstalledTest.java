package dance;

import static org.assertj.core.api.Assertions.assertThat;

import dance.check.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that the build makes, and a project that depends on it: in an empty folder, with a
 * repository that has what {@code mvn install} puts there, and no network.
 */
@EnabledIfSystemProperty(
    named = "dance.jar",
    matches = ".+",
    disabledReason = "Maven alone makes the jar")
class InstalledTest {
  private static final int MB = 1 << 20;
  private static final long MOST_BYTES = 16 * MB;

  /**
   * 2.1 KB for each of 1,080 classes. Lines of stack traces are 8 % of it, names of parameters,
   * which Shift-Tab shows, 3 %; concatenation of strings is inlined, because it takes less than
   * calls of a bootstrap method do.
   */
  private static final long MOST_BYTES_OF_CLASSES = 220 * MB / 100;

  private static final Path JAR = Path.of(System.getProperty("dance.jar", ""));

  @TempDir private Path folder;

  /** JUnit would warn of each. */
  @AfterEach
  void removeLinks() throws IOException {
    Path repository = folder.resolve("repository");
    if (Files.exists(repository)) {
      try (Stream<Path> groups = Files.list(repository)) {
        for (Path link : groups.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  @Test
  void theJarIsSmallEnoughToBeReadAndHasClassesAndDataAlone() throws IOException {
    assertThat(Files.size(JAR)).isLessThanOrEqualTo(MOST_BYTES);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      long classes =
          jar.stream()
              .filter(entry -> entry.getName().endsWith(".class"))
              .mapToLong(ZipEntry::getCompressedSize)
              .sum();
      assertThat(classes).as("bytes of classes").isBetween(1L, MOST_BYTES_OF_CLASSES);
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains("dance/data/mini-dance.table", "dance/notebook/Notebook.class")
          .allMatch(name -> name.startsWith("dance/") || name.startsWith("META-INF/"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dance");
      for (String library :
          jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ")) {
        assertThat(JAR.resolveSibling(library)).isRegularFile();
      }
    }
  }

  @Test
  void aProjectThatDependsOnItHasTablesChartsTheOracleAndSearches() throws Exception {
    List<String> libraries = classPathOfADependent();
    assertThat(libraries.stream().map(path -> Path.of(path).getFileName().toString()))
        .contains("dance-0.1.0.jar", "picocli-4.7.7.jar")
        .noneMatch(name -> name.matches(".*(slf4j-(?!api)|logback|log4j|pytorch-native).*"))
        .noneMatch(name -> name.matches(".*(jjava|jupyter|jeromq|maven-resolver|junit).*"));
    Path script = folder.resolve("Experiment.java");
    Files.writeString(
        script,
        """
        import static dance.Dance.*;
        import static dance.notebook.Notebook.*;
        import dance.cost.Objective;
        import dance.evaluate.CostTable;
        import dance.search.*;

        public class Experiment {
          public static void main(String... args) {
            var designs = oracle("mini", "mb3e1,zero,mb3e6,mb5e3", o -> o.top(3));
            System.out.println(table(designs).rowCount() + " designs");
            save(pareto(designs, dance.cost.Metric.LATENCY, dance.cost.Metric.AREA), "front.svg");
            save(table(designs), "designs.csv");
            var costs = CostTable.bundled("mini");
            var found =
                explore(SearchProblem.of(TabularTask.mini(), costs, Objective.EDAP, 0.1));
            System.out.println("found " + (found.value() > 0));
            try {
              trainEvaluator(costs, Objective.EDAP);
            } catch (IllegalStateException lacking) {
              System.out.println(lacking.getMessage());
            }
          }
        }
        """);
    OtherProgram.Ended ended =
        OtherProgram.java(
                "-DDJL_CACHE_DIR=" + folder.resolve("cache"),
                "-cp",
                String.join(File.pathSeparator, libraries),
                script.toString())
            .in(folder)
            .run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out().lines().limit(2))
        .as(ended.toString())
        .containsExactly("3 designs", "found true");
    assertThat(ended.out())
        .contains("training and trained evaluators need " + Library.PYTORCH_NATIVE.missing());
    assertThat(folder.resolve("front.svg")).content().contains("</svg>");
    assertThat(folder.resolve("designs.csv")).content().hasLineCount(4);
  }

  /** What Maven puts on the class path of a project that needs nothing but this. */
  private List<String> classPathOfADependent() throws Exception {
    Path project = Files.createDirectory(folder.resolve("project"));
    Path pom = project.resolve("pom.xml");
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>me</groupId><artifactId>mine</artifactId><version>1</version>
        <dependencies><dependency><groupId>dance</groupId><artifactId>dance</artifactId><version>0.1.0</version></dependency></dependencies>
        </project>
        """);
    boolean windows = File.separatorChar == '\\';
    Path maven = Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn");
    Path list = project.resolve("class-path.txt");
    OtherProgram.Ended ended =
        OtherProgram.of(
                maven.toString(),
                "-q",
                "-B",
                "-o",
                "-f",
                pom.toString(),
                "-Dmaven.repo.local=" + repository(),
                // whichever server a file once came from
                "-Daether.enhancedLocalRepository.trackingFilename=none",
                "org.apache.maven.plugins:maven-dependency-plugin:%s:build-classpath"
                    .formatted(version("maven-dependency-plugin")),
                "-Dmdep.includeScope=runtime",
                "-Dmdep.outputFile=" + list)
            .in(project)
            .run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    return List.of(Files.readString(list).strip().split(File.pathSeparator));
  }

  /** That of the build, and what {@code mvn install} would add. */
  private Path repository() throws IOException {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    try (Stream<Path> groups = Files.list(Path.of(System.getProperty("maven.repository")))) {
      for (Path group : groups.filter(g -> !g.endsWith("dance")).toList()) {
        Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
      }
    }
    Path installed = Files.createDirectories(repository.resolve("dance/dance/0.1.0"));
    Files.copy(JAR, installed.resolve("dance-0.1.0.jar"));
    Files.copy(Path.of("pom.xml"), installed.resolve("dance-0.1.0.pom"));
    return repository;
  }

  private static String version(String plugin) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + plugin + "</artifactId><version>([^<]*)<")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }
}
