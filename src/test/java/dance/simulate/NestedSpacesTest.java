package dance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import dance.cost.Objective;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapper.MappingResult;
import dance.simulate.mapping.Accounting;
import dance.workload.Layer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A map space that contains another never loses to it, proven or not. */
class NestedSpacesTest {
  private static final double TOLERANCE = 1e-9;
  private static final List<Dataflow> NAMED =
      List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY);

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  /** Odd bounds, so that few factors divide. */
  private static Layer layer(RandomGenerator random) {
    int channels = random.nextInt(1, 20);
    int kernels = random.nextInt(1, 20);
    int output = random.nextInt(1, 12);
    int kernel = random.nextInt(1, 4);
    return switch (random.nextInt(5)) {
      case 0 -> Layer.depthwise("depthwise", kernels).kernel(kernel).output(output);
      case 1 -> Layer.fullyConnected("fc", 3 * channels, 5 * kernels);
      case 2 -> Layer.pool("pool", channels).kernel(kernel).stride(2).output(output);
      case 3 -> Layer.conv("grouped", 2 * channels, 2 * kernels).groups(2).output(output);
      default -> Layer.conv("conv", channels, kernels).kernel(kernel).output(output);
    };
  }

  private static Accelerator accelerator(RandomGenerator random) {
    List<String> names = Accelerators.names();
    if (random.nextInt(3) == 0) {
      return Accelerators.byName(names.get(random.nextInt(names.size())));
    }
    int words = List.of(4, 16, 32).get(random.nextInt(3));
    return Template.of(random.nextInt(2, 14), random.nextInt(2, 14), words, Dataflow.UNCONSTRAINED)
        .accelerator();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNamedDataflowIsNeverBetterThanNone(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Layer layer = layer(random);
    Accelerator accelerator = accelerator(random);
    Objective objective =
        List.of(Objective.EDP, Objective.ENERGY, Objective.LATENCY).get(random.nextInt(3));
    Effort effort = Effort.steps(List.of(1, 300, 30_000).get(random.nextInt(3)));
    MapSpace free = Dataflows.space(layer.einsum(), accelerator, Dataflow.UNCONSTRAINED);
    MappingResult any = Mapper.best(free, objective, Accounting.EXACT, effort);
    for (Dataflow dataflow : NAMED) {
      MapSpace named = Dataflows.space(layer.einsum(), accelerator, dataflow);
      double value = Mapper.best(named, objective, Accounting.EXACT, effort).value();
      assertThat(any.value())
          .as("%s on %s under %s", layer, accelerator.name(), dataflow)
          .isLessThanOrEqualTo(value * (1 + TOLERANCE));
      assertThat(any.lowerBound()).isLessThanOrEqualTo(value * (1 + TOLERANCE));
      assertNoBetterThan(named, named.withPerfectFactors(), objective, effort);
    }
    assertNoBetterThan(free, free.withPerfectFactors(), objective, effort);
  }

  private static void assertNoBetterThan(
      MapSpace wide, MapSpace narrow, Objective objective, Effort effort) {
    double inWide = Mapper.best(wide, objective, Accounting.EXACT, effort).value();
    double inNarrow = Mapper.best(narrow, objective, Accounting.EXACT, effort).value();
    assertThat(inWide).isLessThanOrEqualTo(inNarrow * (1 + TOLERANCE));
  }

  /** Issue: "any mapping, proven optimal" cost up to 79 times what weight-stationary ones do. */
  @ParameterizedTest
  @CsvSource({
    "eyeriss, conv3, 256, 384, 13",
    "template:14x12:rf16:rs, conv3, 256, 384, 13",
    "template:9x13:rf32:rs, odd, 37, 53, 17"
  })
  void whatIsProvenOverAllMappingsIsTheBestOfAllDataflows(
      String chip, String name, int channels, int kernels, int output) {
    Layer layer = Layer.conv(name, channels, kernels).kernel(3).output(output);
    Accelerator accelerator = Accelerators.byName(chip);
    MapSpace free = Dataflows.space(layer.einsum(), accelerator, Dataflow.UNCONSTRAINED);
    MappingResult any =
        Mapper.best(free, Objective.EDP, Accounting.EXACT, Effort.steps(20_000_000));
    assertThat(any.optimal()).isTrue();
    for (Dataflow dataflow : NAMED) {
      MapSpace named = Dataflows.space(layer.einsum(), accelerator, dataflow);
      MappingResult best = Mapper.best(named, Objective.EDP, Accounting.EXACT, Effort.DEFAULT);
      assertThat(any.value()).as("%s", dataflow).isLessThanOrEqualTo(best.value());
    }
  }

  /** The outermost loop may go over the groups, one after the other. */
  @ParameterizedTest
  @MethodSource("seeds")
  void groupsNeverCostMoreThanAsManySmallLayers(long seed) {
    RandomGenerator random = new SplittableRandom(100 + seed);
    int groups = random.nextInt(2, 7);
    int channels = random.nextInt(1, 4);
    int kernels = random.nextInt(1, 5);
    int output = random.nextInt(2, 9);
    int kernel = random.nextInt(1, 4);
    Layer grouped =
        Layer.conv("grouped", groups * channels, groups * kernels)
            .groups(groups)
            .kernel(kernel)
            .output(output);
    Layer small = Layer.conv("small", channels, kernels).kernel(kernel).output(output);
    Accelerator accelerator = accelerator(random).dataflow(Dataflow.values()[random.nextInt(4)]);
    // EDP of g runs is g² times that of one: energy and time both add up.
    Objective objective =
        List.of(Objective.EDP, Objective.ENERGY, Objective.LATENCY).get(random.nextInt(3));
    double times = objective == Objective.EDP ? (double) groups * groups : groups;
    Effort effort = Effort.steps(100_000);
    MapSpace together = Dataflows.space(grouped.einsum(), accelerator);
    MapSpace alone = Dataflows.space(small.einsum(), accelerator);
    double all = Mapper.best(together, objective, Accounting.EXACT, effort).value();
    double each = Mapper.best(alone, objective, Accounting.EXACT, effort).value();
    assertThat(all)
        .as("%s on %s, %s", grouped, accelerator.name(), objective)
        .isLessThanOrEqualTo(times * each * (1 + TOLERANCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyeriss", "eyeriss45", "nvdla", "simba", "shidiannao", "tpu"})
  void smallLayersAreProvenOnEveryPreset(String preset) {
    Accelerator accelerator = Accelerators.byName(preset);
    for (Layer layer :
        List.of(Layer.fullyConnected("fc", 64, 32), Layer.conv("pointwise", 16, 8).output(14))) {
      MapSpace space = Dataflows.space(layer.einsum(), accelerator);
      MappingResult found =
          Mapper.best(space, Objective.EDP, Accounting.EXACT, Effort.steps(20_000_000));
      assertThat(found.optimal()).as("%s, gap %s", layer, found.gap()).isTrue();
    }
  }

  /** 56,448 MACs: one group of the grouped layer. */
  @ParameterizedTest
  @CsvSource({"eyeriss, 0", "eyeriss45, 0", "nvdla, 0", "simba, 0.1", "shidiannao, 0.1", "tpu, 0"})
  void boundsMeanSomethingOnEveryPreset(String preset, double gap) {
    Layer layer = Layer.conv("small", 2, 4).kernel(3).output(28);
    MapSpace space = Dataflows.space(layer.einsum(), Accelerators.byName(preset));
    MappingResult found = Mapper.best(space, Objective.EDP, Accounting.EXACT, Effort.DEFAULT);
    assertThat(found.gap()).isLessThanOrEqualTo(gap);
  }
}
