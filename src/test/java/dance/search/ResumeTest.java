package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Metric;
import dance.evaluate.CostTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that was stopped ends as an undisturbed one, bit for bit. */
class ResumeTest {
  private static final CoExplorerOptions OPTIONS =
      CoExplorerOptions.defaults().epochs(6, 3).restarts(3, 1);

  @TempDir private Path folder;

  static SearchProblem problem(boolean sampled) {
    SearchProblem problem = SearchExamples.problem(0.1);
    CostTable table = problem.table();
    return SearchProblem.of(
        SearchExamples.task().sampled(sampled), table, problem.objective(), problem.lambda());
  }

  private static String undisturbed(boolean sampled) {
    return SearchMethodsTest.timeless(
        CoExplorer.exact(OPTIONS).search(problem(sampled), 3, Budget.unlimited()));
  }

  private CoExplorer kept() {
    return CoExplorer.exact(OPTIONS.checkpoints(folder));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "4,false", "6,false", "11,false", "17,false", "2,true", "9,true"})
  void afterAnInterrupt(int epoch, boolean sampled) {
    SearchProblem problem = problem(sampled);
    int[] seen = {0};
    SearchListener stopping =
        (e, done, total) -> {
          if (++seen[0] == epoch) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> kept().search(problem, 3, Budget.unlimited(), stopping))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("it resumes from " + folder.resolve("search.checkpoint"));
    assertThat(Thread.interrupted()).isTrue();
    SearchResult resumed = kept().search(problem, 3, Budget.unlimited());
    assertThat(SearchMethodsTest.timeless(resumed)).isEqualTo(undisturbed(sampled));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 14})
  void withLimits(int epoch) {
    SearchProblem free = SearchExamples.problem(0.001);
    double latency = ExhaustiveOptimum.of(free, 1).best().metrics().latencyMs();
    SearchProblem problem = free.atMost(Metric.LATENCY, 0.3 * latency);
    int[] seen = {0};
    SearchListener stopping =
        (e, done, total) -> {
          if (++seen[0] == epoch) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> kept().search(problem, 3, Budget.unlimited(), stopping))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    SearchResult resumed = kept().search(problem, 3, Budget.unlimited());
    SearchResult whole = CoExplorer.exact(OPTIONS).search(problem, 3, Budget.unlimited());
    assertThat(SearchMethodsTest.timeless(resumed)).isEqualTo(SearchMethodsTest.timeless(whole));
  }

  @Test
  void afterManyInterrupts() {
    SearchProblem problem = problem(false);
    SearchResult result = null;
    int interrupts = 0;
    while (result == null) {
      int[] seen = {0};
      try {
        result =
            kept()
                .search(
                    problem,
                    3,
                    Budget.unlimited(),
                    (e, done, total) -> {
                      if (++seen[0] == 2 && done < total) {
                        Thread.currentThread().interrupt();
                      }
                    });
      } catch (CancellationException stopped) {
        interrupts++;
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThat(interrupts).isGreaterThan(3);
    assertThat(SearchMethodsTest.timeless(result)).isEqualTo(undisturbed(false));
  }

  @Test
  void afterTheEndTheResultIsThereAtOnce() {
    SearchProblem problem = problem(false);
    SearchResult first = kept().search(problem, 3, Budget.unlimited());
    int[] epochs = {0};
    SearchResult again =
        kept().search(problem, 3, Budget.unlimited(), (e, done, total) -> epochs[0]++);
    assertThat(epochs[0]).isEqualTo(1);
    assertThat(SearchMethodsTest.timeless(again)).isEqualTo(SearchMethodsTest.timeless(first));
  }

  @Test
  void afterKill() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String surefire = System.getProperty("surefire.test.class.path", classes);
    Process search =
        new ProcessBuilder(java, "-cp", surefire, KilledSearch.class.getName(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "log"))
            .start();
    Path file = folder.resolve("search.checkpoint");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(200);
    while (!Files.exists(file) && search.isAlive() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    Thread.sleep(400);
    assertThat(search.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    search.destroyForcibly().waitFor();
    assertThat(file).exists();
    int[] epochs = {0};
    SearchResult resumed =
        KilledSearch.method(folder)
            .search(
                KilledSearch.problem(0), 3, Budget.unlimited(), (e, done, total) -> epochs[0]++);
    SearchResult whole =
        KilledSearch.method(null).search(KilledSearch.problem(0), 3, Budget.unlimited());
    assertThat(SearchMethodsTest.timeless(resumed)).isEqualTo(SearchMethodsTest.timeless(whole));
    assertThat(epochs[0]).isLessThan(whole.trace().epochs().size());
  }

  @Test
  void damagedAndForeignCheckpointsAreRefused() throws IOException {
    SearchProblem problem = problem(false);
    kept().search(problem, 3, Budget.unlimited());
    Path file = folder.resolve("search.checkpoint");
    byte[] whole = Files.readAllBytes(file);
    assertThatThrownBy(() -> kept().search(problem, 4, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of another search", "seed 3", "seed 4", "Maybe give another");
    assertThatThrownBy(() -> kept().search(problem.lambda(0.2), 3, Budget.unlimited()))
        .hasMessageContaining("is of another search");
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(file, flipped);
    assertThatThrownBy(() -> kept().search(problem, 3, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is damaged");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> kept().search(problem, 3, Budget.unlimited()))
        .hasMessageContaining("is damaged");
    Files.writeString(file, "hello");
    assertThatThrownBy(() -> kept().search(problem, 3, Budget.unlimited()))
        .hasMessageContaining("is not a checkpoint of a search");
  }
}
