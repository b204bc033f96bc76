package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.Simulator;
import dance.simulate.mapping.Accounting;
import dance.space.NetworkSpace;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learnt from one array does not change what is found for the next. */
class ArrayMapperTest {
  private static final int CASES = 24;
  private static final int[] WORDS = {4, 6, 12, 24};

  static IntStream seeds() {
    return IntStream.range(0, CASES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneArrayAfterTheOtherIsMappedAsIfItWereTheOnlyOne(int seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Einsum einsum = BufferSearchTest.layer(random).einsum();
    Objective objective =
        List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP).get(random.nextInt(3));
    Dataflow dataflow = Dataflow.values()[random.nextInt(4)];
    int words = WORDS[random.nextInt(WORDS.length)];
    ArrayMapper mapper = new ArrayMapper(einsum, objective);
    for (int[] sides : arrays(random)) {
      Accelerator accelerator =
          Template.of(sides[0], sides[1], words, dataflow).bufferBytes(128).accelerator();
      MappingResult found = mapper.best(accelerator);
      MapSpace space = Dataflows.space(einsum, accelerator);
      MappingResult alone = Mapper.best(space, objective, Accounting.EXACT);
      String what = einsum + " on " + accelerator.name() + " for " + objective;
      assertThat(found.optimal()).as(what).isTrue();
      assertThat(found.value()).as(what).isCloseTo(alone.value(), within(1e-9 * alone.value()));
    }
  }

  /** Arrays from small to large, as a space lists them, or in any order. */
  private static List<int[]> arrays(RandomGenerator random) {
    List<int[]> arrays = new ArrayList<>();
    for (int x = 1; x <= 4; x++) {
      for (int y = 1; y <= 4; y++) {
        arrays.add(new int[] {x, y});
      }
    }
    if (random.nextBoolean()) {
      Collections.shuffle(arrays, new Random(random.nextLong()));
    }
    return arrays;
  }

  @Test
  void ofLayerPricesALayerLikeANetworkOfItAlone() {
    Simulator simulator = new Simulator(Simulator.Options.proven());
    List<Layer> layers = NetworkSpace.mini().distinctLayers();
    for (Layer layer : List.of(layers.get(3), layers.get(4), layers.get(layers.size() - 1))) {
      Function<Accelerator, Metrics> price = simulator.ofLayer(layer);
      for (Dataflow dataflow : List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.ROW_STATIONARY)) {
        for (int side : new int[] {8, 11, 9}) {
          Accelerator accelerator = Template.of(side, 10, 16, dataflow).accelerator();
          Metrics alone = simulator.metrics(Network.of(layer.name(), layer), accelerator);
          assertThat(price.apply(accelerator)).isEqualTo(alone);
        }
      }
    }
  }
}
