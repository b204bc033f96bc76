package dance.simulate.mapper;

import dance.check.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The constraints of a map space; everything else is free. A dataflow is such a record, and so is a
 * constraints file.
 *
 * @param levels one per memory level, outermost first
 */
public record MapConstraints(List<Level> levels) {

  /**
   * Constraints of one memory level.
   *
   * @param temporal loops over tiles of the next-inner level
   * @param spatial loops over the instances below; factors hold for X and Y together
   * @param split how many dimensions of the spatial order, from its inner end and counting those
   *     with factor 1, run along X; the others run along Y; empty if any number may
   * @param keeps tensors that the level must keep
   * @param bypasses tensors that it must not keep
   */
  public record Level(
      Loops temporal, Loops spatial, OptionalInt split, Set<String> keeps, Set<String> bypasses) {

    /** No constraints. */
    public static final Level FREE =
        new Level(Loops.FREE, Loops.FREE, OptionalInt.empty(), Set.of(), Set.of());

    /**
     * @throws IllegalArgumentException if a tensor is both kept and bypassed, or the split is
     *     negative
     */
    public Level {
      keeps = Set.copyOf(keeps);
      bypasses = Set.copyOf(bypasses);
      Rules rules = new Rules();
      for (String tensor : keeps) {
        rules.require(!bypasses.contains(tensor), "%s is both kept and bypassed", tensor);
      }
      rules
          .require(
              split.isEmpty() || split.getAsInt() >= 0, "split (%s) must not be negative", split)
          .check();
    }

    /**
     * The choices of dimensions along X; the others are along Y. Dimensions whose spatial factor is
     * fixed to 1 are omitted.
     *
     * <p>The innermost dimensions of the spatial order are along X. Dimensions that the order does
     * not name are outside of it in any order.
     *
     * @param dimensions all dimensions of the einsum, in canonical order
     * @return sets without duplicates, by ascending split
     */
    public List<Set<String>> alongX(List<String> dimensions) {
      List<String> named = spatial.innermost();
      List<String> unnamed =
          dimensions.stream().filter(d -> !named.contains(d) && spatial.mayIterate(d)).toList();
      Set<Set<String>> choices = new LinkedHashSet<>();
      if (split.isPresent()) {
        int count = Math.min(split.getAsInt(), dimensions.size());
        if (count <= named.size()) {
          choices.add(iterating(named.subList(0, count)));
        } else {
          List<String> others = dimensions.stream().filter(d -> !named.contains(d)).toList();
          for (Set<String> more : subsets(others)) {
            if (more.size() == count - named.size()) {
              choices.add(union(iterating(named), iterating(List.copyOf(more))));
            }
          }
        }
      } else {
        for (int count = 0; count < named.size(); count++) {
          choices.add(iterating(named.subList(0, count)));
        }
        for (Set<String> more : subsets(unnamed)) {
          choices.add(union(iterating(named), more));
        }
      }
      return List.copyOf(choices);
    }

    private Set<String> iterating(List<String> dimensions) {
      Set<String> result = new LinkedHashSet<>(dimensions);
      result.removeIf(d -> !spatial.mayIterate(d));
      return result;
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
      Set<String> result = new LinkedHashSet<>(left);
      result.addAll(right);
      return result;
    }

    private static List<Set<String>> subsets(List<String> items) {
      List<Set<String>> result = new ArrayList<>();
      for (int mask = 0; mask < 1 << items.size(); mask++) {
        Set<String> subset = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
          if ((mask >> i & 1) == 1) {
            subset.add(items.get(i));
          }
        }
        result.add(subset);
      }
      return result;
    }
  }

  /**
   * Constraints of the loops of one level.
   *
   * @param factors exact bounds, by dimension
   * @param atMost upper limits of bounds, by dimension
   * @param innermost dimensions of the innermost loops, innermost first; all others are outside of
   *     them in any order; loops of bound 1 are irrelevant
   */
  public record Loops(
      Map<String, Integer> factors, Map<String, Integer> atMost, List<String> innermost) {

    /** No constraints. */
    public static final Loops FREE = new Loops(Map.of(), Map.of(), List.of());

    /**
     * @throws IllegalArgumentException naming each factor or limit below 1, or a dimension ordered
     *     twice
     */
    public Loops {
      factors = Map.copyOf(factors);
      atMost = Map.copyOf(atMost);
      innermost = List.copyOf(innermost);
      Rules rules = new Rules();
      factors.forEach((d, f) -> rules.require(f >= 1, "factor %s=%d must be at least 1", d, f));
      atMost.forEach((d, f) -> rules.require(f >= 1, "limit %s<=%d must be at least 1", d, f));
      rules
          .require(
              new HashSet<>(innermost).size() == innermost.size(),
              "order %s names a dimension twice",
              innermost)
          .check();
    }

    /** Whether a loop of this dimension may have more than one iteration. */
    public boolean mayIterate(String dimension) {
      return factors.getOrDefault(dimension, 2) > 1 && atMost.getOrDefault(dimension, 2) > 1;
    }
  }

  /** Copies the list: the record is immutable. */
  public MapConstraints {
    levels = List.copyOf(levels);
  }

  /** A free map space for this number of memory levels. */
  public static MapConstraints free(int levels) {
    return new MapConstraints(java.util.Collections.nCopies(levels, Level.FREE));
  }
}
