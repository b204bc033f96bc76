package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.InterconnectEnergy;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the mapper takes a word to cost on a network is what the evaluation charges. */
class HopCostsTest {
  @ParameterizedTest
  @EnumSource(Dataflow.class)
  void aWordCostsWhatCountingTheHopsOfEveryGroupGives(Dataflow dataflow) {
    SplittableRandom random = new SplittableRandom(dataflow.ordinal());
    Einsum einsum = Layer.conv("conv", 6, 8).kernel(3).stride(2).output(6).groups(2).einsum();
    Accelerator accelerator = Accelerators.template(5, 7, 64, dataflow);
    MapSpace space = Dataflows.space(einsum, accelerator);
    MappingCosts problem = new MappingCosts(space, Objective.EDP, Accounting.EXACT);
    Spatial spatial = Spatial.of(space, 1, problem.bounds);
    HopCosts costs = new HopCosts(problem, Accounting.EXACT);
    for (int i = 0; i < 200; i++) {
      Spatial.Unrolling choice = spatial.choices().get(random.nextInt(spatial.choices().size()));
      int[] steps = random.ints(problem.dims, 1, 4).toArray();
      CompiledMapping nest = new CompiledMapping(problem.dims, problem.levels);
      nest.clear();
      for (int l = 0; l < 3; l++) {
        nest.beginLevel(l);
        for (int d = 0; d < problem.dims; d++) {
          nest.add(d, l == 2 ? steps[d] : 1, CompiledMapping.TEMPORAL);
        }
        for (int d = 0; d < problem.dims; d++) {
          nest.add(d, l == 1 ? choice.y()[d] : 1, CompiledMapping.SPATIAL_Y);
        }
        for (int d = 0; d < problem.dims; d++) {
          nest.add(d, l == 1 ? choice.x()[d] : 1, CompiledMapping.SPATIAL_X);
        }
      }
      nest.finish();
      Mapping mapping = nest.mapping(einsum);
      double[] pj = costs.pjPerWord(1, choice, steps);
      for (int t = 0; t < problem.tensors; t++) {
        double counted =
            InterconnectEnergy.pjPerWord(
                einsum.tensors().get(t), mapping, 1, accelerator.levels().get(1), Accounting.EXACT);
        assertThat(pj[t]).as(choice + " " + mapping).isCloseTo(counted, within(1e-9 * counted));
      }
    }
  }
}
