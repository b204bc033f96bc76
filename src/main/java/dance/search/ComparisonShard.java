package dance.search;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.cost.Parallel;
import dance.cost.Steps;
import dance.evaluate.HeadedFile;
import dance.evaluate.Shard;
import dance.evaluate.TableFile;
import dance.evaluate.TableIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Some of the searches of comparisons, done on one of several machines. Its file is a {@link
 * HeadedFile}: the lines of the comparison, the number of all searches with a hash of everything
 * that they depend on, and the shard; then for each search what it depends on and its result.
 *
 * @param lines what is compared, by name: equal in all shards
 * @param shard which share of the searches
 * @param results of this share, by everything that they depend on, in the order of the comparison
 */
public record ComparisonShard(Map<String, String> lines, Shard shard, Map<String, byte[]> results) {
  private static final String KIND = "comparison shard";
  private static final String SEARCHES = "searches";
  private static final String SHARD = "shard";

  /**
   * The searches of a method for a problem, one for each seed.
   *
   * @param problem what is searched
   * @param method how
   */
  public record Row(SearchProblem problem, SearchMethod method) {}

  private record Search(Row row, long seed, String text) {}

  /**
   * Searches a shard's share.
   *
   * @param lines what is compared, by name
   * @param rows of all comparisons, in order
   * @param seeds {@code [searches of a row]}
   * @param threads number of parallel searches; one if a task trains networks
   */
  public static ComparisonShard run(
      Map<String, String> lines,
      List<Row> rows,
      long[] seeds,
      Budget budget,
      int threads,
      Shard shard) {
    List<Search> all = new ArrayList<>();
    for (Row row : rows) {
      for (long seed : seeds) {
        String text = CachedMethod.search(row.method, row.problem, seed, budget);
        all.add(new Search(row, seed, text));
      }
    }
    MessageDigest digest = TableIdentity.sha256();
    all.forEach(search -> digest.update(search.text.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> named = new LinkedHashMap<>(lines);
    named.put(SEARCHES, all.size() + ", sha256 " + HexFormat.of().formatHex(digest.digest()));
    List<Search> own =
        IntStream.range(0, all.size()).filter(shard::covers).mapToObj(all::get).toList();
    boolean trains = rows.stream().anyMatch(row -> row.problem.task().trains());
    Map<String, byte[]> results = new LinkedHashMap<>();
    try (Steps steps = Steps.of("compare shard " + shard, SEARCHES, own.size())) {
      List<byte[]> found =
          new Parallel("the comparison", trains ? 1 : threads, Comparison.LAST_STEP_MS)
              .map(own, steps, search -> bytes(search, budget));
      for (int i = 0; i < found.size(); i++) {
        results.put(own.get(i).text, found.get(i));
      }
    }
    return new ComparisonShard(named, shard, results);
  }

  private static byte[] bytes(Search search, Budget budget) {
    SearchProblem problem = search.row.problem;
    SearchResult result = search.row.method.search(problem, search.seed, budget);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CachedMethod.write(out, problem, result);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Writes its file atomically. */
  public void write(Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> result : results.entrySet()) {
        byte[] text = result.getKey().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.writeInt(result.getValue().length);
        out.write(result.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Map<String, String> header = new LinkedHashMap<>(lines);
    header.put(SHARD, shard.toString());
    AtomicFile.write(file, new HeadedFile(KIND, header, bytes.toByteArray()).bytes());
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is not a shard of a comparison, or damaged
   */
  public static ComparisonShard read(Path path) {
    HeadedFile file = HeadedFile.read(KIND, path.toString(), TableFile.bytes(path));
    Map<String, String> lines = new LinkedHashMap<>(file.lines());
    Shard shard = Shard.parse(lines.remove(SHARD));
    Map<String, byte[]> results = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file.data()))) {
      while (in.available() > 0) {
        String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        results.put(text, in.readNBytes(in.readInt()));
      }
    } catch (IOException wrong) {
      throw new IllegalArgumentException(path + " is damaged: a result of it is cut off", wrong);
    }
    return new ComparisonShard(lines, shard, results);
  }

  /**
   * All shards of a comparison as one.
   *
   * @throws IllegalArgumentException naming every shard that is missing, there twice, of another
   *     comparison or version, of another number of shards, or damaged
   */
  public static ComparisonShard merge(List<Path> files) {
    Rules rules = new Rules().require(!files.isEmpty(), "a merge needs the shards of a comparison");
    Map<Path, ComparisonShard> shards = new LinkedHashMap<>();
    for (Path file : files) {
      rules.require(Collections.frequency(files, file) == 1, "%s is given twice", file);
      ComparisonShard shard = rules.tried(() -> read(file));
      if (shard != null) {
        shards.put(file, shard);
      }
    }
    rules.check();
    Map.Entry<Path, ComparisonShard> first = shards.entrySet().iterator().next();
    Map<String, String> lines = first.getValue().lines;
    int count = first.getValue().shard.count();
    int searches = Integer.parseInt(lines.get(SEARCHES).split(",")[0]);
    Map<Integer, Path> found = new TreeMap<>();
    Map<String, byte[]> results = new LinkedHashMap<>();
    shards.forEach(
        (file, shard) -> {
          String differences = differences(shard.lines, lines);
          Path twin = found.putIfAbsent(shard.shard.number(), file);
          long own = IntStream.range(0, searches).filter(shard.shard::covers).count();
          rules
              .require(
                  differences.isEmpty(),
                  "%s is of another comparison than %s: %s",
                  file,
                  first.getKey(),
                  differences)
              .require(
                  shard.shard.count() == count,
                  "%s is shard %s, but %s is one of %d",
                  file,
                  shard.shard,
                  first.getKey(),
                  count)
              .require(twin == null, "shard %s is there twice: %s and %s", shard.shard, twin, file)
              .require(
                  !differences.isEmpty() || shard.results.size() == own,
                  "%s has %d searches, but its shard has %d",
                  file,
                  shard.results.size(),
                  own);
          results.putAll(shard.results);
        });
    rules.check();
    String missing =
        IntStream.rangeClosed(1, count)
            .filter(number -> !found.containsKey(number))
            .mapToObj(number -> number + "/" + count)
            .collect(Collectors.joining(", "));
    rules
        .require(
            missing.isEmpty(),
            "%d of %d shards are missing: %s. Maybe run them: dance compare --shard …",
            count - found.size(),
            count,
            missing)
        .check();
    return new ComparisonShard(lines, Shard.WHOLE, results);
  }

  private static String differences(Map<String, String> lines, Map<String, String> expected) {
    return expected.keySet().stream()
        .filter(name -> !expected.get(name).equals(lines.get(name)))
        .map(name -> name + " is " + lines.get(name) + ", not " + expected.get(name))
        .collect(Collectors.joining("; "));
  }
}
