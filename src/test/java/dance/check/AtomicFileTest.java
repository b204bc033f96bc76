package dance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void aWrittenFileReplacesTheOldOneAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("mapping.yaml");
    AtomicFile.write(file, "a much longer text than the next");
    AtomicFile.write(file, "short");
    assertThat(Files.readString(file)).isEqualTo("short");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, "fresh");
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo("fresh");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("none").resolve("mapping.yaml");
    assertThatThrownBy(() -> AtomicFile.write(file, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + ": cannot be written");
  }
}
