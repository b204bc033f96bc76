package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Dram;
import dance.accelerator.Template;
import dance.accelerator.ZeroSavings;
import dance.cost.Metrics;
import dance.cost.Objective;
import dance.evaluate.CostTable;
import dance.simulate.Dataflows;
import dance.simulate.Simulator;
import dance.simulate.mapping.Accounting;
import dance.space.AcceleratorSpace;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One search for many designs finds what a search for each finds. */
class DesignMapperTest {
  private static final int CASES = 40;
  private static final int THIRD = 3;
  private static final int[] WORDS = {4, 6, 12, 24};
  private static final int[] BUFFERS = {96, 128, 192, 1024};
  private static final double[] LINKS = {64, 1.2, 4, 16};

  /** Register files × buffers of the wide space, and designs of each that are mapped alone. */
  private static final int FAMILIES = 49;

  private static final int CELLS = 14;
  private static final int BANDWIDTHS = 6;
  private static final long MOST_MACS = 10_000;

  static IntStream seeds() {
    return IntStream.range(0, CASES);
  }

  @Test
  void whatIsMappedAloneIsNamed() {
    Layer layer = Layer.conv("conv", 8, 8).kernel(3).output(8);
    DesignMapper mapper = new DesignMapper(a -> Dataflows.space(layer.einsum(), a), Objective.EDP);
    Template template = Template.of(8, 8, 16, Dataflow.ROW_STATIONARY);
    assertThat(mapper.alone(template.accelerator())).isEmpty();
    assertThat(mapper.alone(Accelerators.nvdlaLike())).hasValue("4 memory levels, not 3");
    assertThat(new Simulator(Simulator.Options.proven()).alone(layer, Accelerators.tpuLike()))
        .hasValue("5 memory levels, not 3");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyDesignHasTheValueOfTheOneDesignMapper(int seed) {
    RandomGenerator random = new SplittableRandom(seed);
    boolean zeros = seed % 4 == 1;
    Layer layer = ThreeLevelMapperTest.layer(random);
    Einsum einsum = (zeros ? layer.zeros(ThreeLevelMapperTest.zeros(seed)) : layer).einsum();
    Objective objective =
        List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP).get(random.nextInt(3));
    Dataflow dataflow = Dataflow.values()[random.nextInt(4)];
    List<Accelerator> designs = new ArrayList<>();
    for (int words : new int[] {WORDS[random.nextInt(2)], WORDS[2 + random.nextInt(2)]}) {
      for (int[] sides : arrays(random)) {
        // Some arrays have other buffers and bandwidths than others.
        int bytes = seed % 3 == 0 ? 128 : BUFFERS[random.nextInt(BUFFERS.length)];
        Template template = Template.of(sides[0], sides[1], words, dataflow).bufferBytes(bytes);
        double bandwidth = LINKS[random.nextInt(seed % 2 == 0 ? 1 : LINKS.length)];
        Accelerator design = template.dram(Dram.LPDDR4, bandwidth).accelerator();
        designs.add(zeros ? design.zeros(ZeroSavings.EYERISS) : design);
      }
    }
    List<DesignMapper.Cost> costs =
        new DesignMapper(a -> Dataflows.space(einsum, a), objective).costs(designs);
    // all are searched at once; one after the other takes longer, so every third is
    for (int i = seed % THIRD; i < designs.size(); i += THIRD) {
      MapSpace space = Dataflows.space(einsum, designs.get(i));
      double alone = Mapper.best(space, objective, Accounting.EXACT).value();
      double found = Criterion.of(objective).of(costs.get(i).energyPj(), costs.get(i).cycles());
      String what = einsum + " on " + designs.get(i).name() + " for " + objective;
      assertThat(found).as(what).isCloseTo(alone, within(1e-9 * alone));
    }
  }

