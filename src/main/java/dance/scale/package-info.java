/**
 * The same jobs on a cluster: the shards of a table as tasks of Spark, which a scheduler of its
 * own, restarts and progress come with. Begin with {@link SparkTable}. Slurm, Kubernetes and shell
 * loops need nothing of this: {@code table build --shard} and {@code table merge} are commands.
 * Must not know searches, notebooks or commands, and no other room may know it: Spark is on the
 * class path only where {@code spark-submit} starts the program.
 */
package dance.scale;
