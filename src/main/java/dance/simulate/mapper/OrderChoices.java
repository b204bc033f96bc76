package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The orders of loops that could be optimal once all factors are known. */
final class OrderChoices {
  private final MappingCosts problem;
  private final int[] stationaryTensors;

  OrderChoices(MappingCosts problem, int[] stationaryTensors) {
    this.problem = problem;
    this.stationaryTensors = stationaryTensors;
  }

  /**
   * Tensors that can be stationary for the innermost of the buffer's loops; {@link
   * BufferTiles#NONE} for loops that move all.
   */
  int[] stationaryTensors(BufferTiles.Tile tile) {
    int choices =
        stationaryChoices(problem, stationaryTensors, tile.inner(), tile.stationaryTensor());
    int[] list = new int[Integer.bitCount(choices)];
    int at = 0;
    for (int t = BufferTiles.NONE; t < problem.tensors; t++) {
      if ((choices >> (t + 1) & 1) != 0) {
        list[at++] = t;
      }
    }
    return list;
  }

  /**
   * The same: bit t + 1, tensor t can be stationary.
   *
   * @param inner iterations of the buffer's loops
   * @param outerTensor stationary tensor of the innermost of the outermost loops
   */
  static int stationaryChoices(
      MappingCosts problem, int[] stationaryTensors, int[] inner, int outerTensor) {
    for (int d : problem.space.levels[1].innermost) {
      if (inner[d] > 1) {
        return 1 << (stationaryTensors[d] + 1);
      }
    }
    int choices = 0;
    for (int d = 0; d < problem.dims; d++) {
      choices |= inner[d] > 1 ? 1 << (stationaryTensors[d] + 1) : 0;
    }
    return choices == 0 ? 1 << (outerTensor + 1) : choices;
  }

  /** Orders of all levels: [choice][level][loop], innermost first. */
  List<int[][]> of(RegisterTiles.Tile inner, BufferTiles.Tile tile, int stationaryTensor) {
    int[] registers = loops(inner.temporal(), new int[0], BufferTiles.NONE, -1);
    List<int[]> buffer = choices(tile.inner(), problem.space.levels[1].innermost, stationaryTensor);
    List<int[]> outside = choices(tile.outer(), new int[0], tile.stationaryTensor());
    List<int[][]> list = new ArrayList<>();
    for (int[] b : buffer) {
      for (int[] o : outside) {
        list.add(new int[][] {o, b, registers});
      }
    }
    return list;
  }

  private List<int[]> choices(int[] factor, int[] fixed, int stationaryTensor) {
    List<int[]> list = new ArrayList<>();
    list.add(loops(factor, fixed, stationaryTensor, -1));
    for (int t = 0; t < problem.tensors; t++) {
      for (int[] axis : problem.shape.axisDimensions[t]) {
        for (int first : axis.length > 1 ? axis : new int[0]) {
          int[] order = loops(factor, fixed, stationaryTensor, first);
          if (factor[first] > 1 && list.stream().noneMatch(o -> Arrays.equals(o, order))) {
            list.add(order);
          }
        }
      }
    }
    return list;
  }

  /**
   * Fixed loops, then those with a stationary tensor, the chosen one first; the rest; those {@link
   * FreeLoops#outermost} from all others.
   */
  private int[] loops(int[] factor, int[] fixed, int stationaryTensor, int chosen) {
    int[] order = new int[problem.dims];
    int at = 0;
    DimensionSet done = DimensionSet.NONE;
    for (int d : fixed) {
      if (factor[d] > 1) {
        order[at++] = d;
        done = done.with(d);
      }
    }
    for (int rank = 0; rank <= 6; rank++) {
      for (int d = 0; d < problem.dims; d++) {
        boolean isStationary = stationaryTensor >= 0 && stationaryTensors[d] == stationaryTensor;
        boolean near = chosen >= 0 && meets(d, chosen);
        int own = (isStationary ? 0 : 3) + (d == chosen ? 0 : near ? 1 : 2);
        own = problem.freeLoops.outermost[d] ? 6 : own;
        if (own == rank && factor[d] > 1 && !done.contains(d)) {
          order[at++] = d;
        }
      }
    }
    return Arrays.copyOf(order, at);
  }

  private boolean meets(int d, int e) {
    for (int t = 0; t < problem.tensors; t++) {
      int axis = problem.shape.axisOf[t][d];
      if (axis >= 0 && axis == problem.shape.axisOf[t][e]) {
        return true;
      }
    }
    return false;
  }
}
