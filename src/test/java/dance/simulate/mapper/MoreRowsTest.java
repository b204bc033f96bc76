package dance.simulate.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.accelerator.Overheads;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What bounds cost more on arrays of more rows, against mappings that are priced on each array:
 * accelerators that differ in their rows only, so that the difference is the interconnect's.
 */
class MoreRowsTest {
  private static final int[] ROWS = {2, 3, 5};
  private static final int BUFFER = ArrayGrid.BUFFER;

  /** Differences of sums, in pJ. */
  private static final double ROUNDING = 1e-6;

  private MappingCosts problem;
  private JoinShape shape;
  private MoreRows more;
  private Pricing[] pricings;
  private CompiledMapping nest;
  private ArrayUnrolling unrolling;

  /** Bounds that are a cost, and more than nothing: of unrollings, halves, joined mappings. */
  private final int[] tight = new int[3];

  @ParameterizedTest
  @EnumSource(
      value = Dataflow.class,
      names = {"WEIGHT_STATIONARY", "ROW_STATIONARY", "OUTPUT_STATIONARY"})
  void noMappingCostsLessMoreOnMoreRows(Dataflow dataflow) {
    for (Einsum einsum :
        List.of(
            Layer.conv("conv", 1, 2).kernel(2, 1).output(3, 1).einsum(),
            Layer.matmul("matmul", 1, 4, 2, 1).einsum())) {
      begin(einsum, dataflow);
      ArrayGrid grid = new ArrayGrid(arrays(dataflow));
      GridUnrollings unrollings = new GridUnrollings(problem, grid);
      for (StorageChoice keeps :
          StorageChoice.of(problem, StorageChoice.stationaryTensors(problem))) {
        shape.keep(keeps.registers(), keeps.buffer());
        for (ArrayRegion region : unrollings.regions) {
          for (ArrayUnrolling member : region.unrollings) {
            unrolling = member;
            shape.unroll(member);
            more.ofSpread(region.spread(), region.morePjPerWord());
            double[] anywhere = more.energyPj.clone();
            more.ofSpread(member.spread(), member.morePjPerWord());
            double[] spread = more.energyPj.clone();
            assertThat(atMost(anywhere, spread)).as("the region bounds what is in it").isTrue();
            ofTiles(keeps, spread);
          }
        }
      }
    }
    assertThat(tight).as("bounds that are a cost").doesNotContain(0);
  }

  private void begin(Einsum einsum, Dataflow dataflow) {
    List<Accelerator> arrays = arrays(dataflow);
    Accelerator largest = arrays.get(arrays.size() - 1);
    problem = new MappingCosts(Dataflows.space(einsum, largest), Objective.EDP, Accounting.EXACT);
    shape = new JoinShape(problem, StorageChoice.stationaryTensors(problem));
    more = new MoreRows(shape, ROWS.length);
    nest = new CompiledMapping(problem.dims, problem.levels);
    pricings = arrays.stream().map(a -> new Pricing(problem.shape, a)).toArray(Pricing[]::new);
  }

  private static List<Accelerator> arrays(Dataflow dataflow) {
    List<Accelerator> arrays = new ArrayList<>();
    for (int rows : ROWS) {
      Accelerator accelerator = Accelerators.template(2, rows, 6, dataflow);
      arrays.add(accelerator.overheads(Overheads.NONE));
    }
    return arrays;
  }

  private void ofTiles(StorageChoice keeps, double[] spread) {
    long[] fitting = keeps.inside().bits();
    keeps.inside().of(unrolling.unrolled, fitting);
    for (int i = 0; i < keeps.tiles().size(); i++) {
      if ((fitting[i / Long.SIZE] >> i & 1) != 0) {
        RegisterTiles.Tile tile = keeps.tiles().get(i);
        shape.inner(tile, false);
        for (int kind = 0; kind <= BufferTiles.NO_LOOP; kind++) {
          if (shape.exists[kind]) {
            shape.inner(tile, false);
            more.ofInner(unrolling, kind);
            double[] half = more.energyPj.clone();
            ofJoined(keeps, tile, kind, spread, half);
          }
        }
      }
    }
  }

