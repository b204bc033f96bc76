package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Template;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Counter;
import dance.simulate.count.Pricing;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The minimum cost over all tiles of the buffer against mappings that are priced: every tile around
 * one index, in every order of the outermost loops.
 */
class BufferTilesTest {
  private static final int[] BUFFER_BYTES = {9, 10, 12, 18, 20, 24, 48, 96};
  private static final double ROUNDING = 1e-12;

  static Stream<Arguments> cases() {
    return Stream.of(
            Layer.conv("halo", 1, 3).kernel(3, 1).output(4, 1),
            Layer.conv("conv", 2, 6).kernel(3, 1).output(6, 1),
            Layer.conv("stride", 2, 4).kernel(3, 3).stride(2).output(4, 2),
            Layer.conv("pointwise", 4, 6).output(4, 2),
            Layer.matmul("matmul", 1, 6, 4, 4),
            Layer.depthwise("depthwise", 4).kernel(3, 1).output(6, 1))
        .flatMap(layer -> IntStream.of(BUFFER_BYTES).mapToObj(bytes -> Arguments.of(layer, bytes)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noTileCostsLessThanTheLeast(Layer layer, int bytes) {
    Einsum einsum = layer.einsum();
    Accelerator accelerator =
        Template.of(1, 1, 4, Dataflow.UNCONSTRAINED).bufferBytes(bytes).accelerator();
    MapSpace space = Dataflows.space(einsum, accelerator);
    MappingCosts problem = new MappingCosts(space, Objective.EDP, Accounting.EXACT);
    int[] ones = new int[problem.dims];
    Arrays.fill(ones, 1);
    Pricing pricing = new Pricing(problem.shape, problem.accelerator);
    CompiledMapping nest = new CompiledMapping(problem.dims, problem.levels);
    int seen = 0;
    for (StorageChoice keeps :
        StorageChoice.of(problem, StorageChoice.stationaryTensors(problem))) {
      BufferTiles tiles = keeps.outside();
      for (int kind = 0; kind <= BufferTiles.NO_LOOP; kind++) {
        for (BufferTiles.Tile tile : tiles.of(ones, problem.bounds, kind).tiles()) {
          int[][] temporal = {tile.outer(), tile.inner(), ones};
          Spatial.Unrolling alone =
              Spatial.of(space, ArrayGrid.BUFFER, problem.bounds).choices().get(0);
          CompleteMapping mapping = CompleteMapping.ofThree(keeps.kept(problem), temporal, alone);
          for (int[] outside : orders(tile.outer())) {
            seen++;
            mapping.order(new int[][] {outside, loops(tile.inner()), {}}).into(nest);
            pricing.price(nest, Accounting.EXACT);
            double cost = energyPj(problem, keeps.buffer(), pricing.counter());
            assertThat(tiles.least(0)[0])
                .as(
                    "%s, outside %s in order %s",
                    layer, Arrays.toString(tile.outer()), Arrays.toString(outside))
                .isLessThanOrEqualTo(cost * (1 + ROUNDING));
          }
        }
      }
    }
    assertThat(seen).isPositive();
  }

  /** Energy of the words between the outermost level and the buffer, first reads included. */
  private static double energyPj(MappingCosts problem, TensorSet buffer, Counter counter) {
    double pj = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (buffer.contains(t)) {
        double reads = counter.reads[t];
        double fills = counter.fills[problem.tensors + t];
        boolean output = t == problem.output;
        double first = output ? problem.words[t] : 0;
        pj += (reads + first) * problem.costs.read(0, 0, t);
        pj += (fills + first) * problem.costs.fill(0, 1, t);
        pj += output ? counter.updates[t] * problem.costs.update[0][0] : 0;
      }
    }
    return pj;
  }

  private static int[] loops(int[] factor) {
    return IntStream.range(0, factor.length).filter(d -> factor[d] > 1).toArray();
  }

  /** All orders of the loops of several iterations. */
  private static List<int[]> orders(int[] factor) {
    int[] loops = loops(factor);
    List<int[]> orders = new ArrayList<>();
    for (int[] permutation : Permutations.of(loops.length)) {
      orders.add(IntStream.of(permutation).map(i -> loops[i]).toArray());
    }
    return orders;
  }
}
