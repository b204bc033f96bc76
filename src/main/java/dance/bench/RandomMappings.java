package dance.bench;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Partition;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.count.TensorSet;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import dance.workload.Operand;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Random valid mappings: prime factors of every dimension are distributed at random over the
 * temporal and spatial loops of the levels, in random orders, with random kept tensors. No loop has
 * a partial last tile; infeasible mappings are rejected.
 */
final class RandomMappings {
  private static final int MOST_DEALS = 100_000;

  private final Einsum einsum;
  private final Accelerator accelerator;
  private final CompiledEinsum shape;
  private final Pricing pricing;
  private final RandomGenerator random;
  private final int levels;

  RandomMappings(Einsum einsum, Accelerator accelerator, RandomGenerator random) {
    this.einsum = einsum;
    this.accelerator = accelerator;
    this.random = random;
    shape = new CompiledEinsum(einsum);
    pricing = new Pricing(shape, accelerator);
    levels = accelerator.levels().size();
  }

  /**
   * The next mapping.
   *
   * @throws IllegalArgumentException if no feasible one is found
   */
  CompiledMapping next() {
    for (int deal = 0; deal < MOST_DEALS; deal++) {
      CompiledMapping nest = deal();
      pricing.price(nest, Accounting.EXACT);
      if (fits(nest)) {
        return nest;
      }
    }
    throw new IllegalArgumentException(
        String.format("no random mapping of %s fits %s", einsum.name(), accelerator.name()));
  }

  private CompiledMapping deal() {
    int[][] bounds = new int[levels * 3][shape.dimensions];
    int[] instances = new int[levels * 3];
    for (int i = 0; i < levels * 3; i++) {
      java.util.Arrays.fill(bounds[i], 1);
      instances[i] = 1;
    }
    for (int d = 0; d < shape.dimensions; d++) {
      int rest = shape.bounds[d];
      for (int prime = 2; rest > 1; prime++) {
        for (; rest % prime == 0; rest /= prime) {
          int place = random.nextInt(levels * 3);
          if (instances[place] * (long) prime > room(place)) {
            place = CompiledMapping.TEMPORAL;
          }
          instances[place] *= prime;
          bounds[place][d] *= prime;
        }
      }
    }
    CompiledMapping nest = new CompiledMapping(shape.dimensions, levels);
    for (int l = 0; l < levels; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = keeps(l);
      for (byte kind = CompiledMapping.TEMPORAL; kind <= CompiledMapping.SPATIAL_X; kind++) {
        for (int d : order()) {
          nest.add(d, bounds[l * 3 + kind][d], kind);
        }
      }
    }
    nest.finish();
    return nest;
  }

  /**
   * Upper limit on the iterations of the loops of a place together; the outermost temporal ones
   * have none.
   */
  private long room(int place) {
    MemoryLevel memory = accelerator.levels().get(place / 3);
    return switch (place % 3) {
      case CompiledMapping.SPATIAL_X -> memory.fanoutX();
      case CompiledMapping.SPATIAL_Y -> memory.fanoutY();
      default -> Long.MAX_VALUE;
    };
  }

  private TensorSet keeps(int level) {
    TensorSet keeps = TensorSet.NONE;
    for (int t = 0; t < shape.tensors; t++) {
      boolean can =
          accelerator.levels().get(level).keeps().contains(einsum.tensors().get(t).role());
      if (can && (level == 0 || random.nextInt(4) > 0)) {
        keeps = keeps.with(t);
      }
    }
    return keeps;
  }

  private int[] order() {
    int[] order = new int[shape.dimensions];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private boolean fits(CompiledMapping nest) {
    for (int l = 0; l < levels; l++) {
      MemoryLevel level = accelerator.levels().get(l);
      if (!fits(nest, l, EnumSet.allOf(Operand.class), level.usableWords(), 1)) {
        return false;
      }
      for (Partition part : level.partitions()) {
        long words = part.words() / level.multipleBuffering();
        if (!fits(nest, l, part.operands(), words, part.bankWords())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean fits(CompiledMapping nest, int l, Set<Operand> roles, long usable, long bank) {
    long words = 0;
    for (int t = 0; t < shape.tensors; t++) {
      Operand role = shape.einsum.tensors().get(t).role();
      if (nest.keeps[l].contains(t) && roles.contains(role)) {
        long tile = pricing.counter().tileWords[l * shape.tensors + t];
        words += -Math.floorDiv(-tile, bank) * bank;
      }
    }
    return words <= usable;
  }
}
