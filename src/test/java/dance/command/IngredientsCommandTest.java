package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints is tested with one ingredient on the smallest networks. */
class IngredientsCommandTest {
  @TempDir private Path folder;

  @Test
  void anIngredientHasARowOfRegretsAndOneOfDataflows() throws IOException {
    Terminal terminal = new Terminal(folder);
    assertThat(
            terminal.dance(
                "ingredients",
                "--only=whole",
                "--json",
                "--task=tabular:" + PartialAccuraciesTest.accuracies(folder),
                "--columns=" + PartialAccuraciesTest.COLUMNS,
                "--out=" + folder))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.json().get("networks").toString())
        .startsWith("mini, held-out error of accuracies ");
    Map<?, ?> row = (Map<?, ?>) ((List<?>) terminal.json().get("regrets_percent")).get(0);
    assertThat(row.get("ingredient")).isEqualTo("whole dimensions only");
    assertThat(row.get("designs")).isEqualTo(150);
    assertThat((Double) row.get("network_first")).isPositive();
    assertThat(folder.resolve("ingredients.json")).isNotEmptyFile();
    Map<?, ?> flows = (Map<?, ?>) ((List<?>) terminal.json().get("dataflows_percent")).get(0);
    assertThat(flows.keySet()).hasSize(4);
  }

  @Test
  void anUnknownWordIsNamed() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.dance("ingredients", "--only=salt")).isEqualTo(2);
    assertThat(terminal.err()).contains("no ingredient has the word salt, only none; perfect");
  }
}
