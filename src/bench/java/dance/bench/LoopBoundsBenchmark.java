package dance.bench;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;
import java.util.Set;
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

/** What an analysis costs when the bounds of the loops grow but not their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LoopBoundsBenchmark {
  private static final Set<String> ALL = Set.of("Weights", "Inputs", "Outputs");

  /** Bound of the loops over channels and output columns. */
  @Param({"10", "100", "1000", "10000", "100000", "1000000"})
  private int bound;

  private Pricing pricing;
  private CompiledMapping nest;

  /** Loops over C and Q outside of the buffer, a window of three that slides along Q inside. */
  @Setup
  public void compile() {
    Einsum einsum = Layer.conv("sliding", bound, 4).kernel(1, 3).output(1, bound).einsum();
    Accelerator accelerator = Accelerators.template(4, 1, 16, Dataflow.UNCONSTRAINED);
    Mapping mapping =
        new Mapping(
            List.of(
                level(List.of(new Einsum.Loop("C", bound), new Einsum.Loop("Q", bound)), List.of()),
                level(List.of(), List.of(new Einsum.Loop("K", 4))),
                level(List.of(new Einsum.Loop("S", 3)), List.of())));
    pricing = new Pricing(new CompiledEinsum(einsum), accelerator);
    nest = CompiledMapping.of(mapping, einsum, accelerator);
  }

  private static Mapping.Level level(List<Einsum.Loop> temporal, List<Einsum.Loop> alongX) {
    return new Mapping.Level(temporal, alongX, List.of(), ALL, Set.of());
  }

  /** Counts and prices. */
  @Benchmark
  public double evaluate() {
    pricing.price(nest, Accounting.EXACT);
    return pricing.totalPj;
  }
}
