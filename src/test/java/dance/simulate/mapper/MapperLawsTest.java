package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold between the best mappings of related accelerators. */
class MapperLawsTest {
  private static final double TOLERANCE = 1e-9;

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  private static Layer layer(RandomGenerator random) {
    int channels = random.nextInt(1, 7);
    int kernels = random.nextInt(1, 7);
    int output = random.nextInt(1, 6);
    return switch (random.nextInt(5)) {
      case 0 -> Layer.depthwise("depthwise", channels).kernel(2).output(output);
      case 1 -> Layer.fullyConnected("fc", 4 * channels, 4 * kernels);
      case 2 -> Layer.pool("pool", channels).kernel(2).stride(2).output(output);
      case 3 -> Layer.pointwise("pointwise", channels, kernels, output);
      default -> Layer.conv("conv", channels, kernels).kernel(2, 1).output(output);
    };
  }

  /** Prices do not follow the sizes, so that only the map space differs. */
  private static Accelerator accelerator(
      int columns, int rows, long bufferWords, long rfWords, Dataflow dataflow) {
    return new Accelerator(
        "small",
        List.of(
            MemoryLevel.unbounded("DRAM").energy(200, 200, 200).bandwidth(2, 2),
            MemoryLevel.of("GLB", bufferWords)
                .energy(6, 6, 6)
                .bandwidth(8, 4)
                .fanout(columns, rows),
            MemoryLevel.of("RF", rfWords).energy(1, 1, 1)),
        new MacUnit("MAC", 1, 0.2, 0, 0),
        100,
        dataflow,
        "test",
        Overheads.NONE);
  }

  private static double best(Layer layer, Accelerator accelerator, Objective objective) {
    MappingResult found =
        Mapper.best(Dataflows.space(layer.einsum(), accelerator), objective, Accounting.EXACT);
    assertThat(found.optimal()).isTrue();
    return found.value();
  }

  private static Objective objective(RandomGenerator random) {
    return List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP).get(random.nextInt(3));
  }

  private static Dataflow dataflow(RandomGenerator random) {
    return Dataflow.values()[random.nextInt(Dataflow.values().length)];
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLargerRegisterFileOrBufferIsNeverWorse(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Layer layer = layer(random);
    Objective objective = objective(random);
    Dataflow dataflow = dataflow(random);
    long rf = random.nextInt(4, 10);
    long buffer = random.nextInt(16, 64);
    double small = best(layer, accelerator(3, 2, buffer, rf, dataflow), objective);
    double widerRf = best(layer, accelerator(3, 2, buffer, 2 * rf, dataflow), objective);
    double widerBuffer = best(layer, accelerator(3, 2, 2 * buffer, rf, dataflow), objective);
    assertThat(widerRf).isLessThanOrEqualTo(small * (1 + TOLERANCE));
    assertThat(widerBuffer).isLessThanOrEqualTo(small * (1 + TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void moreColumnsAndRowsAreNeverSlowerNorCostlier(long seed) {
    RandomGenerator random = new SplittableRandom(100 + seed);
    Layer layer = layer(random);
    Objective objective = objective(random);
    Dataflow dataflow = dataflow(random);
    double small = best(layer, accelerator(2, 2, 40, 6, dataflow), objective);
    assertThat(best(layer, accelerator(3, 2, 40, 6, dataflow), objective))
        .isLessThanOrEqualTo(small * (1 + TOLERANCE));
    assertThat(best(layer, accelerator(2, 4, 40, 6, dataflow), objective))
        .isLessThanOrEqualTo(small * (1 + TOLERANCE));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutADataflowColumnsAndRowsCanBeSwapped(long seed) {
    RandomGenerator random = new SplittableRandom(200 + seed);
    Layer layer = layer(random);
    Objective objective = objective(random);
    double wide = best(layer, accelerator(4, 2, 40, 6, Dataflow.UNCONSTRAINED), objective);
    double tall = best(layer, accelerator(2, 4, 40, 6, Dataflow.UNCONSTRAINED), objective);
    assertThat(tall).isCloseTo(wide, within(TOLERANCE * wide));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDataflowIsNeverBetterThanAllOfItsMappings(long seed) {
    RandomGenerator random = new SplittableRandom(300 + seed);
    Layer layer = layer(random);
    Objective objective = objective(random);
    Accelerator own = accelerator(3, 3, 40, 6, dataflow(random));
    MapSpace everything = MapSpace.free(layer.einsum(), own);
    double least = Mapper.best(everything, objective, Accounting.EXACT).value();
    assertThat(best(layer, own, objective)).isGreaterThanOrEqualTo(least * (1 - TOLERANCE));
  }
}
