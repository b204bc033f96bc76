/**
 * The command line: options and arguments in, results as text, CSV and JSON out, one command per
 * file.
 *
 * <p>Begin with {@link Main}. Must not know how anything is computed; no other package knows this
 * one.
 */
package dance.command;
