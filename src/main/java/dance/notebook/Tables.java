package dance.notebook;

import dance.cost.SignificantDigits;
import dance.report.Rows;
import dance.report.Worded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvReadOptions;
import tech.tablesaw.io.csv.CsvReader;
import tech.tablesaw.io.csv.CsvWriteOptions;
import tech.tablesaw.io.csv.CsvWriter;

/** Rows as Tablesaw tables, and as CSV with all digits. */
final class Tables {
  private static final List<ColumnType> TYPES =
      List.of(ColumnType.BOOLEAN, ColumnType.LONG, ColumnType.DOUBLE, ColumnType.STRING);

  /** Formats numbers for display; files are not rounded. */
  private static final NumberFormat FIGURES =
      new NumberFormat() {
        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
          return to.append(SignificantDigits.measure(number));
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
          return to.append(SignificantDigits.count(number));
        }

        @Override
        public Number parse(String source, ParsePosition position) {
          return NumberFormat.getInstance(java.util.Locale.ROOT).parse(source, position);
        }
      };

  private Tables() {}

  /** The table of some rows; unknown values are missing cells. */
  static <T> Table of(String name, Rows<T> rows) {
    Table table = Table.create(name);
    for (dance.report.Column<T> column : rows.numbers()) {
      List<Object> cells = new ArrayList<>();
      rows.results().forEach(result -> cells.add(number(column.shown(result))));
      table.addColumns(column(column.title(), cells));
    }
    return formatted(table);
  }

  /** The number behind a value with a text for display. */
  private static Object number(Object shown) {
    return shown instanceof Worded worded ? worded.value() : shown;
  }

  private static Column<?> column(String heading, List<Object> cells) {
    List<Object> known = cells.stream().filter(Objects::nonNull).toList();
    if (!known.isEmpty() && known.stream().allMatch(c -> c instanceof Boolean)) {
      BooleanColumn column = BooleanColumn.create(heading);
      cells.forEach(c -> column.append((Boolean) c));
      return column;
    }
    if (!known.isEmpty() && known.stream().allMatch(c -> c instanceof Number)) {
      if (known.stream().allMatch(c -> c instanceof Long || c instanceof Integer)) {
        LongColumn column = LongColumn.create(heading);
        cells.forEach(c -> column.append(c == null ? null : (Long) ((Number) c).longValue()));
        return column;
      }
      DoubleColumn column = DoubleColumn.create(heading);
      cells.forEach(c -> column.append(c == null ? Double.NaN : ((Number) c).doubleValue()));
      return column;
    }
    StringColumn column = StringColumn.create(heading);
    cells.forEach(c -> column.append(c == null ? "" : c.toString()));
    return column;
  }

  private static Table formatted(Table table) {
    for (Column<?> column : table.columns()) {
      if (column instanceof NumberColumn<?, ?> numbers) {
        numbers.setPrintFormatter(FIGURES, "");
      }
    }
    return table;
  }

  /** The table as a CSV file in UTF-8. */
  static byte[] csv(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      new CsvWriter().write(table, CsvWriteOptions.builder(writer).build());
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  /** The table of a CSV file in UTF-8: whole numbers, numbers, truth values and texts. */
  static Table read(String name, String csv) {
    Table table =
        new CsvReader()
            .read(
                CsvReadOptions.builder(new StringReader(csv))
                    .tableName(name)
                    .columnTypesToDetect(TYPES)
                    .missingValueIndicator("")
                    .build());
    return formatted(table);
  }
}
