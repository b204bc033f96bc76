package dance.bench;

import dance.accelerator.Accelerator;
import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Speed of evaluating mappings of an einsum on one core: from the loops to counts, cycles and
 * energy, as a search does for every candidate. The mappings are the same in every run: a fixed
 * number of random valid ones, without partial tiles.
 *
 * <p>Each is filled again, loop by loop, into one compiled mapping, and analysed again; only the
 * hops of a word below a level are cached, by the spatial loops of that level. Parsing a {@link
 * Mapping} and checking its rules are not included.
 */
public final class MappingBenchmark {
  private static final int MAPPINGS = 512;
  private static final long SEED = 1;

  private final Pricing pricing;
  private final CompiledMapping nest;
  private final List<CompiledMapping> nests = new ArrayList<>();

  private MappingBenchmark(Einsum einsum, Accelerator accelerator) {
    pricing = new Pricing(new CompiledEinsum(einsum), accelerator);
    nest = new CompiledMapping(einsum.dimensions().size(), accelerator.levels().size());
    RandomMappings mappings = new RandomMappings(einsum, accelerator, new SplittableRandom(SEED));
    for (int i = 0; i < MAPPINGS; i++) {
      nests.add(mappings.next());
    }
  }

  /**
   * A benchmark of one einsum on one accelerator.
   *
   * @throws IllegalArgumentException if no feasible mappings are found
   */
  public static MappingBenchmark of(Einsum einsum, Accelerator accelerator) {
    return new MappingBenchmark(einsum, accelerator);
  }

  /** Number of mappings of one {@link #round}. */
  public int size() {
    return nests.size();
  }

  /**
   * Evaluates every mapping once, in exact accounting.
   *
   * @return the minimum energy-delay product, in pJ·cycles
   */
  public double round() {
    double least = Double.POSITIVE_INFINITY;
    for (CompiledMapping dealt : nests) {
      fill(dealt);
      pricing.price(nest, Accounting.EXACT);
      least = Math.min(least, pricing.totalPj * pricing.cycles);
    }
    return least;
  }

  private void fill(CompiledMapping dealt) {
    nest.clear();
    for (int l = 0; l < nest.levels; l++) {
      nest.beginLevel(l);
      nest.keeps[l] = dealt.keeps[l];
      for (int i = dealt.start[l]; i < dealt.start[l + 1]; i++) {
        nest.add(dealt.dimension[i], dealt.bound[i], dealt.kind[i]);
      }
    }
    nest.finish();
  }

  /**
   * Mappings evaluated per second.
   *
   * @param seconds duration of the measurement, after a warm-up of the same duration
   */
  public double perSecond(double seconds) {
    repeat(seconds);
    return repeat(seconds);
  }

  private double repeat(double seconds) {
    long start = System.nanoTime();
    long rounds = 0;
    double taken;
    do {
      if (!(round() > 0)) {
        throw new IllegalStateException("a mapping costs nothing");
      }
      rounds++;
      taken = (System.nanoTime() - start) / 1e9;
    } while (taken < seconds);
    return rounds * size() / taken;
  }

  /** The mappings, for inspection. */
  List<Mapping> mappings(Einsum einsum) {
    return nests.stream().map(dealt -> dealt.mapping(einsum)).toList();
  }
}
