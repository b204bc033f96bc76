package dance.command;

import static org.assertj.core.api.Assertions.assertThat;

import dance.space.AcceleratorSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluators at the command line. */
class EvaluatorCommandTest {
  @TempDir private Path folder;

  private Terminal terminal;
  private String table;
  private String evaluator;

  @BeforeEach
  void build() {
    terminal = new Terminal(folder);
    table = table("mini.table", 8, 16);
    evaluator = folder.resolve("e.json").toString();
  }

  private String table(String name, Integer... sides) {
    return MadeUpTable.write(folder.resolve(name), AcceleratorSpace.dance().pes(sides).rf(4, 64));
  }

  private int train(String... more) {
    String[] line = {
      "evaluator",
      "train",
      "--table=" + table,
      "--generator-steps=30",
      "--estimator-steps=30",
      "--width=16",
      "--out=" + evaluator
    };
    return terminal.dance(Stream.of(line, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private Map<?, ?> json() {
    return (Map<?, ?>) terminal.json();
  }

  @Test
  void anEvaluatorIsTrainedShownAndMeasured() {
    assertThat(train("--seed=5")).isZero();
    assertThat(terminal.out())
        .startsWith(evaluator + ": neural evaluator for edap, mini × dance\n")
        .contains("error of latency, mean [%]", "regret, mean [%]", "training time [s]");
    assertThat(terminal.err()).contains("30 of 30 steps", "loss ", "validation error ");
    assertThat(terminal.dance("evaluator", "info", evaluator)).isZero();
    assertThat(terminal.out())
        .contains("mini: 4 blocks × 5 operations", "contributions", "seed=5", "pytorch");
    assertThat(terminal.dance("evaluator", "info", evaluator, "--json")).isZero();
    assertThat(json().get("objective")).isEqualTo("edap");
    assertThat(terminal.dance("evaluator", "fidelity", evaluator, "--json")).isZero();
    Map<?, ?> stored = json();
    assertThat(terminal.dance("evaluator", "fidelity", evaluator, "--table=" + table, "--json"))
        .isZero();
    assertThat(json()).isEqualTo(stored);
    assertThat(
            terminal.dance("evaluator", "fidelity", evaluator, "--table=" + table, "--networks=50"))
        .isZero();
    assertThat(terminal.out()).containsPattern("networks +50 +5\\n");
  }

  @Test
  void fidelityHasTheKeysThatOthersRead() {
    assertThat(train("--json", "--no-feature-forwarding", "--paper", "--objective=edp")).isZero();
    assertThat(((Map<?, ?>) json().get("heads")).keySet())
        .isEqualTo(Set.of("pe_x", "pe_y", "rf", "dataflow"));
    assertThat(((Map<?, ?>) json().get("error")).keySet())
        .isEqualTo(Set.of("latency", "energy", "area"));
    assertThat(((Map<?, ?>) ((Map<?, ?>) json().get("error")).get("area")).keySet())
        .isEqualTo(Set.of("mean", "median", "p99"));
    assertThat(((Map<?, ?>) json().get("spearman")).keySet())
        .isEqualTo(Set.of("latency", "energy", "area"));
    assertThat(((Map<?, ?>) json().get("regret")).keySet())
        .isEqualTo(Set.of("mean", "median", "p99"));
    assertThat((Double) json().get("train_seconds")).isPositive();
    assertThat(terminal.dance("evaluator", "info", evaluator, "--json")).isZero();
    assertThat(json().get("feature forwarding")).isEqualTo("no");
    assertThat(json().get("form")).isEqualTo("paper");
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThat(train("--at-most=area=5")).isZero();
    String other = table("other.table", 8, 12);
    assertThat(terminal.dance("evaluator", "fidelity", evaluator, "--table=" + other)).isEqualTo(2);
    assertThat(terminal.err()).contains("cannot validate an evaluator of dance: pe_x=8,16");
    assertThat(terminal.dance("evaluator", "info", table)).isEqualTo(2);
    assertThat(terminal.err()).contains("mini.table is no evaluator, or damaged");
    assertThat(terminal.dance("evaluator", "info", evaluator + "x")).isEqualTo(2);
    assertThat(
            terminal.dance(
                "evaluator", "train", "--table=" + table, "--width=0", "--out=" + evaluator))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("width (0) must be at least 1");
    assertThat(train("--objective=edpa")).isEqualTo(2);
    assertThat(terminal.err()).contains("objective edpa is not one of");
  }
}
