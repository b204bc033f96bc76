package dance.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, it is read or answered with a message, never with a stack trace. */
class DamagedFilesTest {
  private static final ReferenceCases.Case VALID = ReferenceCases.named("s12-imperfect-spatial");
  private static final String INK = "[]{}:,-&*!#'\"0919.eE\n =<>ACPxX~|%@?";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"arch.yaml", "problem.yaml", "mapping.yaml", "constraints.yaml"})
  void damagedFileIsReadOrAnsweredWithAMessage(String name) throws IOException {
    String constraints =
        "architecture_constraints:\n  targets:\n"
            + "  - {target: GLB, type: spatial, factors: C=1 P<=2, permutation: CP, split: 1}\n"
            + "  - {target: RF, type: bypass, keep: [Inputs], bypass: [Weights]}\n";
    String valid = name.startsWith("constraints") ? constraints : VALID.text(name);
    Random random = new Random(1);
    int answered = 0;
    for (int trial = 0; trial < 1000; trial++) {
      StringBuilder text = new StringBuilder(valid);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, INK.charAt(random.nextInt(INK.length())));
          case 1 -> text.insert(at, INK.charAt(random.nextInt(INK.length())));
          default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        }
      }
      Path file = folder.resolve(name);
      Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
      try {
        read(name, file);
      } catch (IllegalArgumentException answer) {
        answered++;
        assertThat(answer.getMessage()).contains(name);
      } catch (RuntimeException | StackOverflowError other) {
        fail("trial " + trial + "\n" + text, other);
      }
    }
    assertThat(answered).isGreaterThan(100);
  }

  private static void read(String name, Path file) {
    switch (name) {
      case "arch.yaml" -> TimeloopArchitecture.read(file);
      case "problem.yaml" -> TimeloopProblem.read(file);
      case "mapping.yaml" -> TimeloopMapping.read(file, VALID.einsum(), VALID.accelerator());
      default -> TimeloopConstraints.read(file, VALID.einsum(), VALID.accelerator());
    }
  }
}