  private void ofJoined(
      StorageChoice keeps, RegisterTiles.Tile tile, int kind, double[] spread, double[] half) {
    Spatial.Unrolling unrolled = unrolling.unrolled;
    int[] base = new int[problem.dims];
    int[] tiles = new int[problem.dims];
    for (int d = 0; d < problem.dims; d++) {
      base[d] = tile.temporal()[d] * unrolled.factor()[d];
      tiles[d] = Spatial.remaining(tile.tiles()[d], unrolled.x()[d], unrolled.y()[d]);
    }
    OrderChoices orders = new OrderChoices(problem, StorageChoice.stationaryTensors(problem));
    Set<List<Integer>> seen = new HashSet<>();
    for (BufferTiles.Tile out : keeps.outside().of(base, tiles, kind).tiles()) {
      int[][] temporal = {out.outer(), out.inner(), tile.temporal()};
      CompleteMapping mapping = CompleteMapping.ofThree(keeps.kept(problem), temporal, unrolled);
      for (int stationaryTensor : orders.stationaryTensors(out)) {
        shape.join(tile, out, stationaryTensor);
        shape.refine(tile, out, stationaryTensor);
        more.ofJoined(unrolling, tile.temporal());
        double[] joined = more.energyPj.clone();
        for (int[][] order : orders.of(tile, out, stationaryTensor)) {
          double[] cost = cost(mapping.order(order));
          check(0, spread, cost, mapping);
          check(1, half, cost, mapping);
          check(2, joined, cost, mapping);
        }
      }
      // Bounds of halves hold in any order.
      if (seen.add(Arrays.stream(out.inner()).boxed().toList())) {
        for (int[] loops : loops(out.inner())) {
          double[] cost =
              cost(mapping.order(new int[][] {first(out.outer()), loops, first(tile.temporal())}));
          check(1, half, cost, mapping);
        }
      }
    }
  }

  private void check(int step, double[] bound, double[] cost, CompleteMapping mapping) {
    if (!atMost(bound, cost)) {
      fail(
          "%s of %s: at least %s, priced %s",
          Arrays.deepToString(mapping.temporal()),
          problem.space.einsum,
          Arrays.toString(bound),
          Arrays.toString(cost));
    }
    int last = ROWS.length - 1;
    tight[step] += cost[last] > 1 && bound[last] > cost[last] * 0.999 ? 1 : 0;
  }

  private boolean atMost(double[] bound, double[] cost) {
    for (int y = unrolling.home() % ROWS.length; y < ROWS.length; y++) {
      if (bound[y] > cost[y] + ROUNDING) {
        return false;
      }
    }
    return true;
  }

  /** Energy beyond that on the smallest array: [position of the rows]. */
  private double[] cost(CompleteMapping mapping) {
    int from = unrolling.home() % ROWS.length;
    mapping.into(nest);
    double[] cost = new double[ROWS.length];
    for (int y = from; y < ROWS.length; y++) {
      pricings[y].price(nest, Accounting.EXACT);
      cost[y] = pricings[y].totalPj - pricings[from].totalPj;
    }
    return cost;
  }

  private int[] first(int[] factor) {
    return loops(factor).get(0);
  }

  /** All orders of the loops of two and more iterations that a level allows, innermost first. */
  private List<int[]> loops(int[] factor) {
    List<Integer> dims = new ArrayList<>();
    for (int d : problem.space.levels[BUFFER].innermost) {
      if (factor[d] > 1) {
        dims.add(d);
      }
    }
    int fixed = dims.size();
    for (int d = 0; d < factor.length; d++) {
      if (factor[d] > 1 && !dims.contains(d)) {
        dims.add(d);
      }
    }
    List<int[]> orders = new ArrayList<>();
    for (int[] order : Permutations.of(dims.size() - fixed)) {
      int[] loops = new int[dims.size()];
      for (int i = 0; i < loops.length; i++) {
        loops[i] = dims.get(i < fixed ? i : fixed + order[i - fixed]);
      }
      orders.add(loops);
    }
    return orders;
  }
}