  /** The bundled tables were found by the one-design mapper, cell by cell. */
  @Test
  void theCellsOfATableAreTheSameToTheLastDigit() {
    CostTable table = CostTable.bundled("mini");
    RandomGenerator random = new SplittableRandom(1);
    AcceleratorSpace space = table.acceleratorSpace();
    for (int layer : new int[] {1, 3, table.layers().size() - 1}) {
      Einsum einsum = table.layers().get(layer).einsum();
      List<Integer> cells =
          IntStream.range(0, space.size())
              .filter(design -> space.positions(design)[2] == 2)
              .boxed()
              .toList();
      List<Accelerator> designs = cells.stream().map(table::accelerator).toList();
      DesignMapper mapper = new DesignMapper(a -> Dataflows.space(einsum, a), Objective.EDP);
      List<DesignMapper.Cost> costs = mapper.costs(designs);
      for (int i = 0; i < cells.size(); i++) {
        float energyMj = (float) (costs.get(i).energyPj() / 1e9);
        assertThat(energyMj).isEqualTo((float) table.layerEnergyMj(layer, cells.get(i)));
        float latencyMs = (float) (costs.get(i).cycles() / (designs.get(i).clockMhz() * 1e3));
        assertThat(latencyMs).isEqualTo((float) table.layerLatencyMs(layer, cells.get(i)));
      }
      int one = random.nextInt(cells.size());
      MapSpace alone = Dataflows.space(einsum, designs.get(one));
      MappingResult witness = Mapper.best(alone, Objective.EDP, Accounting.EXACT);
      assertThat(costs.get(one).energyPj()).isEqualTo(witness.evaluation().energyPj());
      assertThat(costs.get(one).cycles()).isEqualTo(witness.evaluation().cycles());
    }
  }

