package dance.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dance.OtherProgram;
import dance.evaluate.BuildOptions;
import dance.evaluate.CostTable;
import dance.simulate.Simulator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code spark-submit} with our jar on a cluster of two executors, each a JVM of its own, one of
 * which is killed.
 */
@EnabledIfEnvironmentVariable(
    named = "DANCE_SPARK",
    matches = ".+",
    disabledReason = "DANCE_SPARK is not set, with which Maven fetches the 230 MB of Spark")
@EnabledIfSystemProperty(
    named = "dance.jar",
    matches = ".+",
    disabledReason = "Maven alone makes the jar")
class SparkTableTest {
  private static final String SPARK = "4.2.0";
  private static final int MOST_SECONDS = 300;
  private static final List<String> SPACE = List.of("--space", "mini", "--pes", "8,9", "--rf", "4");
  private static final String OPENED =
      "lang lang.invoke lang.reflect nio util util.concurrent net io";

  @TempDir private static Path shared;
  private static Path spark;

  @TempDir private Path folder;

  @BeforeAll
  static void installSpark() throws Exception {
    assumeTrue(Runtime.version().feature() <= 21, "Spark " + SPARK + " is not made for this JDK");
    spark = Files.createDirectory(shared.resolve("spark"));
    Path pom = shared.resolve("pom.xml");
    Files.writeString(
        pom,
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>me</groupId><artifactId>mine</artifactId><version>1</version>
        <dependencies><dependency><groupId>org.apache.spark</groupId><artifactId>spark-core_2.13</artifactId><version>%s</version></dependency></dependencies>
        </project>
        """
            .formatted(SPARK));
    boolean windows = File.separatorChar == '\\';
    Path maven = Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn");
    OtherProgram.Ended fetched =
        OtherProgram.of(
                maven.toString(),
                "-q",
                "-B",
                "-f",
                pom.toString(),
                "-Dmaven.repo.local=" + System.getProperty("maven.repository"),
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                "-DoutputDirectory=" + spark.resolve("jars"))
            .in(shared)
            .run();
    assertThat(fetched.exitCode()).as(fetched.toString()).isZero();
  }

  @Test
  void theTableIsThatOfOneMachineAlthoughAnExecutorIsLost() throws Exception {
    Path table = folder.resolve("t.table");
    List<String> log = new ArrayList<>();
    boolean killed = false;
    Process driver = submit(table, "12");
    try (BufferedReader lines = driver.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        if (line.contains("shard 3 of 12 finished")) {
          killed = executor(driver).orElseThrow().destroyForcibly();
        }
      }
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    assertThat(driver.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(driver.exitValue()).as(String.join("\n", log)).isZero();
    assertThat(killed).isTrue();
    assertThat(log).anyMatch(line -> line.contains("Lost executor"));
    assertThat(log).anyMatch(line -> line.contains("shard 12 of 12 finished"));
    Path alone = folder.resolve("alone.table");
    CostTable.build(
        new Simulator(Simulator.Options.proven().threads(1)),
        NetworkSpace.mini(),
        AcceleratorSpace.dance().pes(8, 9).rf(4),
        BuildOptions.defaults().file(alone));
    assertThat(table).hasSameBinaryContentAs(alone);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("shards are removed once merged")
          .noneMatch(name -> name.contains("shard"));
    }
  }

  @Test
  void wrongArgumentsEndWithAMessageBeforeTheClusterIsAsked() throws Exception {
    Process driver = submit(folder.resolve("t.table"), "none");
    String log = new String(driver.getErrorStream().readAllBytes());
    assertThat(driver.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(driver.exitValue()).as(log).isEqualTo(2);
    assertThat(log).contains("shards (none) must be a number").doesNotContain("Running Spark");
  }

  /** An executor of the cluster that a driver has started. */
  private static Optional<ProcessHandle> executor(Process driver) {
    return driver
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .findFirst();
  }

  private Process submit(Path table, String shards) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : OPENED.split(" ")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    command.addAll(List.of("-cp", spark.resolve("jars") + File.separator + "*"));
    command.addAll(
        List.of(
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local-cluster[2,1,1024]",
            "--conf",
            "spark.ui.enabled=false",
            "--class",
            "dance.scale.SparkTable",
            System.getProperty("dance.jar")));
    command.addAll(SPACE);
    command.addAll(List.of("--shards", shards, "--out", table.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", spark.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.redirectOutput(folder.resolve("out.txt").toFile()).start();
  }
}
