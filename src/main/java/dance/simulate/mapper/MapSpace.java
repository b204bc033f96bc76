package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.simulate.count.TensorSet;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The mappings among which a mapper chooses: those of an einsum on an accelerator that satisfy the
 * constraints of every level.
 *
 * <p>From the innermost level outwards, temporal factors divide the number of remaining tiles along
 * a dimension. A spatial factor need not: factor s leaves ⌈n / s⌉ of n tiles, and the last of them
 * is partial; only the smallest factors with each result count. {@link #withPerfectFactors} is the
 * constraint that spatial factors divide, too. It is a constraint like all others: a space that
 * contains another has a best mapping that is at least as good.
 */
public final class MapSpace {
  /** The dimensions that each side of an array may unroll. */
  record Axes(DimensionSet alongX, DimensionSet alongY) {}

  /** Constraints of one level, by index of the dimension; 0 means free. */
  static final class Level {
    final int[] temporal;
    final int[] temporalAtMost;
    final int[] spatial;
    final int[] spatialAtMost;
    List<Axes> axes;

    /** Dimensions of the innermost loops, innermost first. */
    int[] innermost;

    /** Dimensions that are unrolled completely or not at all. */
    DimensionSet whole = DimensionSet.NONE;

    TensorSet mustKeep = TensorSet.NONE;
    TensorSet mayKeep = TensorSet.NONE;

    Level(int dimensions) {
      temporal = new int[dimensions];
      temporalAtMost = new int[dimensions];
      spatial = new int[dimensions];
      spatialAtMost = new int[dimensions];
      innermost = new int[0];
    }

    /** Whether a temporal factor of a dimension satisfies the constraints. */
    boolean allowsTemporal(int d, int factor) {
      boolean fixed = temporal[d] == 0 || temporal[d] == factor;
      return fixed && (temporalAtMost[d] == 0 || factor <= temporalAtMost[d]);
    }

    /** Whether any temporal factor of a dimension satisfies them. */
    boolean isFree(int d) {
      return temporal[d] == 0 && temporalAtMost[d] == 0;
    }

    /** The sets of tensors that may be kept, the largest first. */
    List<TensorSet> keepChoices() {
      int free = mayKeep.minus(mustKeep).bits();
      List<TensorSet> list = new ArrayList<>();
      for (int subset = free; ; subset = (subset - 1) & free) {
        list.add(mustKeep.or(new TensorSet(subset)));
        if (subset == 0) {
          return list;
        }
      }
    }

    Level(Level other) {
      temporal = other.temporal.clone();
      temporalAtMost = other.temporalAtMost.clone();
      spatial = other.spatial.clone();
      spatialAtMost = other.spatialAtMost.clone();
      axes = other.axes;
      innermost = other.innermost;
      whole = other.whole;
      mustKeep = other.mustKeep;
      mayKeep = other.mayKeep;
    }
  }

  final Einsum einsum;
  final Accelerator accelerator;
  final Level[] levels;

  /** Whether spatial factors may leave a partial last tile. */
  public final boolean spatialRemainders;

  private final List<MapSpace> starts;

  private MapSpace(
      Einsum einsum,
      Accelerator accelerator,
      Level[] levels,
      boolean remainders,
      List<MapSpace> starts) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    this.levels = levels;
    this.spatialRemainders = remainders;
    this.starts = starts;
  }

  /** All mappings. */
  public static MapSpace free(Einsum einsum, Accelerator accelerator) {
    return of(einsum, accelerator, MapConstraints.free(accelerator.levels().size()));
  }

  /**
   * The mappings that satisfy these constraints.
   *
   * @throws IllegalArgumentException if a constraint names an unknown dimension or tensor, or
   *     requires a level to keep what it cannot
   */
  public static MapSpace of(Einsum einsum, Accelerator accelerator, MapConstraints constraints) {
    Rules rules = new Rules();
    int count = accelerator.levels().size();
    rules.require(
        constraints.levels().size() == count,
        "constraints name %d levels but %s has %d",
        constraints.levels().size(),
        accelerator.name(),
        count);
    rules.check();
    Level[] levels = new Level[count];
    for (int l = 0; l < count; l++) {
      levels[l] = level(einsum, accelerator, l, constraints.levels().get(l), rules);
    }
    rules.check();
    return new MapSpace(einsum, accelerator, levels, true, List.of());
  }

  private static Level level(
      Einsum einsum, Accelerator accelerator, int l, MapConstraints.Level given, Rules rules) {
    MemoryLevel memory = accelerator.levels().get(l);
    int dims = einsum.dimensions().size();
    Level level = new Level(dims);
    String where = memory.name();
    fill(level.temporal, given.temporal().factors(), einsum, where, rules);
    fill(level.temporalAtMost, given.temporal().atMost(), einsum, where, rules);
    fill(level.spatial, given.spatial().factors(), einsum, where, rules);
    fill(level.spatialAtMost, given.spatial().atMost(), einsum, where, rules);
    List<String> known = einsum.dimensions().stream().map(Einsum.Loop::dimension).toList();
    for (String name : given.temporal().innermost()) {
      rules.require(known.contains(name), "%s: %s is no dimension of %s", where, name, known);
    }
    if (rules.violations().isEmpty()) {
      level.innermost = given.temporal().innermost().stream().mapToInt(einsum::index).toArray();
      level.axes = axes(einsum, given, known);
    }
    for (int t = 0; t < einsum.tensors().size(); t++) {
      Tensor tensor = einsum.tensors().get(t);
      boolean can = memory.keeps().contains(tensor.role());
      boolean must = l == 0 || given.keeps().contains(tensor.name());
      boolean mustNot = given.bypasses().contains(tensor.name());
      rules.require(can || !must, "%s cannot keep %s (%s)", where, tensor.name(), tensor.role());
      rules.require(!(must && mustNot), "%s must keep %s", where, tensor.name());
      if (can && !mustNot) {
        level.mayKeep = level.mayKeep.with(t);
      }
      if (must) {
        level.mustKeep = level.mustKeep.with(t);
      }
    }
    Set<String> names = new HashSet<>(given.keeps());
    names.addAll(given.bypasses());
    for (String name : names) {
      rules.require(
          einsum.tensors().stream().anyMatch(t -> t.name().equals(name)),
          "%s: %s is no tensor of %s",
          where,
          name,
          einsum.name());
    }
    return level;
  }

  private static void fill(
      int[] target, Map<String, Integer> factors, Einsum einsum, String where, Rules rules) {
    factors.forEach(
        (name, factor) -> {
          int found = -1;
          for (int d = 0; d < target.length; d++) {
            if (einsum.dimensions().get(d).dimension().equals(name)) {
              found = d;
            }
          }
          rules.require(found >= 0, "%s: %s is no dimension of %s", where, name, einsum.name());
          if (found >= 0) {
            target[found] = factor;
          }
        });
  }

  private static List<Axes> axes(Einsum einsum, MapConstraints.Level given, List<String> known) {
    DimensionSet all = dimensions(einsum, known);
    boolean free =
        given.split().equals(OptionalInt.empty()) && given.spatial().innermost().isEmpty();
    if (free) {
      return List.of(new Axes(all, all));
    }
    List<Axes> list = new ArrayList<>();
    for (Set<String> alongX : given.alongX(known)) {
      DimensionSet x = dimensions(einsum, alongX);
      list.add(new Axes(x, all.minus(x)));
    }
    return list;
  }

  private static DimensionSet dimensions(Einsum einsum, Collection<String> names) {
    return DimensionSet.of(names.stream().mapToInt(einsum::index).toArray());
  }

  /**
   * The mappings of this space that unroll only these dimensions over the instances below a level;
   * dimensions that the einsum does not have are ignored.
   */
  public MapSpace spatialWithin(int level, List<String> alongX, List<String> alongY) {
    DimensionSet x = dimensions(einsum, present(alongX));
    DimensionSet y = dimensions(einsum, present(alongY));
    return change(
        level,
        changed -> {
          Set<Axes> list = new LinkedHashSet<>();
          changed.axes.forEach(a -> list.add(new Axes(a.alongX().and(x), a.alongY().and(y))));
          changed.axes = List.copyOf(list);
        });
  }

  /**
   * The mappings of this space with these dimensions, innermost first, as the innermost loops of a
   * level; unchanged if others are required there already.
   */
  public MapSpace innermostWithin(int level, String... dimensions) {
    return levels[level].innermost.length == 0 ? innermost(level, dimensions) : this;
  }

  /**
   * Those mappings of this space whose loops over these dimensions are all at the outermost level.
   */
  MapSpace outermostOnly(boolean[] dimensions) {
    MapSpace space = this;
    for (int l = 0; l < levels.length; l++) {
      boolean outermost = l == 0;
      space = space.change(l, level -> fix(level, dimensions, outermost));
    }
    return space;
  }

  /** Those of some dimensions for which no level requires an unrolling. */
  boolean[] withoutFixedUnrolling(boolean[] dimensions) {
    boolean[] free = dimensions.clone();
    for (Level level : levels) {
      for (int d = 0; d < free.length; d++) {
        free[d] &= level.spatial[d] <= 1;
      }
    }
    return free;
  }

  private void fix(Level level, boolean[] dimensions, boolean outermost) {
    for (int d = 0; d < dimensions.length; d++) {
      if (dimensions[d]) {
        level.temporal[d] = outermost ? einsum.dimensions().get(d).bound() : 1;
        level.spatial[d] = 1;
      }
    }
  }

  /**
   * The mappings of this space whose spatial factors divide: perfect factors, as most other mappers
   * have them.
   */
  public MapSpace withPerfectFactors() {
    List<MapSpace> narrower = starts.stream().map(MapSpace::withPerfectFactors).toList();
    return new MapSpace(einsum, accelerator, levels, false, narrower);
  }

  /** Whether this space allows the same unrollings of an einsum at a level, as another does. */
  boolean unrollsAs(MapSpace other, int level) {
    boolean same =
        einsum.equals(other.einsum)
            && spatialRemainders == other.spatialRemainders
            && levels[level].axes.equals(other.levels[level].axes)
            && Arrays.equals(levels[level].spatial, other.levels[level].spatial)
            && Arrays.equals(levels[level].spatialAtMost, other.levels[level].spatialAtMost)
            && levels.length == other.levels.length;
    // Inner levels decide what may be unrolled completely.
    for (int l = level; same && l < levels.length; l++) {
      same = levels[l].whole.equals(other.levels[l].whole);
    }
    return same;
  }

  /** The workload. */
  public Einsum einsum() {
    return einsum;
  }

  /** The accelerator. */
  public Accelerator accelerator() {
    return accelerator;
  }

  /**
   * This space, searched after narrower ones, such as those of dataflows: a search that ends
   * without proof is then never worse than theirs.
   *
   * @param narrower spaces that this one contains
   */
  public MapSpace startingFrom(List<MapSpace> narrower) {
    return new MapSpace(einsum, accelerator, levels, spatialRemainders, List.copyOf(narrower));
  }

  /** The spaces that are searched before this one. */
  List<MapSpace> starts() {
    return starts;
  }

  /** This space, and those that it starts from, with other constraints of a level. */
  private MapSpace change(int level, Consumer<Level> change) {
    Level[] changed = levels.clone();
    changed[level] = new Level(levels[level]);
    change.accept(changed[level]);
    List<MapSpace> narrower = starts.stream().map(start -> start.change(level, change)).toList();
    return new MapSpace(einsum, accelerator, changed, spatialRemainders, narrower);
  }

  /**
   * This space with only these dimensions unrolled over the instances below a level; dimensions
   * that the einsum does not have are ignored, so that one dataflow serves all layers.
   */
  public MapSpace spatial(int level, List<String> alongX, List<String> alongY) {
    Axes axes = new Axes(dimensions(einsum, present(alongX)), dimensions(einsum, present(alongY)));
    return change(level, changed -> changed.axes = List.of(axes));
  }

  /**
   * This space with every dimension along one side of an array at most: X or Y, not both.
   * Timeloop's format supports nothing else.
   */
  public MapSpace withDimensionsAlongOneSide() {
    MapSpace space = this;
    for (int l = 0; l < levels.length; l++) {
      space = space.change(l, this::separate);
    }
    return space;
  }

  private void separate(Level level) {
    Set<Axes> list = new LinkedHashSet<>();
    for (Axes axes : level.axes) {
      DimensionSet both = axes.alongX().and(axes.alongY());
      for (int d = 0; d < einsum.dimensions().size(); d++) {
        both = einsum.dimensions().get(d).bound() == 1 ? both.without(d) : both;
      }
      for (DimensionSet x : both.subsets()) {
        list.add(new Axes(axes.alongX().minus(both).or(x), axes.alongY().minus(x)));
      }
    }
    level.axes = List.copyOf(list);
  }

  /** This space with these dimensions, innermost first, as the innermost loops of a level. */
  public MapSpace innermost(int level, String... dimensions) {
    int[] loops = present(Arrays.asList(dimensions)).stream().mapToInt(einsum::index).toArray();
    return change(level, changed -> changed.innermost = loops);
  }

  /**
   * The mappings of this space that unroll these dimensions completely or not at all: over as many
   * instances below a level as tiles remain, or over one.
   */
  public MapSpace whole(int level, String... dimensions) {
    DimensionSet more = dimensions(einsum, present(Arrays.asList(dimensions)));
    return change(level, changed -> changed.whole = changed.whole.or(more));
  }

  private List<String> present(List<String> dimensions) {
    List<String> known = einsum.dimensions().stream().map(Einsum.Loop::dimension).toList();
    return dimensions.stream().filter(known::contains).toList();
  }
}
