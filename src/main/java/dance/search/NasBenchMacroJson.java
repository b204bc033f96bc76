package dance.search;

import dance.space.Genotype;
import dance.space.NasBenchMacro;
import dance.space.NetworkSpace;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the accuracies of NAS-Bench-Macro: a JSON object of eight digits each with an object, of
 * which {@code test_acc} is read, the accuracies of three trainings in per cent.
 */
final class NasBenchMacroJson {
  private static final Pattern NETWORK =
      Pattern.compile("\"([^\"]*)\"\\s*:\\s*\\{([^{}]*)\\}\\s*(,|\\}\\s*$)");
  private static final Pattern ACCURACIES =
      Pattern.compile("\"test_acc\"\\s*:\\s*\\[([^\\[\\]]*)\\]");

  /** The bracket that opens the file. */
  private static final Pattern BEGIN = Pattern.compile("\\s*\\{\\s*");

  private NasBenchMacroJson() {}

  /** Whether a text may be this file. */
  static boolean is(String text) {
    return BEGIN.matcher(text).lookingAt();
  }

  /**
   * Reads all networks.
   *
   * @param name of the text in messages
   * @throws IllegalArgumentException naming the network that is wrong, or networks that are missing
   */
  static Accuracies read(String name, String text) {
    AccuracyTable table = new AccuracyTable(NetworkSpace.nasBenchMacro());
    double[][] trainings = new double[table.size()][0];
    Matcher begin = BEGIN.matcher(text);
    int end = begin.lookingAt() ? begin.end() : 0;
    Matcher network = NETWORK.matcher(text);
    while (network.find(end) && network.start() == skipped(text, end)) {
      try {
        Genotype genotype = NasBenchMacro.parse(network.group(1));
        int index = table.index(table.space().choice(genotype));
        if (trainings[index].length > 0) {
          throw new IllegalArgumentException("network is there twice");
        }
        trainings[index] = accuracies(network.group(2));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            name + ", network " + network.group(1) + ": " + wrong.getMessage(), wrong);
      }
      end = network.end();
    }
    if (!text.substring(end).isBlank()) {
      int line = (int) text.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
      String there = text.substring(end, Math.min(text.length(), end + 40)).strip();
      throw new IllegalArgumentException(
          name
              + ", line "
              + line
              + ": "
              + there
              + " … must be a network as \"02012100\": {\"test_acc\": […], …}."
              + " Maybe the file is truncated.");
    }
    long missing = Arrays.stream(trainings).filter(t -> t.length == 0).count();
    if (missing > 0) {
      throw new IllegalArgumentException(
          name
              + " has no accuracy of "
              + missing
              + " of the "
              + trainings.length
              + " networks of NAS-Bench-Macro. Maybe the file is truncated.");
    }
    return Accuracies.of(table, trainings);
  }

  /** The next character that is no blank. */
  private static int skipped(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static double[] accuracies(String entry) {
    Matcher list = ACCURACIES.matcher(entry);
    if (!list.find()) {
      throw new IllegalArgumentException("has no list test_acc");
    }
    return Arrays.stream(list.group(1).split(",")).mapToDouble(NasBenchMacroJson::number).toArray();
  }

  private static double number(String text) {
    double value = Double.NaN;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException none) {
      // reported below
    }
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException(
          "accuracy " + text.strip() + " must be a number from 0 to 100");
    }
    return value / 100;
  }
}
