package dance.lesson;

import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A walk by execution: every instance holds a set of words, every step compares sets. The second
 * witness of {@link CountsSoFar}; shares no formula with it.
 */
final class ExecutedWalk {
  private record Loop(int level, boolean spatial, String dimension, int bound, int stride) {}

  /** An operation: the indices of the dimensions, and of the spatial loops. */
  private record Operation(Map<String, Integer> point, List<Integer> spatial) {}

  private final Einsum einsum;
  private final Mapping mapping;
  private final List<Loop> nest = new ArrayList<>();
  private final Map<String, Long> totals = new LinkedHashMap<>();
  private final Map<Object, Set<Object>> held = new HashMap<>();
  private final Map<Object, Set<Object>> known = new HashMap<>();

  /** Totals after each step: [step] by {@code level tensor action}. */
  final List<Map<String, Long>> steps = new ArrayList<>();

  ExecutedWalk(Einsum einsum, Mapping mapping) {
    this.einsum = einsum;
    this.mapping = mapping;
    Map<String, Integer> inside = new HashMap<>();
    for (int l = mapping.levels().size() - 1; l >= 0; l--) {
      Mapping.Level level = mapping.levels().get(l);
      prepend(l, true, level.spatialX(), inside);
      prepend(l, true, level.spatialY(), inside);
      prepend(l, false, level.temporal(), inside);
    }
    temporal(0, new HashMap<>());
  }

  private void prepend(
      int level, boolean spatial, List<Einsum.Loop> loops, Map<String, Integer> inside) {
    for (int i = loops.size() - 1; i >= 0; i--) {
      String d = loops.get(i).dimension();
      int stride = inside.getOrDefault(d, 1);
      nest.add(0, new Loop(level, spatial, d, loops.get(i).bound(), stride));
      inside.put(d, stride * loops.get(i).bound());
    }
  }

  private void temporal(int i, Map<String, Integer> point) {
    while (i < nest.size() && nest.get(i).spatial()) {
      i++;
    }
    if (i == nest.size()) {
      step(point);
      return;
    }
    Loop loop = nest.get(i);
    int start = point.getOrDefault(loop.dimension(), 0);
    for (int k = 0; k < loop.bound(); k++) {
      int at = start + k * loop.stride();
      if (at < einsum.bound(loop.dimension())) {
        point.put(loop.dimension(), at);
        temporal(i + 1, point);
      }
    }
    point.put(loop.dimension(), start);
  }

  /** All operations inside the temporal loops that are fixed: those of levels before this one. */
  private List<Operation> operations(Map<String, Integer> fixed, int level) {
    List<Operation> all = new ArrayList<>();
    expand(0, level, base(fixed, level), new ArrayList<>(), all);
    return all;
  }

  /** The indices that the temporal loops of the levels before one stand for. */
  private Map<String, Integer> base(Map<String, Integer> point, int level) {
    Map<String, Integer> rest = new HashMap<>(point);
    Map<String, Integer> base = new HashMap<>();
    for (Loop loop : nest) {
      if (!loop.spatial()) {
        int left = rest.getOrDefault(loop.dimension(), 0);
        int index = left / loop.stride();
        rest.put(loop.dimension(), left - index * loop.stride());
        if (loop.level() < level) {
          base.merge(loop.dimension(), index * loop.stride(), Integer::sum);
        }
      }
    }
    return base;
  }

  private void expand(
      int i, int level, Map<String, Integer> point, List<Integer> spatial, List<Operation> all) {
    if (i == nest.size()) {
      boolean within =
          point.entrySet().stream().allMatch(e -> e.getValue() < einsum.bound(e.getKey()));
      if (within) {
        all.add(new Operation(Map.copyOf(point), List.copyOf(spatial)));
      }
      return;
    }
    Loop loop = nest.get(i);
    if (!loop.spatial() && loop.level() < level) {
      expand(i + 1, level, point, spatial, all);
      return;
    }
    for (int k = 0; k < loop.bound(); k++) {
      Map<String, Integer> moved = new HashMap<>(point);
      moved.merge(loop.dimension(), k * loop.stride(), Integer::sum);
      List<Integer> longer = spatial;
      if (loop.spatial()) {
        longer = new ArrayList<>(spatial);
        longer.add(k);
      }
      expand(i + 1, level, moved, longer, all);
    }
  }

  private void step(Map<String, Integer> point) {
    int depth = mapping.levels().size();
    for (Tensor tensor : einsum.tensors()) {
      for (int level = 0; level < depth; level++) {
        if (keeps(level, tensor)) {
          int inner = level + 1;
          while (inner < depth && !keeps(inner, tensor)) {
            inner++;
          }
          pass(tensor, level, inner, point);
        }
      }
    }
    steps.add(new HashMap<>(totals));
  }

