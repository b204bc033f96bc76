package dance.simulate.mapper;

import dance.accelerator.MemoryLevel;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Visits every mapping of a map space, whether or not its tiles fit: all splits of all dimensions,
 * times all choices of kept tensors, times all orders of temporal loops.
 *
 * <p>Orders that cannot matter are left out unless asked for: where no tensor is kept further
 * inside, the temporal loops of a level only repeat the work of the MACs.
 */
final class MapEnumeration {
  private final MapCase space;
  private final int levels;
  private final int dimensions;
  private final boolean everyOrder;
  private final List<List<int[]>> splits = new ArrayList<>();
  private final List<TensorSet[]> keeps;
  private final List<Map<Integer, List<List<Integer>>>> orders = new ArrayList<>();
  private final List<List<ArrayLayout>> layouts = new ArrayList<>();

  /** Chooses mappings before their loops are ordered. */
  interface Filter {
    /** Begins with the loops of a mapping: [dimension][level · 3 + kind of loop]. */
    void begin(int[][] split);

    /** Whether mappings that have these loops and keep these tensors are wanted. */
    boolean wants(TensorSet[] keeps);
  }

  MapEnumeration(MapCase space, boolean everyOrder) {
    this.space = space;
    this.everyOrder = everyOrder;
    levels = space.accelerator().levels().size();
    dimensions = space.einsum().dimensions().size();
    for (Einsum.Loop loop : space.einsum().dimensions()) {
      splits.add(
          DimensionSplits.of(
              loop.dimension(),
              loop.bound(),
              space.constraints(),
              space.accelerator(),
              space.spatialRemainders()));
    }
    keeps = KeptTensors.of(space);
    for (int l = 0; l < levels; l++) {
      orders.add(new HashMap<>());
      layouts.add(ArrayLayout.of(space, l));
    }
  }

  /** Number of mappings, whether or not they fit; counting ends at the limit. */
  long size(long limit) {
    long[] choicesByDepth = new long[levels];
    keeps.forEach(kept -> choicesByDepth[KeptTensors.deepest(kept)]++);
    long[] size = {0};
    assign(
        0,
        new int[dimensions][],
        split -> {
          long inAnyOrder = 1;
          for (int l = 0; l < levels; l++) {
            size[0] += inAnyOrder * choicesByDepth[l];
            inAnyOrder *= ordersOf(l, split).size();
          }
          return size[0] < limit;
        });
    return Math.min(size[0], limit);
  }

  /** Visits all mappings that pass the filter. The visited nest is the same object every time. */
  void forEach(Filter filter, Consumer<CompiledMapping> visitor) {
    CompiledMapping nest = new CompiledMapping(dimensions, levels);
    assign(
        0,
        new int[dimensions][],
        split -> {
          filter.begin(split);
          for (TensorSet[] kept : keeps) {
            if (filter.wants(kept)) {
              order(0, split, kept, new ArrayList<>(), nest, visitor);
            }
          }
          return true;
        });
  }

  private interface Assigned {
    boolean goesOn(int[][] split);
  }

  private boolean assign(int dimension, int[][] split, Assigned visitor) {
    if (dimension == dimensions) {
      return !isLaidOutAsAllowed(split) || visitor.goesOn(split);
    }
    for (int[] choice : splits.get(dimension)) {
      split[dimension] = choice;
      if (fitsFanout(split, dimension + 1) && !assign(dimension + 1, split, visitor)) {
        return false;
      }
    }
    return true;
  }

