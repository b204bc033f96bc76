package dance.scale;

import dance.accelerator.Dataflow;
import dance.check.AtomicFile;
import dance.check.Nearest;
import dance.check.Rules;
import dance.cost.CostModel;
import dance.evaluate.BuildOptions;
import dance.evaluate.CostTable;
import dance.evaluate.Shard;
import dance.simulate.Simulator;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Computes a cost table on a Spark cluster: {@code spark-submit --class dance.scale.SparkTable
 * target/dance.jar --space cifar --shards 64 --out cifar-dance.table}. The options {@code --pes},
 * {@code --rf} and {@code --dataflows} restrict the designs as those of {@code dance table build}.
 *
 * <p>Each shard is a task, computed by one thread of an executor; the driver writes it to a file
 * beside the table as soon as it arrives, so that a driver that is killed resumes there. A task
 * whose executor is lost runs again on another. The table has the bytes of one built at once.
 */
public final class SparkTable {
  private static final List<String> OPTIONS =
      List.of("--space", "--pes", "--rf", "--dataflows", "--shards", "--out");

  private SparkTable() {}

  /**
   * What the tasks need to know: texts, since spaces are made where they are used.
   *
   * @param space name of the network space
   * @param pes sides of the arrays, separated by commas; empty for all
   * @param rf words of the register files; empty for all
   * @param dataflows labels; empty for all
   */
  private record Job(String space, String pes, String rf, String dataflows)
      implements Serializable {
    NetworkSpace networks() {
      return NetworkSpace.byName(space);
    }

    AcceleratorSpace designs() {
      AcceleratorSpace designs = AcceleratorSpace.dance();
      designs = pes.isEmpty() ? designs : designs.pes(numbers(pes));
      designs = rf.isEmpty() ? designs : designs.rf(numbers(rf));
      return dataflows.isEmpty()
          ? designs
          : designs.dataflows(
              Arrays.stream(dataflows.split(",")).map(Job::dataflow).toArray(Dataflow[]::new));
    }

    private static Integer[] numbers(String text) {
      return Arrays.stream(text.split(",")).map(Job::number).toArray(Integer[]::new);
    }

    private static Integer number(String text) {
      try {
        return Integer.valueOf(text.trim());
      } catch (NumberFormatException wrong) {
        throw new IllegalArgumentException(text + " is not a whole number", wrong);
      }
    }

    private static Dataflow dataflow(String label) {
      return Dataflow.ofLabel(label.trim())
          .orElseThrow(() -> new IllegalArgumentException("no dataflow " + label + ". Maybe rs."));
    }
  }

  /** The task: the bytes of the shard whose number is in its partition. */
  private static final class Compute
      extends AbstractFunction2<TaskContext, Iterator<Integer>, byte[]> implements Serializable {
    private static final long serialVersionUID = 1;
    private final Job job;
    private final int count;

    Compute(Job job, int count) {
      this.job = job;
      this.count = count;
    }

    @Override
    public byte[] apply(TaskContext context, Iterator<Integer> partition) {
      Shard shard = new Shard(partition.next(), count);
      try {
        Path folder = Files.createTempDirectory("dance-shard");
        Path file = folder.resolve("shard");
        BuildOptions options = BuildOptions.defaults().threads(1).file(file).shard(shard);
        CostTable.buildShard(model(), job.networks(), job.designs(), options);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Receives the bytes of each shard on the driver. */
  private static final class Keep extends AbstractFunction2<Object, byte[], BoxedUnit> {
    private final List<Path> files;
    private int finished;

    Keep(List<Path> files) {
      this.files = files;
    }

    @Override
    public BoxedUnit apply(Object position, byte[] bytes) {
      AtomicFile.write(files.get((Integer) position), bytes);
      finished++;
      System.err.println("shard " + finished + " of " + files.size() + " finished");
      return BoxedUnit.UNIT;
    }
  }

  private static CostModel model() {
    return new Simulator(Simulator.Options.proven().threads(1));
  }

  /** Computes the table; the exit code is 2 if the arguments are wrong. */
  public static void main(String... arguments) {
    Table wanted;
    try {
      wanted = wanted(options(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    SparkConf named = new SparkConf().setAppName("cost table of " + wanted.networks.name());
    try (JavaSparkContext spark = new JavaSparkContext(named)) {
      System.out.println(wanted.out + ": " + build(spark, wanted));
    }
  }

  /** What is to be computed, in how many shards, and where it goes. */
  private record Table(
      Job job, NetworkSpace networks, AcceleratorSpace designs, int count, Path out) {
    Path shardFile(int number) {
      return out.resolveSibling(out.getFileName() + new Shard(number, count).suffix());
    }
  }

  private static Table wanted(Map<String, String> options) {
    Job job =
        new Job(
            options.getOrDefault("--space", "cifar"),
            options.getOrDefault("--pes", ""),
            options.getOrDefault("--rf", ""),
            options.getOrDefault("--dataflows", ""));
    String shards = options.getOrDefault("--shards", "64");
    Rules rules = new Rules();
    NetworkSpace networks = rules.tried(job::networks);
    AcceleratorSpace designs = rules.tried(job::designs);
    rules.require(shards.matches("\\d{1,7}"), "shards (%s) must be a number", shards).check();
    int count = new Shard(1, Integer.parseInt(shards)).count();
    String usualName = CostTable.fileName(networks, designs);
    return new Table(
        job, networks, designs, count, Path.of(options.getOrDefault("--out", usualName)));
  }

  private static CostTable build(JavaSparkContext spark, Table wanted) {
    List<Path> all = IntStream.rangeClosed(1, wanted.count).mapToObj(wanted::shardFile).toList();
    List<Integer> numbers =
        CostTable.missingShards(all, model(), wanted.networks, wanted.designs).stream()
            .map(Shard::number)
            .toList();
    if (!numbers.isEmpty()) {
      List<Object> partitions =
          IntStream.range(0, numbers.size()).<Object>mapToObj(i -> i).toList();
      spark
          .sc()
          .runJob(
              spark.parallelize(numbers, numbers.size()).rdd(),
              new Compute(wanted.job, wanted.count),
              CollectionConverters.asScala(partitions).toSeq(),
              new Keep(numbers.stream().map(wanted::shardFile).toList()),
              ClassTag$.MODULE$.apply(byte[].class));
    }
    CostTable table = CostTable.merge(all, wanted.networks, wanted.designs);
    table.write(wanted.out);
    try {
      for (Path file : all) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static Map<String, String> options(String... arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    Rules rules = new Rules();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      rules.require(
          OPTIONS.contains(name),
          "unknown option %s.%s",
          name,
          Nearest.to(name, OPTIONS).map(n -> " Maybe " + n + ".").orElse(""));
      rules.require(i + 1 < arguments.length, "%s needs a value", name);
      if (i + 1 < arguments.length) {
        options.put(name, arguments[i + 1]);
      }
    }
    rules.check();
    return options;
  }
}