  private boolean keeps(int level, Tensor tensor) {
    return mapping.levels().get(level).keeps().contains(tensor.name());
  }

  private int spatialLoops(int level) {
    return (int) nest.stream().filter(l -> l.spatial() && l.level() < level).count();
  }

  private void pass(Tensor tensor, int outer, int inner, Map<String, Integer> point) {
    boolean macs = inner == mapping.levels().size();
    boolean output = tensor.role() == Operand.OUTPUT;
    int givers = spatialLoops(outer);
    int takers = spatialLoops(inner);
    boolean unicast =
        mapping.levels().subList(outer, inner).stream()
            .anyMatch(level -> level.unicast().contains(tensor.name()));
    Map<List<Integer>, Set<Object>> tiles = new LinkedHashMap<>();
    for (Operation o : operations(point, inner)) {
      tiles
          .computeIfAbsent(o.spatial().subList(0, takers), i -> new HashSet<>())
          .add(word(tensor, o.point()));
    }
    Map<List<Object>, Set<Object>> groups = new LinkedHashMap<>();
    long filled = 0;
    for (Map.Entry<List<Integer>, Set<Object>> entry : tiles.entrySet()) {
      List<Integer> instance = entry.getKey();
      Set<Object> lacking = new HashSet<>(entry.getValue());
      Object id = List.of(tensor.name(), inner, instance);
      if (!macs) {
        lacking.removeAll(held.getOrDefault(id, Set.of()));
        held.put(id, entry.getValue());
      }
      Object sharers = unicast ? instance : entry.getValue();
      groups
          .computeIfAbsent(List.of(instance.subList(0, givers), sharers), g -> new HashSet<>())
          .addAll(lacking);
      Set<Object> ever = known.computeIfAbsent(id, i -> new HashSet<>());
      for (Object word : lacking) {
        boolean first = ever.add(word);
        filled += output && first ? 0 : 1;
      }
    }
    long given = 0;
    long returning = 0;
    for (Map.Entry<List<Object>, Set<Object>> group : groups.entrySet()) {
      Object giver = List.of(tensor.name(), "of", outer, group.getKey().get(0));
      Set<Object> ever = known.computeIfAbsent(giver, i -> new HashSet<>());
      for (Object word : group.getValue()) {
        given++;
        returning += ever.add(word) ? 0 : 1;
      }
    }
    String name = outer + " " + tensor.name();
    totals.merge(name + " reads", output ? returning : given, Long::sum);
    if (!macs) {
      totals.merge(inner + " " + tensor.name() + " fills", filled, Long::sum);
    }
    if (output) {
      long all = totals.merge(name + " given", given, Long::sum);
      totals.put(name + " updates", all - (macs ? 0 : pending(tensor, outer, inner, unicast)));
    }
  }

  /** Partial sums inside that have not come back; of those that add up on the way, once. */
  private long pending(Tensor tensor, int outer, int inner, boolean unicast) {
    List<Loop> spatial = nest.stream().filter(Loop::spatial).toList();
    long words = 0;
    for (Map.Entry<Object, Set<Object>> entry : held.entrySet()) {
      List<?> id = (List<?>) entry.getKey();
      if (!id.get(0).equals(tensor.name()) || !id.get(1).equals(inner)) {
        continue;
      }
      List<?> instance = (List<?>) id.get(2);
      boolean counts = true;
      for (int i = 0; i < instance.size(); i++) {
        boolean between = spatial.get(i).level() >= outer;
        boolean adds = !tensor.isRelevant(spatial.get(i).dimension());
        counts &= unicast || !between || !adds || instance.get(i).equals(0);
      }
      words += counts ? entry.getValue().size() : 0;
    }
    return words;
  }

  private static Object word(Tensor tensor, Map<String, Integer> point) {
    List<Integer> word = new ArrayList<>();
    for (Axis axis : tensor.axes()) {
      int at = 0;
      for (Axis.Term term : axis.terms()) {
        at += term.coefficient() * point.getOrDefault(term.dimension(), 0);
      }
      word.add(at);
    }
    return word;
  }

  /** Totals of counts in the form of {@link #steps}. */
  static Map<String, Long> totals(AccessCounts counts, Einsum einsum) {
    Map<String, Long> totals = new HashMap<>();
    for (int l = 0; l < counts.levels().size(); l++) {
      for (AccessCounts.Tensor tensor : counts.levels().get(l).tensors()) {
        String name = l + " " + tensor.name();
        totals.put(name + " reads", tensor.reads());
        if (l > 0) {
          totals.put(name + " fills", tensor.fills());
        }
        if (tensor.name().equals(einsum.output().name())) {
          totals.put(name + " updates", tensor.updates());
        }
      }
    }
    return totals;
  }
}
