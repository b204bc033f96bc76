package dance.bench;

import dance.accelerator.Accelerators;
import dance.workload.Layer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Mappings of AlexNet conv3 on the Eyeriss preset that one core evaluates in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MappingEvaluationBenchmark {
  private static final int MAPPINGS = 512;

  private MappingBenchmark mappings;

  @Setup
  public void deal() {
    Layer conv3 = Layer.conv("conv3", 256, 384).kernel(3).output(13);
    mappings = MappingBenchmark.of(conv3.einsum(), Accelerators.eyeriss());
    if (mappings.size() != MAPPINGS) {
      throw new IllegalStateException("a round has " + mappings.size() + " mappings");
    }
  }

  /** From loops to counts, cycles and energy. */
  @Benchmark
  @OperationsPerInvocation(MAPPINGS)
  public double evaluate() {
    return mappings.round();
  }
}
