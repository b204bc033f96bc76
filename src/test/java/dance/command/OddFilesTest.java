package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as they arrive: cut off, of another kind, with another's editor's traces. */
class OddFilesTest {
  private static final Path VARIANTS = Path.of("src", "test", "resources", "timeloop", "variants");
  private static final Path ONNX = Path.of("src", "test", "resources", "onnx", "resnet18.onnx");

  @TempDir private Path folder;

  private final Shell shell = new Shell();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(String message, Object... args) {
    assertThat(shell.dance(args)).as(shell.err()).isEqualTo(2);
    assertThat(shell.err()).contains(message).doesNotContain("Exception").doesNotContain("\tat ");
  }

  /** A network of text, and what is said of it; \\n is a line, \\t a tab, ^ a byte order mark. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          net.csv  | ``                                              | is empty
          net.csv  | `   \\n \\n`                                    | has no supported format
          net.csv  | `name,kind,c,c\\nfc,fc,2,3`                     | column c occurs twice
          net.csv  | `name;kind;c;k\\nfc;fc;2;3`                     | its first line has semicolons. Maybe save it with commas
          net.csv  | `name,kind,c,k\\nfc,fc,2`                       | k
          net.yaml | `problem:\\n\\tshape: cnn-layer`                 | (TAB)
          net.yaml | `problem: {shape: cnn-layer, C: 3, C: 4}`       | duplicate key
          net.yaml | `problem: {shape: cnn-layer, C: 3`              | malformed YAML
          net.yaml | `--- 1\\n--- 2`                                 | a second YAML document
          net.yaml | `[]`                                            | has no supported format
          net.json | `{"layers": []}`                                | has no supported format
          """)
  void networksThatAreNoneSayWhy(String name, String text, String message) throws IOException {
    String content = text.replace("\\n", "\n").replace("\\t", "\t");
    assertRefused(message, "simulate", "--accelerator=eyeriss", "--network", file(name, content));
  }

  @Test
  void byteOrderMarksAreNoTrouble() throws IOException {
    Path csv = file("net.csv", "\uFEFFname,kind,c,k\nfc,fc,2,3\n");
    Path yaml =
        file("arch.yaml", "\uFEFF" + Files.readString(VARIANTS.resolve("generator.arch.yaml")));
    assertThat(shell.dance("simulate", "--network", csv, "--accelerator", yaml))
        .as(shell.err())
        .isZero();
  }

  @Test
  void aModelOfOnnxThatIsCutOffIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(ONNX);
    for (int length : new int[] {0, 1, 7, whole.length / 2, whole.length - 1}) {
      Path cut = folder.resolve("cut.onnx");
      Files.write(cut, Arrays.copyOf(whole, length));
      assertRefused("cut.onnx", "simulate", "--accelerator=eyeriss", "--network", cut);
    }
  }

  @Test
  void binaryJunkIsNoText() throws IOException {
    byte[] junk = new byte[5000];
    new java.util.Random(1).nextBytes(junk);
    junk[0] = (byte) 0xFF;
    Path yaml = Files.write(folder.resolve("junk.yaml"), junk);
    assertRefused("junk.yaml", "simulate", "--accelerator", yaml, "--network=alexnet");
    assertRefused("junk.yaml", "simulate", "--accelerator=eyeriss", "--network", yaml);
    assertRefused("junk.yaml", "map", yaml, yaml);
    Path nul = Files.write(folder.resolve("nul.yaml"), new byte[100]);
    assertRefused("nul.yaml", "map", nul, nul);
    Path latin =
        Files.write(
            folder.resolve("latin.csv"),
            "name,kind,c\nm\u00e4,fc,2".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("latin.csv", "simulate", "--accelerator=eyeriss", "--network", latin);
  }

  @Test
  void filesInTheWrongPlaceAreNamed() throws IOException {
    Path arch = VARIANTS.resolve("generator.arch.yaml");
    Path problem = VARIANTS.resolve("named.problem.yaml");
    assertRefused("named.problem.yaml is no accelerator", "map", problem, arch);
    assertRefused("is no problem", "map", arch, arch);
    assertRefused("key mapping is missing", "timeloop", arch, problem, problem);
    assertRefused("is a directory", "map", folder, problem);
    assertRefused(
        "has no YAML files", "simulate", "--network=alexnet", "--accelerator", folder + "/");
    assertRefused(
        "has no file of a network", "simulate", "--accelerator=eyeriss", "--network", folder + "/");
    assertRefused(
        "to read zeros from", "simulate", "--accelerator=eyeriss", "--network=alexnet", "--zeros");
    // loops of another problem: all that does not fit is said
    Path other =
        file(
            "other.yaml",
            "mapping:\n- {target: GLB, type: temporal, factors: X=3, permutation: X}\n");
    assertRefused("X", "timeloop", arch, problem, other);
  }
}
