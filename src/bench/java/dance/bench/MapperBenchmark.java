package dance.bench;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.simulate.NetworkEvaluation;
import dance.simulate.Simulator;
import dance.workload.Network;
import dance.workload.Networks;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to map all layers of MobileNetV2 on one design of the DANCE space, with one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class MapperBenchmark {
  @Param({"WEIGHT_STATIONARY", "OUTPUT_STATIONARY", "ROW_STATIONARY"})
  private Dataflow dataflow;

  private final Simulator simulator = new Simulator(Simulator.Options.defaults().threads(1));
  private final Network network = Networks.mobileNetV2();
  private Accelerator design;

  @Setup
  public void design() {
    design = Accelerators.template(14, 12, 16, dataflow);
  }

  /** The whole network. */
  @Benchmark
  public NetworkEvaluation map() {
    return simulator.evaluate(network, design);
  }
}
