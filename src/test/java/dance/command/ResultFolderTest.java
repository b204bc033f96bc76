package dance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dance.OtherProgram;
import dance.check.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches write where they are asked to, and unasked beside a build only. */
class ResultFolderTest {
  private final Rules rules = new Rules();

  @TempDir private Path here;

  private ResultFolder usual() {
    return ResultFolder.of(null, here, "explore", rules);
  }

  @Test
  void unaskedNothingIsWrittenIntoAFolderThatIsNoBuild() throws IOException {
    assertThat(usual().path()).isEmpty();
    Files.createDirectories(here.resolve("target")); // another program's
    ResultFolder nowhere = usual();
    nowhere.make();
    nowhere.write("a.txt", "a");
    nowhere.within("deeper").make();
    assertThat(nowhere.path()).isEmpty();
    assertThat(nowhere.resolve("checkpoint")).isNull();
    assertThat(here.resolve("target")).isEmptyDirectory();
  }

  @Test
  void besideABuildItIsWrittenThere() throws IOException {
    Files.createDirectories(here.resolve("target"));
    Files.writeString(here.resolve("target/dance.jar"), "");
    ResultFolder folder = usual();
    folder.make();
    folder.write("a.txt", "a");
    assertThat(here.resolve("target/explore/a.txt")).hasContent("a");
  }

  @Test
  void aBuildThatCannotBeWrittenIsLeftAlone() throws IOException {
    Path build = Files.createDirectories(here.resolve("target"));
    Files.writeString(build.resolve("dance.jar"), "");
    Path inTheWay = Files.writeString(build.resolve("explore"), "");
    assertThat(usual().path()).isEmpty();
    Files.delete(inTheWay);
    assertThat(build.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(build), "this user may write everywhere");
    assertThat(usual().path()).isEmpty();
  }

  @Test
  void whatIsAskedForIsMadeOrRefusedAtOnce() throws IOException {
    assertThat(ResultFolder.of(here.resolve("a/b"), here, "explore", rules).path())
        .contains(here.resolve("a/b"));
    rules.check();
    Path file = Files.writeString(here.resolve("file"), "");
    ResultFolder.of(file.resolve("deep"), here, "explore", rules);
    assertThat(rules.violations()).hasSize(1).first().asString().contains("(--out)");
  }

  @Test
  void aSearchInAFolderThatIsNoBuildPrintsItsResultAndLeavesNothing() throws Exception {
    OtherProgram.Ended ended =
        OtherProgram.java(
                "-cp",
                OtherProgram.classPath(),
                Main.class.getName(),
                "explore",
                "--task=mini",
                "--epochs=2",
                "--threads=1")
            .in(here)
            .run();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("DANCE exact ", "optimum ");
    assertThat(List.of(here.toFile().list())).isEmpty();
  }
}
