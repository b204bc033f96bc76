/**
 * How fast the program is on this machine: mappings, tables, searches. The command bench and the
 * benchmarks of src/bench are its doors.
 *
 * <p>Begin with {@link MappingBenchmark}. Must not know notebooks and the command line.
 */
package dance.bench;
