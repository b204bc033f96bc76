/**
 * Speed of the program on this machine: mappings, tables, searches; used by the command bench and
 * the benchmarks of src/bench.
 *
 * <p>Begin with {@link MappingBenchmark}. Must not know notebooks and the command line.
 */
package dance.bench;
