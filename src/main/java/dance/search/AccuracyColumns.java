package dance.search;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of a user's table of accuracies.
 *
 * @param network heading of the genotypes
 * @param accuracies headings of the accuracies, one for each training
 * @param percent whether accuracies are 0…100, otherwise 0…1
 */
public record AccuracyColumns(String network, List<String> accuracies, boolean percent) {
  /** How they are written. */
  public static final String FORM = "network=NAME,accuracy=NAME[+NAME…][,unit=percent]";

  /**
   * @throws IllegalArgumentException if a name is missing, or a column is named twice
   */
  public AccuracyColumns {
    accuracies = List.copyOf(accuracies);
    new Rules()
        .require(!network.isBlank(), "network must name a column")
        .require(!accuracies.isEmpty(), "accuracy must name at least one column")
        .require(
            accuracies.stream().distinct().count() == accuracies.size(),
            "accuracy names a column twice: %s",
            accuracies)
        .check();
  }

  /**
   * Columns as {@value #FORM}. Several trainings of a network are several columns, several rows, or
   * a list in one JSON value.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static AccuracyColumns parse(String text) {
    String network = "";
    List<String> accuracies = new ArrayList<>();
    boolean percent = false;
    Rules rules = new Rules();
    for (String part : text.split(",")) {
      String[] sides = part.split("=", 2);
      String value = sides.length < 2 ? "" : sides[1].strip();
      switch (sides[0].strip()) {
        case "network" -> network = value;
        case "accuracy" -> accuracies.addAll(List.of(value.split("\\s*\\+\\s*")));
        case "unit" -> {
          rules.require(
              value.matches("percent|fraction"), "unit %s must be percent or fraction", value);
          percent = value.equals("percent");
        }
        default -> rules.require(false, "%s is no part of %s", part.strip(), FORM);
      }
    }
    rules.require(
        !network.isBlank()
            && accuracies.stream().noneMatch(String::isBlank)
            && !accuracies.isEmpty(),
        "columns %s must be %s",
        text,
        FORM);
    rules.check();
    return new AccuracyColumns(network, accuracies, percent);
  }

  /** The cell of a row. */
  String cell(Map<String, String> row, String heading) {
    String cell = row.get(heading);
    if (cell == null) {
      throw new IllegalArgumentException(
          "has no column " + heading + ", only " + String.join(", ", row.keySet()));
    }
    return cell.strip();
  }

  /** An accuracy as a fraction, 0…1. */
  double fraction(String cell) {
    double most = percent ? 100 : 1;
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException none) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(
          "accuracy %s must be a number from 0 to %.0f.%s"
              .formatted(
                  cell, most, value > 1 && value <= 100 ? " Maybe unit=percent was meant." : ""));
    }
    return value / most;
  }
}
