package dance.search.train;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Accuracies of networks trained from scratch, as a CSV file: lines with {@code #} on their
 * provenance, the line {@code genotype,seed,accuracy}, and one line per training, such as {@code
 * "mb3e1,zero,mb3e6,zero",1,0.8125}.
 *
 * @param provenance the lines before the table, text by name
 * @param rows the trainings
 */
public record TrainedNetworks(Map<String, String> provenance, List<Row> rows) {
  private static final String KIND = "# dance trained networks, version 1";
  private static final String HEADING = "genotype,seed,accuracy";
  private static final String MINI = "mini-fashion-mnist.csv";
  private static final Pattern ROW =
      Pattern.compile("\"?([^\"]+?)\"?,(-?\\d{1,18}),([01](?:\\.\\d+)?)");

  /**
   * One training.
   *
   * @param genotype of the network
   * @param seed number of the training, from which with the genotype its seed is drawn
   * @param accuracy test accuracy, 0…1; rounded to four decimals, as in the file
   */
  public record Row(Genotype genotype, long seed, double accuracy) {
    /** Rounds the accuracy to four places, as files hold it. */
    public Row {
      accuracy = Math.round(accuracy * 1e4) / 1e4;
    }

    /** The line of the file. */
    String line() {
      return String.format(Locale.ROOT, "\"%s\",%d,%.4f", genotype, seed, accuracy);
    }

    /** The line as an entry of a journal. */
    ByteBuffer bytes() {
      return StandardCharsets.UTF_8.encode(line());
    }

    /** Parses an entry of a journal. */
    static Row of(ByteBuffer bytes) {
      return parse(StandardCharsets.UTF_8.decode(bytes).toString());
    }

    /** Parses a line; null if it is invalid. */
    static Row parse(String line) {
      Matcher row = ROW.matcher(line);
      return row.matches()
          ? new Row(
              Genotype.parse(row.group(1)),
              Long.parseLong(row.group(2)),
              Double.parseDouble(row.group(3)))
          : null;
    }
  }

  /** Copies the map and the list: the record is immutable. */
  public TrainedNetworks {
    provenance = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is invalid; the message names the line
   */
  public static TrainedNetworks read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All networks of {@link NetworkSpace#mini}, several trainings of each: the bundled file. */
  public static TrainedNetworks bundled() {
    return bundled(MINI);
  }

  private static TrainedNetworks bundled(String file) {
    try (InputStream in = TrainedNetworks.class.getResourceAsStream("/dance/data/" + file)) {
      new Rules()
          .require(in != null, "%s is not on the class path, although dance.jar has it", file)
          .check();
      return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainedNetworks parse(String name, String text) {
    Map<String, String> provenance = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    String[] lines = text.split("\\R");
    new Rules()
        .require(lines[0].equals(KIND), "%s:1 must be \"%s\"", name, KIND)
        .require(text.endsWith("\n"), "%s is truncated: its last line has no end", name)
        .check();
    int line = 1;
    for (; line < lines.length && lines[line].startsWith("# "); line++) {
      String[] sides = lines[line].substring(2).split(": ", 2);
      provenance.put(sides[0], sides.length > 1 ? sides[1] : "");
    }
    Rules rules =
        new Rules()
            .require(
                line < lines.length && lines[line].equals(HEADING),
                "%s:%d must be \"%s\"",
                name,
                line + 1,
                HEADING);
    for (line++; line < lines.length; line++) {
      Row row = Row.parse(lines[line]);
      rules.require(row != null, "%s:%d must be like \"mb3e3,zero\",1,0.8125", name, line + 1);
      if (row != null) {
        rows.add(row);
      }
    }
    rules.check();
    return new TrainedNetworks(provenance, rows);
  }

  /** The text of the file. */
  String text() {
    StringBuilder text = new StringBuilder(KIND + "\n");
    provenance.forEach((name, value) -> text.append("# " + name + ": " + value + "\n"));
    text.append(HEADING + "\n");
    rows.forEach(row -> text.append(row.line()).append('\n'));
    return text.toString();
  }

  /** Writes the file atomically. */
  void write(Path file) {
    AtomicFile.write(file, text());
  }

  /**
   * Mean accuracy over the seeds of every network, 0…1.
   *
   * @return {@code [networks]}, by position in {@link NetworkSpace#genotypes}
   * @throws IllegalArgumentException if a network of the space was not trained
   */
  public double[] accuracies(NetworkSpace space) {
    double[] sums = new double[space.count().intValueExact()];
    int[] seeds = new int[sums.length];
    for (Row row : rows) {
      int index = space.index(row.genotype).intValueExact();
      sums[index] += row.accuracy;
      seeds[index]++;
    }
    long missing = java.util.stream.IntStream.of(seeds).filter(s -> s == 0).count();
    new Rules()
        .require(missing == 0, "%d of %d networks were not trained", missing, sums.length)
        .check();
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= seeds[i];
    }
    return sums;
  }

  /**
   * Standard deviation of the accuracy between trainings of one network, pooled over the networks
   * that were trained more than once; NaN without such a network.
   */
  public double trainingDeviation() {
    double squares = 0;
    int freedom = 0;
    for (List<Double> trainings : byNetwork()) {
      double mean = mean(trainings);
      squares += trainings.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
      freedom += trainings.size() - 1;
    }
    return freedom == 0 ? Double.NaN : Math.sqrt(squares / freedom);
  }

  /**
   * Standard error of a network's mean accuracy over its trainings.
   *
   * @param trainings number of trainings in a mean
   */
  public double standardError(int trainings) {
    return trainingDeviation() / Math.sqrt(trainings);
  }

  /**
   * Standard deviation of the accuracy between networks, without the noise of trainings: the
   * variance of their means less that of a mean. 0 if the noise explains it all; NaN where {@link
   * #trainingDeviation} is.
   */
  public double networkDeviation() {
    List<List<Double>> networks = byNetwork();
    List<Double> means = networks.stream().map(TrainedNetworks::mean).toList();
    double mean = mean(means);
    double variance =
        means.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum() / (means.size() - 1);
    double noise = trainingDeviation();
    double ofMeans =
        networks.stream().mapToDouble(t -> noise * noise / t.size()).average().orElse(0);
    return Math.sqrt(Math.max(0, variance - ofMeans));
  }

  private List<List<Double>> byNetwork() {
    Map<Genotype, List<Double>> byNetwork = new LinkedHashMap<>();
    for (Row row : rows) {
      byNetwork.computeIfAbsent(row.genotype, g -> new ArrayList<>()).add(row.accuracy);
    }
    return List.copyOf(byNetwork.values());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(0);
  }
}
