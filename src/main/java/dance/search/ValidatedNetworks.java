package dance.search;

import dance.check.AtomicFile;
import dance.check.Rules;
import dance.evaluate.RankCorrelation;
import dance.space.Genotype;
import dance.space.NasBenchMacro;
import dance.space.NetworkSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * All networks of a space, validated with the weights of one supernet on the same images: what a
 * search that validates networks one by one would see. As CSV: lines {@code # name: text}, headings
 * {@code genotype,right_250,right_5000}, and for each network how many of the first 250 and of all
 * 5,000 images it classifies correctly.
 *
 * @param provenance supernet, images and device, as text by name
 * @param space the networks
 * @param images numbers of images, increasing; the last is all of them
 * @param right {@code [networks][images]}: how many are classified correctly, networks in the order
 *     of {@link NetworkSpace#genotypes}
 */
public record ValidatedNetworks(
    Map<String, String> provenance, NetworkSpace space, List<Integer> images, int[][] right) {
  private static final String KIND = "# dance validated networks, version 1";
  private static final String GENOTYPE = "genotype";
  private static final String RIGHT = "right_";
  private static final String SPACE = "network space";

  /** Copies the provenance and the numbers of images, not the counts. */
  public ValidatedNetworks {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    images = List.copyOf(images);
  }

  /**
   * Accuracies on the first images.
   *
   * @param count one of {@link #images}
   * @return {@code [networks]}, 0…1, in the order of {@link NetworkSpace#genotypes}
   */
  public double[] accuracies(int count) {
    int column = images.indexOf(count);
    new Rules()
        .require(column >= 0, "networks were validated on %s images, not on %d", images, count)
        .check();
    return Arrays.stream(right).mapToDouble(r -> r[column] / (double) count).toArray();
  }

  /** All images. */
  public int mostImages() {
    return images.get(images.size() - 1);
  }

  /** The same accuracies for searches. */
  public TabularTask task(int count) {
    double[] accuracies = accuracies(count);
    return TabularTask.of(
        "supernet " + space.name() + " on " + count + " images",
        space,
        genotype -> accuracies[space.index(genotype).intValueExact()]);
  }

  /**
   * How well validation on some images ranks networks.
   *
   * @param images their number
   * @param spearman ρ with the true accuracies
   * @param kendall τ with the true accuracies
   */
  public record Ranks(int images, double spearman, double kendall) {}

  /** The rank correlations with accuracies of networks that were trained from scratch. */
  public List<Ranks> ranks(TabularTask scratch) {
    AccuracyTable table = scratch.table();
    double[] truth = new double[table.size()];
    int[] choice = new int[space.blocks()];
    for (int i = 0; i < truth.length; i++) {
      table.choice(i, choice);
      truth[space.index(space.genotype(choice)).intValueExact()] = table.get(i);
    }
    return images.stream()
        .map(
            count -> {
              double[] seen = accuracies(count);
              return new Ranks(
                  count,
                  RankCorrelation.spearman(seen, truth),
                  RankCorrelation.kendall(seen, truth));
            })
        .toList();
  }

  /** Writes the CSV, whole or not at all. */
  public void write(Path csv) {
    AtomicFile.write(csv, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder(KIND + "\n");
    text.append("# " + SPACE + ": " + space.fingerprint() + "\n");
    provenance.forEach((name, value) -> text.append("# " + name + ": " + value + "\n"));
    text.append(GENOTYPE);
    images.forEach(count -> text.append("," + RIGHT + count));
    text.append('\n');
    int[] network = {0};
    space
        .genotypes()
        .forEach(
            genotype -> {
              text.append(label(genotype));
              for (int correct : right[network[0]++]) {
                text.append(',').append(correct);
              }
              text.append('\n');
            });
    return text.toString();
  }

  /** Short where a benchmark has a short form. */
  private String label(Genotype genotype) {
    String text = genotype.toString();
    return space.name().equals("nasbench-macro")
        ? NasBenchMacro.format(genotype)
        : text.contains(",") ? "\"" + text + "\"" : text;
  }

  /**
   * Reads the CSV.
   *
   * @throws IllegalArgumentException naming the line that is wrong, or networks that are missing
   */
  public static ValidatedNetworks read(Path csv, NetworkSpace space) {
    String[] lines = AccuracyCsv.text(csv).split("\\R");
    new Rules()
        .require(
            lines[0].equals(KIND),
            "%s:1 must be \"%s\". Maybe it was not written by supernet validate.",
            csv,
            KIND)
        .check();
    Map<String, String> provenance = new LinkedHashMap<>();
    int line = 1;
    for (; line < lines.length && lines[line].startsWith("# "); line++) {
      String[] sides = lines[line].substring(2).split(": ", 2);
      provenance.put(sides[0], sides.length > 1 ? sides[1] : "");
    }
    String of = provenance.remove(SPACE);
    String heading = line < lines.length ? lines[line] : "";
    new Rules()
        .require(space.fingerprint().equals(of), "%s is of space %s, not of %s", csv, of, space)
        .require(
            heading.matches(GENOTYPE + "(," + RIGHT + "\\d{1,9})+"),
            "%s:%d must be like \"genotype,right_250,right_5000\"",
            csv,
            line + 1)
        .check();
    List<Integer> images =
        Arrays.stream(heading.split(","))
            .skip(1)
            .map(w -> Integer.valueOf(w.substring(6)))
            .toList();
    int[][] right = new int[space.count().intValueExact()][];
    Rules rules = new Rules();
    for (line++; line < lines.length; line++) {
      int[] row = row(lines[line], images);
      rules.require(
          row != null, "%s:%d must be a genotype and %d counts", csv, line + 1, images.size());
      if (row != null) {
        String label = lines[line].replaceFirst("(,\\d+){" + images.size() + "}$", "");
        right[space.index(Genotype.parse(label.replace("\"", ""))).intValueExact()] = row;
      }
    }
    long missing = Arrays.stream(right).filter(r -> r == null).count();
    rules.require(missing == 0, "%s lacks %d of %d networks", csv, missing, right.length).check();
    return new ValidatedNetworks(provenance, space, images, right);
  }

  /** The counts of a line; null if it is invalid. */
  private static int[] row(String line, List<Integer> images) {
    List<String> cells = new ArrayList<>(List.of(line.split(",")));
    int first = cells.size() - images.size();
    if (first < 1
        || !cells.subList(first, cells.size()).stream().allMatch(c -> c.matches("\\d{1,9}"))) {
      return null;
    }
    int[] row =
        IntStream.range(0, images.size())
            .map(i -> Integer.parseInt(cells.get(first + i)))
            .toArray();
    return IntStream.range(0, row.length).allMatch(i -> row[i] <= images.get(i)) ? row : null;
  }
}
