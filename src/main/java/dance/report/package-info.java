/**
 * Results as rows, once: heading, JSON key, unit and value of every result, from which tables of
 * text, CSV, JSON and the tables of notebooks are made. One file for each kind of result.
 *
 * <p>Begin with {@link Rows}. Must not know picocli, Tablesaw, and who shows the rows.
 */
package dance.report;
