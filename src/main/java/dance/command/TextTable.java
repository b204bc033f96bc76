package dance.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table for display: columns of words aligned to the left, columns of numbers to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int words;

  /**
   * A table without rows.
   *
   * @param wordHeadings of the first columns
   * @param numberHeadings of the others, with units in brackets
   */
  TextTable(List<String> wordHeadings, List<String> numberHeadings) {
    words = wordHeadings.size();
    List<String> headings = new ArrayList<>(wordHeadings);
    headings.addAll(numberHeadings);
    rows.add(headings);
  }

  /** Adds a row with one cell per column. */
  void row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(cells + " does not fit the columns " + rows.get(0));
    }
    rows.add(List.copyOf(cells));
  }

  /** Names and values, one pair per line. */
  static String pairs(Map<String, String> pairs) {
    int width = pairs.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    pairs.forEach((name, value) -> text.append(pad(name, width)).append("  " + value + "\n"));
    return text.toString();
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = row.get(i);
        String blanks = " ".repeat(widths[i] - cell.length());
        line.append(i == 0 ? "" : "  ").append(i < words ? cell + blanks : blanks + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
