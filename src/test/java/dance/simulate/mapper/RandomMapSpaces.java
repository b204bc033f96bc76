package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.accelerator.ZeroSavings;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Einsums;
import dance.workload.Layer;
import dance.workload.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random map spaces that are small enough to be enumerated. */
final class RandomMapSpaces {
  private final RandomGenerator random;

  /** Draws zeros apart, so that the spaces are those of the same seed without them. */
  private final RandomGenerator zeros;

  /** Draws systolic arrays, from a stream of their own. */
  private final RandomGenerator arrays;

  /** Draws networks of single operands apart, likewise. */
  private final RandomGenerator networks;

  private RandomMapSpaces(long seed) {
    random = new SplittableRandom(seed);
    zeros = new SplittableRandom(~seed);
    arrays = new SplittableRandom(seed ^ 0x5EED);
    networks = new SplittableRandom(seed ^ 0x3A17);
  }

  /**
   * The case with this number, always the same.
   *
   * @param mostMappings of its map space, whether or not they fit
   */
  static MapCase of(long seed, long mostMappings) {
    RandomMapSpaces next = new RandomMapSpaces(seed);
    while (true) {
      MapCase space = next.space("seed " + seed + " (at most " + mostMappings + " mappings)");
      long size = new MapEnumeration(space, false).size(mostMappings + 1);
      // Where there are few mappings, most searches are right: one such space in ten will do.
      boolean few = size < mostMappings / 20;
      if (size <= mostMappings && (!few || next.chance(0.1))) {
        return space;
      }
    }
  }

  /** With networks of single operands below a level, for whose words MACs may wait. */
  private Accelerator waiting(Accelerator accelerator) {
    MemoryLevel level = accelerator.levels().get(networks.nextInt(accelerator.levels().size()));
    List<Operand> waits = new ArrayList<>();
    for (Operand operand : Operand.values()) {
      if (networks.nextBoolean()) {
        level = level.network(operand, networks.nextInt(1, 9) / 2.0);
        if (networks.nextBoolean()) {
          waits.add(operand);
        }
      }
    }
    return accelerator.level(level.waitsFor(waits.toArray(Operand[]::new)));
  }

  private MapCase space(String name) {
    Einsum einsum = einsum();
    Accelerator accelerator = accelerator(einsum);
    if (zeros.nextDouble() < 0.4) {
      einsum = einsum.zeros(new Layer.Zeros(fraction(), fraction(), fraction()));
      accelerator = accelerator.zeros(savings());
    }
    if (arrays.nextDouble() < 0.3) {
      accelerator = systolic(accelerator);
    }
    if (networks.nextDouble() < 0.3) {
      accelerator = waiting(accelerator);
    }
    MapConstraints constraints =
        chance(0.5)
            ? new RandomMapConstraints(random).next(einsum, accelerator)
            : MapConstraints.free(accelerator.levels().size());
    return new MapCase(
        name,
        einsum,
        accelerator,
        constraints,
        arrays(einsum, accelerator),
        chance(0.4),
        MapCase.Goal.values()[random.nextInt(3)],
        chance(0.7) ? Accounting.EXACT : Accounting.TIMELOOP);
  }

  /** Now and then, the dimensions over the array are given, as dataflows give them. */
  private List<MapCase.Array> arrays(Einsum einsum, Accelerator accelerator) {
    String[] names =
        einsum.dimensions().stream().map(Einsum.Loop::dimension).toArray(String[]::new);
    List<MapCase.Array> arrays = MapCase.unbound(accelerator);
    arrays.replaceAll(none -> chance(0.15) ? new MapCase.Array(some(names), some(names)) : none);
    return arrays;
  }

  private Einsum einsum() {
    return switch (random.nextInt(7)) {
      case 0 ->
          Einsums.conv1d(
              "conv1d",
              oneOf(1, 2, 3),
              oneOf(1, 2, 4),
              Einsums.Window.of(oneOf(2, 3, 4, 6), oneOf(2, 3))
                  .stride(oneOf(1, 1, 2, 3))
                  .dilation(oneOf(1, 1, 2)));
      case 1 -> windowed(Layer.conv("conv", oneOf(1, 2, 3), oneOf(1, 2, 3)));
      case 2 -> windowed(Layer.depthwise("depthwise", oneOf(2, 3, 4)));
      case 3 -> windowed(Layer.pool("pool", oneOf(2, 3, 4)));
      case 4 -> Layer.add("add", oneOf(2, 3, 4)).output(oneOf(2, 3, 5), oneOf(2, 4)).einsum();
      case 5 -> Layer.matmul("batched", oneOf(2, 3), oneOf(2, 4), 2, oneOf(2, 3)).einsum();
      default -> Einsums.gemm(oneOf(2, 3, 4, 5, 6, 8), oneOf(2, 3, 4, 6), oneOf(2, 3, 4, 5));
    };
  }

