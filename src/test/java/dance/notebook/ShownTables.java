package dance.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text that the cells of a committed notebook show, and the tables in it. */
record ShownTables(NotebookFile notebook) {

  /** The committed notebook whose name begins with a number, as in {@code "03"}. */
  static ShownTables of(String number) {
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith(number + "-"))
              .findAny()
              .orElseThrow();
      return new ShownTables(NotebookFile.read(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All text outside of code, lines joined by single spaces. */
  String prose() {
    return notebook.cells().stream()
        .filter(cell -> !cell.isCode())
        .map(cell -> cell.source().replaceAll("\\s+", " "))
        .collect(Collectors.joining(" "));
  }

  /** What all cells whose code contains a fragment printed and showed as text. */
  String text(String code) {
    return String.join("\n", outputs(code));
  }

  /** The first table that such a cell shows and that has a column of this name. */
  Table table(String code, String column) {
    return outputs(code).stream()
        .map(ShownTables::parse)
        .filter(table -> table.columns().contains(column))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table with a column " + column + ": " + code));
  }

  private List<String> outputs(String code) {
    List<String> shown =
        notebook.code().stream()
            .filter(cell -> cell.source().contains(code))
            .flatMap(cell -> cell.outputs().stream())
            .map(output -> output.getOrDefault("text/plain", ""))
            .toList();
    if (shown.isEmpty()) {
      throw new AssertionError("no cell with " + code + " shows anything");
    }
    return shown;
  }

  /** Columns are two or more spaces apart, and no cell but the last ones of a row is empty. */
  private static Table parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank()) {
        lines.add(Arrays.asList(line.strip().split("\\s{2,}")));
      }
    }
    return lines.isEmpty()
        ? new Table(List.of(), List.of())
        : new Table(lines.get(0), lines.subList(1, lines.size()));
  }

  /**
   * A table; a row goes by its first cell.
   *
   * @param columns headings
   * @param rows cells of each row; the last ones may be missing
   */
  record Table(List<String> columns, List<List<String>> rows) {
    String cell(String row, String column) {
      return rows.stream()
          .filter(cells -> cells.get(0).equals(row))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no row " + row + " in " + rows))
          .get(columns.indexOf(column));
    }

    double number(String row, String column) {
      return number(cell(row, column));
    }

    List<String> column(String column) {
      int at = columns.indexOf(column);
      return rows.stream().filter(row -> row.size() > at).map(row -> row.get(at)).toList();
    }

    List<Double> numbers(String column) {
      return column(column).stream().map(Table::number).toList();
    }

    private static double number(String text) {
      return Double.parseDouble(text.replace(",", "").replace("%", "").strip());
    }
  }
}
