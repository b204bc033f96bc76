package dance.search;

import dance.space.Genotype;
import dance.space.NasBench201;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads accuracies from CSV files. Empty lines and those that begin with {@code #} are skipped. The
 * headings distinguish two forms:
 *
 * <ul>
 *   <li>{@code genotype,seed,accuracy}: a genotype, in quotes or not, the seed of its training, and
 *       its accuracy, 0…1. If every network has several, {@link Accuracies} keeps them apart;
 *       otherwise the accuracy of a network is its mean over seeds.
 *   <li>any headings among which are {@code ops}, six digits of a cell of NAS-Bench-201, and {@code
 *       X_test_acc}, its accuracy in per cent on data set X.
 * </ul>
 */
final class AccuracyCsv {
  private static final String OPS = "ops";
  private static final String ACCURACY = "_test_acc";
  private static final List<String> OWN = List.of("genotype", "seed", "accuracy");

  private final String name;
  private final AccuracyTable table;

  /** {@code [networks][trainings]}, in the order of their lines. */
  private final double[][] trainings;

  private final Map<String, Integer> lines = new HashMap<>();
  private int number;

  private AccuracyCsv(String name, NetworkSpace space) {
    this.name = name;
    table = new AccuracyTable(space);
    trainings = new double[table.size()][0];
  }

  /** Whether a text has the headings of NAS-Bench-201. */
  static boolean ofNasBench201(String text) {
    return text.lines()
        .filter(AccuracyCsv::says)
        .findFirst()
        .map(headings -> Arrays.asList(headings.strip().split("\\s*,\\s*")).contains(OPS))
        .orElse(false);
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.nio.charset.CharacterCodingException binary) {
      throw new IllegalArgumentException(
          file + " is not a text file, so not a table of " + "accuracies", binary);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads the accuracies of all networks of a space.
   *
   * @param name name of the text in messages
   * @param dataSet the column of NAS-Bench-201: {@code cifar10}; unused by the other form
   * @throws IllegalArgumentException naming the line that is wrong, or networks that are missing
   */
  static Accuracies read(String name, String text, NetworkSpace space, String dataSet) {
    AccuracyCsv csv = new AccuracyCsv(name, space);
    csv.read(text, dataSet);
    return csv.finish();
  }

  private void read(String text, String dataSet) {
    List<String> headings = null;
    int[] columns = new int[0];
    boolean emptyColumn = false;
    for (String written : text.lines().toList()) {
      number++;
      if (!says(written)) {
        continue;
      }
      // A trailing comma in headings and rows makes an empty column.
      emptyColumn |= headings == null && written.stripTrailing().endsWith(",");
      String line = emptyColumn ? written.replaceFirst(",\\s*$", "") : written;
      if (headings == null) {
        headings = cells(line);
        columns = columns(headings, dataSet);
        continue;
      }
      try {
        if (columns.length == 0) {
          own(line);
        } else {
          cell(cells(line), headings.size(), columns);
        }
      } catch (IllegalArgumentException wrong) {
        String last =
            number == text.lines().count() && !text.endsWith("\n")
                ? " Maybe the file is truncated."
                : "";
        throw new IllegalArgumentException(
            name + ", line " + number + ": " + wrong.getMessage() + last, wrong);
      }
    }
    if (headings == null) {
      throw new IllegalArgumentException(name + " is empty: it has no line of headings");
    }
  }

  private static boolean says(String line) {
    return !line.isBlank() && !line.startsWith("#");
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  /** Columns of operations and accuracy; empty if the text is of our own form. */
  private int[] columns(List<String> headings, String dataSet) {
    if (headings.equals(OWN)) {
      return new int[0];
    }
    int operations = headings.indexOf(OPS);
    int accuracy = headings.indexOf(dataSet + ACCURACY);
    if (operations < 0 || accuracy < 0) {
      throw new IllegalArgumentException(
          name
              + ", line "
              + number
              + ": headings must be "
              + String.join(",", OWN)
              + ", or have "
              + OPS
              + " and "
              + dataSet
              + ACCURACY
              + " among them, but are "
              + String.join(",", headings));
    }
    return new int[] {operations, accuracy};
  }

  private void own(String line) {
    int second = line.lastIndexOf(',');
    int first = line.lastIndexOf(',', second - 1);
    if (first < 0) {
      throw new IllegalArgumentException("must have a genotype, a seed and an accuracy");
    }
    String genotype = line.substring(0, first).strip();
    if (genotype.length() > 1 && genotype.startsWith("\"") && genotype.endsWith("\"")) {
      genotype = genotype.substring(1, genotype.length() - 1);
    }
    String seed = line.substring(first + 1, second).strip();
    if (!seed.matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException("seed " + seed + " must be a whole number");
    }
    add(Genotype.parse(genotype), seed, number(line.substring(second + 1), 1));
  }

  private void cell(List<String> cells, int headings, int[] columns) {
    if (cells.size() != headings) {
      throw new IllegalArgumentException(
          "has " + cells.size() + " cells for " + headings + " headings");
    }
    String digits = cells.get(columns[0]);
    add(NasBench201.parse(digits), "", number(cells.get(columns[1]), 100) / 100);
  }

  private static double number(String text, int most) {
    double value = Double.NaN;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException none) {
      // reported below
    }
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "accuracy " + text.strip() + " must be a number from 0 to " + most);
    }
    return value;
  }

  private void add(Genotype genotype, String seed, double accuracy) {
    int index = table.index(table.space().choice(genotype));
    Integer before = lines.putIfAbsent(index + " " + seed, number);
    if (before != null) {
      throw new IllegalArgumentException(
          "network "
              + genotype
              + " is already in line "
              + before
              + (seed.isEmpty() ? "" : " with seed " + seed));
    }
    double[] known = trainings[index];
    trainings[index] = Arrays.copyOf(known, known.length + 1);
    trainings[index][known.length] = accuracy;
  }

  private Accuracies finish() {
    int missing = 0;
    int first = -1;
    for (int i = 0; i < trainings.length; i++) {
      if (trainings[i].length == 0) {
        missing++;
        first = first < 0 ? i : first;
      }
    }
    if (missing > 0) {
      int[] choice = new int[table.space().blocks()];
      table.choice(first, choice);
      throw new IllegalArgumentException(
          name
              + " has no accuracy of "
              + missing
              + " of the "
              + trainings.length
              + " networks of space "
              + table.space().name()
              + ", such as "
              + table.space().genotype(choice)
              + ". Maybe the file is truncated.");
    }
    return Accuracies.of(table, trainings);
  }
}
