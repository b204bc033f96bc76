package dance.evaluate.neural;

import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of block and operation with the same layers, and so the same costs on every design: the
 * cost of a relaxed architecture depends only on the sum of their probabilities.
 */
final class DistinctCostRows {
  /** Row of operations without cost. */
  static final int NONE = -1;

  /** {@code [blocks, operations]}: number of the row, or {@link #NONE}. */
  final int[] rowOf;

  /** {@code [rows]}: one of its pairs, as its position in an encoding. */
  final int[] example;

  DistinctCostRows(NetworkSpace space) {
    int operations = space.operations().size();
    rowOf = new int[space.blocks() * operations];
    Map<List<Object>, Integer> known = new HashMap<>();
    List<Integer> examples = new ArrayList<>();
    for (int i = 0; i < rowOf.length; i++) {
      List<Object> layers = new ArrayList<>();
      if (space.allows(i / operations, i % operations)) {
        for (Network.Entry entry : space.layers(i / operations, i % operations)) {
          Layer form = NetworkSpace.form(entry.layer());
          layers.add(form);
          layers.add(entry.repeats());
        }
      }
      Integer row = known.get(layers);
      if (row == null) {
        row = layers.isEmpty() ? NONE : examples.size();
        known.put(layers, row);
        if (row != NONE) {
          examples.add(i);
        }
      }
      rowOf[i] = row;
    }
    example = examples.stream().mapToInt(Integer::intValue).toArray();
  }

  int count() {
    return example.length;
  }

  /** {@code [blocks × operations, rows]}: 1 where a pair belongs to a row. */
  float[] matrix() {
    float[] matrix = new float[rowOf.length * count()];
    for (int i = 0; i < rowOf.length; i++) {
      if (rowOf[i] != NONE) {
        matrix[i * count() + rowOf[i]] = 1;
      }
    }
    return matrix;
  }
}