  private Einsum windowed(Layer layer) {
    return layer
        .kernel(oneOf(1, 2, 3), oneOf(1, 1, 2))
        .output(oneOf(2, 3, 4), oneOf(1, 2, 3))
        .stride(oneOf(1, 1, 2), oneOf(1, 2))
        .dilation(oneOf(1, 1, 2), oneOf(1, 2))
        .einsum();
  }

  /** One level or two stand above a systolic array. */
  private Accelerator systolic(Accelerator plain) {
    Accelerator result = plain;
    for (MemoryLevel level : plain.levels()) {
      if (arrays.nextInt(plain.levels().size()) == 0) {
        Operand stationary = Operand.values()[arrays.nextInt(3)];
        boolean preloads = stationary != Operand.OUTPUT && arrays.nextBoolean();
        Interconnect network = level.interconnect();
        result =
            result.level(
                level.interconnect(
                    network.systolic(new Interconnect.Systolic(stationary, preloads))));
      }
    }
    return result;
  }

  private double fraction() {
    return zeros.nextInt(3) == 0 ? 0 : zeros.nextDouble();
  }

  private Operand role() {
    return Operand.values()[zeros.nextInt(Operand.values().length)];
  }

  private ZeroSavings savings() {
    Set<Operand> gate = Set.of(zeros.nextBoolean() ? Operand.INPUT : Operand.WEIGHT);
    Set<Operand> gated = new HashSet<>(List.of(role(), role()));
    return new ZeroSavings(
        new ZeroSavings.Gating(gate, zeros.nextDouble(), gated),
        new ZeroSavings.RunLength(
            zeros.nextInt(6),
            zeros.nextInt(4) == 0 ? 0 : 64,
            Set.of(Operand.INPUT, Operand.OUTPUT)));
  }

  /** Draws the other terms apart, so that the spaces are those of the same seed without them. */
  private static Overheads overheads(double pePj) {
    RandomGenerator own = new SplittableRandom(Double.doubleToLongBits(pePj));
    return new Overheads(0, 0, 9 * own.nextDouble(), pePj, own.nextDouble(), "drawn at random");
  }

  private Accelerator accelerator(Einsum einsum) {
    int count = oneOf(2, 2, 3, 3, 3, 4);
    boolean priced = chance(0.9);
    boolean timed = chance(0.6);
    List<MemoryLevel> levels = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      MemoryLevel level = l == 0 ? MemoryLevel.unbounded("L0") : MemoryLevel.of("L" + l, words());
      if (l > 0 && chance(0.2)) {
        level = level.multipleBuffering(2);
      }
      if (l > 0 && chance(0.35)) {
        level = level.keeps(some(Operand.values()).toArray(new Operand[0]));
      }
      if (chance(1.5 / count)) {
        level = level.fanout(1 + random.nextInt(6), oneOf(1, 1, 2, 3, 4, 6));
      }
      if (priced) {
        // Energies mostly fall inwards, but not always, so that bypassing pays now and then.
        double scale = Math.pow(oneOf(2, 6), count - l);
        level = level.energy(scale * unit(), scale * unit(), scale * unit());
      }
      levels.add(ports(level, timed));
    }
    MacUnit mac = new MacUnit("mac", unit(), unit(), chance(0.3) ? unit() : 0, 0);
    Overheads overheads = chance(0.3) ? overheads(unit()) : Overheads.NONE;
    return new Accelerator("random", levels, mac, 1000, Dataflow.UNCONSTRAINED, "none", overheads);
  }

  private MemoryLevel ports(MemoryLevel level, boolean timed) {
    MemoryLevel result = level;
    if (timed && chance(0.5)) {
      result = result.bandwidth(wordsPerCycle(), wordsPerCycle());
    }
    if (timed && chance(0.3)) {
      result = result.sharedBandwidth(wordsPerCycle());
    }
    if (chance(0.2)) {
      result = result.lineWords(oneOf(2, 4));
    }
    if (chance(0.2)) {
      result = result.leak(unit());
    }
    if (chance(0.1)) {
      result = result.interconnect(Interconnect.IDEAL.latency(2, 3));
    }
    return result;
  }

  private double wordsPerCycle() {
    return chance(0.2) ? Double.POSITIVE_INFINITY : oneOf(1, 2, 4, 8) * 0.25 + unit();
  }

  /** Up to 40 words, more often few. */
  private int words() {
    return oneOf(1, 2, 5, 10) * (1 + random.nextInt(4));
  }

  private <T> List<T> some(T[] items) {
    List<T> chosen = new ArrayList<>();
    for (T item : items) {
      if (chance(0.6)) {
        chosen.add(item);
      }
    }
    return chosen;
  }

  private double unit() {
    return random.nextDouble();
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private int oneOf(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
