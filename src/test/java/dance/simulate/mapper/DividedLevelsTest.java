package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Levels divided among operands: the mapper finds what trying every mapping finds. */
class DividedLevelsTest {
  private static final int BLOCKS = 8;
  private static final int CASES = 6;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void tryingEveryMappingFindsNothingBetter(int block) {
    for (int i = 0; i < CASES; i++) {
      long seed = 77_000L + 100 * block + i;
      MapCase pool = RandomMapSpaces.of(seed, 8_000);
      Accelerator accelerator = DividedLevels.of(pool.accelerator(), new SplittableRandom(~seed));
      MapCase divided =
          new MapCase(
              pool.name(),
              pool.einsum(),
              accelerator,
              pool.constraints(),
              pool.arrays(),
              pool.spatialRemainders(),
              pool.goal(),
              Accounting.EXACT);
      ExhaustiveMapper.Found all = ExhaustiveMapper.best(divided);
      if (all.best().isEmpty()) {
        assertThatThrownBy(() -> mapped(divided)).hasMessageContaining("no mapping of");
        continue;
      }
      MappingResult found = mapped(divided);
      assertThat(found.value())
          .as(divided.toString())
          .isCloseTo(all.objective(), within(1e-9 * all.objective()));
      assertThat(found.optimal()).as(divided.toString()).isTrue();
    }
  }

  private static MappingResult mapped(MapCase c) {
    MapSpace space = MapSpace.of(c.einsum(), c.accelerator(), c.constraints());
    space = c.spatialRemainders() ? space : space.withPerfectFactors();
    for (int l = 0; l < c.arrays().size(); l++) {
      MapCase.Array array = c.arrays().get(l);
      space = array == null ? space : space.spatial(l, array.alongX(), array.alongY());
    }
    return Mapper.best(space, Objective.byName(c.goal().name()), c.accounting());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void joiningHalvesAndMappingDesignsTogetherFindWhatTheGeneralSearchFinds(int block) {
    for (int i = 0; i < CASES / 2; i++) {
      RandomGenerator random = new SplittableRandom(500L * block + i);
      Einsum einsum = ThreeLevelMapperTest.layer(random).einsum();
      int words = 4 << random.nextInt(3);
      Dataflow dataflow = Dataflow.values()[random.nextInt(4)];
      Accelerator small = template(words, dataflow, 1 + random.nextInt(2));
      Accelerator divided = DividedLevels.of(small, random);
      MapSpace space = Dataflows.space(einsum, divided);
      String what = einsum + " on " + divided;
      assertThat(
              ThreeLevelMapper.suits(
                  new MappingCosts(space, Objective.EDP, Accounting.EXACT), Accounting.EXACT))
          .isTrue();
      MappingResult general;
      try {
        general = Mapper.best(space, Objective.EDP, Accounting.EXACT, Effort.PROOF, false);
      } catch (IllegalArgumentException nothingFits) {
        assertThatThrownBy(() -> Mapper.best(space, Objective.EDP, Accounting.EXACT))
            .as(what)
            .hasMessage(nothingFits.getMessage());
        continue;
      }
      MappingResult joined = Mapper.best(space, Objective.EDP, Accounting.EXACT);
      assertThat(joined.value())
          .as(what)
          .isCloseTo(general.value(), within(1e-9 * general.value()));
      List<Accelerator> arrays = List.of(divided, divided.array(3, 3));
      DesignMapper.Cost together =
          new DesignMapper(a -> Dataflows.space(einsum, a), Objective.EDP).costs(arrays).get(0);
      assertThat(together.cycles() * together.energyPj())
          .as(what)
          .isCloseTo(general.value(), within(1e-9 * general.value()));
    }
  }

  private static Accelerator template(int words, Dataflow dataflow, int side) {
    return Accelerators.template(side, side, words, dataflow)
        .level("GLB", glb -> glb.capacityWords(40));
  }

  @Test
  void tilesThatExceedOnePadAreNamedThoughTheyFitThePool() {
    Accelerator pads =
        Accelerators.template(2, 2, 24, Dataflow.UNCONSTRAINED)
            .level("RF", rf -> rf.partition(16, 4, 4));
    Einsum einsum = Layer.conv("c", 4, 2).output(2).einsum();
    String mapping = "DRAM:\nGLB: P=2 Q=2\nRF: C=4 K=2";
    Evaluation fits = evaluate(einsum, pads, mapping);
    assertThat(fits.counts().levels().get(2).tensors().get(0).tileWords()).isEqualTo(8);
    Accelerator narrow = pads.level("RF", rf -> rf.partition(16, 3, 5));
    assertThatThrownBy(() -> evaluate(einsum, narrow, mapping))
        .hasMessage(
            "tiles of 4 words (4 of Inputs) do not fit RF (3 words for input): 1 words too many");
  }

  private static Evaluation evaluate(Einsum einsum, Accelerator accelerator, String mapping) {
    return Analysis.of(einsum, accelerator)
        .evaluate(
            dance.simulate.mapping.Mapping.parse(mapping, einsum, accelerator), Accounting.EXACT);
  }

  @Test
  void whatAPadCannotHoldIsSaidOfThePad() {
    Accelerator none =
        Accelerators.template(2, 2, 24, Dataflow.UNCONSTRAINED)
            .level("RF", rf -> rf.partition(16, 4, 4).multipleBuffering(8));
    Einsum einsum = Layer.conv("c", 4, 2).output(2).einsum();
    MapConstraints.Level free = MapConstraints.Level.FREE;
    MapConstraints.Level all =
        new MapConstraints.Level(
            free.temporal(),
            free.spatial(),
            free.split(),
            Set.of("Weights", "Inputs", "Outputs"),
            Set.of());
    MapSpace space = MapSpace.of(einsum, none, new MapConstraints(List.of(free, free, all)));
    assertThatThrownBy(() -> Mapper.best(space, Objective.EDP, Accounting.EXACT))
        .hasMessageContaining("RF for input must keep at least 1 words (1 of Inputs) but holds 0")
        .hasMessageContaining("RF for output must keep at least 1 words");
  }
}
