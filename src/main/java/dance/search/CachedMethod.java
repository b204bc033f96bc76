package dance.search;

import dance.cost.Metrics;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A method that caches its results in a folder: known results are read, and an interrupted search
 * resumes from its last checkpoint. Every search has a folder of its own, named after everything
 * its result depends on.
 *
 * @param method the method
 * @param folder of all searches
 * @param found listener for every result, including cached ones
 */
public record CachedMethod(SearchMethod method, Path folder, Consumer<SearchResult> found)
    implements SearchMethod {
  private static final String RESULT = "search.result";

  @Override
  public String name() {
    return method.name();
  }

  @Override
  public String recipe(SearchProblem problem) {
    return method.recipe(problem);
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    String search = search(method, problem, seed, budget);
    Path place = folder.resolve(place(problem, seed, search));
    Checkpoint kept = new Checkpoint(place, RESULT, search);
    SearchResult[] result = new SearchResult[1];
    if (!kept.load(in -> result[0] = read(in, name(), problem, seed))) {
      result[0] = method.checkpoints(place).search(problem, seed, budget, watch);
      kept.save(out -> write(out, problem, result[0]));
      forget(place.resolve(Checkpoint.SEARCH)); // the final state is in the result
    }
    found.accept(result[0]);
    return result[0];
  }

  /** Everything that the result of a search depends on, in one line. */
  static String search(SearchMethod method, SearchProblem problem, long seed, Budget budget) {
    return String.join(
        "; ", method.recipe(problem), problem.fingerprint(), "seed " + seed, budget.toString());
  }

  private String place(SearchProblem problem, long seed, String search) {
    CRC32 crc = new CRC32();
    crc.update(search.getBytes(StandardCharsets.UTF_8));
    String words = name() + " " + problem.objective().name() + " seed " + seed;
    return String.format(
        Locale.ROOT,
        "%s-%08x",
        words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"),
        crc.getValue());
  }

  private static void forget(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(DataOutputStream out, SearchProblem problem, SearchResult result)
      throws IOException {
    for (int operation : problem.task().space().choice(result.genotype())) {
      out.writeInt(operation);
    }
    out.writeInt(result.designIndex());
    out.writeDouble(result.accuracy());
    boolean exact = result.believed().equals(result.metrics());
    out.writeBoolean(exact);
    if (!exact) {
      Metrics believed = result.believed();
      out.writeDouble(believed.latencyMs());
      out.writeDouble(believed.energyMj());
      out.writeDouble(believed.areaMm2());
    }
    SearchCost cost = result.searchCost();
    out.writeDouble(cost.seconds());
    out.writeUTF(cost.information().name());
    out.writeLong(cost.evaluations());
    out.writeLong(cost.steps());
    out.writeLong(cost.trainings());
    out.writeLong(cost.images());
    out.writeLong(cost.costModelCalls());
    out.writeDouble(cost.evaluatorSeconds());
    TraceFile.write(out, result.trace().epochs());
  }

  static SearchResult read(DataInputStream in, String name, SearchProblem problem, long seed)
      throws IOException {
    int[] choice = new int[problem.task().space().blocks()];
    for (int b = 0; b < choice.length; b++) {
      choice[b] = in.readInt();
    }
    Candidate candidate = Candidate.of(problem, choice, in.readInt(), in.readDouble());
    double[] believed =
        in.readBoolean() ? null : new double[] {in.readDouble(), in.readDouble(), in.readDouble()};
    SearchCost cost =
        new SearchCost(
            in.readDouble(),
            new SearchCost.Used(
                Information.valueOf(in.readUTF()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong()),
            in.readLong(),
            in.readDouble());
    Trace trace = new Trace(TraceFile.read(in));
    return SearchResult.of(name, seed, problem, candidate, believed, trace, cost);
  }
}
