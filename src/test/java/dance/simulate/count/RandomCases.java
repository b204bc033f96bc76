package dance.simulate.count;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.simulate.mapping.Mapping;
import dance.simulate.mapping.NestText;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Random einsums with random mappings on hierarchies just wide enough for them.
 *
 * <p>Bounds of loops are drawn from the innermost loop outwards: a divisor of what remains of the
 * dimension, or, in about a third of the cases, any number up to it; the outermost loop of a
 * dimension takes the rest. No loop is longer than it needs to be, so that only last tiles are
 * partial.
 */
public final class RandomCases {

  /** An einsum with a mapping; prints as a loop nest. */
  public record Case(String name, Einsum einsum, Accelerator accelerator, Mapping mapping) {
    @Override
    public String toString() {
      return name + ": " + NestText.print(einsum, mapping);
    }
  }

  private enum Kind {
    TEMPORAL,
    Y,
    X
  }

  /** Where a loop stands; {@code order} is a random rank among the loops of the same list. */
  private record Place(int level, Kind kind, int order, String dimension) {
    static final Comparator<Place> OUTSIDE_IN =
        Comparator.comparingInt(Place::level)
            .thenComparing(Place::kind)
            .thenComparingInt(Place::order);
  }

  private RandomCases() {}

  /**
   * The case with this number, always the same; its einsum has at most {@code maxPoints} points.
   */
  public static Case of(long seed, int maxPoints) {
    RandomGenerator random = new SplittableRandom(seed);
    // Half of the cases are small: they run fast, and failures are found where they can be read.
    int points = random.nextBoolean() ? maxPoints : Math.min(maxPoints, 300);
    Einsum einsum = RandomEinsums.next(random, points);
    Mapping mapping = mapping(random, einsum);
    return new Case(
        "seed " + seed + " (at most " + maxPoints + " points)",
        einsum,
        accelerator(random, mapping),
        mapping);
  }

  private static Mapping mapping(RandomGenerator random, Einsum einsum) {
    int levels = random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(3);
    boolean perfect = random.nextInt(3) > 0;
    // Mostly spatial now and then: there, partial tiles of several dimensions meet.
    int spatialPercent = !perfect && random.nextBoolean() ? 80 : random.nextInt(60);
    List<Place> places = places(random, einsum, levels, spatialPercent);
    int[] bounds = new int[places.size()];
    for (Einsum.Loop dimension : einsum.dimensions()) {
      List<Integer> outsideIn =
          IntStream.range(0, places.size())
              .filter(i -> places.get(i).dimension().equals(dimension.dimension()))
              .boxed()
              .toList();
      int rest = dimension.bound();
      for (int i = outsideIn.size() - 1; i >= 0; i--) {
        int bound = i == 0 ? rest : perfect ? divisor(random, rest) : 1 + random.nextInt(rest);
        bounds[outsideIn.get(i)] = bound;
        rest = (rest + bound - 1) / bound;
      }
    }
    boolean unicast = random.nextInt(5) == 0;
    List<Mapping.Level> mapped = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      mapped.add(
          new Mapping.Level(
              loops(places, bounds, level, Kind.TEMPORAL),
              loops(places, bounds, level, Kind.X),
              loops(places, bounds, level, Kind.Y),
              some(random, einsum, level == 0 ? 1 : 0.7),
              some(random, einsum, unicast ? 0.3 : 0)));
    }
    return new Mapping(mapped);
  }

  /** One to {@code levels + 2} loops for each dimension, outside in. */
  private static List<Place> places(
      RandomGenerator random, Einsum einsum, int levels, int spatialPercent) {
    List<Place> places = new ArrayList<>();
    for (Einsum.Loop dimension : einsum.dimensions()) {
      int count = 1 + random.nextInt(levels + 2);
      for (int i = 0; i < count; i++) {
        Kind kind = random.nextBoolean() ? Kind.X : Kind.Y;
        places.add(
            new Place(
                random.nextInt(levels),
                random.nextInt(100) < spatialPercent ? kind : Kind.TEMPORAL,
                random.nextInt(1000),
                dimension.dimension()));
      }
    }
    places.sort(Place.OUTSIDE_IN);
    return places;
  }

  private static List<Einsum.Loop> loops(List<Place> places, int[] bounds, int level, Kind kind) {
    return IntStream.range(0, bounds.length)
        .filter(i -> places.get(i).level() == level && places.get(i).kind() == kind)
        // Most loops of bound 1 are left out, as mappers leave them out; some stay.
        .filter(i -> bounds[i] > 1 || i % 5 == 0)
        .mapToObj(i -> new Einsum.Loop(places.get(i).dimension(), bounds[i]))
        .toList();
  }

  private static int divisor(RandomGenerator random, int number) {
    int[] divisors = IntStream.rangeClosed(1, number).filter(d -> number % d == 0).toArray();
    // Proper divisors more often than not: they are what splits a dimension over several loops.
    boolean proper = divisors.length > 2 && random.nextInt(3) > 0;
    return proper
        ? divisors[1 + random.nextInt(divisors.length - 2)]
        : divisors[random.nextInt(divisors.length)];
  }

  private static Set<String> some(RandomGenerator random, Einsum einsum, double probability) {
    Set<String> names = new HashSet<>();
    for (Tensor tensor : einsum.tensors()) {
      if (random.nextDouble() < probability) {
        names.add(tensor.name());
      }
    }
    return names;
  }

  private static Accelerator accelerator(RandomGenerator random, Mapping mapping) {
    List<MemoryLevel> levels = new ArrayList<>();
    for (int i = 0; i < mapping.levels().size(); i++) {
      Mapping.Level mapped = mapping.levels().get(i);
      double pj = Math.pow(10, mapping.levels().size() - i) + random.nextInt(5);
      levels.add(
          MemoryLevel.unbounded("L" + i)
              .fanout(product(mapped.spatialX()), product(mapped.spatialY()))
              .energy(pj, 2 * pj, 3 * pj));
    }
    MacUnit mac = new MacUnit("mac", 0.5, 0.25, 0, 0);
    return new Accelerator(
        "random", levels, mac, 1000, Dataflow.UNCONSTRAINED, "none", Overheads.NONE);
  }

  private static int product(List<Einsum.Loop> loops) {
    return loops.stream().mapToInt(Einsum.Loop::bound).reduce(1, Math::multiplyExact);
  }
}
