package dance.simulate.mapper;

import dance.simulate.count.CompiledEinsum;
import dance.simulate.count.CompiledMapping;
import dance.simulate.count.Pricing;
import dance.simulate.mapping.Mapping;
import java.util.Optional;

/** Finds the best mapping by trying them all: the witness of the mapper that prunes. */
final class ExhaustiveMapper {

  /**
   * The answer.
   *
   * @param objective least value in pJ, cycles or pJ·cycles; infinite if no mapping fits
   * @param mappings number of mappings whose tiles fit, not counting orders that cannot matter
   * @param best the first that reaches the least value, if any fits
   */
  record Found(double objective, long mappings, Optional<Mapping> best) {}

  private final MapCase space;
  private double least = Double.POSITIVE_INFINITY;
  private long mappings;
  private Optional<Mapping> best = Optional.empty();

  private ExhaustiveMapper(MapCase space) {
    this.space = space;
  }

  /** The best of all mappings that fit. */
  static Found best(MapCase space) {
    ExhaustiveMapper search = new ExhaustiveMapper(space);
    Pricing pricing = new Pricing(new CompiledEinsum(space.einsum()), space.accelerator());
    new MapEnumeration(space, false)
        .forEach(
            new TileCapacity(space),
            nest -> {
              pricing.price(nest, space.accounting());
              search.take(nest, space.goal().of(pricing.totalPj, pricing.cycles));
            });
    return new Found(search.least, search.mappings, search.best);
  }

  private void take(CompiledMapping nest, double objective) {
    mappings++;
    if (objective < least) {
      least = objective;
      best = Optional.of(MapEnumeration.mapping(nest, space.einsum()));
    }
  }
}
