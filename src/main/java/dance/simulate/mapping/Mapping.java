package dance.simulate.mapping;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
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
 * <p>{@link #toString} and {@link #parse} are inverse. One level per line, or several in one line
 * separated by bars:
 *
 * <pre>
 * DRAM: K=2 C=4
 * GLB: K=7 P=13 Q=13; X: K=4 C=3; Y: S=3; keeps Inputs, Outputs
 * RF: C=16 R=3
 * </pre>
 *
 * @param levels one per memory level, outermost first
 * @param names of the levels, in order; empty if levels are identified by position
 */
public record Mapping(List<Level> levels, List<String> names) {

  /**
   * Loops and kept tensors of one memory level. The temporal loops iterate over tiles of the
   * next-inner level, the spatial loops unroll the work over its instances (of the innermost level:
   * over the MAC units).
   *
   * @param temporal loops over tiles of the next-inner level, outermost first
   * @param spatialX loops along X, outermost (largest stride) first
   * @param spatialY loops along Y, outermost first
   * @param keeps names of the tensors that this level keeps; the others bypass it
   * @param unicast names of the tensors whose accesses are not shared between the instances below
   */
  public record Level(
      List<Einsum.Loop> temporal,
      List<Einsum.Loop> spatialX,
      List<Einsum.Loop> spatialY,
      Set<String> keeps,
      Set<String> unicast) {
    /** Copies lists and sets: the record is immutable. */
    public Level {
      temporal = List.copyOf(temporal);
      spatialX = List.copyOf(spatialX);
      spatialY = List.copyOf(spatialY);
      keeps = Set.copyOf(keeps);
      unicast = Set.copyOf(unicast);
    }
  }

  /**
   * @throws IllegalArgumentException if some levels are named and others are not
   */
  public Mapping {
    levels = List.copyOf(levels);
    names = List.copyOf(names);
    if (!names.isEmpty() && names.size() != levels.size()) {
      throw new IllegalArgumentException(
          names.size()
              + " names ("
              + String.join(", ", names)
              + ") of "
              + levels.size()
              + " levels: each level needs one, or none has any");
    }
  }

  /** A mapping whose levels are identified by position. */
  public Mapping(List<Level> levels) {
    this(levels, List.of());
  }

  /** With the names of an accelerator's levels, if their numbers agree. */
  public Mapping namedAs(Accelerator accelerator) {
    List<String> known = accelerator.levels().stream().map(MemoryLevel::name).toList();
    return known.size() == levels.size() ? new Mapping(levels, known) : this;
  }

  /**
   * Parses the text of a mapping, as {@link #toString} writes it. A level without a {@code keeps}
   * clause keeps the operands of layers: Weights, Inputs, Outputs.
   *
   * @throws IllegalArgumentException if the text is invalid; the message lists every line that is
   *     wrong
   */
  public static Mapping parse(String text) {
    return MappingText.parse(text, (level, position) -> Set.of("Weights", "Inputs", "Outputs"));
  }

  /**
   * Parses the text of a mapping for an einsum on an accelerator: a level without a {@code keeps}
   * clause keeps all tensors that its memory may keep.
   *
   * @throws IllegalArgumentException if the text is invalid; the message lists every line that is
   *     wrong
   */
  public static Mapping parse(String text, Einsum einsum, Accelerator accelerator) {
    return MappingText.parse(
        text, (name, position) -> MappingText.all(einsum, accelerator, name, position));
  }

  /** One line, outermost level first, separated by bars, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return MappingText.of(this);
  }
}
