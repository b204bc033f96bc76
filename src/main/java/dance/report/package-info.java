/**
 * Results as rows, once: heading, JSON key, unit and value of every result, the source of text
 * tables, CSV, JSON and the tables of notebooks. One file per type of result.
 *
 * <pre>{@code
 * var rows = dance.report.Results.of(simulate("alexnet", "template:14x12:rf16:rs"))
 * dance.report.JsonText.of(rows)
 * }</pre>
 *
 * <p>Begin with {@link Rows}. Must not know picocli, Tablesaw, and how rows are displayed.
 */
package dance.report;
