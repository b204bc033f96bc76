package dance.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that was killed ends as an undisturbed one, and searches nothing twice. */
class CachedMethodTest {
  @TempDir private Path folder;

  private static Map<String, List<String>> timeless(Comparison comparison) {
    Map<String, List<String>> all = new TreeMap<>();
    comparison
        .results()
        .forEach(
            (m, found) -> all.put(m, found.stream().map(SearchMethodsTest::timeless).toList()));
    return all;
  }

  /** The files of this name and the time at which each was written. */
  private Map<Path, Long> files(String name) throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.getFileName().toString().equals(name)) {
              files.put(file, attributes.lastModifiedTime().toMillis());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private Process start(int results) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledComparison.class.getName(),
            folder.toString(),
            Integer.toString(results))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void killWhen(String name, int files) throws Exception {
    Process child = start(files + 2); // and not so far that a result would be too many
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (child.isAlive() && files(name).size() < files && System.nanoTime() < end) {
      Thread.sleep(2);
    }
    assertThat(child.isAlive()).as("at work when it is killed").isTrue();
    child.destroyForcibly();
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aKilledComparisonResumesWhereItWas() throws Exception {
    killWhen("search.checkpoint", 1);
    assertThat(files("search.result")).isEmpty();
    killWhen("search.result", 1);
    killWhen("search.result", 3);
    Map<Path, Long> before = files("search.result");
    assertThat(before).hasSizeBetween(3, 5);
    List<SearchResult> found = new ArrayList<>();
    Comparison resumed = KilledComparison.run(folder, found::add);
    Map<Path, Long> after = files("search.result");
    assertThat(after).hasSize(6).containsAllEntriesOf(before);
    assertThat(found).hasSize(6);
    assertThat(files("search.checkpoint")).isEmpty();
    Comparison undisturbed = KilledComparison.run(null, found::add);
    assertThat(timeless(resumed)).isEqualTo(timeless(undisturbed));
    Comparison again = KilledComparison.run(folder, found::add);
    assertThat(again.results().toString()).isEqualTo(resumed.results().toString());
    assertThat(files("search.result")).isEqualTo(after);
  }

  @Test
  void whatDiffersIsSearchedForAndWhatIsDamagedIsRefused() throws IOException {
    SearchProblem problem = SearchExamples.problem(0.1);
    List<SearchResult> found = new ArrayList<>();
    SearchMethod random = new CachedMethod(new RandomSearch(20), folder, found::add);
    SearchResult first = random.search(problem, 1, Budget.unlimited());
    assertThat(random.search(problem, 1, Budget.unlimited())).isEqualTo(first);
    random.search(problem, 2, Budget.unlimited());
    random.search(problem, 1, Budget.evaluations(10));
    random.search(problem.lambda(0.2), 1, Budget.unlimited());
    new CachedMethod(new RandomSearch(21), folder, found::add)
        .search(problem, 1, Budget.unlimited());
    Map<Path, Long> files = files("search.result");
    assertThat(files).hasSize(5);
    assertThat(found).hasSize(6);
    for (Path file : files.keySet()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 20] ^= 1;
      Files.write(file, bytes);
    }
    assertThatThrownBy(() -> random.search(problem, 1, Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("search.result is damaged");
  }

  @Test
  void whatAnEvaluatorBelievedIsKeptToo() {
    SearchProblem problem = SearchExamples.problem(0.1);
    SearchMethod wrong =
        new SearchMethod() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public String recipe(SearchProblem p) {
            return "always the same";
          }

          @Override
          public SearchResult search(
              SearchProblem p, long seed, Budget budget, SearchListener watch) {
            SearchResult right = new RandomSearch(5).search(p, seed, budget);
            Candidate candidate =
                Candidate.of(
                    p,
                    p.task().space().choice(right.genotype()),
                    right.designIndex(),
                    right.accuracy());
            double[] believed = {1, 2, 3};
            return SearchResult.of(
                "wrong", seed, p, candidate, believed, right.trace(), right.searchCost());
          }
        };
    CachedMethod kept = new CachedMethod(wrong, folder, result -> {});
    SearchResult first = kept.search(problem, 7, Budget.unlimited());
    SearchResult read = kept.search(problem, 7, Budget.unlimited());
    assertThat(read).isEqualTo(first);
    assertThat(read.believed().energyMj()).isEqualTo(2);
    assertThat(read.believed()).isNotEqualTo(read.metrics());
  }
}
