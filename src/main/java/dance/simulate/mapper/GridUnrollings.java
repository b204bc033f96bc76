package dance.simulate.mapper;

import dance.accelerator.Interconnect;
import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The unrollings of an einsum over the arrays of a grid, with what they cost on the way. They are
 * the same for all accelerators whose map spaces unroll alike and whose interconnects cost the
 * same, whatever their memories.
 */
final class GridUnrollings {
  /** Unrollings over the same columns and rows, those over most instances first. */
  final List<ArrayRegion> regions;

  /** Upper bound of the instances that share a word, over all unrollings: [tensor]. */
  final double[] mostShared;

  private final MappingCosts problem;
  private final ArrayGrid grid;
  private final HopCosts[] hops;
  private final JoinShape shape;
  private final Map<Spatial.Unrolling, ArrayUnrolling> known = new IdentityHashMap<>();

  /**
   * @param problem on the largest array of the grid
   */
  GridUnrollings(MappingCosts problem, ArrayGrid grid) {
    this.problem = problem;
    this.grid = grid;
    hops = new HopCosts[grid.rows.length];
    for (int y = 0; y < hops.length; y++) {
      hops[y] = new HopCosts(problem, Accounting.EXACT, grid.rows[y]);
    }
    int x = grid.columns[grid.columns.length - 1];
    int y = grid.rows[grid.rows.length - 1];
    List<Spatial.Unrolling> all =
        Spatial.of(problem.space, ArrayGrid.BUFFER, problem.bounds, x, y).choices();
    shape = new JoinShape(problem, StorageChoice.stationaryTensors(problem));
    mostShared = shape.mostShared(all);
    Map<List<Integer>, List<ArrayUnrolling>> byRegion = new LinkedHashMap<>();
    for (Spatial.Unrolling unrolled : all) {
      byRegion
          .computeIfAbsent(List.of(unrolled.columns(), unrolled.rows()), r -> new ArrayList<>())
          .add(of(unrolled));
    }
    regions = new ArrayList<>();
    byRegion.values().forEach(alike -> regions.add(new ArrayRegion(alike)));
    regions.sort(Comparator.comparingDouble(region -> -region.spread().instances()));
  }

  /** One of them, or one of another map space of the einsum, which may have no room. */
  ArrayUnrolling of(Spatial.Unrolling unrolled) {
    return known.computeIfAbsent(unrolled, this::make);
  }

  private ArrayUnrolling make(Spatial.Unrolling unrolled) {
    shape.unroll(unrolled);
    return new ArrayUnrolling(problem, grid, unrolled, shape.spread(), hops);
  }

  /** Whether they are those of this problem and grid of the same einsum, too. */
  boolean serve(MappingCosts other, ArrayGrid otherGrid) {
    return Arrays.equals(grid.columns, otherGrid.columns)
        && Arrays.equals(grid.rows, otherGrid.rows)
        && problem.latency == other.latency
        && interconnect(problem).equals(interconnect(other))
        && problem.space.unrollsAs(other.space, ArrayGrid.BUFFER);
  }

  private static Interconnect interconnect(MappingCosts problem) {
    return problem.accelerator.levels().get(ArrayGrid.BUFFER).interconnect();
  }
}
