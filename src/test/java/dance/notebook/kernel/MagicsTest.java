package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of cells that are no Java. */
class MagicsTest {
  @TempDir private static Path folder;
  private static CellEvaluator cells;

  @BeforeAll
  static void start() {
    cells = new CellEvaluator("");
  }

  @AfterAll
  static void stop() {
    cells.close();
  }

  /** A jar of one class whose static method answers a number. */
  private static Path jar(Path file, String name, int answer) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source,
        "package lib; public class %s { public static int get() { return %d; } }"
            .formatted(name, answer));
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    Files.createDirectories(file.getParent());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new JarEntry("lib/" + name + ".class"));
      jar.write(Files.readAllBytes(folder.resolve("lib/" + name + ".class")));
    }
    return file;
  }

  private static String printed(String cell) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      cells.evaluate(cell, 1);
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  private static List<String> failure(String cell) {
    return catchThrowableOfType(CellFailure.class, () -> cells.evaluate(cell, 7)).lines();
  }

  @Test
  void jarsAreUsedFromTheNextLineOn() throws IOException {
    Path one = jar(folder.resolve("one.jar"), "One", 1);
    assertThat(cells.evaluate("%classpath " + one + "\nlib.One.get()", 1).value()).isEqualTo(1);
    Path blank = jar(folder.resolve("a b/two.jar"), "Two", 2);
    // after an expression without a semicolon too
    assertThat(cells.evaluate("int n = 1\n%classpath \"" + blank + "\"\nlib.Two.get()", 1).value())
        .isEqualTo(2);
    jar(folder.resolve("many/three.jar"), "Three", 3);
    jar(folder.resolve("many/four.jar"), "Four", 4);
    assertThat(printed("%jars " + folder.resolve("many") + "/*.jar"))
        .isEqualTo("on the class path: four.jar and 1 more");
    assertThat(cells.evaluate("import lib.*;\nThree.get() + Four.get()", 1).value()).isEqualTo(7);
    assertThat(cells.evaluate("lib.Two.get() + n", 1).value()).isEqualTo(3);
  }

  @Test
  void whatIsNoFileOrNoMagicIsNamed() {
    assertThat(failure("int kept = 5;\n%classpath no.jar none.jar\nint lost = 6;"))
        .containsExactly(
            "no.jar: no such file (%classpath)\nnone.jar: no such file (%classpath)",
            "in cell 7, line 2: %classpath no.jar none.jar");
    assertThat(cells.evaluate("kept", 8).value()).isEqualTo(5);
    assertThat(failure("%mavne a:b:1"))
        .first()
        .asString()
        .isEqualTo(
            "%mavne is not one of the magics of this kernel: %classpath x.jar,"
                + " %jars lib/*.jar, %maven group:artifact:version. Maybe %maven was meant.");
    assertThat(failure("%%bash\nls")).first().asString().startsWith("%%bash is not one of");
    assertThat(failure("%maven")).first().asString().contains("needs a library");
    assertThat(failure("%maven commons-csv")).first().asString().contains("must be GROUP:");
    assertThat(failure("%jars")).first().asString().contains("Maybe %jars lib/*.jar");
  }

  @Test
  void remaindersAndTextsStayJava() {
    assertThat(cells.evaluate("int a7 = 7;\na7\n  % 4", 1).value()).isEqualTo(3);
    assertThat(cells.evaluate("int jars = 4;\na7\n%jars", 1).value()).isEqualTo(3);
    String block = "var block = \"\"\"\n  text\n  %maven a:b:1\n  \"\"\";\nblock";
    assertThat(cells.evaluate(block, 1).value()).isEqualTo("text\n%maven a:b:1\n");
    assertThat(cells.evaluate("/*\n%maven a:b:1\n*/ 5", 1).value()).isEqualTo(5);
  }

  @Test
  void aCellWithMagicsIsCompletedAndKnownToBeComplete() {
    Completion help = cells.completion();
    String cell = "%classpath x.jar\n\"abc\".leng";
    Suggestions found = help.complete(cell, cell.length());
    assertThat(found.texts()).contains("length()");
    assertThat(found.start()).isEqualTo(cell.length() - 4);
    assertThat(help.state("%maven a:b:1\nint x = 3;")).isEqualTo(Completion.State.COMPLETE);
    assertThat(help.state("%maven a:b:1\nfor (;;) {")).isEqualTo(Completion.State.UNFINISHED);
    assertThat(help.complete("%ma", 3)).isEqualTo(new Suggestions(List.of("%maven "), 0, 3));
  }

  /** A repository with a library that needs another. */
  private static MavenRepositories repository(boolean offline) throws IOException {
    Path remote = folder.resolve("remote");
    for (String name : List.of("Needed", "Needing")) {
      Path home = remote.resolve("own/" + name + "/1.0");
      jar(home.resolve(name + "-1.0.jar"), name, 9);
      String needs =
          name.equals("Needing")
              ? "<dependencies><dependency><groupId>own</groupId><artifactId>Needed</artifactId>"
                  + "<version>1.0</version></dependency></dependencies>"
              : "";
      Files.writeString(
          home.resolve(name + "-1.0.pom"),
          ("<project><modelVersion>4.0.0</modelVersion><groupId>own</groupId><artifactId>%s"
                  + "</artifactId><version>1.0</version>%s</project>")
              .formatted(name, needs));
    }
    Path local = folder.resolve(offline ? "empty" : "local");
    return new MavenRepositories(new MavenSettings(local, remote.toUri().toString(), offline));
  }

  @Test
  void aLibraryComesWithWhatItNeeds() throws IOException {
    assertThat(repository(false).resolve(List.of("own:Needing:1.0")))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("Needing-1.0.jar", "Needed-1.0.jar");
    // what was fetched once needs nobody any more
    MavenSettings alone = new MavenSettings(folder.resolve("local"), "file:///nowhere", true);
    assertThat(new MavenRepositories(alone).resolve(List.of("own:Needing:1.0"))).hasSize(2);
  }

  @Test
  void whatCannotBeFetchedIsSaidInALine() throws IOException {
    assertThatThrownBy(() -> repository(false).resolve(List.of("own:Neither:1.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("own:Neither:jar:1.0 is not in " + folder.resolve("local"))
        .hasMessageEndingWith("Maybe another version.");
    assertThatThrownBy(() -> repository(true).resolve(List.of("own:Needing:1.0")))
        .hasMessageContaining("is not in " + folder.resolve("empty") + ", and settings.xml says");
    MavenSettings away =
        new MavenSettings(folder.resolve("empty"), "http://127.0.0.1:1/maven2", false);
    assertThatThrownBy(() -> new MavenRepositories(away).resolve(List.of("own:Needing:1.0")))
        .hasMessageContaining("http://127.0.0.1:1/maven2 cannot be reached (")
        .hasMessageContaining("Maybe this machine is offline")
        .hasMessageNotContainingAny("Exception");
  }

  @Test
  void theUsersSettingsAreHeeded() throws IOException {
    Path file = folder.resolve("settings.xml");
    Files.writeString(
        file,
        """
        <settings xmlns="http://maven.apache.org/SETTINGS/1.0.0">
          <localRepository>/somewhere</localRepository>
          <mirrors>
            <mirror><id>other</id><mirrorOf>other</mirrorOf><url>https://no</url></mirror>
            <mirror><id>all</id><mirrorOf>*</mirrorOf><url>https://mirror/all</url></mirror>
          </mirrors>
          <offline>true</offline>
        </settings>
        """);
    MavenSettings usual = new MavenSettings(Path.of("usual"), MavenSettings.CENTRAL, false);
    assertThat(MavenSettings.read(file, usual))
        .isEqualTo(new MavenSettings(Path.of("/somewhere"), "https://mirror/all", true));
    Files.writeString(file, "<settings/>");
    assertThat(MavenSettings.read(file, usual)).isEqualTo(usual);
  }
}