  /**
   * Bundled tables, and how many of their cells are mapped again: more where it takes less time.
   */
  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("mini", 400), Arguments.of("nasbench201", 150), Arguments.of("cifar", 60));
  }

  /**
   * Random cells of the bundled tables, over all dataflows, register files and arrays, odd ones
   * included, against the one-design mapper.
   */
  @ParameterizedTest
  @MethodSource("tables")
  void randomCellsAreWhatTheOneDesignMapperProves(String name, int cells) {
    CostTable table = CostTable.bundled(name);
    RandomGenerator random = new SplittableRandom(name.hashCode());
    for (int cell = 0; cell < cells; cell++) {
      int layer = random.nextInt(table.layers().size());
      int design = random.nextInt(table.designs());
      Accelerator accelerator = table.accelerator(design);
      MapSpace space = Dataflows.space(table.layers().get(layer).einsum(), accelerator);
      MappingResult proven = Mapper.best(space, Objective.EDP, Accounting.EXACT);
      String what = table.layers().get(layer) + " on " + accelerator.name();
      assertThat(proven.optimal()).as(what).isTrue();
      assertThat((float) (proven.evaluation().energyPj() / 1e9))
          .as(what)
          .isEqualTo((float) table.layerEnergyMj(layer, design));
      assertThat((float) (proven.evaluation().cycles() / (accelerator.clockMhz() * 1e3)))
          .as(what)
          .isEqualTo((float) table.layerLatencyMs(layer, design));
    }
  }

  /**
   * Small layers on all designs of a small space with several register files, buffers and off-chip
   * bandwidths, odd arrays included: what one search finds for all bandwidths is what the
   * one-design mapper proves.
   */
  @ParameterizedTest
  @EnumSource(names = "UNCONSTRAINED", mode = EnumSource.Mode.EXCLUDE)
  void allCellsOfSmallSpacesOfManyBandwidthsAreProven(Dataflow dataflow) {
    AcceleratorSpace space =
        AcceleratorSpace.wide()
            .dataflows(dataflow)
            .pes(5, 9)
            .rf(8, 128)
            .keep("buffer_kb", 16, 128)
            .keep("dram_bytes_per_cycle", 2.4, 8, 64);
    List<Layer> layers =
        List.of(
            Layer.conv("conv", 12, 10).kernel(3).output(7),
            Layer.depthwise("depthwise", 18).kernel(5).output(8));
    for (Layer layer : layers) {
      areProven(layer, space.list());
    }
  }

  /**
   * Random designs of the wide space, of every dataflow, register file and buffer, with all
   * bandwidths and odd arrays, for layers of CIFAR's networks: each is what the one-design mapper
   * proves. By default 84 cells on layers that take milliseconds; with {@code -Dwitnesses=all}
   * 2,058 on all layers, in a quarter of an hour.
   */
  @ParameterizedTest
  @EnumSource(names = "UNCONSTRAINED", mode = EnumSource.Mode.EXCLUDE)
  void cellsOfTheWideSpaceAreWhatTheOneDesignMapperProves(Dataflow dataflow) {
    boolean all = "all".equals(System.getProperty("witnesses"));
    List<Layer> layers =
        NetworkSpace.cifar().distinctLayers().stream()
            .filter(layer -> all || layer.macs() == 0 || !slides(layer) && layer.macs() < MOST_MACS)
            .toList();
    AcceleratorSpace space = AcceleratorSpace.wide().dataflows(dataflow);
    int arrays = space.size() / FAMILIES / BANDWIDTHS;
    RandomGenerator random = new SplittableRandom(dataflow.ordinal());
    int step = all ? 1 : 12;
    for (int family = dataflow.ordinal() % step; family < FAMILIES; family += step) {
      Layer layer = layers.get(random.nextInt(layers.size()));
      List<Accelerator> designs = new ArrayList<>();
      for (int i = 0; i < (all ? CELLS : CELLS / 2); i++) {
        int bandwidth = random.nextInt(BANDWIDTHS);
        int array = random.nextInt(arrays);
        designs.add(space.accelerator((family * BANDWIDTHS + bandwidth) * arrays + array));
      }
      areProven(layer, designs);
    }
  }

  private static boolean slides(Layer layer) {
    return layer.einsum().bound("R") > 1;
  }

  private static void areProven(Layer layer, List<Accelerator> designs) {
    Einsum einsum = layer.einsum();
    List<DesignMapper.Cost> costs =
        new DesignMapper(a -> Dataflows.space(einsum, a), Objective.EDP).costs(designs);
    for (int i = 0; i < designs.size(); i++) {
      MapSpace alone = Dataflows.space(einsum, designs.get(i));
      MappingResult proven = Mapper.best(alone, Objective.EDP, Accounting.EXACT);
      String what = layer + " on " + designs.get(i).name();
      assertThat(costs.get(i).cycles()).as(what).isEqualTo(proven.evaluation().cycles());
      assertThat(costs.get(i).energyPj()).as(what).isEqualTo(proven.evaluation().energyPj());
    }
  }

  /**
   * On tiny layers, trying every mapping on every array finds nothing better, by any objective of
   * mappings; area is the same for all of an array, so that EDP is the same as EDAP.
   */
  @ParameterizedTest
  @ValueSource(strings = {"energy", "latency", "edap"})
  void tryingEveryMappingOnEveryArrayFindsNothingBetter(String name) {
    Objective objective = Objective.byName(name);
    MapCase.Goal goal = MapCase.Goal.valueOf(Criterion.of(objective).name());
    List<Layer> layers =
        List.of(
            Layer.conv("slides", 2, 2).kernel(2, 1).output(3, 1),
            Layer.depthwise("strides", 3).kernel(3, 1).stride(2).output(3, 1),
            Layer.matmul("product", 1, 5, 2, 3));
    for (Layer layer : layers) {
      Einsum einsum = layer.einsum();
      List<Accelerator> designs = new ArrayList<>();
      for (int[] sides : new int[][] {{3, 1}, {2, 2}}) {
        Template template = Template.of(sides[0], sides[1], 6, Dataflow.UNCONSTRAINED);
        designs.add(template.bufferBytes(32).dram(Dram.LPDDR4, 4).accelerator());
      }
      MapCase.Array array = new MapCase.Array(List.of("G", "K", "P"), List.of("C", "P", "R"));
      Function<Accelerator, MapSpace> spaces =
          a ->
              MapSpace.of(einsum, a, MapConstraints.free(3))
                  .spatial(1, array.alongX(), array.alongY());
      List<DesignMapper.Cost> costs = new DesignMapper(spaces, objective).costs(designs);
      for (int i = 0; i < designs.size(); i++) {
        Accelerator design = designs.get(i);
        List<MapCase.Array> arrays = MapCase.unbound(design);
        arrays.set(1, array);
        MapCase every =
            new MapCase(
                layer.name(),
                einsum,
                design,
                MapConstraints.free(3),
                arrays,
                true,
                goal,
                Accounting.EXACT);
        ExhaustiveMapper.Found least = ExhaustiveMapper.best(every);
        double found = goal.of(costs.get(i).energyPj(), costs.get(i).cycles());
        assertThat(found)
            .as("%s on %s of %,d mappings", layer, design.name(), least.mappings())
            .isCloseTo(least.objective(), within(1e-9 * least.objective()));
      }
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
      Function<List<Accelerator>, List<Metrics>> price = simulator.ofLayer(layer);
      for (Dataflow dataflow : List.of(Dataflow.WEIGHT_STATIONARY, Dataflow.ROW_STATIONARY)) {
        for (int side : new int[] {8, 11, 9}) {
          Accelerator accelerator = Template.of(side, 10, 16, dataflow).accelerator();
          Metrics alone = simulator.metrics(Network.of(layer.name(), layer), accelerator);
          assertThat(price.apply(List.of(accelerator))).containsExactly(alone);
        }
      }
    }
  }
}
