package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.accelerator.Template;
import dance.accelerator.ZeroSavings;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Networks;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining halves finds what the general search finds, in 240 random small map spaces. */
class ThreeLevelMapperTest {
  private static final int BLOCKS = 20;
  private static final int CASES = 12;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void joiningHalvesFindsWhatTheGeneralSearchFinds(int block) {
    for (int i = 0; i < CASES; i++) {
      long seed = 1000L * block + i;
      RandomGenerator random = new SplittableRandom(seed);
      Einsum einsum = layer(random).einsum();
      Accelerator accelerator = accelerator(random);
      if (seed % 3 == 0) {
        einsum = einsum.zeros(zeros(seed));
        accelerator = accelerator.zeros(ZeroSavings.EYERISS);
      }
      MapSpace space = space(einsum, accelerator, random);
      Objective objective =
          List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP).get(random.nextInt(3));
      MappingCosts problem = new MappingCosts(space, objective, Accounting.EXACT);
      assertThat(ThreeLevelMapper.suits(problem, Accounting.EXACT)).isTrue();
      String what = "seed " + seed + ": " + einsum + " on " + accelerator + " for " + objective;
      MappingResult joined = Mapper.best(space, objective, Accounting.EXACT, Effort.PROOF, true);
      MappingResult general = Mapper.best(space, objective, Accounting.EXACT, Effort.PROOF, false);
      assertThat(joined.optimal()).as(what).isTrue();
      assertThat(general.optimal()).as(what).isTrue();
      assertThat(joined.value())
          .as(what)
          .isCloseTo(general.value(), within(1e-9 * general.value()));
      double evaluated =
          Criterion.of(objective).of(joined.evaluation().energyPj(), joined.evaluation().cycles());
      assertThat(evaluated).as(what).isCloseTo(joined.value(), within(1e-9 * evaluated));
    }
  }

  /** Within the default effort, without constraints: what runs and mirror images are for. */
  @ParameterizedTest
  @ValueSource(strings = {"layer2.0.conv1", "layer3.0.downsample"})
  void layersOfResNetAreProvenOnEyeriss(String name) {
    Layer layer =
        Networks.byName("ResNet-18").layers().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Accelerator accelerator = Accelerators.eyeriss().dataflow(Dataflow.UNCONSTRAINED);
    MapSpace space = Dataflows.space(layer.einsum(), accelerator);
    assertThat(Mapper.best(space, Objective.EDP, Accounting.EXACT, Effort.DEFAULT).optimal())
        .isTrue();
  }

  private static MapSpace space(Einsum einsum, Accelerator accelerator, RandomGenerator random) {
    MapSpace space = Dataflows.space(einsum, accelerator, Dataflow.values()[random.nextInt(4)]);
    return random.nextInt(3) == 0 ? space : space.withPerfectFactors();
  }

  private static Accelerator accelerator(RandomGenerator random) {
    int[] words = {4, 6, 12, 24};
    Template template =
        Template.of(
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                words[random.nextInt(words.length)],
                Dataflow.UNCONSTRAINED)
            .bufferBytes(8L * (4 + random.nextInt(40)));
    if (random.nextBoolean()) {
      template = template.dram(Dram.LPDDR4, 2 + 6 * random.nextInt(4));
    }
    return template.accelerator();
  }

  static Layer.Zeros zeros(long seed) {
    RandomGenerator random = new SplittableRandom(~seed);
    return new Layer.Zeros(random.nextDouble(), random.nextDouble(), random.nextDouble());
  }

  static Layer layer(RandomGenerator random) {
    int kernels = 1 + random.nextInt(4);
    int channels = 1 + random.nextInt(3);
    int size = 1 + random.nextInt(5);
    int kernel = 1 + random.nextInt(3);
    int stride = 1 + random.nextInt(2);
    return switch (random.nextInt(7)) {
      case 0 -> Layer.conv("conv", channels, kernels).kernel(kernel).stride(stride).output(size);
      case 1 -> Layer.conv("wide", 1, 2).kernel(1, kernel).stride(stride).output(1, 2 * size);
      case 2 ->
          Layer.depthwise("dw", 1 + random.nextInt(4)).kernel(kernel).stride(stride).output(size);
      case 3 -> Layer.conv("dil", channels, 2).kernel(kernel).dilation(2).output(size);
      case 4 -> Layer.pool("pool", channels).kernel(kernel).stride(stride).output(size);
      case 5 -> Layer.fullyConnected("fc", 2 * channels, 3 * kernels);
      default -> Layer.conv("pw", 2 * channels, 3 * kernels).output(size);
    };
  }
}
