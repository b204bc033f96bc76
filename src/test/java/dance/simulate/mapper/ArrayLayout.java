package dance.simulate.mapper;

import dance.workload.Einsum;
import java.util.Collection;
import java.util.List;

/**
 * Which dimensions may run along which axis of the array below a level.
 *
 * @param alongX bit d: dimension d may run along X
 * @param alongY dimension d may run along Y; a dimension in both may run along both at once
 */
record ArrayLayout(int alongX, int alongY) {

  /** The layouts of a level; a mapping needs to obey one of them. */
  static List<ArrayLayout> of(MapCase space, int level) {
    MapCase.Array array = space.arrays().get(level);
    MapConstraints.Level rules = space.constraints().levels().get(level);
    List<String> all = space.einsum().dimensions().stream().map(Einsum.Loop::dimension).toList();
    if (array != null) {
      return List.of(new ArrayLayout(mask(array.alongX(), all), mask(array.alongY(), all)));
    }
    int every = mask(all, all);
    boolean free = rules.spatial().innermost().isEmpty() && rules.split().isEmpty();
    if (free) {
      return List.of(new ArrayLayout(every, every));
    }
    return rules.alongX(all).stream()
        .map(chosen -> mask(chosen, all))
        .map(x -> new ArrayLayout(x, every & ~x))
        .toList();
  }

  /** Whether loops may run over these dimensions. */
  boolean allows(int usedAlongX, int usedAlongY) {
    return (usedAlongX & ~alongX) == 0 && (usedAlongY & ~alongY) == 0;
  }

  private static int mask(Collection<String> chosen, List<String> all) {
    return chosen.stream().mapToInt(name -> 1 << all.indexOf(name)).sum();
  }
}
