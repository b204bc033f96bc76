package dance.simulate.mapping;

import dance.workload.Einsum;
import java.util.List;
import java.util.Set;

/**
 * How an einsum is executed on a hierarchy: loops and kept operands of every level.
 *
 * <p>The nest of a level is, from the outermost loop to the innermost: its temporal loops, its
 * spatial loops along Y, its spatial loops along X; then the next-inner level follows. The loops of
 * a dimension split it into tiles; their bounds need not divide it: indices beyond the bound of the
 * dimension are skipped, so that the last tile is partial.
 *
 * @param levels one entry a memory level, outermost first
 */
public record Mapping(List<Level> levels) {

  /**
   * What happens at one memory level. The temporal loops run over tiles of the next-inner level,
   * the spatial loops spread the work over its instances (of the innermost level: over the MAC
   * units).
   *
   * @param temporal loops over tiles of the next-inner level, outermost first
   * @param spatialX loops along X, outermost (largest stride) first
   * @param spatialY loops along Y, outermost first
   * @param keeps names of the tensors that this level keeps; the others pass through
   * @param unicast names of the tensors whose accesses are not shared between the instances below
   */
  public record Level(
      List<Einsum.Loop> temporal,
      List<Einsum.Loop> spatialX,
      List<Einsum.Loop> spatialY,
      Set<String> keeps,
      Set<String> unicast) {
    public Level {
      temporal = List.copyOf(temporal);
      spatialX = List.copyOf(spatialX);
      spatialY = List.copyOf(spatialY);
      keeps = Set.copyOf(keeps);
      unicast = Set.copyOf(unicast);
    }
  }

  public Mapping {
    levels = List.copyOf(levels);
  }
}
