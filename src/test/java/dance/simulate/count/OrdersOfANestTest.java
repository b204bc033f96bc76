package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.mapping.Accounting;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A search for the best order counts many nests that differ in the order of loops only; what is
 * remembered from one to the next changes no number.
 */
class OrdersOfANestTest {
  private static final int CASES = 150;
  private static final int ORDERS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyOrderIsCountedAsByACounterOfItsOwn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int orders = 0;
    for (int i = 0; i < CASES; i++) {
      RandomCases.Case some = RandomCases.of(1000 * seed + i, 100_000);
      CompiledEinsum shape = new CompiledEinsum(some.einsum());
      Pricing reused = new Pricing(shape, some.accelerator());
      CompiledMapping nest = CompiledMapping.of(some.mapping(), some.einsum(), some.accelerator());
      for (int k = 0; k < ORDERS; k++) {
        // Now and then another accounting in between.
        Accounting accounting = Accounting.values()[random.nextInt(4) == 0 ? 1 : 0];
        Pricing fresh = new Pricing(shape, some.accelerator());
        reused.price(nest, accounting);
        fresh.price(nest, accounting);
        assertThat(counts(reused)).as("%s", some).isEqualTo(counts(fresh));
        orders += shuffle(nest, random) ? 1 : 0;
        if (random.nextInt(4) == 0) {
          keepOtherwise(nest, shape, random);
        }
      }
    }
    assertThat(orders).isGreaterThan(CASES);
  }

  private static Object counts(Pricing pricing) {
    Counter counter = pricing.counter();
    return List.of(
        box(counter.reads),
        box(counter.fills),
        box(counter.updates),
        box(counter.instances),
        counter.computeCycles,
        box(pricing.load().reads),
        pricing.cycles,
        pricing.totalPj);
  }

  private static List<Long> box(long[] words) {
    return Arrays.stream(words).boxed().toList();
  }

  /** Lets a level below the outermost keep a tensor, or no longer. */
  private static void keepOtherwise(
      CompiledMapping nest, CompiledEinsum shape, SplittableRandom random) {
    int level = random.nextInt(nest.levels);
    int t = random.nextInt(shape.tensors);
    if (level > 0) {
      TensorSet kept = nest.keeps[level];
      nest.keeps[level] = kept.contains(t) ? kept.without(t) : kept.with(t);
    }
  }

  /** Swaps two temporal loops of a level; returns whether it did. */
  private static boolean shuffle(CompiledMapping nest, SplittableRandom random) {
    int level = random.nextInt(nest.levels);
    int loops = 0;
    int from = nest.start[level];
    while (from + loops < nest.start[level + 1]
        && nest.kind[from + loops] == CompiledMapping.TEMPORAL) {
      loops++;
    }
    if (loops < 2) {
      return false;
    }
    int one = from + random.nextInt(loops);
    int other = from + random.nextInt(loops);
    swap(nest.dimension, one, other);
    swap(nest.bound, one, other);
    nest.finish();
    return one != other;
  }

  private static void swap(int[] values, int one, int other) {
    int kept = values[one];
    values[one] = values[other];
    values[other] = kept;
  }
}
