package dance.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of other tools and slips of the keyboard are answered with the name that there is. */
class MissingNameTest {
  @Test
  void aNameThatDoesNotExistSaysTheNearest() {
    try (CellEvaluator cells = new CellEvaluator(StartUp.imports())) {
      for (List<String> tried :
          List.of(
              List.of("Layer.dense(\"fc\", 10, 10)", "Maybe Layer.fullyConnected was meant."),
              List.of("Layer.conv2d(\"c\", 1, 1)", "Maybe Layer.conv was meant."),
              List.of(
                  "map(\"alexnet/conv5\", \"eyeriss\").evaluation().utilisation()",
                  "Maybe Evaluation.utilization was meant."),
              List.of("Layer.depthwize(\"c\", 1)", "Maybe Layer.depthwise was meant."),
              List.of("simulat(\"alexnet\", \"eyeriss\")", "Maybe simulate was meant."))) {
        CompileError error =
            catchThrowableOfType(CompileError.class, () -> cells.evaluate(tried.get(0), 1));
        assertThat(error).as(tried.get(0)).isNotNull();
        assertThat(error.lines()).as(tried.get(0)).contains(tried.get(1));
      }
    }
  }
}
