package dance.simulate.count;

import java.util.Arrays;

/**
 * The loops of a nest but for the order of the temporal ones within each level: what instances,
 * tiles and steps depend on. A search for the best order counts many nests of one structure.
 */
final class NestStructure {
  private final int levels;
  private final int[] start;
  private final TensorSet[] unicast;

  /** Bound of the temporal loop, 0 if there is none: [level][dimension]. */
  private final int[][] temporal;

  /** Dimension, bound and kind of each spatial loop: [loop]. */
  private int[] dimension = new int[64];

  private int[] bound = new int[64];
  private byte[] kind = new byte[64];

  /**
   * Whether no level has two temporal loops over one dimension: only then sets of loops tell orders
   * apart.
   */
  private boolean regular;

  private boolean boxes;

  NestStructure(int dimensions, int levels) {
    this.levels = levels;
    start = new int[levels + 1];
    unicast = TensorSet.none(levels);
    temporal = new int[levels][dimensions];
  }

  /**
   * Takes the structure of a nest.
   *
   * @return whether it is that of the nest before
   */
  boolean take(CompiledMapping nest, boolean boundingBoxes) {
    if (regular && boxes == boundingBoxes && isOf(nest)) {
      return true;
    }
    boxes = boundingBoxes;
    regular = true;
    System.arraycopy(nest.start, 0, start, 0, levels + 1);
    System.arraycopy(nest.unicast, 0, unicast, 0, levels);
    if (dimension.length < nest.size) {
      dimension = new int[nest.dimension.length];
      bound = new int[nest.dimension.length];
      kind = new byte[nest.dimension.length];
    }
    System.arraycopy(nest.dimension, 0, dimension, 0, nest.size);
    System.arraycopy(nest.bound, 0, bound, 0, nest.size);
    System.arraycopy(nest.kind, 0, kind, 0, nest.size);
    for (int l = 0; l < levels; l++) {
      Arrays.fill(temporal[l], 0);
      for (int i = start[l]; i < start[l + 1]; i++) {
        if (kind[i] == CompiledMapping.TEMPORAL) {
          regular &= temporal[l][dimension[i]] == 0;
          temporal[l][dimension[i]] = bound[i];
        }
      }
    }
    return false;
  }

  private boolean isOf(CompiledMapping nest) {
    if (!Arrays.equals(start, nest.start) || !Arrays.equals(unicast, nest.unicast)) {
      return false;
    }
    for (int l = 0; l < levels; l++) {
      for (int i = start[l]; i < start[l + 1]; i++) {
        int d = nest.dimension[i];
        boolean same =
            nest.kind[i] == CompiledMapping.TEMPORAL
                ? kind[i] == CompiledMapping.TEMPORAL && temporal[l][d] == nest.bound[i]
                : kind[i] == nest.kind[i] && dimension[i] == d && bound[i] == nest.bound[i];
        if (!same) {
          return false;
        }
      }
    }
    return true;
  }
}
