/**
 * Speed of the program on this machine: mappings, tables, searches. The command {@code bench} is
 * its door; the JMH benchmarks of the same package, in {@code src/bench}, are not in the jar.
 *
 * <p>Begin with {@link MappingBenchmark}. Must not know notebooks and the command line.
 */
package dance.bench;