  private boolean fitsFanout(int[][] split, int assigned) {
    for (int l = 0; l < levels; l++) {
      int x = 1;
      int y = 1;
      for (int d = 0; d < assigned; d++) {
        x *= split[d][l * 3 + CompiledMapping.SPATIAL_X];
        y *= split[d][l * 3 + CompiledMapping.SPATIAL_Y];
      }
      MemoryLevel memory = space.accelerator().levels().get(l);
      if (x > memory.fanoutX() || y > memory.fanoutY()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the spatial loops of every level obey one of its layouts. */
  private boolean isLaidOutAsAllowed(int[][] split) {
    for (int l = 0; l < levels; l++) {
      int alongX = mask(l, CompiledMapping.SPATIAL_X, split);
      int alongY = mask(l, CompiledMapping.SPATIAL_Y, split);
      if (layouts.get(l).stream().noneMatch(layout -> layout.allows(alongX, alongY))) {
        return false;
      }
    }
    return true;
  }

  private int mask(int level, byte kind, int[][] split) {
    int mask = 0;
    for (int d = 0; d < dimensions; d++) {
      mask |= split[d][level * 3 + kind] > 1 ? 1 << d : 0;
    }
    return mask;
  }

  private List<List<Integer>> ordersOf(int level, int[][] split) {
    return orders
        .get(level)
        .computeIfAbsent(
            mask(level, CompiledMapping.TEMPORAL, split),
            loops -> {
              List<Integer> list = new ArrayList<>();
              for (int d = 0; d < dimensions; d++) {
                if ((loops >> d & 1) == 1) {
                  list.add(d);
                }
              }
              return LoopOrders.of(
                  list,
                  space.constraints().levels().get(level).temporal().innermost().stream()
                      .map(space.einsum()::index)
                      .toList());
            });
  }

  private void order(
      int level,
      int[][] split,
      TensorSet[] kept,
      List<List<Integer>> chosen,
      CompiledMapping nest,
      Consumer<CompiledMapping> visitor) {
    if (level == levels) {
      fill(nest, split, kept, chosen);
      visitor.accept(nest);
      return;
    }
    List<List<Integer>> choices = ordersOf(level, split);
    boolean matters = everyOrder || level < KeptTensors.deepest(kept);
    for (List<Integer> choice : matters ? choices : choices.subList(0, 1)) {
      chosen.add(choice);
      order(level + 1, split, kept, chosen, nest, visitor);
      chosen.remove(level);
    }
  }

  private void fill(
      CompiledMapping nest, int[][] split, TensorSet[] kept, List<List<Integer>> chosen) {
    nest.clear();
    for (int l = 0; l < levels; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = kept[l];
      List<Integer> temporal = chosen.get(l);
      for (int i = 0; i < temporal.size(); i++) {
        int d = temporal.get(i);
        nest.add(d, split[d][l * 3 + CompiledMapping.TEMPORAL], CompiledMapping.TEMPORAL);
      }
      for (int d = 0; d < dimensions; d++) {
        nest.add(d, split[d][l * 3 + CompiledMapping.SPATIAL_Y], CompiledMapping.SPATIAL_Y);
      }
      for (int d = 0; d < dimensions; d++) {
        nest.add(d, split[d][l * 3 + CompiledMapping.SPATIAL_X], CompiledMapping.SPATIAL_X);
      }
    }
    nest.finish();
  }

  /** The nest as a mapping. */
  static Mapping mapping(CompiledMapping nest, Einsum einsum) {
    List<Mapping.Level> mapped = new ArrayList<>();
    for (int l = 0; l < nest.levels; l++) {
      TensorSet kept = nest.keeps[l];
      Set<String> names =
          Set.of(
              Arrays.stream(new int[] {0, 1, 2, 3, 4, 5, 6, 7})
                  .filter(t -> kept.contains(t))
                  .mapToObj(t -> einsum.tensors().get(t).name())
                  .toArray(String[]::new));
      mapped.add(
          new Mapping.Level(
              loops(nest, l, CompiledMapping.TEMPORAL, einsum),
              loops(nest, l, CompiledMapping.SPATIAL_X, einsum),
              loops(nest, l, CompiledMapping.SPATIAL_Y, einsum),
              names,
              Set.of()));
    }
    return new Mapping(mapped);
  }

  private static List<Einsum.Loop> loops(
      CompiledMapping nest, int level, byte kind, Einsum einsum) {
    List<Einsum.Loop> loops = new ArrayList<>();
    for (int i = nest.start[level]; i < nest.start[level + 1]; i++) {
      if (nest.kind[i] == kind) {
        String name = einsum.dimensions().get(nest.dimension[i]).dimension();
        loops.add(new Einsum.Loop(name, nest.bound[i]));
      }
    }
    return loops;
  }
}
