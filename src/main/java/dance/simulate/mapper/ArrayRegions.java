package dance.simulate.mapper;

import dance.simulate.mapping.Accounting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The unrollings over the array below the buffer, without mirror images, by the columns and rows
 * that they use, with the energy of a word on the way there.
 */
final class ArrayRegions {
  /** Unrollings over the same number of columns and rows. */
  record Region(int columns, int rows, List<Spatial.Unrolling> unrollings) {}

  private static final int BUFFER = ArrayGrid.BUFFER;

  private final List<Region> list = new ArrayList<>();
  private final HopCosts hops;
  private final double[] mostShared;

  ArrayRegions(MappingCosts problem, JoinShape shape, MirroredDimensions mirrored) {
    hops = new HopCosts(problem, Accounting.EXACT);
    List<Spatial.Unrolling> all = Spatial.of(problem.space, BUFFER, problem.bounds).choices();
    mostShared = shape.mostShared(all);
    Map<Long, Region> known = new LinkedHashMap<>();
    for (Spatial.Unrolling choice : mirrored.first(all, hops)) {
      int columns = choice.columns();
      int rows = choice.rows();
      known
          .computeIfAbsent(
              (long) columns << Integer.SIZE | rows,
              key -> new Region(columns, rows, new ArrayList<>()))
          .unrollings
          .add(choice);
    }
    list.addAll(known.values());
  }

  List<Region> list() {
    return list;
  }

  HopCosts hops() {
    return hops;
  }

  /** Upper bound of the instances that share a word, over all unrollings: [tensor]. */
  double[] mostShared() {
    return mostShared;
  }
}
